//! What every attack promises, for every kind of model and number of classes, with and without a target: it moves the image from where it
//! began or says why not, stays in its ball and in [0, 1], what it calls a success is one, no image is better off than under noise, and what is
//! within easy reach it reaches.
#![cfg(not(target_family = "wasm"))]

use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{Tensor, TensorData};
use fool_the_sign::ErrorKind;
use fool_the_sign::attack::victims::Victims;
use fool_the_sign::attack::{self, Apgd, ApgdLoss, Attack, CarliniWagner, DeepFool, Goal, Jsma, UniformNoise};
use fool_the_sign::data::classes::Classes;
use fool_the_sign::defense::detect::{Detector, Statistic};
use fool_the_sign::defense::purify::Purifier;
use fool_the_sign::defense::{Defense, NoGradient};
use fool_the_sign::device;
use fool_the_sign::metrics::{self, answer};
use fool_the_sign::model::Classifier;
use fool_the_sign::model::autoencoder::{Autoencoder, AutoencoderConfig, Skips, Stage};
use fool_the_sign::model::combined::CombinedConfig;
use fool_the_sign::model::convnet::ConvNetConfig;
use fool_the_sign::model::loss;
use fool_the_sign::model::zoo::{Architecture, Network};
use fool_the_sign::rng::Rng;
use fool_the_sign::settings::Mark;
use fool_the_sign::tensors;
use pollster::block_on;

#[path = "cases/short.rs"]
mod short;

use short::short;

fn read<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    block_on(device::read(tensor)).expect("the CPU answers")
}

/// Every attack, with few iterations.
fn attacks(epsilon: f32) -> Vec<Attack> {
    let few = [("steps", 5), ("targets", 2), ("queries", 40), ("restarts", 2), ("searches", 2)];
    let jsma = |mut attack: Attack| {
        if let Attack::Jsma(jsma) = &mut attack {
            jsma.gamma = 0.02;
        }
        attack
    };
    short(epsilon, &few).into_iter().map(jsma).collect()
}

/// Gives every bias a value: a seeded network has none, so that a black image would have no gradient.
struct Biased(Rng);

impl ModuleMapper for Biased {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let rng = &mut self.0;
        param.map(|tensor| {
            let dims = tensor.dims();
            if D != 1 {
                return tensor;
            }
            let mut values = vec![0.0; dims.iter().product()];
            rng.fill_uniform(&mut values, 0.1);
            // Above 0: a black image shall wake what is behind a ReLU.
            values.iter_mut().for_each(|value| *value += 0.1);
            tensor + Tensor::from_data(TensorData::new(values, dims), &device::cpu())
        })
    }
}

fn convnet(classes: usize, side: usize) -> Network {
    let architecture = Architecture::Convnet(ConvNetConfig { classes: Classes::Count(classes), side });
    architecture.seeded(&mut Rng::new(5), &device::cpu()).map(&mut Biased(Rng::new(8)))
}

fn purifier(config: AutoencoderConfig) -> Autoencoder {
    config.seeded(&mut Rng::new(6), &device::cpu()).map(&mut Biased(Rng::new(9)))
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

/// What an attack makes of the victims; none where it says that it does not suit the model, which only the ratios of APGD may.
fn made(what: &str, attack: &Attack, model: &dyn Classifier, victims: &Victims) -> Option<Tensor<4>> {
    match block_on(attack::run(attack.method(), model, victims.clone())) {
        Ok(adversarial) => Some(adversarial),
        Err(error) => {
            let needs = match (attack, victims.goal) {
                (Attack::Apgd(Apgd { loss: ApgdLoss::Dlr, .. }), Goal::Untargeted) => 3,
                (Attack::Apgd(Apgd { loss: ApgdLoss::DlrTargeted, .. }), Goal::Untargeted) => 4,
                _ => 0,
            };
            let no_target = attack.has(Mark::NoTarget) && victims.goal != Goal::Untargeted;
            assert!(no_target || victims.classes(model.classes()) < needs, "{what}: {error}");
            assert!(error.kind() == ErrorKind::Parameter && error.to_string().ends_with('.'), "{what}: {error}");
            None
        }
    }
}

/// Where an attack would be if it had stood still: what it makes of the same model without a gradient, or of few queries.
fn stuck(what: &str, attack: &Attack, model: &dyn Classifier, victims: &Victims) -> Option<Tensor<4>> {
    if attack.has(Mark::BlackBox) {
        let mut first = attack.clone();
        let queries = first.method_mut().field("queries").and_then(|field| field.downcast_mut::<usize>());
        *queries.expect("whoever sees no gradient asks") = 1;
        return made(what, &first, model, victims);
    }
    let blank = Defense::from(NoGradient::default()).before(model, None, None, false).expect("no purifier needed");
    made(what, attack, &*blank, victims)
}

fn is_sequence(attack: &Attack) -> bool {
    !attack.members(Goal::Untargeted, usize::MAX).is_empty()
}

/// What an attack makes larger, of each image: the loss, but for those that ask for the lead, and for the ratios of APGD. Nothing else is
/// promised: with a loss the lead may grow a little, and a ratio also by its denominator.
fn measure(attack: &Attack, model: &dyn Classifier, victims: &Victims, images: &Tensor<4>) -> Vec<f32> {
    let logits = model.logits(images.clone());
    if is_sequence(attack) || attack.has(Mark::BlackBox) {
        return read(victims.lead(logits).neg());
    }
    let (Attack::Apgd(apgd), Goal::Untargeted) = (attack, victims.goal) else { return read(victims.loss(logits)) };
    let classes = model.classes();
    let own = victims.mask(classes);
    match apgd.loss {
        ApgdLoss::Ce => read(victims.loss(logits)),
        ApgdLoss::Dlr => read(loss::dlr(logits, own)),
        ApgdLoss::DlrTargeted => {
            // Towards the best of the classes that it tries.
            let order = read(model.logits(victims.images.clone()));
            let aims = |(row, label): (&[f32], &usize)| {
                let order = metrics::top(row, classes).into_iter().map(|score| score.class);
                let others = order.filter(|class| class != label && Some(*class) != victims.refusal);
                others.take(apgd.targets).collect::<Vec<usize>>()
            };
            let aims: Vec<Vec<usize>> = order.chunks_exact(classes).zip(&victims.labels).map(aims).collect();
            let towards = |rank: usize| {
                let aims: Vec<usize> = aims.iter().map(|aims| aims[rank % aims.len()]).collect();
                let aim = tensors::one_hot(&aims, classes, &device::cpu()).greater_elem(0.5);
                read(loss::dlr_targeted(logits.clone(), own.clone(), aim))
            };
            let all: Vec<Vec<f32>> = (0..apgd.targets).map(towards).collect();
            (0..victims.len()).map(|i| all.iter().map(|one| one[i]).fold(f32::MIN, f32::max)).collect()
        }
    }
}

fn holds_its_promises(what: &str, model: &dyn Classifier, victims: &Victims, epsilon: f32) {
    let before = read(victims.images.clone());
    let n = victims.len();
    let each = before.len() / n;
    let noise = Attack::Noise(UniformNoise { epsilon, seed: 1 });
    let noisy = block_on(attack::run(noise.method(), model, victims.clone())).expect("noise");
    let clean = worth(model, victims, &victims.images);
    let blind = clean.iter().all(|(_, lead)| lead.is_nan());
    let gradient = read(loss::input_gradient(model, victims.images.clone(), |logits| victims.loss(logits).sum()));
    for (i, image) in gradient.chunks_exact(each).enumerate() {
        assert!(blind || image.iter().any(|value| *value != 0.0), "{what}, image {i}: no gradient at all");
    }
    for attack in attacks(epsilon) {
        let what = format!(
            "{what}, {} classes, n = {n}, {:?}, ε = {epsilon}, {attack}",
            victims.classes(model.classes()),
            victims.goal
        );
        let Some(adversarial) = made(&what, &attack, model, victims) else { continue };
        let after = read(adversarial.clone());
        assert!(after.iter().all(|value| (0.0..=1.0).contains(value)), "{what}: left [0, 1]");
        let changes: Vec<f32> = after
            .chunks_exact(each)
            .zip(before.chunks_exact(each))
            .map(|(after, before)| after.iter().zip(before).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max))
            .collect();
        let found = worth(model, victims, &adversarial);
        let reached = |i: usize| found[i].1 < 0.0;
        if let Some(epsilon) = attack.epsilon() {
            assert!(changes.iter().all(|change| *change <= epsilon + 1e-6), "{what}: moved by {changes:?}");
        }
        if attack.is_minimum_norm() {
            for (i, change) in changes.iter().enumerate() {
                assert!(*change < 1e-4 || reached(i), "{what}, image {i}: half a way, lead {}", found[i].1);
                assert!(!blind || *change < 1e-4, "{what}, image {i}: moved by {change} for nothing");
            }
            continue;
        }
        if blind || epsilon == 0.0 || attack.has(Mark::Control) {
            continue;
        }
        let still = stuck(&what, &attack, model, victims).expect("it suited before");
        let [found, noise, start] =
            [&adversarial, &noisy, &still].map(|images| measure(&attack, model, victims, images));
        // A sequence has an attack among it that needs no gradient, and a few random squares may find nothing better than the first.
        let least = if is_sequence(&attack) || attack.has(Mark::BlackBox) { 0.0 } else { 1e-6 };
        for i in (0..n).filter(|&i| !reached(i)) {
            // FAB climbs nothing: it looks for the nearest success, and where that is beyond ε its try says little.
            if matches!(attack, Attack::Fab(_)) {
                continue;
            }
            let told = format!("{what}, image {i}: {}, noise {}, standing still {}", found[i], noise[i], start[i]);
            assert!(changes[i] > 0.0, "{told}: stands still");
            // A few random squares may also be worse than some noise.
            assert!(attack.has(Mark::BlackBox) || found[i] >= noise[i] - 1e-5, "{told}: better off than under noise");
            assert!(found[i] >= start[i] + least, "{told}: no farther than where it began");
        }
    }
}

/// A model with less of some logits: the boundary nearer to an image.
struct Nearer<'a> {
    model: &'a dyn Classifier,
    /// N×K, to be taken off.
    less: Tensor<2>,
}

impl Classifier for Nearer<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let logits = self.model.logits(images);
        let dims = logits.dims();
        logits - self.less.clone().expand(dims)
    }

    fn classes(&self) -> usize {
        self.model.classes()
    }
}

/// A goal that is within easy reach is reached, by every attack, that of the smallest perturbation too: one that stands still is not excused
/// by finding nothing. The boundary is moved to where three thousandths of what ε can do along the gradient take the image over it.
fn succeeds(what: &str, model: &dyn Classifier, one: &Victims, epsilon: f32) {
    let lead = worth(model, one, &one.images)[0].1;
    let gradient = read(loss::input_gradient(model, one.images.clone(), |logits| one.lead(logits).sum()));
    let reach = epsilon * gradient.iter().map(|value| value.abs()).sum::<f32>();
    let own = Victims { goal: Goal::Untargeted, ..one.clone() }.one_hot(model.classes());
    let nearer = Nearer { model, less: own.mul_scalar(lead - 0.003 * reach) };
    assert!(lead > 0.0 && worth(&nearer, one, &one.images)[0].1 > 0.0, "{what}: it is not reached to begin with");
    for attack in attacks(epsilon).into_iter().filter(|attack| !attack.has(Mark::Control)) {
        let what = format!("{what}, {} classes, {:?}, {attack}", one.classes(model.classes()), one.goal);
        let Some(adversarial) = made(&what, &attack, &nearer, one) else { continue };
        let found = worth(&nearer, one, &adversarial);
        // Among very many classes what it raises against the sum of all others is mostly not what leads to the nearest one.
        let asks_otherwise = matches!(attack, Attack::Jsma(_)) && model.classes() > 100;
        assert!(asks_otherwise || found[0].1 < 0.0, "{what}: not reached, {found:?}, of {reach}");
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
    // The likeliest class but its own of the first image.
    let logits = read(model.logits(images.clone()));
    let order = metrics::top(&logits[..all.classes(model.classes())], model.classes());
    let class =
        order.iter().map(|score| score.class).find(|class| *class != all.labels[0]).expect("two classes at least");
    let targeted = Victims { goal: Goal::Targeted { class }, ..all.clone() };
    holds_its_promises(what, model, &targeted, epsilon);
    for goal in [Goal::Untargeted, targeted.goal] {
        succeeds(what, model, &Victims { goal, ..all.select(&[0]) }, epsilon);
    }
}

const CLASSES: [usize; 5] = [2, 3, 4, 43, 200];

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
                    let allowed = if is_exact(&attack) { 0.0 } else { 1e-4 };
                    assert!(apart <= allowed, "{what}, {goal:?}, {attack}, image {i}: {apart} apart");
                }
            }
        }
    }
}

/// Whether it goes along signs or whole values, so that the last bit of a gradient does not show.
fn is_exact(attack: &Attack) -> bool {
    use Attack::{Apgd, Bim, Ensemble, Fgsm, Jsma, Noise, Pgd, Square};
    matches!(attack, Fgsm(_) | Bim(_) | Pgd(_) | Apgd(_) | Square(_) | Ensemble(_) | Jsma(_) | Noise(_))
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
        let network = Architecture::Combined(CombinedConfig { classes, autoencoder });
        let network = network.seeded(&mut Rng::new(5), &device::cpu()).map(&mut Biased(Rng::new(8)));
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
    // (1 − 3) / (3 − (0.5 − 1) / 2): the refusal, 2.5, is the same class as the label.
    assert!((here - -2.0 / 3.25).abs() < 1e-5 && (here - shifted).abs() < 1e-5, "{here}, shifted {shifted}");
}

/// Where the label and the refusal are the two largest outputs, both ratios have a gradient for every image: they are one class to leave.
#[test]
fn the_ratios_have_a_gradient_beside_a_refusal() {
    let device = device::cpu();
    for classes in [3, 4, 43] {
        // Label first, the refusal second; or the other way round; the rest falls slowly.
        for (label, refusal) in [(5.0, 4.5), (4.5, 5.0)] {
            let row: Vec<f32> =
                (0..classes).map(|i| if i == 0 { label } else { 3.0 - i as f32 }).chain([refusal]).collect();
            let leaf =
                Tensor::<2>::from_data(TensorData::new(row, [1, classes + 1]), &device).autodiff().require_grad();
            let mask = |of: usize| tensors::one_hot(&[of], classes + 1, &device);
            let marked = (mask(0) + mask(classes)).greater_elem(0.5);
            let mut losses = vec![loss::dlr(leaf.clone(), marked.clone())];
            if classes > 3 {
                losses.push(loss::dlr_targeted(leaf.clone(), marked, mask(1).greater_elem(0.5)));
            }
            for loss in losses {
                let mut gradients = loss.sum().backward();
                let gradient = read(leaf.grad_remove(&mut gradients).expect("a gradient"));
                let largest = gradient.iter().fold(0.0f32, |max, value| max.max(value.abs()));
                assert!(largest > 1e-3, "{classes} classes, label {label}, refusal {refusal}: {gradient:?}");
            }
        }
    }
    // (5 − 2) / (5 − 1), the same with the refusal in the label's place.
    let row = Tensor::<2>::from_data(TensorData::new(vec![5.0f32, 2.0, 1.0, 4.5], [1, 4]), &device);
    let marked = (tensors::one_hot(&[0], 4, &device) + tensors::one_hot(&[3], 4, &device)).greater_elem(0.5);
    assert!((read(loss::dlr(row, marked))[0] - -0.75).abs() < 1e-5);
}

/// The refusal is no class: beside a detector a model of two classes has no ratio, and one of three no targeted one.
#[test]
fn a_refusal_makes_no_class_more() {
    let images = images(8);
    for (outputs, loss, suits) in [
        (3, ApgdLoss::Dlr, false),
        (4, ApgdLoss::Dlr, true),
        (4, ApgdLoss::DlrTargeted, false),
        (5, ApgdLoss::DlrTargeted, true),
    ] {
        let victims =
            Victims { refusal: Some(outputs - 1), ..Victims::new(images.clone(), vec![0; 4], Goal::Untargeted) };
        let attack = Attack::Apgd(Apgd { loss, ..Apgd::default() });
        assert_eq!(attack.start(victims, outputs).is_ok(), suits, "{loss:?} on {outputs} outputs");
    }
}

/// Labels and targets that are no class of the model are told, not counted past the end.
#[test]
fn labels_and_targets_are_classes_of_the_model() {
    let network = convnet(4, 8);
    for attack in attacks(0.1) {
        for (labels, goal, refusal) in [
            (vec![0, 1, 2, 4], Goal::Untargeted, None),
            (vec![0, 1, 2, 3], Goal::Untargeted, Some(3)),
            (vec![0, 1, 2, 3], Goal::Targeted { class: 4 }, None),
            (vec![0, 1, 2, 0], Goal::Targeted { class: 3 }, Some(3)),
        ] {
            let victims = Victims { refusal, ..Victims::new(images(8), labels, goal) };
            let started = attack.start(victims.clone(), 4).map(|_| ()).expect_err("no such class");
            let run = block_on(attack::run(attack.method(), &network, victims)).map(|_| ()).expect_err("no such class");
            assert_eq!([started.kind(), run.kind()], [ErrorKind::Parameter; 2], "{attack}, {goal:?}");
        }
    }
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
