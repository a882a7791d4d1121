//! `bench`: images per second of everything that takes time, natively.

use std::rc::Rc;
use std::time::Instant;

use burn::tensor::Device;
use clap::Args;
use fool_the_sign::attack::victims::Victims;
use fool_the_sign::attack::{self, Attack, AutoAttack, CarliniWagner, Ensemble, Fab, Goal, Jsma, Pgd, Square};
use fool_the_sign::data::batch;
use fool_the_sign::data::source::{Mix, Source};
use fool_the_sign::data::split::Split;
use fool_the_sign::defense::{Defense, Knowledge};
use fool_the_sign::device;
use fool_the_sign::eval::contender::Contender;
use fool_the_sign::eval::evaluation::{Case, Evaluation, EvaluationConfig, Share};
use fool_the_sign::model::zoo::Architecture;
use fool_the_sign::rng::Rng;
use fool_the_sign::train::classifier::{ClassifierTrainer, TrainConfig};

use crate::error::Result;
use crate::files::Where;

/// Times a briefly trained LeNet on generated signs.
#[derive(Args)]
pub struct Bench {
    #[command(flatten)]
    place: Where,
}

impl Bench {
    pub async fn run(&self) -> Result<()> {
        let (_, device) = self.place.start().await?;
        let source = Rc::new(Source::generated());
        let architecture = Architecture::default();

        let n = 2048;
        for (what, harsh) in [("signs drawn", false), ("signs drawn in every light", true)] {
            let start = Instant::now();
            std::hint::black_box(source.lesson(1, Mix { harsh, ..Mix::default() }, 0..n));
            report(what, n as f64 / start.elapsed().as_secs_f64(), "a second");
        }

        let start = Instant::now();
        let config = TrainConfig::default();
        let network = architecture.seeded(&mut Rng::new(1), &device);
        let mut trainer = ClassifierTrainer::start(config, &network, source.clone(), &device)?;
        while !trainer.finished() {
            trainer.step().await?;
        }
        let images = config.schedule.steps() * config.schedule.batch_size;
        report(
            "training, signs drawn and validation included",
            images as f64 / start.elapsed().as_secs_f64(),
            "images a second",
        );
        let model = Contender::new("lenet", &architecture, &trainer.model(), None).await?;

        for size in [1, 64] {
            println!("\nbatch of {size}");
            for attack in attacks() {
                let rate = time(&attack, &model, &source, size, &device).await?;
                report(&attack.to_string(), rate, "images a second");
            }
        }
        println!();

        let cw = Attack::Cw(CarliniWagner::default());
        let rate = time(&cw, &model, &source, 64, &device).await?;
        report("C&W 5 × 200 on 64 images", 64.0 / rate, "seconds");

        let start = Instant::now();
        let curve = [0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 24.0, 32.0];
        let second = Contender { name: "second".into(), ..model.clone() };
        let cases = [&model, &second].into_iter().flat_map(|model| {
            curve.map(|k| {
                let pgd = Attack::Pgd(Pgd { epsilon: k / 255.0, ..Pgd::default() });
                Case::attacked(&model.name, Defense::default(), Knowledge::Adaptive, pgd)
            })
        });
        let config = EvaluationConfig { split: Split::Validation, n: 256, seed: 1, cases: cases.collect() };
        let contenders = vec![model.clone(), second.clone()];
        let mut evaluation = Evaluation::new(config, Share::default(), contenders, source, &device)?;
        while !evaluation.finished() {
            evaluation.step().await?;
        }
        let seconds = start.elapsed().as_secs_f64();
        report("accuracy over 12 ε, PGD-20, 256 images, two models", seconds, "seconds");
        Ok(())
    }
}

/// Every attack; those that would take minutes with fewer iterations, as their parameters say.
fn attacks() -> Vec<Attack> {
    let shorter = |attack| match attack {
        Attack::Square(square) => Attack::Square(Square { queries: 500, ..square }),
        Attack::Ensemble(ensemble) => Attack::Ensemble(Ensemble { steps: 20, targets: 3, queries: 200, ..ensemble }),
        Attack::Autoattack(auto) => Attack::Autoattack(AutoAttack { steps: 20, targets: 3, queries: 200, ..auto }),
        Attack::Fab(fab) => Attack::Fab(Fab { steps: 20, targets: 3, ..fab }),
        Attack::Jsma(jsma) => Attack::Jsma(Jsma { one_pixel: true, ..jsma }),
        other => other,
    };
    Attack::all().into_iter().map(shorter).collect()
}

/// Images a second: at least two runs and a second of work.
async fn time(attack: &Attack, model: &Contender, source: &Source, size: usize, device: &Device) -> Result<f64> {
    let signs = source.batch(1, Split::Validation, 0..size as u64);
    let victims = Victims::new(batch::images(&signs, device), batch::labels(&signs), Goal::Untargeted);
    let (start, mut runs) = (Instant::now(), 0);
    while runs < 2 || start.elapsed().as_secs_f64() < 1.0 {
        device::read(attack::run(attack.method(), &model.network, victims.clone()).await?).await?;
        runs += 1;
    }
    Ok((runs * size) as f64 / start.elapsed().as_secs_f64())
}

fn report(what: &str, value: f64, unit: &str) {
    let digits = if value < 100.0 { 2 } else { 0 };
    println!("{value:10.digits$} {unit}: {what}");
}
