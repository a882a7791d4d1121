//! Input squeezers (Xu, Evans, Qi 2018): images with less in them. On the device, so that whole batches pass at once.
//!
//! Rounding has the gradient zero everywhere. Attacked end to end, bit depth and JPEG look robust and are not: that is
//! masking, and what BPDA is for.

use burn::tensor::{Tensor, TensorData};

use super::bpda::straight_through;
use crate::model::Classifier;

/// One squeezer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Squeezer {
    /// Rounds each channel to 2ᵇ levels.
    BitDepth(u32),
    /// The median of each 3×3 neighbourhood, channel by channel; edges repeat.
    Median,
    /// Baseline JPEG without chroma subsampling, at this quality.
    Jpeg(u32),
}

impl Squeezer {
    /// N×3×H×W images to images of the same shape. JPEG needs sides that are multiples of 8.
    pub fn squeeze(self, images: Tensor<4>) -> Tensor<4> {
        match self {
            Squeezer::BitDepth(bits) => {
                let levels = ((1u32 << bits) - 1) as f32;
                // ⌊v + ½⌋: the devices' own rounding differs at ½.
                images.mul_scalar(levels).add_scalar(0.5).floor().div_scalar(levels)
            }
            Squeezer::Median => median(images),
            Squeezer::Jpeg(quality) => jpeg(images, quality),
        }
    }
}

/// A classifier behind a squeezer, as one model.
pub struct Squeezed<'a> {
    /// Which.
    pub squeezer: Squeezer,
    /// Z.
    pub classifier: &'a dyn Classifier,
    /// Whether gradients pass the squeezer as if it were the identity.
    pub straight_through: bool,
}

impl Classifier for Squeezed<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let squeezed = self.squeezer.squeeze(images.clone());
        let squeezed = if self.straight_through { straight_through(images, squeezed) } else { squeezed };
        self.classifier.logits(squeezed)
    }

    fn classes(&self) -> usize {
        self.classifier.classes()
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

/// Quantisation tables of the standard (ITU-T T.81, annex K): luminance, chrominance.
const TABLES: [[u32; 64]; 2] = [
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ],
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ],
];

/// RGB to Y′CbCr (ITU-T T.871), rows.
const TO_YCC: [[f32; 3]; 3] = [[0.299, 0.587, 0.114], [-0.168_736, -0.331_264, 0.5], [0.5, -0.418_688, -0.081_312]];

/// And back.
const TO_RGB: [[f32; 3]; 3] = [[1.0, 0.0, 1.402], [1.0, -0.344_136, -0.714_136], [1.0, 1.772, 0.0]];

/// The lossy half of JPEG: colour, cosine transform of 8×8 blocks, quantisation, and back. The other half, the coding, loses
/// nothing and is left out.
fn jpeg(images: Tensor<4>, quality: u32) -> Tensor<4> {
    let dims @ [n, _, h, w] = images.dims();
    let device = images.device();
    let constant =
        |values: Vec<f32>, shape: [usize; 4]| Tensor::<4>::from_data(TensorData::new(values, shape), &device);
    let mix = |images: Tensor<4>, rows: [[f32; 3]; 3]| {
        let plane = |channel: usize| images.clone().slice([0..n, channel..channel + 1, 0..h, 0..w]);
        let mixed = rows.map(|row| (0..3).map(|i| plane(i).mul_scalar(row[i])).reduce(|a, b| a + b).expect("three"));
        Tensor::cat(mixed.into(), 1)
    };
    // The cosine transform as a matrix: D[k][i] = ½·c(k)·cos((2i + 1)kπ/16).
    let dct: Vec<f32> = (0..64)
        .map(|at| {
            let (k, i) = ((at / 8) as f32, (at % 8) as f32);
            let scale = if k == 0.0 { std::f32::consts::FRAC_1_SQRT_2 } else { 1.0 };
            0.5 * scale * libm::cosf((2.0 * i + 1.0) * k * std::f32::consts::PI / 16.0)
        })
        .collect();
    let dct = constant(dct, [1, 1, 8, 8]);
    let transposed = dct.clone().swap_dims(2, 3);

    // Blocks of 8×8: [n, 3, h, w] → [n·3, blocks, 8, 8].
    let ycc = mix(images.mul_scalar(255.0), TO_YCC);
    let ycc = ycc - constant(vec![128.0, 0.0, 0.0], [1, 3, 1, 1]);
    let (down, across) = (h / 8, w / 8);
    let blocks = ycc.reshape([n * 3, down, 8, across, 8]).swap_dims(2, 3).reshape([n * 3, down * across, 8, 8]);
    let spectrum = dct.clone().expand([n * 3, down * across, 8, 8]).matmul(blocks);
    let spectrum = spectrum.matmul(transposed.clone().expand([n * 3, down * across, 8, 8]));

    // The scale of the Independent JPEG Group.
    let scale = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    let table = |which: usize| TABLES[which].map(|q| ((q * scale + 50) / 100).clamp(1, 255) as f32);
    let steps = [table(0), table(1), table(1)].concat().repeat(n);
    let steps = constant(steps, [n * 3, 1, 8, 8]).expand([n * 3, down * across, 8, 8]);
    let quantised = (spectrum / steps.clone()).add_scalar(0.5).floor() * steps;

    let blocks = transposed.expand([n * 3, down * across, 8, 8]).matmul(quantised);
    let blocks = blocks.matmul(dct.expand([n * 3, down * across, 8, 8]));
    let ycc = blocks.reshape([n * 3, down, across, 8, 8]).swap_dims(2, 3).reshape(dims);
    let ycc = ycc + constant(vec![128.0, 0.0, 0.0], [1, 3, 1, 1]);
    // Decoders give whole numbers.
    mix(ycc, TO_RGB).add_scalar(0.5).floor().clamp(0.0, 255.0).div_scalar(255.0)
}
