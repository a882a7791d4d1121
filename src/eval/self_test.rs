//! The self-test at the start: whether a device computes what the CPU does (promises N2).

use burn::tensor::Device;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::batch;
use crate::data::split::Split;
use crate::data::synth::Synth;
use crate::device;
use crate::error::Result;
use crate::model::lenet::{LeNet, LeNetConfig};
use crate::model::{Classifier, loss};
use crate::rng::Rng;
use crate::tensors;

/// What the start-up self-test measured: the same small network on the GPU and on the CPU.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SelfTest {
    /// Largest absolute difference of a logit.
    pub logits: f32,
    /// Largest difference in the input gradient, relative to its largest entry.
    pub gradient: f32,
    /// Whether both are small enough (1e-4 and 1e-3).
    pub passed: bool,
}

/// Runs one small network on `device` and on the CPU and compares logits and input gradients (promises N2).
///
/// # Errors
/// [`crate::ErrorKind::Device`] if a result cannot be read back.
pub async fn run(device: &Device) -> Result<SelfTest> {
    let (logits, gradient) = probe(device).await?;
    let (expected_logits, expected_gradient) = probe(&device::cpu()).await?;
    let scale = expected_gradient.iter().fold(f32::MIN_POSITIVE, |max, value| max.max(value.abs()));
    let logits = largest_difference(&logits, &expected_logits);
    let gradient = largest_difference(&gradient, &expected_gradient) / scale;
    // Written so that a NaN fails.
    Ok(SelfTest { logits, gradient, passed: logits <= 1e-4 && gradient <= 1e-3 })
}

/// Logits and input gradient of a seeded LeNet on two drawn signs.
async fn probe(on: &Device) -> Result<(Vec<f32>, Vec<f32>)> {
    let model: LeNet = LeNetConfig::default().seeded(&mut Rng::new(17), on);
    let signs = Synth::new().batch(17, Split::Validation, 0..2);
    let labels = tensors::one_hot(&batch::labels(&signs), model.classes(), on);
    let images = batch::images(&signs, on);
    let gradient = loss::input_gradient(&model, images.clone(), |logits| loss::cross_entropy_sum(logits, labels));
    Ok((device::read(model.logits(images)).await?, device::read(gradient).await?))
}

/// Largest absolute difference of two slices of one length; NaN where either has one.
fn largest_difference(left: &[f32], right: &[f32]) -> f32 {
    assert_eq!(left.len(), right.len());
    left.iter().zip(right).map(|(l, r)| (l - r).abs()).fold(0.0, |max, d| if d.is_nan() || d > max { d } else { max })
}
