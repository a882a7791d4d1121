//! The median filter (Xu, Evans, Qi 2018, section III-B).

use burn::tensor::Tensor;

use super::squeeze::Squeezer;
use crate::settings::settings;

settings! {
    /// Each value becomes the median of its neighbourhood of 3 × 3.
    ///
    /// Channel by channel; edges repeat.
    #[title = "Median filter"]
    #[paper = "Xu, Evans, Qi: Feature Squeezing, NDSS 2018, section III-B"]
    #[arxiv = "1704.01155"]
    #[equation = r#"x_i → "median" "{" x_j : j ∈ N_{3×3} ( i ) "}""#]
    #[serde(default, deny_unknown_fields)]
    pub struct Median {}
}

impl Squeezer for Median {
    fn squeeze(&self, images: Tensor<4>) -> Tensor<4> {
        median(images)
    }
}

/// The 19 exchanges that bring the median of nine values to the middle (Paeth 1990, "Median finding on a 3×3 grid").
const EXCHANGES: [(usize, usize); 19] = [
    (1, 2),
    (4, 5),
    (7, 8),
    (0, 1),
    (3, 4),
    (6, 7),
    (1, 2),
    (4, 5),
    (7, 8),
    (0, 3),
    (5, 8),
    (4, 7),
    (3, 6),
    (1, 4),
    (2, 5),
    (4, 7),
    (4, 2),
    (6, 4),
    (4, 2),
];

fn median(images: Tensor<4>) -> Tensor<4> {
    let [n, c, h, w] = images.dims();
    let rows = |from: usize, to: usize| images.clone().slice([0..n, 0..c, from..to, 0..w]);
    let tall = Tensor::cat(vec![rows(0, 1), images.clone(), rows(h - 1, h)], 2); // [n, c, h+2, w]
    let columns = |from: usize, to: usize| tall.clone().slice([0..n, 0..c, 0..h + 2, from..to]);
    let padded = Tensor::cat(vec![columns(0, 1), tall.clone(), columns(w - 1, w)], 3); // [n, c, h+2, w+2]
    let mut values: Vec<Tensor<4>> =
        (0..9).map(|i| padded.clone().slice([0..n, 0..c, i / 3..i / 3 + h, i % 3..i % 3 + w])).collect();
    for (low, high) in EXCHANGES {
        let (a, b) = (values[low].clone(), values[high].clone());
        values[low] = a.clone().min_pair(b.clone());
        values[high] = a.max_pair(b);
    }
    values.swap_remove(4)
}
