//! Train a network on drawn signs, harden another against FGSM, and put a purifier before the first: what each reads under PGD.
//!
//! ```sh
//! cargo run --release --example train_and_defend
//! cargo run --release --example train_and_defend -- 4300   # images an epoch: as in the page, some minutes
//! ```

use std::rc::Rc;

use fool_the_sign::attack::victims::Victims;
use fool_the_sign::attack::{self, Goal, Pgd};
use fool_the_sign::data::source::Source;
use fool_the_sign::data::{batch, split::Split};
use fool_the_sign::defense::purify::Purified;
use fool_the_sign::metrics::Proportion;
use fool_the_sign::model::zoo::Architecture;
use fool_the_sign::model::{Classifier, zoo::Network};
use fool_the_sign::rng::Rng;
use fool_the_sign::train::classifier::{ClassifierTrainer, TrainConfig};
use fool_the_sign::train::purifier::{PurifierConfig, PurifierTrainer};
use fool_the_sign::train::recipe::{FgsmTraining, Recipe};
use fool_the_sign::train::trainer::{Progress, Schedule, Task, Trainer};
use fool_the_sign::{Result, device};
use pollster::block_on;

/// A trainer is a value with a step: whoever holds it decides when it goes on.
fn to_the_end<T: Task>(mut trainer: Trainer<T>) -> Result<T::Model> {
    while !trainer.finished() {
        if let Progress::Validation(report) = block_on(trainer.step())? {
            println!("  epoch {}: {:.1}% of the validation signs", report.epoch, report.accuracy.value * 100.0);
        }
    }
    Ok(trainer.model())
}

/// How many of 64 signs a model reads under PGD-20 by an attacker who knows all of it.
fn under_attack(model: &dyn Classifier) -> Result<Proportion> {
    let device = device::cpu();
    let signs = Source::generated().batch(1, Split::Test, 0..64);
    let victims = Victims::new(batch::images(&signs, &device), batch::labels(&signs), Goal::Untargeted);
    let attack = Pgd { epsilon: 8.0 / 255.0, steps: 20, ..Pgd::default() };
    let adversarial = block_on(attack::run(&attack, model, victims.clone()))?;
    let leads = block_on(device::read(victims.lead(model.logits(adversarial))))?;
    Ok(Proportion::new(leads.iter().filter(|lead| **lead > 0.0).count(), leads.len()))
}

fn main() -> Result<()> {
    // Few images, so that this is done in a moment; what it shows is how, not how well.
    run(std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(128))
}

/// The example, with so many images an epoch; the tests run it too.
pub fn run(images: usize) -> Result<()> {
    let schedule =
        Schedule { epochs: 2, batch_size: 16, images_per_epoch: images, validation_images: 43, ..Schedule::default() };
    let (device, source) = (device::cpu(), Rc::new(Source::generated()));
    let fresh: Network = Architecture::default().seeded(&mut Rng::new(1), &device);

    println!("LeNet-5 on clean signs");
    let plain = TrainConfig { schedule, ..TrainConfig::default() };
    let plain = to_the_end(ClassifierTrainer::start(plain, &fresh, source.clone(), &device)?)?;
    println!("The same on attacked signs");
    let recipe = Recipe::Fgsm(FgsmTraining { epsilon: 8.0 / 255.0 });
    let hardened = TrainConfig { schedule, recipe, ..TrainConfig::default() };
    let hardened = to_the_end(ClassifierTrainer::start(hardened, &fresh, source.clone(), &device)?)?;
    println!("A purifier for the first");
    let config = PurifierConfig { schedule, width: 8, ..PurifierConfig::default() };
    let purifier = to_the_end(PurifierTrainer::start(config, &plain, source, &device)?)?;

    let purified = Purified { purifier: &purifier, classifier: &plain, straight_through: false };
    let models: [(&str, &dyn Classifier); 3] = [("plain", &plain), ("hardened", &hardened), ("purified", &purified)];
    for (name, model) in models {
        let Proportion { value, low, high, n, .. } = under_attack(model)?;
        println!(
            "{name}: {:.1}% ({:.1}–{:.1}, n = {n}) under PGD-20, ε = 8/255",
            value * 100.0,
            low * 100.0,
            high * 100.0
        );
    }
    Ok(())
}
