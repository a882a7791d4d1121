//! Numbers about images and answers, computed on the host.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One class and its probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// Class number.
    pub class: usize,
    /// Softmax probability.
    pub probability: f32,
}

/// A count with its share and the 95 % Wilson score interval (Wilson 1927; equation 4 of Brown, Cai, DasGupta 2001).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Proportion {
    /// How many.
    pub correct: usize,
    /// Of how many.
    pub n: usize,
    /// correct / n.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Proportion {
    /// The share of `correct` among `n`; for n = 0 nothing is known: 0, from 0 to 1.
    pub fn new(correct: usize, n: usize) -> Self {
        const Z: f64 = 1.959_963_984_540_054;
        if n == 0 {
            return Self { correct, n, value: 0.0, low: 0.0, high: 1.0 };
        }
        let (count, total) = (correct as f64, n as f64);
        let value = count / total;
        let centre = (count + Z * Z / 2.0) / (total + Z * Z);
        let half = Z / (total + Z * Z) * (count * (total - count) / total + Z * Z / 4.0).sqrt();
        Self { correct, n, value, low: (centre - half).clamp(0.0, value), high: (centre + half).clamp(value, 1.0) }
    }
}

/// The value that a share of sorted values lies below, between two of them in proportion (Hyndman & Fan 1996, definition 7): at ½ the
/// median, the mean of the two in the middle where there are two. `None` without values.
pub fn quantile(sorted: &[f32], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = share * last as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    let part = at.fract();
    Some(f64::from(below) * (1.0 - part) + f64::from(above) * part)
}

/// Median and its 95 % interval by order statistics (binomial with p = ½, normal approximation), to four decimals: what lies
/// below differs between a browser's arithmetic and a processor's. `None` without values.
pub fn median_with_interval(values: &[f32]) -> Option<[f64; 3]> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let n = sorted.len();
    let last = n.checked_sub(1)?;
    let median = quantile(&sorted, 0.5)?;
    let half = 0.98 * (n as f64).sqrt();
    // As many values below the one end as above the other.
    let high = ((n as f64 / 2.0 + half).ceil() as usize).min(last);
    let low = last - high;
    Some([median, f64::from(sorted[low]), f64::from(sorted[high])].map(|value| (value * 1e4).round() / 1e4))
}

/// Norms of a perturbation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Norms {
    /// Number of pixels that differ in any channel.
    pub l0: usize,
    /// Euclidean norm over all values.
    pub l2: f32,
    /// Largest absolute value.
    pub linf: f32,
}

impl Norms {
    /// Of a 3×H×W perturbation.
    pub fn of(perturbation: &[f32]) -> Self {
        let plane = perturbation.len() / 3;
        let l0 = (0..plane).filter(|i| perturbation.iter().skip(*i).step_by(plane).any(|&delta| delta != 0.0)).count();
        let squares: f64 = perturbation.iter().map(|&delta| f64::from(delta) * f64::from(delta)).sum();
        // f32::max would pass over a NaN.
        let linf = perturbation
            .iter()
            .fold(0.0f32, |max, delta| if max.is_nan() || delta.abs() <= max { max } else { delta.abs() });
        Self { l0, l2: squares.sqrt() as f32, linf }
    }
}

/// The `k` most probable classes under softmax, most probable first; equals stand in the order of their class. The order is that of the
/// logits: far below the largest one probabilities are all 0. NaN comes last, as in [`answer`].
pub fn top(logits: &[f32], k: usize) -> Vec<Score> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> = logits.iter().map(|logit| (logit - largest).exp()).collect();
    let sum: f32 = exponentials.iter().sum();
    // −0 is no smaller than 0.
    let rank = |class: usize| if logits[class].is_nan() { f32::NEG_INFINITY } else { logits[class] + 0.0 };
    let mut order: Vec<usize> = (0..logits.len()).collect();
    order.sort_by(|&a, &b| logits[a].is_nan().cmp(&logits[b].is_nan()).then(rank(b).total_cmp(&rank(a))));
    order.truncate(k);
    order.into_iter().map(|class| Score { class, probability: exponentials[class] / sum }).collect()
}

/// Whether a class's logit is above all others: the one rule by which an answer is right and a target reached. A tie is nobody's, and
/// so is NaN.
pub fn leads(logits: &[f32], class: usize) -> bool {
    logits.iter().enumerate().all(|(other, logit)| other == class || logits[class] > *logit)
}

/// Number of the largest logit, of equal ones the first; what is shown as the answer. NaN is never the largest, unless there is nothing
/// else.
pub fn answer(logits: &[f32]) -> usize {
    let above =
        |class: usize, best: usize| logits[class] > logits[best] || logits[best].is_nan() && !logits[class].is_nan();
    (0..logits.len()).fold(0, |best, class| if above(class, best) { class } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::SIDE;

    #[test]
    fn wilson_intervals_are_those_of_the_textbook() {
        // With z² = 3.841459: for 0 of n the upper end is z²/(n + z²), for n of n the lower end n/(n + z²).
        for (correct, n, low, high) in
            [(0, 10, 0.0, 0.277_533), (8, 10, 0.490_162, 0.943_318), (43, 43, 0.917_990, 1.0)]
        {
            let proportion = Proportion::new(correct, n);
            assert!((proportion.low - low).abs() < 1e-5, "{proportion:?}");
            assert!((proportion.high - high).abs() < 1e-5, "{proportion:?}");
        }
        assert_eq!(Proportion::new(0, 0).high, 1.0);
    }

    #[test]
    fn the_median_has_an_interval_of_order_statistics() {
        assert_eq!(median_with_interval(&[]), None);
        assert_eq!(median_with_interval(&[2.0]), Some([2.0, 2.0, 2.0]));
        let values: Vec<f32> = (0..100).map(|i| i as f32 / 10.0).collect();
        // 50 ± 0.98 · √100 = 40.2 … 59.8.
        assert_eq!(median_with_interval(&values), Some([4.95, 3.9, 6.0]));
        for n in 1..60 {
            let [median, low, high] =
                median_with_interval(&(0..n).map(|i| i as f32).collect::<Vec<_>>()).expect("values");
            assert_eq!(median - low, high - median, "{n} values");
        }
    }

    #[test]
    fn quartiles_and_median_are_of_one_kind() {
        let values: Vec<f32> = (0..8).map(|i| i as f32).collect();
        assert_eq!(
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile(&values, share)),
            [0.0, 1.75, 3.5, 5.25, 7.0].map(Some)
        );
        for n in 1..60 {
            let sorted: Vec<f32> = (0..n).map(|i| (i * i) as f32 / 7.0).collect();
            let median = median_with_interval(&sorted).expect("values")[0];
            assert!((quantile(&sorted, 0.5).expect("values") - median).abs() < 1e-4, "{n} values");
        }
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn norms_count_pixels_not_channels() {
        let mut perturbation = vec![0.0; 3 * SIDE * SIDE];
        perturbation[5] = 0.3;
        perturbation[5 + SIDE * SIDE] = -0.4;
        let norms = Norms::of(&perturbation);
        assert_eq!(norms.l0, 1);
        assert!((norms.l2 - 0.5).abs() < 1e-6);
        assert_eq!(norms.linf, 0.4);
    }

    #[test]
    fn top_is_sorted_and_survives_large_logits() {
        let scores = top(&[1000.0, -1000.0, 1001.0], 2);
        assert_eq!([scores[0].class, scores[1].class], [2, 0]);
        assert!((scores[0].probability - 0.731_058_6).abs() < 1e-5);
        // Where every probability but the first is 0, the logits still have an order; equals keep theirs, and NaN is last.
        for (logits, order) in [
            (vec![-300.0, 0.0, -200.0, 500.0, -100.0], vec![3, 1, 4, 2, 0]),
            (vec![0.0, -0.0, 1.0, 1.0], vec![2, 3, 0, 1]),
            (vec![f32::NAN, f32::NEG_INFINITY, 2.0], vec![2, 1, 0]),
            (vec![f32::NAN; 3], vec![0, 1, 2]),
        ] {
            let found: Vec<usize> = top(&logits, logits.len()).iter().map(|score| score.class).collect();
            assert_eq!(found, order, "{logits:?}");
            assert_eq!(found[0], answer(&logits), "{logits:?}");
        }
        assert_eq!(answer(&[0.0, 3.0, 3.0]), 1);
        assert_eq!(answer(&[f32::NAN, -1.0, 2.0]), 2);
    }

    #[test]
    fn a_tie_and_a_nan_are_nobodys() {
        for (logits, first, second) in [
            (vec![1.0, 2.0, 0.0], false, true),
            (vec![2.0, 2.0, 0.0], false, false),
            (vec![f32::NAN, 2.0, 0.0], false, false),
            (vec![1.0, f32::NAN, 0.0], false, false),
            (vec![f32::NAN; 3], false, false),
        ] {
            assert_eq!((leads(&logits, 0), leads(&logits, 1)), (first, second), "{logits:?}");
        }
        assert!(Norms::of(&[0.5, f32::NAN, 0.25]).linf.is_nan());
    }
}
