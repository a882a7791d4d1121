//! JPEG compression (Dziugaite, Ghahramani, Roy 2016).

use burn::tensor::{Tensor, TensorData};

use super::squeeze::Squeezer;
use crate::settings::settings;

settings! {
    /// The picture is compressed as JPEG. Of the attackers here, only BPDA attacks it honestly.
    ///
    /// Baseline JPEG without chroma subsampling; sides have to be multiples of 8.
    #[title = "JPEG"]
    #[paper = "Dziugaite, Ghahramani, Roy: A Study of the Effect of JPG Compression on Adversarial Images, 2016"]
    #[arxiv = "1608.00853"]
    #[serde(default, deny_unknown_fields)]
    pub struct Jpeg {
        /// Quality of the compression, 1 to 100.
        #[range(1..=100)]
        pub quality: u32 = 75,
    }
}

impl Squeezer for Jpeg {
    fn squeeze(&self, images: Tensor<4>) -> Tensor<4> {
        jpeg(images, self.quality)
    }
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

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::data::batch;
    use crate::data::export::through_jpeg;
    use crate::data::picture::round_to_8bit;
    use crate::data::source::Source;
    use crate::data::split::Split;
    use crate::device;

    /// What `image` writes and reads, without chroma subsampling as well, of the same quality and no other. It rounds colours to whole numbers
    /// before the transform and coefficients before they are divided: where one falls on the other side of a half, all of its block moves by
    /// a part of a step, so that no two encoders agree value by value.
    #[test]
    fn it_is_the_jpeg_of_others() {
        let qualities = [10, 30, 50, 75, 90];
        let signs = Source::generated().batch(1, Split::Validation, 0..6);
        let pixels: Vec<f32> = signs.iter().flat_map(|sign| round_to_8bit(&sign.pixels)).collect();
        let theirs = qualities.map(|quality| {
            let one = |image| through_jpeg(image, quality as u8);
            pixels.chunks_exact(crate::data::PIXELS).flat_map(one).collect::<Vec<f32>>()
        });
        for (at, quality) in qualities.into_iter().enumerate() {
            let ours = jpeg(batch::from_pixels(pixels.clone(), &device::cpu()), quality);
            let ours = block_on(device::read(ours)).expect("the CPU answers");
            let apart = |other: &[f32]| {
                ours.iter().zip(other).map(|(a, b)| 255.0 * (a - b).abs()).sum::<f32>() / ours.len() as f32
            };
            let all: Vec<f32> = theirs.iter().map(|other| apart(other)).collect();
            let others = (0..all.len()).filter(|other| *other != at).map(|other| all[other]);
            let nearest_other = others.fold(apart(&pixels), f32::min);
            println!("quality {quality}: {all:?} apart, {} from the original", apart(&pixels));
            assert!(all[at] < 2.0 && all[at] < 0.75 * nearest_other, "quality {quality}: {all:?} apart, on average");
        }
    }
}
