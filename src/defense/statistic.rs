//! What a detector measures of an image, and the threshold beyond which it refuses (MagNet, Meng & Chen 2017, section 4.2).

use burn::tensor::Tensor;
use burn::tensor::activation::log_softmax;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;

/// What is measured of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// Mean change.
    ///
    /// Mean |x − AE(x)|.
    L1,
    /// Mean squared change.
    ///
    /// Mean |x − AE(x)|².
    L2,
    /// Divergence of the answers, T = 10.
    ///
    /// Jensen–Shannon divergence of softmax(Z(x)/T) and softmax(Z(AE(x))/T).
    Jsd10,
    /// Divergence of the answers, T = 40.
    ///
    /// The same with another T.
    Jsd40,
}

impl Statistic {
    /// Every one.
    pub const ALL: [Statistic; 4] = [Statistic::L1, Statistic::L2, Statistic::Jsd10, Statistic::Jsd40];

    /// N×1, larger where the image looks more attacked. Differentiable.
    pub fn score(self, classifier: &dyn Classifier, purifier: &Autoencoder, images: Tensor<4>) -> Tensor<2> {
        let n = images.dims()[0];
        let purified = purifier.forward(images.clone());
        let error = || (images.clone() - purified.clone()).reshape([n as i32, -1]); // [n, values]
        let divergence = |temperature: f32| {
            let logits = [images.clone(), purified.clone()].map(|images| classifier.logits(images) / temperature);
            jensen_shannon(logits)
        };
        match self {
            Statistic::L1 => error().abs().mean_dim(1),
            Statistic::L2 => error().square().mean_dim(1),
            Statistic::Jsd10 => divergence(10.0),
            Statistic::Jsd40 => divergence(40.0),
        }
    }
}

/// ½·KL(P ‖ M) + ½·KL(Q ‖ M), M = ½(P + Q), of the softmax of two times N×K logits; N×1.
///
/// With d = log q − log p each class adds ½·((q − p)·d/2 − (p + q)·log cosh(d/2)), in which no large terms cancel: at T = 40
/// the divergence itself is of the size of 32-bit rounding in the usual form.
fn jensen_shannon([first, second]: [Tensor<2>; 2]) -> Tensor<2> {
    let (log_p, log_q) = (log_softmax(first, 1), log_softmax(second, 1));
    let (p, q) = (log_p.clone().exp(), log_q.clone().exp());
    let half = (log_q - log_p).mul_scalar(0.5);
    // log cosh y = |y| + log(1 + exp(−2|y|)) − log 2 for large y, −½·log(1 − tanh² y) for small: each is exact where the other is not.
    let size = half.clone().abs();
    let large = size.clone() + size.clone().mul_scalar(-2.0).exp().log1p().sub_scalar(std::f32::consts::LN_2);
    let small = half.clone().tanh().square().clamp_max(0.9).neg().log1p().mul_scalar(-0.5);
    let log_cosh = small.mask_where(size.greater_elem(1.0), large);
    let terms = (q.clone() - p.clone()) * half - (p + q) * log_cosh;
    terms.sum_dim(1).mul_scalar(0.5)
}

/// The score that a share of clean images exceeds: at most `rate` of them are refused; all of them, where the rate is 1.
///
/// # Panics
/// If there is no score: without clean images there is no threshold.
pub fn threshold(clean: &[f32], rate: f32) -> f32 {
    let mut sorted = clean.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let refused = (rate * sorted.len() as f32) as usize;
    match (sorted.get(refused), sorted.last()) {
        (Some(&score), _) => score,
        // Just below the lowest, and finite: it is divided by.
        (None, Some(&lowest)) => lowest - (1e-6 * lowest.abs()).max(1e-30),
        (None, None) => panic!("no clean images"),
    }
}

/// A detector with its threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detector {
    /// What is measured.
    pub statistic: Statistic,
    /// Images with a larger score are refused.
    pub threshold: f32,
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Tensor, TensorData};

    use super::{jensen_shannon, threshold};
    use crate::device;

    #[test]
    fn a_threshold_refuses_the_share_it_says_and_is_a_number() {
        let scores = [3.0, 1.0, 2.0, 4.0];
        for (rate, refused) in [(0.0, 0), (0.25, 1), (0.5, 2), (0.99, 3), (1.0, 4)] {
            let threshold = threshold(&scores, rate);
            assert!(threshold.is_finite());
            assert_eq!(scores.iter().filter(|score| **score > threshold).count(), refused, "rate {rate}");
        }
        assert!(threshold(&[0.0; 3], 1.0) < 0.0);
    }

    /// Of two distributions with nothing in common it is log 2, and never more.
    #[test]
    fn the_divergence_is_at_most_log_2() {
        for (apart, expected) in [
            (0.0f32, 0.0f32),
            (1.0, 0.110_9),
            (8.0, 0.690_7),
            (40.0, std::f32::consts::LN_2),
            (80.0, std::f32::consts::LN_2),
        ] {
            let row =
                |values: [f32; 2]| Tensor::<2>::from_data(TensorData::new(values.to_vec(), [1, 2]), &device::cpu());
            let divergence = jensen_shannon([row([apart, 0.0]), row([0.0, apart])]);
            let divergence = pollster::block_on(device::read(divergence)).expect("the CPU answers")[0];
            assert!(
                (divergence - expected).abs() < 2e-3 && divergence <= std::f32::consts::LN_2 + 1e-6,
                "{apart}: {divergence}"
            );
        }
    }
}
