//! The same networks and images, attacked here and by Foolbox and ART. `tests/conformance/make.py` made the golden values.
#![cfg(not(target_family = "wasm"))]

use std::path::{Path, PathBuf};

use burn::tensor::{Tensor, TensorData};
use fool_the_sign::attack::victims::Victims;
use fool_the_sign::attack::{self, Apgd, ApgdLoss, Attack, Goal};
use fool_the_sign::data::tensors::LabelledImages;
use fool_the_sign::device;
use fool_the_sign::metrics::Norms;
use fool_the_sign::model::zoo::Network;
use fool_the_sign::model::{Classifier, loss, weights};
use fool_the_sign::tensors;
use pollster::block_on;
use safetensors::SafeTensors;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    network: String,
    library: String,
    attack: Attack,
    goal: Goal,
    images: Vec<usize>,
    l2: Vec<f32>,
    success: Vec<bool>,
    delta: Option<String>,
    /// (position in the case, value) where the sign of a gradient is not defined in 32 bits.
    #[serde(default)]
    undefined: Vec<(usize, usize)>,
}

fn path(name: &str) -> PathBuf {
    Path::new("tests/conformance").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn golden() -> Golden {
    serde_json::from_slice(&bytes("golden.json")).expect("golden values")
}

struct Subject {
    network: Network,
    images: LabelledImages,
}

impl Subject {
    fn load(name: &str) -> Self {
        let file = bytes(&format!("{name}.safetensors"));
        let (_, network) = weights::read(&file, Some(name), &device::cpu()).expect("weights");
        let images = bytes(&format!("images_{name}.safetensors"));
        let images = LabelledImages::read(&images, Some(network.classes())).expect("images");
        Self { network, images }
    }

    fn tensor(&self) -> Tensor<4> {
        Tensor::from_data(TensorData::new(self.images.pixels.clone(), self.images.shape), &device::cpu())
    }

    fn victims(&self, goal: Goal, which: &[usize]) -> Victims {
        Victims::new(self.tensor(), self.images.labels.clone(), goal).select(which)
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

fn read<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    block_on(device::read(tensor)).expect("the CPU answers")
}

/// The networks are the same: logits and input gradients.
#[test]
fn logits_and_gradients_are_those_of_jax() {
    let file = bytes("golden.safetensors");
    let file = SafeTensors::deserialize(&file).expect("golden values");
    for name in ["lenet", "convnet"] {
        let subject = Subject::load(name);
        let logits = read(subject.network.logits(subject.tensor()));
        let all: Vec<usize> = (0..subject.images.labels.len()).collect();
        let victims = subject.victims(Goal::Untargeted, &all);
        let gradient =
            read(loss::input_gradient(&subject.network, subject.tensor(), |logits| victims.loss(logits).sum()));
        for (what, ours, tolerance) in [("logits", logits, 1e-4), ("gradients", gradient, 1e-4)] {
            let theirs = floats(file.tensor(&format!("{name}.{what}")).expect("golden").data());
            let scale = theirs.iter().fold(0.0f32, |max, value| max.max(value.abs()));
            assert_eq!(ours.len(), theirs.len());
            let worst = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(worst <= tolerance * scale.max(1.0), "{name} {what}: {worst} of {scale}");
        }
    }
}

/// FGSM and BIM: every δ within 1e-5, but where the gradient's sign is rounding noise; those are below one percent.
#[test]
fn fgsm_and_bim_are_those_of_foolbox_and_art() {
    let file = bytes("golden.safetensors");
    let file = SafeTensors::deserialize(&file).expect("golden values");
    let mut compared = 0;
    for case in golden().cases.iter().filter(|case| case.delta.is_some()) {
        let subject = Subject::load(&case.network);
        let victims = subject.victims(case.goal, &case.images);
        let before = read(victims.images.clone());
        let after =
            read(block_on(attack::run(case.attack.method(), &subject.network, victims)).expect("a good attack"));
        let theirs = file.tensor(case.delta.as_deref().expect("filtered")).expect("golden");
        let theirs: Vec<f32> = theirs.data().iter().map(|byte| f32::from(*byte as i8) / 510.0).collect();
        let each = before.len() / case.images.len();
        let what = format!("{} {} {:?} against {}", case.network, case.attack, case.goal, case.library);
        assert_eq!(theirs.len(), before.len(), "{what}");
        assert!(case.undefined.len() * 100 < before.len(), "{what}: too much is undefined");
        for i in (0..before.len()).filter(|i| !case.undefined.contains(&(i / each, i % each))) {
            let delta = after[i] - before[i];
            assert!((delta - theirs[i]).abs() <= 1e-5, "{what}, value {i}: {delta}, not {}", theirs[i]);
        }
        compared += 1;
    }
    assert!(compared >= 40, "{compared} cases compared");
}

/// Norms of the successes, and whether each image is one.
fn run(case: &Case) -> (Vec<f32>, Vec<bool>) {
    let subject = Subject::load(&case.network);
    let victims = subject.victims(case.goal, &case.images);
    let before = read(victims.images.clone());
    let adversarial =
        block_on(attack::run(case.attack.method(), &subject.network, victims.clone())).expect("a good attack");
    let leads = read(victims.lead(subject.network.logits(adversarial.clone())));
    let after = read(adversarial);
    let each = before.len() / case.images.len();
    let norm = |(after, before): (&[f32], &[f32])| {
        Norms::of(&after.iter().zip(before).map(|(after, before)| after - before).collect::<Vec<f32>>()).l2
    };
    let norms = after.chunks_exact(each).zip(before.chunks_exact(each)).map(norm).collect();
    (norms, leads.iter().map(|lead| *lead < 0.0).collect())
}

/// DeepFool: every L2 within 1 % of Foolbox's. ART's is another variant (overshoot once, from clipped images): within 5 %.
#[test]
fn deepfool_is_that_of_foolbox() {
    let golden = golden();
    let cases = golden.cases.iter().filter(|case| matches!(case.attack, Attack::Deepfool(_)));
    let mut compared = 0;
    for case in cases {
        let (norms, success) = run(case);
        assert_eq!(success, case.success);
        let tolerance = if case.library.starts_with("foolbox") { 0.01 } else { 0.05 };
        for (ours, theirs) in norms.iter().zip(&case.l2) {
            let what = format!("{} against {}: {ours}, not {theirs}", case.network, case.library);
            assert!((ours - theirs).abs() <= tolerance * theirs, "{what}");
        }
        compared += 1;
    }
    assert_eq!(compared, 4);
}

/// C&W: 100 % success, and per image no more than 1.05 × Foolbox's L2 at the same budget. ART's is another optimiser (a line
/// search instead of Adam), so its budget says nothing about ours.
#[test]
fn carlini_wagner_is_as_good_as_that_of_foolbox() {
    let golden = golden();
    let cases = golden.cases.iter().filter(|case| matches!(case.attack, Attack::Cw(_)));
    let mut compared = 0;
    for case in cases.filter(|case| case.library.starts_with("foolbox")) {
        let (norms, success) = run(case);
        assert!(success.iter().all(|success| *success), "{} {}", case.network, case.attack);
        for (i, (ours, theirs)) in norms.iter().zip(&case.l2).enumerate() {
            let what = format!("{} {} {:?}, image {i}", case.network, case.attack, case.goal);
            assert!(*ours <= 1.05 * theirs, "{what}: {ours}, theirs {theirs}");
        }
        compared += 1;
    }
    assert!(compared >= 8, "{compared} cases compared");
}

#[derive(Deserialize)]
struct Found {
    network: String,
    attack: Attack,
    /// L∞ of each image's success.
    linf: Option<Vec<f32>>,
    /// Number of images fooled, seed by seed.
    fooled: Option<Vec<usize>>,
}

fn found() -> Vec<Found> {
    serde_json::from_slice(&bytes("autoattack.json")).expect("golden values")
}

/// Of every image of the network: L∞ of the change, and whether it is a success.
fn attacked(case: &Found) -> (Vec<f32>, Vec<bool>) {
    let subject = Subject::load(&case.network);
    let all: Vec<usize> = (0..subject.images.labels.len()).collect();
    let victims = subject.victims(Goal::Untargeted, &all);
    let before = read(victims.images.clone());
    let adversarial =
        block_on(attack::run(case.attack.method(), &subject.network, victims.clone())).expect("a good attack");
    let leads = read(victims.lead(subject.network.logits(adversarial.clone())));
    let after = read(adversarial);
    let each = before.len() / all.len();
    let change = |(after, before): (&[f32], &[f32])| {
        after.iter().zip(before).map(|(after, before)| (after - before).abs()).fold(0.0, f32::max)
    };
    let norms = after.chunks_exact(each).zip(before.chunks_exact(each)).map(change).collect();
    (norms, leads.iter().map(|lead| *lead < 0.0).collect())
}

/// FAB-T: every L∞ within 5 % of what `tests/conformance/autoattack.py` finds, 1 % in the median.
#[test]
fn fab_is_that_of_the_authors() {
    let mut compared = 0;
    for case in found() {
        let Some(theirs) = &case.linf else { continue };
        let (norms, success) = attacked(&case);
        assert!(success.iter().all(|success| *success), "{} {}", case.network, case.attack);
        let mut apart: Vec<f32> = norms.iter().zip(theirs).map(|(ours, theirs)| (ours / theirs - 1.0).abs()).collect();
        apart.sort_by(f32::total_cmp);
        let what = format!("{} {}: {norms:?}, not {theirs:?}", case.network, case.attack);
        assert!(apart[apart.len() / 2] < 0.01 && apart.last().is_some_and(|worst| *worst < 0.05), "{what}");
        compared += 1;
    }
    assert_eq!(compared, 2);
}

/// APGD and Square: as many images fooled as by `tests/conformance/autoattack.py`, but for what a random start may do: one image beyond
/// what three seeds of it find.
#[test]
fn apgd_and_square_are_as_strong_as_those_of_the_authors() {
    let mut compared = 0;
    for case in found() {
        let Some(theirs) = &case.fooled else { continue };
        let ours = attacked(&case).1.iter().filter(|success| **success).count();
        let (least, most) = (theirs.iter().min().expect("seeds"), theirs.iter().max().expect("seeds"));
        let what = format!("{} {}: {ours}, not {theirs:?}", case.network, case.attack);
        assert!(ours + 1 >= *least && ours <= most + 1, "{what}");
        compared += 1;
    }
    assert_eq!(compared, 40);
}

#[derive(Deserialize)]
struct Seeded {
    network: String,
    attack: Attack,
    /// The class that the targeted loss goes to.
    #[serde(default)]
    aims: Vec<usize>,
    /// Whether APGD has fooled each image.
    #[serde(default)]
    fooled: Vec<bool>,
    /// Loss of what it gives back of each image.
    losses: Option<Vec<f32>>,
    /// Margin of what Square gives back.
    margins: Option<Vec<f32>>,
}

/// APGD and Square from the same random numbers as `tests/conformance/autoattack.py`: the same images are fooled, and of the others each has
/// the same loss in the end, or the same margin; not only as many that are fooled.
#[test]
fn apgd_and_square_end_where_those_of_the_authors_do() {
    let cases: Vec<Seeded> = serde_json::from_slice(&bytes("seeded.json")).expect("golden values");
    let (mut compared, mut held) = (0, 0);
    for case in &cases {
        let subject = Subject::load(&case.network);
        let (labels, device) = (&subject.images.labels, device::cpu());
        let all: Vec<usize> = (0..labels.len()).collect();
        let victims = subject.victims(Goal::Untargeted, &all);
        let adversarial =
            block_on(attack::run(case.attack.method(), &subject.network, victims.clone())).expect("a good attack");
        let logits = subject.network.logits(adversarial);
        let fooled: Vec<bool> = read(victims.lead(logits.clone())).iter().map(|lead| *lead < 0.0).collect();
        let square = case.margins.is_some();
        assert!(square || fooled == case.fooled, "{} {}: {fooled:?}", case.network, case.attack);
        let classes = subject.network.classes();
        let mask = |classes_of: &[usize]| tensors::one_hot(classes_of, classes, &device).greater_elem(0.5);
        let ours = match &case.attack {
            Attack::Apgd(Apgd { loss: ApgdLoss::Dlr, .. }) => loss::dlr(logits, mask(labels)),
            Attack::Apgd(Apgd { loss: ApgdLoss::DlrTargeted, .. }) => {
                loss::dlr_targeted(logits, mask(labels), mask(&case.aims))
            }
            Attack::Apgd(_) => victims.loss(logits),
            _ => victims.lead(logits),
        };
        let theirs = case.losses.as_ref().or(case.margins.as_ref()).expect("one of the two");
        for (i, (ours, theirs)) in read(ours).iter().zip(theirs).enumerate().filter(|(i, _)| square || !fooled[*i]) {
            held += 1;
            let near = (ours - theirs).abs() <= 0.005 * theirs.abs().max(0.1);
            assert!(near, "{} {}, image {i}: {ours}, not {theirs}", case.network, case.attack);
        }
        compared += 1;
    }
    assert!(compared == 22 && held > 100, "{compared} cases, {held} images");
}
