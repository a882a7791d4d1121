//! What every attack promises, for every kind of model and number of classes: it moves the image or says why not, stays in its ball and
//! in [0, 1], what it calls a success is one, and no image is better off than under noise.
#![cfg(not(target_family = "wasm"))]

use burn::tensor::{Tensor, TensorData};
use fool_the_sign::ErrorKind;
use fool_the_sign::attack::victims::Victims;
use fool_the_sign::attack::{
    self, Apgd, ApgdLoss, Attack, AutoAttack, Bim, CarliniWagner, DeepFool, Ensemble, Fab, Fgsm, Goal, Jsma, MiFgsm,
    Pgd, Square, UniformNoise,
};
use fool_the_sign::data::classes::Classes;
use fool_the_sign::defense::Defense;
use fool_the_sign::defense::detect::{Detector, Statistic};
use fool_the_sign::defense::purify::Purifier;
use fool_the_sign::device;
use fool_the_sign::metrics::answer;
use fool_the_sign::model::Classifier;
use fool_the_sign::model::autoencoder::{Autoencoder, AutoencoderConfig, Skips, Stage};
use fool_the_sign::model::combined::CombinedConfig;
use fool_the_sign::model::convnet::ConvNetConfig;
use fool_the_sign::model::loss;
use fool_the_sign::model::zoo::{Architecture, Network};
use fool_the_sign::rng::Rng;
use fool_the_sign::tensors;
use pollster::block_on;

fn read<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    block_on(device::read(tensor)).expect("the CPU answers")
}

/// Every attack, with few iterations.
fn attacks(epsilon: f32) -> Vec<Attack> {
    let apgd = |loss| Attack::Apgd(Apgd { epsilon, steps: 5, targets: 2, loss, ..Apgd::default() });
    vec![
        Attack::Fgsm(Fgsm { epsilon }),
        Attack::Bim(Bim { epsilon, steps: 3, alpha: None }),
        Attack::MiFgsm(MiFgsm { epsilon, steps: 3, ..MiFgsm::default() }),
        Attack::Pgd(Pgd { epsilon, steps: 4, restarts: 2, ..Pgd::default() }),
        apgd(ApgdLoss::Ce),
        apgd(ApgdLoss::Dlr),
        apgd(ApgdLoss::DlrTargeted),
        Attack::Square(Square { epsilon, queries: 60, ..Square::default() }),
        Attack::Fab(Fab { epsilon, steps: 6, targets: 2 }),
        Attack::Autoattack(AutoAttack { epsilon, steps: 4, targets: 2, queries: 10, seed: 1 }),
        Attack::Ensemble(Ensemble { epsilon, steps: 4, targets: 2, queries: 10, seed: 1 }),
        Attack::Cw(CarliniWagner { searches: 2, steps: 12, ..CarliniWagner::default() }),
        Attack::Deepfool(DeepFool { steps: 3, ..DeepFool::default() }),
        Attack::Jsma(Jsma { gamma: 0.01, one_pixel: true, ..Jsma::default() }),
        Attack::Noise(UniformNoise { epsilon, seed: 1 }),
    ]
}

fn convnet(classes: usize, side: usize) -> Network {
    let architecture = Architecture::Convnet(ConvNetConfig { classes: Classes::Count(classes), side });
    architecture.seeded(&mut Rng::new(5), &device::cpu())
}

fn purifier(config: AutoencoderConfig) -> Autoencoder {
    config.seeded(&mut Rng::new(6), &device::cpu())
}

/// The notebook's shape with a thirty-second of its channels.
fn notebook() -> AutoencoderConfig {
    let stages = [2, 2, 4, 4, 8, 16, 32].iter().enumerate().map(|(i, &channels)| Stage { channels, halve: i >= 2 });
    AutoencoderConfig { stages: stages.collect(), twice: true, skips: Skips::Concatenate, full_skip: false }
}

/// Two of noise, one black, one white.
fn images(side: usize) -> Tensor<4> {
    let each = 3 * side * side;
    let mut values = vec![0.0; 4 * each];
    Rng::new(7).fill_uniform(&mut values[..2 * each], 0.3);
    values[..2 * each].iter_mut().for_each(|value| *value += 0.5);
    values[3 * each..].fill(1.0);
    Tensor::from_data(TensorData::new(values, [4, 3, side, side]), &device::cpu())
}

/// A model whose every answer is NaN.
struct NotANumber<'a>(&'a dyn Classifier);

impl Classifier for NotANumber<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.0.logits(images).mul_scalar(f32::NAN)
    }

    fn classes(&self) -> usize {
        self.0.classes()
    }
}

/// The images with the model's own answers as labels, but for the second, whose label the model gets wrong already.
fn victims(model: &dyn Classifier, images: Tensor<4>, refusal: Option<usize>) -> Victims {
    let classes = refusal.unwrap_or(model.classes());
    let logits = read(model.logits(images.clone()));
    let mut labels: Vec<usize> = logits.chunks_exact(model.classes()).map(|row| answer(&row[..classes])).collect();
    labels[1] = (labels[1] + 1) % classes;
    Victims { refusal, ..Victims::new(images, labels, Goal::Untargeted) }
}

/// Loss and lead of each image.
fn worth(model: &dyn Classifier, victims: &Victims, images: &Tensor<4>) -> Vec<(f32, f32)> {
    let logits = model.logits(images.clone());
    let (losses, leads) = (read(victims.loss(logits.clone())), read(victims.lead(logits)));
    losses.into_iter().zip(leads).collect()
}

fn holds_its_promises(what: &str, model: &dyn Classifier, victims: &Victims, epsilon: f32) {
    let before = read(victims.images.clone());
    let n = victims.len();
    let each = before.len() / n;
    let noise = Attack::Noise(UniformNoise { epsilon, seed: 1 });
    let noise = worth(model, victims, &block_on(attack::run(noise.method(), model, victims.clone())).expect("noise"));
    let clean = worth(model, victims, &victims.images);
    // A black image has none before a network whose biases are zero: there is nothing to follow.
    let gradient = read(loss::input_gradient(model, victims.images.clone(), |logits| victims.loss(logits).sum()));
    let flat: Vec<bool> = gradient.chunks_exact(each).map(|image| image.iter().all(|value| *value == 0.0)).collect();
    assert!(!flat[0] || clean[0].1.is_nan(), "{what}: no gradient at all");
    let blind = clean.iter().all(|(_, lead)| lead.is_nan());
    for attack in attacks(epsilon) {
        let what = format!("{what}, {} classes, n = {n}, ε = {epsilon}, {attack}", model.classes());
        let adversarial = match block_on(attack::run(attack.method(), model, victims.clone())) {
            Ok(adversarial) => adversarial,
            Err(error) => {
                let needs = match &attack {
                    Attack::Apgd(Apgd { loss: ApgdLoss::Dlr, .. }) => 3,
                    Attack::Apgd(Apgd { loss: ApgdLoss::DlrTargeted, .. }) => 4,
                    _ => 0,
                };
                assert!(model.classes() < needs, "{what}: {error}");
                assert!(error.kind() == ErrorKind::Parameter && error.to_string().ends_with('.'), "{what}: {error}");
                continue;
            }
        };
        let after = read(adversarial.clone());
        assert!(after.iter().all(|value| (0.0..=1.0).contains(value)), "{what}: left [0, 1]");
        let changes: Vec<f32> = after
            .chunks_exact(each)
            .zip(before.chunks_exact(each))
            .map(|(after, before)| after.iter().zip(before).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max))
            .collect();
        let found = worth(model, victims, &adversarial);
        for (i, ((change, found), clean)) in changes.iter().zip(&found).zip(&clean).enumerate() {
            if let Some(epsilon) = attack.epsilon() {
                assert!(*change <= epsilon + 1e-6, "{what}, image {i}: moved by {change}");
            }
            if attack.is_minimum_norm() {
                assert!(*change < 1e-4 || found.1 < 0.0, "{what}, image {i}: half a way, lead {}", found.1);
                assert!(!blind || *change < 1e-4, "{what}, image {i}: moved by {change} for nothing");
            } else if epsilon > 0.0 && clean.1 > 0.0 && !flat[i] {
                assert!(*change > 0.0, "{what}, image {i}: stands still");
            }
        }
        // FAB climbs no loss: it looks for the nearest success, and where there is none its try says little.
        if blind || epsilon == 0.0 || attack.is_minimum_norm() || matches!(attack, Attack::Fab(_)) {
            continue;
        }
        // By the loss that is climbed or by the lead that is wanted; the first image is right when clean.
        let (loss, lead) = (found[0].0 - noise[0].0, found[0].1 - noise[0].1);
        assert!(
            loss >= -1e-5 || lead <= 1e-5 || found[0].1 < 0.0,
            "{what}: better off than under noise: {loss}, {lead}"
        );
    }
}

fn every_way(what: &str, model: &dyn Classifier, images: &Tensor<4>, refusal: Option<usize>) {
    let epsilon = 8.0 / 255.0;
    let all = victims(model, images.clone(), refusal);
    holds_its_promises(what, model, &all, epsilon);
    holds_its_promises(what, model, &all.select(&[0]), 0.0);
    holds_its_promises(what, model, &all.select(&[0]), epsilon);
    let blind = NotANumber(model);
    holds_its_promises(&format!("{what}, not a number"), &blind, &all.select(&[0, 2]), epsilon);
}

const CLASSES: [usize; 5] = [2, 3, 4, 43, 200];

#[test]
fn no_attack_is_left_out() {
    let there = attacks(0.1);
    for name in Attack::NAMES {
        assert!(there.iter().any(|attack| attack.name() == *name), "{name}");
    }
}

/// Attacking images together gives each the same as attacking it alone: its random numbers are its own, and no image decides when
/// another is finished, halves its step, or is left out. To the bit for what takes steps of fixed size along signs; what takes a
/// quotient or a root of the network's numbers moves with their last bit, which depends on how many rows a product of matrices has.
#[test]
fn images_of_a_batch_do_not_influence_one_another() {
    let (network, epsilon) = (convnet(43, 8), 8.0 / 255.0);
    let purifier = purifier(AutoencoderConfig { full_skip: true, ..AutoencoderConfig::browser(2) });
    let large = convnet(43, 16);
    let scores = read(Statistic::L1.score(&large, &purifier, images(16)));
    let threshold = 1.02 * scores.iter().copied().fold(0.0, f32::max);
    let detector = Detector { statistic: Statistic::L1, threshold };
    let guard = Defense::Detector(Default::default());
    let guarded = guard.before(&large, Some(&purifier), Some(detector), false).expect("a purifier");
    let models: [(&str, &dyn Classifier, usize, Option<usize>); 2] =
        [("plain", &network, 8, None), ("guarded", &*guarded, 16, Some(43))];
    for (what, model, side, refusal) in models {
        let all = victims(model, images(side), refusal).numbered_from(7);
        for goal in [Goal::Untargeted, Goal::Targeted { class: 11 }] {
            let all = Victims { goal, ..all.clone() };
            for attack in attacks(epsilon).into_iter().filter(|attack| attack.validate_with(goal).is_ok()) {
                let run = |victims| read(block_on(attack::run(attack.method(), model, victims)).expect("it suits"));
                let together = run(all.clone());
                let each = together.len() / all.len();
                for (i, together) in together.chunks_exact(each).enumerate() {
                    let alone = run(all.select(&[i]));
                    let apart = alone.iter().zip(together).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                    let allowed = if rounds(&attack) { 1e-4 } else { 0.0 };
                    assert!(apart <= allowed, "{what}, {goal:?}, {attack}, image {i}: {apart} apart");
                }
            }
        }
    }
}

/// Whether the length of its steps is computed from the network's numbers.
fn rounds(attack: &Attack) -> bool {
    matches!(attack, Attack::Fab(_) | Attack::Autoattack(_) | Attack::Cw(_) | Attack::Deepfool(_))
}

#[test]
fn attacks_on_a_plain_network() {
    for classes in CLASSES {
        every_way("plain", &convnet(classes, 8), &images(8), None);
    }
}

#[test]
fn attacks_on_a_guarded_network() {
    let purifier = purifier(AutoencoderConfig { full_skip: true, ..AutoencoderConfig::browser(2) });
    for classes in CLASSES {
        let (network, images) = (convnet(classes, 16), images(16));
        let scores = read(Statistic::L1.score(&network, &purifier, images.clone()));
        let highest = scores.iter().copied().fold(0.0, f32::max);
        // Nearly at the edge: the refusal is the runner-up of every image.
        let detector = Detector { statistic: Statistic::L1, threshold: 1.02 * highest };
        let guarded = Defense::Detector(Default::default());
        let guarded = guarded.before(&network, Some(&purifier), Some(detector), false).expect("a purifier");
        every_way("guarded", &*guarded, &images, Some(classes));
    }
}

#[test]
fn attacks_on_the_combined_network() {
    for classes in CLASSES {
        let (classes, autoencoder) = (Classes::Count(classes), AutoencoderConfig::browser(2));
        let network =
            Architecture::Combined(CombinedConfig { classes, autoencoder }).seeded(&mut Rng::new(5), &device::cpu());
        every_way("combined", &network, &images(32), None);
    }
}

#[test]
fn attacks_behind_the_notebooks_purifier() {
    let purifier = purifier(notebook());
    for classes in CLASSES {
        let network = convnet(classes, 32);
        let behind = Defense::from(Purifier {}).before(&network, Some(&purifier), None, false).expect("a purifier");
        every_way("purified", &*behind, &images(32), None);
    }
}

/// The difference of logits ratio does not change when all logits are shifted, also where two classes are to be left; and targeted
/// APGD does not aim at being refused.
#[test]
fn the_targeted_ratio_knows_a_refusal() {
    let device = device::cpu();
    let logits = Tensor::<2>::from_data(TensorData::new(vec![3.0f32, -1.0, 0.5, 1.0, 2.5], [1, 5]), &device);
    let marked = (tensors::one_hot(&[0], 5, &device) + tensors::one_hot(&[4], 5, &device)).greater_elem(0.5);
    let target = || tensors::one_hot(&[3], 5, &device).greater_elem(0.5);
    let ratio = |logits| read(loss::dlr_targeted(logits, marked.clone(), target()))[0];
    let (here, shifted) = (ratio(logits.clone()), ratio(logits.add_scalar(7.0)));
    // (1 − 3) / (3 − (1 + 0.5) / 2)
    assert!((here - -2.0 / 2.25).abs() < 1e-5 && (here - shifted).abs() < 1e-5, "{here}, shifted {shifted}");
}

/// An attack that is stopped before its end hands out no half-done images where it looks for the smallest perturbation.
#[test]
fn a_stopped_attack_gives_originals() {
    let network = convnet(43, 8);
    let victims = victims(&network, images(8), None).select(&[0, 2]);
    let before = read(victims.images.clone());
    for attack in [
        Attack::Deepfool(DeepFool { overshoot: 0.0, ..DeepFool::default() }),
        Attack::Jsma(Jsma { theta: 0.01, one_pixel: true, ..Jsma::default() }),
        Attack::Cw(CarliniWagner { learning_rate: 1e-4, ..CarliniWagner::default() }),
    ] {
        let mut run = attack.start(victims.clone(), network.classes()).expect("good parameters");
        block_on(run.step(&network)).expect("the CPU answers");
        let adversarial = run.adversarial();
        let leads = read(victims.lead(network.logits(adversarial.clone())));
        let each = before.len() / leads.len();
        for ((after, before), lead) in read(adversarial).chunks_exact(each).zip(before.chunks_exact(each)).zip(leads) {
            let change = after.iter().zip(before).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(change < 1e-4 || lead < 0.0, "{attack}: {change}, lead {lead}");
        }
    }
}
