//! The bodies of the tests that hold on every device. `tests/devices.rs` runs them natively on the CPU, `tests/web.rs` as
//! WebAssembly in a browser, on the CPU and on WebGPU. They assert properties, not bits, and stay small: a software
//! adapter takes its time.

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use fool_the_sign::attack::victims::Victims;
use fool_the_sign::attack::{Attack, CarliniWagner, Fgsm, Goal};
use fool_the_sign::data::batch::{self, Sample};
use fool_the_sign::data::synth::{Split, Synth};
use fool_the_sign::data::{PIXELS, classes};
use fool_the_sign::defense::purify::Purified;
use fool_the_sign::device::{read, self_test};
use fool_the_sign::eval::metrics::answer;
use fool_the_sign::model::autoencoder::{Autoencoder, AutoencoderConfig};
use fool_the_sign::model::lenet::{LeNet, LeNetConfig, PARAMETERS};
use fool_the_sign::model::{Classifier, loss};
use fool_the_sign::rng::Rng;

/// A seeded, untrained network: its decision boundaries are near every image.
fn lenet(device: &Device) -> LeNet {
    LeNetConfig::new().seeded(&mut Rng::new(5), device)
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
    let mut run = attack.start(victims.clone()).expect("good parameters");
    while !run.step(model).await.expect("a device").finished {}
    read(run.adversarial()).await.expect("images")
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
        let favourite = batch::one_hot(&vec![7; n], classes::COUNT, &zero.device());
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
    let layers = model.layers();
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
/// itself and along random directions.
pub async fn gradients_agree_with_finite_differences(device: Device) {
    let bare = lenet(&device);
    let purifier = purifier(&device);
    let purified = Purified { purifier: &purifier, classifier: &bare };
    let label = batch::one_hot(&[14], classes::COUNT, &device);
    let cross_entropy = |logits| loss::cross_entropy_sum(logits, label.clone());
    let margin = |logits| loss::margin(logits, label.clone().greater_elem(0.5)).sum();
    type Loss<'a> = &'a dyn Fn(Tensor<2>) -> Tensor<1>;
    let cases: [(&str, &dyn Classifier, Loss); 3] = [
        ("cross-entropy", &bare, &cross_entropy),
        ("margin", &bare, &margin),
        ("cross-entropy behind a purifier", &purified, &cross_entropy),
    ];
    let start = pixels(&signs(1));
    let mut rng = Rng::new(8);
    for (name, model, loss) in cases {
        let images = batch::from_pixels(start.clone(), &device);
        let gradient = read(loss::input_gradient(model, images, loss)).await.expect("a gradient");
        let norm = gradient.iter().map(|g| g * g).sum::<f32>().sqrt();
        assert!(norm > 1e-4, "{name}: the gradient vanishes");
        let mut directions = vec![gradient.iter().map(|g| g / norm).collect::<Vec<f32>>()];
        let mut random = vec![0.0; PIXELS];
        rng.fill_normal(&mut random, 1.0 / (PIXELS as f32).sqrt());
        directions.push(random);
        for direction in directions {
            let h = 0.01;
            let at = |step: f32| {
                let moved = start.iter().zip(&direction).map(|(x, d)| x + step * d).collect();
                loss(model.logits(batch::from_pixels(moved, &device)))
            };
            let [up, down] = fool_the_sign::device::read_array([at(h), at(-h)]).await.expect("losses");
            let measured = (up[0] - down[0]) / (2.0 * h);
            let expected: f32 = gradient.iter().zip(&direction).map(|(g, d)| g * d).sum();
            assert!((measured - expected).abs() < 0.02 * norm, "{name}: {measured} measured, {expected} computed");
        }
    }
}

/// GPU = CPU: logits 1e-4, gradients 1e-3. On the CPU it compares the CPU with itself.
pub async fn the_device_agrees_with_the_cpu(device: Device) {
    let result = self_test(&device).await.expect("a device");
    assert!(result.passed, "{result:?}");
}

/// The pictures are the same on every machine: a checksum of their bytes.
pub async fn pictures_are_the_same_everywhere(_: Device) {
    let bytes = Synth::new()
        .batch(1, Split::Train, 0..43)
        .into_iter()
        .flat_map(|sample| std::iter::once(sample.label as u8).chain(batch::picture(&sample.pixels).rgba));
    // FNV-1a.
    let checksum =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(format!("{checksum:016x}"), "e275c6a53390dc5d");
}

/// Calls `$run!` with the name of every body.
macro_rules! for_each_case {
    ($run:ident) => {
        $run! {
            lenet_is_the_notebooks,
            the_autoencoder_keeps_shape_and_range,
            fgsm_keeps_its_promises,
            fgsm_leaves_a_flat_loss_alone,
            cw_keeps_its_promises,
            cw_keeps_kappa,
            cw_returns_the_original_when_it_fails,
            cw_moves_saturated_pixels,
            cw_treats_each_image_by_itself,
            gradients_agree_with_finite_differences,
            the_device_agrees_with_the_cpu,
            pictures_are_the_same_everywhere,
        }
    };
}
pub(crate) use for_each_case;
