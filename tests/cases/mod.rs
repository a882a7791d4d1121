//! The bodies of the tests that hold on every device. `tests/devices.rs` runs them natively on the CPU, `tests/web.rs` as
//! WebAssembly in a browser, on the CPU and on WebGPU. They assert properties, not bits, and stay small: a software
//! adapter takes its time.

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use fool_the_sign::attack::victims::Victims;
use fool_the_sign::attack::{
    Apgd, Attack, Bim, CarliniWagner, DeepFool, Ensemble, Fgsm, Goal, Jsma, Pgd, Square, UniformNoise,
};
use fool_the_sign::data::batch::{self, Sample};
use fool_the_sign::data::picture::Picture;
use fool_the_sign::data::shot::Conditions;
use fool_the_sign::data::split::Split;
use fool_the_sign::data::synth::Synth;
use fool_the_sign::data::{PIXELS, classes};
use fool_the_sign::defense::detect::{Detector, Statistic};
use fool_the_sign::defense::purify::Purified;
use fool_the_sign::defense::{BitDepth, Defense, Jpeg};
use fool_the_sign::device::read;
use fool_the_sign::eval::self_test;
use fool_the_sign::metrics::answer;
use fool_the_sign::model::autoencoder::{Autoencoder, AutoencoderConfig};
use fool_the_sign::model::lenet::{LeNet, LeNetConfig, PARAMETERS};
use fool_the_sign::model::weights;
use fool_the_sign::model::zoo::{Architecture, Network};
use fool_the_sign::model::{Classifier, loss};
use fool_the_sign::rng::Rng;
use fool_the_sign::tensors;

mod checkpoints;
mod ops;
mod short;

use short::short;

pub use checkpoints::{
    a_classifier_goes_on_from_a_checkpoint, a_purifier_goes_on_from_a_checkpoint,
    every_recipe_goes_on_from_wherever_it_was,
};
pub use ops::own_operations_are_burns;

/// A seeded, untrained network: its decision boundaries are near every image.
fn lenet(device: &Device) -> LeNet {
    LeNetConfig::default().seeded(&mut Rng::new(5), device)
}

fn purifier(device: &Device) -> Autoencoder {
    AutoencoderConfig::browser(4).seeded(&mut Rng::new(6), device)
}

fn signs(n: u64) -> Vec<Sample> {
    Synth::new().batch(3, Split::Validation, 0..n)
}

async fn answers(model: &dyn Classifier, images: Tensor<4>) -> Vec<usize> {
    read(model.logits(images)).await.expect("logits").chunks_exact(model.classes()).map(answer).collect()
}

/// The images with the answers the model gives now: every attack starts from a class that holds.
async fn victims(model: &dyn Classifier, pixels: Vec<f32>, goal: Goal, device: &Device) -> Victims {
    let images = batch::from_pixels(pixels, device);
    let labels = answers(model, images.clone()).await;
    Victims::new(images, labels, goal)
}

fn pixels(samples: &[Sample]) -> Vec<f32> {
    samples.iter().flat_map(|sample| sample.pixels.clone()).collect()
}

/// A class that no victim has.
fn free_target(labels: &[usize]) -> usize {
    (0..classes::COUNT).find(|class| !labels.contains(class)).expect("43 classes, few images")
}

async fn run(attack: &Attack, model: &dyn Classifier, victims: &Victims) -> Vec<f32> {
    let adversarial =
        fool_the_sign::attack::run(attack.method(), model, victims.clone()).await.expect("good parameters");
    read(adversarial).await.expect("images")
}

fn largest(values: impl Iterator<Item = f32>) -> f32 {
    values.fold(0.0, |max, value| max.max(value.abs()))
}

fn squared_distances(before: &[f32], after: &[f32]) -> Vec<f32> {
    let pairs = before.chunks_exact(PIXELS).zip(after.chunks_exact(PIXELS));
    pairs.map(|(a, b)| a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()).collect()
}

/// Logits that do not depend on the image: nothing can fool it, and its gradient is zero everywhere.
struct Constant;

impl Classifier for Constant {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let [n, ..] = images.dims();
        let zero = images.reshape([n, PIXELS]).sum_dim(1).mul_scalar(0.0); // [n, 1]
        let favourite = tensors::one_hot(&vec![7; n], classes::COUNT, &zero.device());
        zero + favourite
    }

    fn classes(&self) -> usize {
        classes::COUNT
    }
}

/// 64,811 parameters; every layer's shape as in the notebook.
pub async fn lenet_is_the_notebooks(device: Device) {
    let model = lenet(&device);
    assert_eq!(model.num_params(), PARAMETERS);
    let layers = Network::from(model.clone()).layers(32, &device);
    let shapes: Vec<&[usize]> = layers.iter().map(|layer| layer.output.as_slice()).collect();
    let expected: [&[usize]; 7] = [&[6, 28, 28], &[6, 14, 14], &[16, 10, 10], &[16, 5, 5], &[120, 1, 1], &[84], &[43]];
    assert_eq!(shapes, expected);
    let parameters: Vec<usize> = layers.iter().map(|layer| layer.parameters).collect();
    assert_eq!(parameters, [456, 0, 2416, 0, 48_120, 10_164, 3_655]);
    assert_eq!(model.logits(batch::images(&signs(2), &device)).dims(), [2, 43]);
}

/// Same shape, values in [0, 1], and the parameter count that the documentation names.
pub async fn the_autoencoder_keeps_shape_and_range(device: Device) {
    for full_skip in [false, true] {
        let config = AutoencoderConfig { full_skip, ..AutoencoderConfig::browser(4) };
        let model = config.seeded(&mut Rng::new(6), &device);
        let output = model.forward(batch::images(&signs(2), &device));
        assert_eq!(output.dims(), [2, 3, 32, 32]);
        assert!(read(output).await.expect("images").iter().all(|value| (0.0..=1.0).contains(value)));
    }
    assert_eq!(AutoencoderConfig::browser(16).init(&device).num_params(), 194_755);
}

/// [0, 1]; ‖δ‖∞ ≤ ε; ε = 0 changes nothing; the loss moves the right way; the step is exactly ±ε where nothing clips.
pub async fn fgsm_keeps_its_promises(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(3));
    for epsilon in [0.0, 2.0 / 255.0, 8.0 / 255.0, 0.5] {
        for targeted in [false, true] {
            let mut victims = victims(&model, before.clone(), Goal::Untargeted, &device).await;
            if targeted {
                victims.goal = Goal::Targeted { class: free_target(&victims.labels) };
            }
            let case = format!("ε = {epsilon}, {:?}", victims.goal);
            let attacked = Fgsm { epsilon }.perturb(&model, &victims);
            let one_hot = victims.one_hot(classes::COUNT);
            let loss = |images| loss::cross_entropy_sum(model.logits(images), one_hot.clone());
            let before_after = [loss(victims.images.clone()), loss(attacked.clone())];
            let after = read(attacked).await.expect("images");
            assert!(after.iter().all(|value| (0.0..=1.0).contains(value)), "{case}");
            let deltas: Vec<f32> = after.iter().zip(&before).map(|(after, before)| after - before).collect();
            assert!(largest(deltas.iter().copied()) <= epsilon + 1e-6, "{case}");
            if epsilon == 0.0 {
                assert_eq!(after, before, "{case}");
                continue;
            }
            let inside = |before: f32| before - epsilon > 0.0 && before + epsilon < 1.0;
            let whole = deltas.iter().zip(&before).filter(|(_, before)| inside(**before));
            let (exact, all) = whole.fold((0, 0), |(exact, all), (delta, _)| {
                (exact + usize::from((delta.abs() - epsilon).abs() < 1e-6), all + 1)
            });
            assert!(exact as f32 >= 0.99 * all as f32, "{case}: {exact} of {all} moved by ε");
            if epsilon < 0.1 {
                let [start, end] = fool_the_sign::device::read_array(before_after).await.expect("losses");
                let direction = if targeted { -1.0 } else { 1.0 };
                assert!(direction * (end[0] - start[0]) > 0.0, "{case}: loss {} → {}", start[0], end[0]);
            }
        }
    }
}

/// sign(0) = 0: where the gradient vanishes the image stays.
pub async fn fgsm_leaves_a_flat_loss_alone(device: Device) {
    let before = pixels(&signs(1));
    let victims = Victims::new(batch::from_pixels(before.clone(), &device), vec![7], Goal::Untargeted);
    let after = read(Fgsm { epsilon: 0.1 }.perturb(&Constant, &victims)).await.expect("images");
    assert_eq!(after, before);
}

/// Every returned image is in [0, 1], meets the goal, and is nearer than any of FGSM's that succeed.
pub async fn cw_keeps_its_promises(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(2));
    for targeted in [false, true] {
        let mut victims = victims(&model, before.clone(), Goal::Untargeted, &device).await;
        if targeted {
            victims.goal = Goal::Targeted { class: free_target(&victims.labels) };
        }
        let attack = CarliniWagner { searches: 3, steps: 24, abort_early: false, ..CarliniWagner::default() };
        let after = run(&Attack::Cw(attack), &model, &victims).await;
        assert!(after.iter().all(|value| (0.0..=1.0).contains(value)), "{:?}", victims.goal);
        let answers = answers(&model, batch::from_pixels(after.clone(), &device)).await;
        for (answer, label) in answers.iter().zip(&victims.labels) {
            assert!(victims.goal.reached(*label, *answer), "{:?}: {label} → {answer}", victims.goal);
        }
        let distances = squared_distances(&before, &after);
        assert!(distances.iter().all(|squared| *squared > 0.0 && *squared < 10.0), "{:?}: {distances:?}", victims.goal);
        if targeted {
            continue;
        }
        for step in 1..=8 {
            let attacked = Fgsm { epsilon: step as f32 / 255.0 }.perturb(&model, &victims);
            let fooled = self::answers(&model, attacked.clone()).await;
            let farther = squared_distances(&before, &read(attacked).await.expect("images"));
            for (i, answer) in fooled.iter().enumerate().filter(|(i, answer)| **answer != victims.labels[*i]) {
                assert!(distances[i] < farther[i], "FGSM reaches {answer} at ε = {step}/255, nearer than C&W");
            }
        }
    }
}

/// κ holds on the image that is returned, and costs distance.
pub async fn cw_keeps_kappa(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(1));
    let victims = victims(&model, before.clone(), Goal::Untargeted, &device).await;
    let mut distances = vec![];
    for kappa in [0.0, 0.5] {
        let attack = CarliniWagner {
            kappa,
            searches: 2,
            steps: 20,
            initial_c: 10.0,
            learning_rate: 0.1,
            ..CarliniWagner::default()
        };
        let after = run(&Attack::Cw(attack), &model, &victims).await;
        let logits = model.logits(batch::from_pixels(after.clone(), &device));
        let margin = read(loss::margin(logits, victims.mask(classes::COUNT))).await.expect("a margin")[0];
        assert!(margin < 0.0 && margin <= -kappa + 1e-4, "κ = {kappa}: margin {margin}");
        distances.push(squared_distances(&before, &after)[0]);
    }
    assert!(distances[1] > distances[0], "{distances:?}");
}

/// Where nothing can succeed the original comes back, not noise.
pub async fn cw_returns_the_original_when_it_fails(device: Device) {
    let before = pixels(&signs(1));
    let victims = Victims::new(batch::from_pixels(before.clone(), &device), vec![7], Goal::Untargeted);
    let attack = CarliniWagner { searches: 2, steps: 6, ..CarliniWagner::default() };
    assert_eq!(run(&Attack::Cw(attack), &Constant, &victims).await, before);
}

/// Pixels at exactly 0 and 1 are finite in w and do move.
pub async fn cw_moves_saturated_pixels(device: Device) {
    let model = lenet(&device);
    let before: Vec<f32> = (0..PIXELS).map(|i| f32::from(u8::from((i / 5) % 2 == 0))).collect();
    let victims = victims(&model, before.clone(), Goal::Untargeted, &device).await;
    let attack =
        CarliniWagner { searches: 2, steps: 30, initial_c: 10.0, learning_rate: 0.3, ..CarliniWagner::default() };
    let after = run(&Attack::Cw(attack), &model, &victims).await;
    assert!(after.iter().all(|value| value.is_finite()));
    let answer = answers(&model, batch::from_pixels(after.clone(), &device)).await[0];
    assert_ne!(answer, victims.labels[0], "every pixel was saturated, and the attack still has to succeed");
    let moved = after.iter().zip(&before).filter(|(after, before)| (*after - *before).abs() > 1e-3).count();
    assert!(moved > 30, "{moved} pixels moved");
}

/// With abort off, a batch of N is N batches of 1.
pub async fn cw_treats_each_image_by_itself(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(2));
    let attack = CarliniWagner { searches: 2, steps: 12, abort_early: false, ..CarliniWagner::default() };
    let attack = Attack::Cw(attack);
    let together = run(&attack, &model, &victims(&model, before.clone(), Goal::Untargeted, &device).await).await;
    for (i, single) in before.chunks_exact(PIXELS).enumerate() {
        let alone = run(&attack, &model, &victims(&model, single.to_vec(), Goal::Untargeted, &device).await).await;
        let difference = largest(alone.iter().zip(&together[i * PIXELS..]).map(|(a, b)| a - b));
        assert!(difference < 2e-3, "image {i} differs by {difference}");
    }
}

/// Input gradients of cross-entropy, margin and the purified pipeline against central differences, along the gradient
/// itself and along its sign, which every value counts for: along a random direction a gradient of zeros would pass too.
pub async fn gradients_agree_with_finite_differences(device: Device) {
    let bare = lenet(&device);
    let purifier = purifier(&device);
    let purified = Purified { purifier: &purifier, classifier: &bare, straight_through: false };
    let combined = Architecture::named("combined", 43).expect("there is one").seeded(&mut Rng::new(5), &device);
    let detector = Detector { statistic: Statistic::Jsd10, threshold: 1e-4 };
    let guarded = Defense::Detector(Default::default());
    let guarded = guarded.before(&bare, Some(&purifier), Some(detector), false).expect("a purifier");
    let label = tensors::one_hot(&[14], classes::COUNT, &device);
    let cross_entropy = |logits| loss::cross_entropy_sum(logits, label.clone());
    let margin = |logits| loss::margin(logits, label.clone().greater_elem(0.5)).sum();
    let target = tensors::one_hot(&[3], classes::COUNT, &device);
    let dlr = |logits| loss::dlr(logits, label.clone().greater_elem(0.5)).sum();
    let dlr_targeted =
        |logits| loss::dlr_targeted(logits, label.clone().greater_elem(0.5), target.clone().greater_elem(0.5)).sum();
    let elsewhere = bare.logits(batch::images(&Synth::new().batch(4, Split::Validation, 9..10), &device));
    let divergence_from = |logits| loss::kl_divergence_sum(elsewhere.clone(), logits);
    let divergence_to = |logits| loss::kl_divergence_sum(logits, elsewhere.clone());
    let either = tensors::one_hot(&[14], classes::COUNT + 1, &device)
        + tensors::one_hot(&[classes::COUNT], classes::COUNT + 1, &device);
    let of_either = |logits| loss::cross_entropy_of_any(logits, either.clone().greater_elem(0.5)).sum();
    type Loss<'a> = &'a dyn Fn(Tensor<2>) -> Tensor<1>;
    let cases: [(&str, &dyn Classifier, Loss); 9] = [
        ("cross-entropy", &bare, &cross_entropy),
        ("margin", &bare, &margin),
        ("DLR", &bare, &dlr),
        ("targeted DLR", &bare, &dlr_targeted),
        ("divergence, second argument", &bare, &divergence_from),
        ("divergence, first argument", &bare, &divergence_to),
        ("cross-entropy behind a purifier", &purified, &cross_entropy),
        ("cross-entropy of the combined model", &combined, &cross_entropy),
        ("cross-entropy of two classes beside a detector", &*guarded, &of_either),
    ];
    let start = pixels(&signs(1));
    for (name, model, loss) in cases {
        let images = batch::from_pixels(start.clone(), &device);
        let gradient = read(loss::input_gradient(model, images, loss)).await.expect("a gradient");
        let norm = gradient.iter().map(|g| g * g).sum::<f32>().sqrt();
        assert!(norm > 5e-4, "{name}: the gradient vanishes");
        let along = |part: &dyn Fn(f32) -> f32| gradient.iter().map(|g| part(*g)).collect::<Vec<f32>>();
        for direction in [along(&|g| g / norm), along(&|g| g.signum() / (PIXELS as f32).sqrt())] {
            // The steeper, the shorter: DLR divides by what is small between the logits of an untrained network.
            let h = (0.1 / norm).min(0.01);
            let at = |step: f32| {
                let moved = start.iter().zip(&direction).map(|(x, d)| x + step * d).collect();
                loss(model.logits(batch::from_pixels(moved, &device)))
            };
            let [up, down] = fool_the_sign::device::read_array([at(h), at(-h)]).await.expect("losses");
            let measured = (up[0] - down[0]) / (2.0 * h);
            let expected: f32 = gradient.iter().zip(&direction).map(|(g, d)| g * d).sum();
            assert!(expected > 0.2 * norm, "{name}: the direction misses the gradient");
            // Losses are right to a millionth or so on a GPU, which counts where the gradient is small.
            assert!(
                (measured - expected).abs() < 0.02 * norm + 1e-6 / h,
                "{name}: {measured} measured, {expected} computed"
            );
        }
    }
}

/// The detector's statistics and the purifier's reconstruction error against central differences.
pub async fn statistics_agree_with_finite_differences(device: Device) {
    let (bare, purifier) = (lenet(&device), purifier(&device));
    let start = pixels(&signs(1));
    let target = batch::images(&Synth::new().batch(4, Split::Validation, 3..4), &device);
    type Loss<'a> = Box<dyn Fn(Tensor<4>) -> Tensor<1> + 'a>;
    let mut losses: Vec<(String, Loss)> = vec![];
    for statistic in Statistic::ALL {
        let (bare, purifier) = (&bare, &purifier);
        let score = move |images| statistic.score(bare, purifier, images).sum();
        losses.push((format!("{statistic:?}"), Box::new(score)));
    }
    let reconstruction = |images| loss::mean_squared(purifier.forward(images), target.clone());
    losses.push(("reconstruction error".into(), Box::new(reconstruction)));
    for (name, loss) in losses {
        let images = batch::from_pixels(start.clone(), &device).autodiff().require_grad();
        let mut gradients = loss(images.clone()).backward();
        let gradient = read(images.grad_remove(&mut gradients).expect("a gradient")).await.expect("a gradient");
        // Along the sign of the gradient everything adds up, so that f32 has digits left.
        let h = 0.004;
        let at = |step: f32| {
            let moved = start.iter().zip(&gradient).map(|(x, g)| x + step * g.signum()).collect();
            loss(batch::from_pixels(moved, &device))
        };
        let [up, down] = fool_the_sign::device::read_array([at(h), at(-h)]).await.expect("scores");
        let measured = (up[0] - down[0]) / (2.0 * h);
        let expected: f32 = gradient.iter().map(|g| g.abs()).sum();
        assert!(expected > 0.0, "{name}: the gradient vanishes");
        assert!((measured - expected).abs() < 0.1 * expected, "{name}: {measured} measured, {expected} computed");
    }
}

/// [0, 1]; ‖δ‖∞ ≤ ε; ε = 0 changes nothing.
pub async fn every_bounded_attack_stays_in_its_ball(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(2));
    for epsilon in [0.0, 8.0 / 255.0] {
        let victims = victims(&model, before.clone(), Goal::Untargeted, &device).await;
        let few = [("steps", 3), ("targets", 2), ("queries", 6), ("searches", 1)];
        for attack in short(epsilon, &few).into_iter().filter(|attack| !attack.is_minimum_norm()) {
            let after = run(&attack, &model, &victims).await;
            assert!(after.iter().all(|value| (0.0..=1.0).contains(value)), "{attack}");
            let change = largest(after.iter().zip(&before).map(|(after, before)| after - before));
            assert!(change <= epsilon + 1e-6, "{attack}: {change}");
            assert!(epsilon == 0.0 || change > 0.0, "{attack} does nothing");
        }
    }
}

/// One step of BIM with α = ε is FGSM, to the bit.
pub async fn bim_of_one_step_is_fgsm(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(2));
    for epsilon in [1.0 / 255.0, 8.0 / 255.0, 0.3] {
        let victims = victims(&model, before.clone(), Goal::Untargeted, &device).await;
        let bim = Attack::Bim(Bim { epsilon, steps: 1, alpha: Some(epsilon) });
        let fgsm = Attack::Fgsm(Fgsm { epsilon });
        assert_eq!(run(&bim, &model, &victims).await, run(&fgsm, &model, &victims).await, "ε = {epsilon}");
    }
}

/// An attack that succeeds has reached its goal: another class, or the target; and most of them do succeed here.
pub async fn success_is_the_goal_reached(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(2));
    let start = victims(&model, before, Goal::Untargeted, &device).await;
    // The class that is easiest to reach: an untrained network hardly tells anything apart.
    let logits = read(model.logits(start.images.clone())).await.expect("logits");
    let ranked = fool_the_sign::metrics::top(&logits[..43], 43);
    let target =
        ranked.iter().map(|score| score.class).find(|class| !start.labels.contains(class)).expect("43 classes");
    let epsilon = 32.0 / 255.0;
    let jsma = Jsma { one_pixel: true, ..Jsma::default() };
    let attacks = [
        Attack::Bim(Bim { epsilon, steps: 5, alpha: None }),
        Attack::Pgd(Pgd { epsilon, steps: 5, ..Pgd::default() }),
        Attack::Apgd(Apgd { epsilon, steps: 6, ..Apgd::default() }),
        Attack::Ensemble(Ensemble { epsilon, steps: 5, targets: 1, queries: 5, seed: 1 }),
        Attack::Deepfool(DeepFool { steps: 5, ..DeepFool::default() }),
        Attack::Jsma(jsma),
    ];
    for attack in attacks {
        for goal in [Goal::Untargeted, Goal::Targeted { class: target }] {
            if attack.validate_with(goal).is_err() {
                assert!(matches!(attack, Attack::Deepfool(_)));
                continue;
            }
            let victims = Victims { goal, ..start.clone() };
            let after = run(&attack, &model, &victims).await;
            let answers = answers(&model, batch::from_pixels(after, &device)).await;
            for (answer, label) in answers.iter().zip(&victims.labels) {
                assert!(goal.reached(*label, *answer), "{attack}, {goal:?}: {label} → {answer}");
            }
        }
    }
}

/// Where nothing can succeed, attacks that look for the smallest perturbation give back the original.
pub async fn minimum_norm_attacks_return_the_original_when_they_fail(device: Device) {
    let before = pixels(&signs(1));
    let victims = Victims::new(batch::from_pixels(before.clone(), &device), vec![7], Goal::Untargeted);
    for attack in [Attack::Deepfool(DeepFool::default()), Attack::Jsma(Jsma::default())] {
        assert_eq!(run(&attack, &Constant, &victims).await, before, "{attack}");
    }
}

/// JSMA changes few pixels, DeepFool goes no farther than FGSM has to.
pub async fn minimum_norm_attacks_stay_near(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(1));
    let victims = victims(&model, before.clone(), Goal::Untargeted, &device).await;
    let distance = |after: &[f32]| squared_distances(&before, after)[0];
    let near = distance(&run(&Attack::Deepfool(DeepFool::default()), &model, &victims).await);
    let mut far = f32::INFINITY;
    for k in [0.5, 1.0, 2.0, 4.0, 8.0, 16.0] {
        let after = run(&Attack::Fgsm(Fgsm { epsilon: k / 255.0 }), &model, &victims).await;
        if answers(&model, batch::from_pixels(after.clone(), &device)).await[0] != victims.labels[0] {
            far = distance(&after);
            break;
        }
    }
    assert!(near > 0.0 && near < far, "DeepFool {near}, FGSM {far}");
    let after = run(&Attack::Jsma(Jsma { one_pixel: true, ..Jsma::default() }), &model, &victims).await;
    let changed = after.iter().zip(&before).filter(|(after, before)| after != before).count();
    assert!((1..=60).contains(&changed), "{changed} values changed");
}

/// The same seed gives the same images, another seed others; and an image's random numbers are its own, whoever shares
/// its batch.
pub async fn attacks_are_repeatable_and_treat_each_image_by_itself(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(3));
    let all = victims(&model, before, Goal::Untargeted, &device).await;
    let epsilon = 8.0 / 255.0;
    let attacks = |seed| {
        vec![
            Attack::Pgd(Pgd { epsilon, steps: 2, seed, ..Pgd::default() }),
            Attack::Apgd(Apgd { epsilon, steps: 3, seed, ..Apgd::default() }),
            Attack::Square(Square { epsilon, queries: 6, seed, ..Square::default() }),
            Attack::Noise(UniformNoise { epsilon, seed }),
        ]
    };
    for (attack, other) in attacks(1).into_iter().zip(attacks(2)) {
        let once = run(&attack, &model, &all).await;
        assert_eq!(once, run(&attack, &model, &all).await, "{attack}");
        assert_ne!(once, run(&other, &model, &all).await, "{attack}");
        let some = run(&attack, &model, &all.select(&[2, 0])).await;
        let expected = [&once[2 * PIXELS..], &once[..PIXELS]].concat();
        // A sum in another order may turn the sign of a gradient that is all but zero.
        let differing = some.iter().zip(&expected).filter(|(a, b)| (**a - **b).abs() > 1e-6).count();
        assert!(differing <= PIXELS / 50, "{attack}: {differing} values depend on the batch");
    }
}

/// More restarts are never weaker, and the ensemble is never weaker than its first member.
pub async fn more_tries_are_never_weaker(device: Device) {
    let model = lenet(&device);
    let all = victims(&model, pixels(&signs(4)), Goal::Untargeted, &device).await;
    let epsilon = 0.6 / 255.0;
    let pgd = |restarts| Attack::Pgd(Pgd { epsilon, steps: 2, restarts, ..Pgd::default() });
    let apgd = Attack::Apgd(Apgd { epsilon, steps: 3, ..Apgd::default() });
    let ensemble = Attack::Ensemble(Ensemble { epsilon, steps: 3, targets: 1, queries: 3, seed: 1 });
    for (weaker, stronger) in [(pgd(1), pgd(3)), (apgd, ensemble)] {
        let mut fooled = vec![];
        for attack in [&weaker, &stronger] {
            let after = run(attack, &model, &all).await;
            let answers = answers(&model, batch::from_pixels(after, &device)).await;
            fooled.push(answers.iter().zip(&all.labels).map(|(a, b)| a != b).collect::<Vec<bool>>());
        }
        let lost = fooled[0].iter().zip(&fooled[1]).filter(|(weak, strong)| **weak && !**strong).count();
        assert_eq!(lost, 0, "{stronger} misses what {weaker} finds");
    }
}

/// In 64 bits, also where `usize` has 32: from query 429,497 on the schedule's product is beyond those.
pub async fn square_shrinks_to_the_end_of_a_million_queries(_: Device) {
    let attack = Square { queries: 1_000_000, ..Square::default() };
    let sides = [0, 100_000, 429_497, 500_000, 900_000].map(|query| attack.side(query, [1, 3, 32, 32]));
    assert_eq!(sides, [29, 7, 3, 3, 1]);
}

/// Squeezers keep shape and range; bit depth and median are what they should be; rounding has no gradient, and BPDA has
/// the classifier's.
pub async fn squeezers_squeeze(device: Device) {
    let model = lenet(&device);
    let before = pixels(&signs(1));
    let images = batch::from_pixels(before.clone(), &device);
    for defense in [
        Defense::BitDepth(BitDepth { bits: 1 }),
        Defense::Median(Default::default()),
        Defense::Jpeg(Jpeg { quality: 75 }),
    ] {
        let squeezed = read(defense.apply(images.clone(), None)).await.expect("images");
        assert!(squeezed.iter().all(|value| (0.0..=1.0).contains(value)), "{defense:?}");
        match defense {
            Defense::BitDepth(_) => assert!(squeezed.iter().all(|value| [0.0, 1.0].contains(value))),
            Defense::Median(_) => {
                let at = |y: usize, x: usize| before[1024 + y.min(31) * 32 + x.min(31)];
                for (y, x) in [(0usize, 0usize), (7, 9), (15, 30)] {
                    let mut around: Vec<f32> =
                        (0..9).map(|i| at((y + i / 3).saturating_sub(1), (x + i % 3).saturating_sub(1))).collect();
                    around.sort_by(f32::total_cmp);
                    assert_eq!(squeezed[1024 + y * 32 + x], around[4], "at {y}, {x}");
                }
            }
            _ => {
                let change = largest(squeezed.iter().zip(&before).map(|(a, b)| a - b));
                assert!(change > 0.0 && change < 0.5, "{defense:?}: {change}");
            }
        }
        let label = tensors::one_hot(&[14], classes::COUNT, &device);
        let mut norms = vec![];
        for straight_through in [false, true] {
            let view = defense.before(&model, None, None, straight_through).expect("no purifier needed");
            let gradient =
                loss::input_gradient(&*view, images.clone(), |logits| loss::cross_entropy_sum(logits, label.clone()));
            norms.push(largest(read(gradient).await.expect("a gradient").into_iter()));
        }
        assert_eq!(norms[0] > 0.0, defense == Defense::Median(Default::default()), "{defense:?}: {norms:?}");
        assert!(norms[1] > 0.0, "{defense:?}");
    }
}

/// Beside a detector there is one class more, which leads exactly where the score is above the threshold; and an attacker
/// who knows it gets past both.
pub async fn a_detector_refuses_what_is_above_its_threshold(device: Device) {
    let model = lenet(&device);
    let nearly_the_same = AutoencoderConfig { full_skip: true, ..AutoencoderConfig::browser(4) };
    let purifier = nearly_the_same.seeded(&mut Rng::new(6), &device);
    let images = batch::images(&signs(4), &device);
    let statistic = Statistic::L1;
    let scores = read(statistic.score(&model, &purifier, images.clone())).await.expect("scores");
    let threshold =
        0.5 * (scores.iter().copied().fold(f32::MIN, f32::max) + scores.iter().copied().fold(f32::MAX, f32::min));
    let guard = Defense::Detector(Default::default());
    let view =
        guard.before(&model, Some(&purifier), Some(Detector { statistic, threshold }), false).expect("a purifier");
    assert_eq!(view.classes(), classes::COUNT + 1);
    let answers = answers(&*view, images.clone()).await;
    for (score, answer) in scores.iter().zip(&answers) {
        assert_eq!(*score > threshold, *answer == classes::COUNT, "score {score}, threshold {threshold}");
    }
    assert!(answers.contains(&classes::COUNT) && answers.iter().any(|answer| *answer < classes::COUNT));

    // An image that passes: the attack must not count a refusal as success.
    let passes = answers.iter().position(|answer| *answer < classes::COUNT).expect("one passes");
    let victims = Victims { refusal: Some(classes::COUNT), ..Victims::new(images, answers, Goal::Untargeted) };
    let one = victims.select(&[passes]);
    let attack = Attack::Bim(Bim { epsilon: 8.0 / 255.0, steps: 6, alpha: None });
    let after = run(&attack, &*view, &one).await;
    let answer = self::answers(&*view, batch::from_pixels(after, &device)).await[0];
    assert!(answer != one.labels[0] && answer != classes::COUNT, "{answer}");
}

/// Written and read again, a network gives the same logits, to the bit.
pub async fn weights_survive_a_file(device: Device) {
    let images = batch::images(&signs(2), &device);
    for name in Architecture::NAMES {
        let architecture = Architecture::named(name, 7).expect("there is one");
        let network = architecture.seeded(&mut Rng::new(9), &device);
        let file = weights::write(&architecture, &network).await.expect("finite weights");
        let (read_architecture, again) = weights::read(&file, None, &device).expect("just written");
        assert_eq!(read_architecture, architecture);
        let logits = [network.logits(images.clone()), again.logits(images.clone())];
        let [before, after] = fool_the_sign::device::read_array(logits).await.expect("logits");
        assert_eq!(before, after, "{name}");
        assert_eq!(weights::write(&architecture, &again).await.expect("finite weights"), file, "{name}");
    }
}

/// GPU = CPU: logits 1e-4, gradients 1e-3. On the CPU it compares the CPU with itself.
pub async fn the_device_agrees_with_the_cpu(device: Device) {
    let result = self_test::run(&device).await.expect("a device");
    assert!(result.passed, "{result:?}");
}

/// The pictures are the same on every machine: a checksum of their bytes.
pub async fn pictures_are_the_same_everywhere(_: Device) {
    let synth = Synth::new();
    for (conditions, expected) in [(Conditions::FAIR, "b3bf457ffe3caac9"), (Conditions::HARSH, "ae3a263b3b0cc55d")] {
        let bytes = (0..43)
            .map(|i| synth.sample(&conditions, 1, Split::Train, i))
            .flat_map(|sample| std::iter::once(sample.label as u8).chain(Picture::of(&sample.pixels).rgba));
        // FNV-1a.
        let checksum =
            bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        assert_eq!(format!("{checksum:016x}"), expected);
    }
}

/// Calls `$run!` with the name of every body that runs everywhere.
macro_rules! for_each_case {
    ($run:ident) => {
        $run! {
            lenet_is_the_notebooks,
            own_operations_are_burns,
            a_classifier_goes_on_from_a_checkpoint,
            a_purifier_goes_on_from_a_checkpoint,
            the_autoencoder_keeps_shape_and_range,
            fgsm_keeps_its_promises,
            fgsm_leaves_a_flat_loss_alone,
            cw_keeps_its_promises,
            cw_keeps_kappa,
            cw_returns_the_original_when_it_fails,
            cw_moves_saturated_pixels,
            cw_treats_each_image_by_itself,
            gradients_agree_with_finite_differences,
            every_bounded_attack_stays_in_its_ball,
            bim_of_one_step_is_fgsm,
            square_shrinks_to_the_end_of_a_million_queries,
            squeezers_squeeze,
            a_detector_refuses_what_is_above_its_threshold,
            weights_survive_a_file,
            the_device_agrees_with_the_cpu,
            pictures_are_the_same_everywhere,
        }
    };
}
pub(crate) use for_each_case;

/// The same for those that would take minutes on a software adapter, and whose code for the device the others run too.
macro_rules! for_each_long_case {
    ($run:ident) => {
        $run! {
            every_recipe_goes_on_from_wherever_it_was,
            statistics_agree_with_finite_differences,
            success_is_the_goal_reached,
            minimum_norm_attacks_return_the_original_when_they_fail,
            minimum_norm_attacks_stay_near,
            attacks_are_repeatable_and_treat_each_image_by_itself,
            more_tries_are_never_weaker,
        }
    };
}
pub(crate) use for_each_long_case;
