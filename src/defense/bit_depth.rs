//! Fewer grey levels (Xu, Evans, Qi 2018, section III-A).

use burn::tensor::Tensor;

use super::squeeze::Squeezer;
use crate::settings::settings;

settings! {
    /// Fewer shades of each colour. Of the attackers here, only BPDA attacks it honestly.
    ///
    /// Rounds each channel to 2ᵇ levels.
    #[title = "Bit depth"]
    #[paper = "Xu, Evans, Qi: Feature Squeezing, NDSS 2018, section III-A"]
    #[arxiv = "1704.01155"]
    #[equation = r#"x → {"round" ( x ( 2^b − 1 ) )}/{2^b − 1}"#]
    #[serde(default, deny_unknown_fields)]
    pub struct BitDepth {
        /// Bits that are left of each colour value.
        #[range(1..=8)]
        pub bits: u32 = 3,
    }
}

impl Squeezer for BitDepth {
    fn squeeze(&self, images: Tensor<4>) -> Tensor<4> {
        let levels = ((1u32 << self.bits) - 1) as f32;
        // ⌊v + ½⌋: the devices' own rounding differs at ½.
        images.mul_scalar(levels).add_scalar(0.5).floor().div_scalar(levels)
    }
}
