//! A training that goes on from a checkpoint ends with the weights of one that was never interrupted.

use std::rc::Rc;

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::{Device, Tensor};
use fool_the_sign::data::source::{Mix, Source};
use fool_the_sign::device;
use fool_the_sign::model::zoo::{Architecture, Network};
use fool_the_sign::rng::Rng;
use fool_the_sign::train::classifier::{ClassifierTrainer, TrainConfig};
use fool_the_sign::train::purifier::{PurifierConfig, PurifierTrainer};
use fool_the_sign::train::recipe::{Fast, PgdTraining, Recipe, Stale, Trades};
use fool_the_sign::train::trainer::checkpoint::Checkpoint;
use fool_the_sign::train::trainer::{Schedule, Task, Trainer};

/// Shorter where a software adapter takes its time.
fn schedule(validation_images: usize, device: &Device) -> Schedule {
    let mix = Mix { augment: true, drawn: 0.0, harsh: false };
    let (epochs, images_per_epoch) = if *device == device::cpu() { (2, 12) } else { (1, 8) };
    Schedule { epochs, batch_size: 2, images_per_epoch, validation_images, mix }
}

fn network(device: &Device) -> Network {
    Architecture::default().seeded(&mut Rng::new(1), device)
}

struct Values(Vec<Tensor<1>>);

impl ModuleVisitor for Values {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let tensor = param.val();
        let n = tensor.dims().iter().product::<usize>();
        self.0.push(tensor.reshape([n]));
    }
}

/// To the end: the weights, and what was measured on the way.
async fn finish<T: Task>(mut trainer: Trainer<T>) -> (Vec<Vec<f32>>, Vec<String>) {
    let mut told = vec![];
    while !trainer.finished() {
        told.push(format!("{:?}", trainer.step().await.expect("it converges")));
    }
    let mut values = Values(vec![]);
    trainer.model().visit(&mut values);
    (device::read_all(values.0).await.expect("weights"), told)
}

/// Interrupted after each of `calls` calls.
async fn compare<T: Task>(
    calls: &[usize],
    device: &Device,
    start: impl Fn() -> Trainer<T>,
    resume: impl Fn(&Checkpoint) -> Trainer<T>,
) {
    let (expected, told) = finish(start()).await;
    for &calls in calls {
        let mut trainer = start();
        for _ in 0..calls {
            trainer.step().await.expect("it converges");
        }
        let file = trainer.checkpoint("mine", &Architecture::default()).await.expect("a file");
        drop(trainer);
        let checkpoint = Checkpoint::open(&file).expect("as it was written");
        assert_eq!((checkpoint.model(), checkpoint.architecture()), ("mine", &Architecture::default()));
        let (weights, rest) = finish(resume(&checkpoint)).await;
        if *device == device::cpu() {
            assert!(weights == expected, "{calls} calls, to the bit");
            assert_eq!(rest, told[calls..], "{calls} calls");
        } else {
            let pairs = weights.iter().flatten().zip(expected.iter().flatten());
            let most = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(most < 1e-3, "{calls} calls: {most}");
        }
    }
}

/// A classifier under `recipe`. Its untrained state is measured first, in as many calls as `validation_images` need.
async fn classifier(config: TrainConfig, validation_images: usize, calls: &[usize], device: &Device) {
    let source = || Rc::new(Source::generated());
    let config = TrainConfig { schedule: schedule(validation_images, device), ..config };
    let start = || ClassifierTrainer::start(config, &network(device), source(), device).expect("good settings");
    let resume = |checkpoint: &Checkpoint| ClassifierTrainer::resume(checkpoint, source(), device).expect("whole");
    compare(calls, device, start, resume).await;
}

pub async fn a_classifier_goes_on_from_a_checkpoint(device: Device) {
    // In the middle of an epoch, with two steps that have not been read.
    classifier(TrainConfig::default(), 4, &[3], &device).await;
}

pub async fn a_purifier_goes_on_from_a_checkpoint(device: Device) {
    let source = || Rc::new(Source::generated());
    let config = PurifierConfig { schedule: schedule(4, &device), width: 4, ..PurifierConfig::default() };
    let start = || PurifierTrainer::start(config, &network(&device), source(), &device).expect("good settings");
    let resume = |checkpoint: &Checkpoint| PurifierTrainer::resume(checkpoint, source(), &device).expect("whole");
    let calls: &[usize] = if device == device::cpu() { &[2, 7] } else { &[2] };
    compare(calls, &device, start, resume).await;
}

pub async fn every_recipe_goes_on_from_wherever_it_was(device: Device) {
    // Two calls measure 130 images: before the first step, in a measurement, between and after steps, at the end of an epoch.
    classifier(TrainConfig::default(), 130, &[0, 1, 2, 4, 8, 9, 10], &device).await;
    for recipe in [
        Recipe::Fast(Fast { epsilon: 0.03 }),
        Recipe::Pgd(PgdTraining { epsilon: 0.03, steps: 2 }),
        Recipe::Trades(Trades { epsilon: 0.03, steps: 1, beta: 6.0 }),
        Recipe::Stale(Stale { epsilon: 0.03 }),
    ] {
        classifier(TrainConfig { recipe, ..TrainConfig::default() }, 4, &[4, 8], &device).await;
    }
    // With an average of the weights and their decay: before the first step, with steps that have not been read, at the end of an
    // epoch, and where the best epoch is held.
    let averaged = TrainConfig { ema: 0.9, weight_decay: 0.01, ..TrainConfig::default() };
    let guarded = TrainConfig { recipe: Recipe::Fast(Fast { epsilon: 0.03 }), ..averaged };
    classifier(averaged, 4, &[0, 1, 3, 5, 7, 9], &device).await;
    classifier(guarded, 4, &[4, 8], &device).await;
}
