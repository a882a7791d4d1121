//! What came of one attacked image, and what of it counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Quality of the JPEG pictures that success is checked on again.
pub const EXPORT_QUALITY: u8 = 90;

/// What came of one image in one case.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Judged {
    /// True class.
    pub label: usize,
    /// The defended model's answer; one more than the last class where the detector refused.
    pub answer: usize,
    /// Whether the model did what it should on this image: the right answer, or with an attack also a refusal.
    pub right: bool,
    /// Whether it has the right answer, no refusal, on the clean image.
    pub right_clean: bool,
    /// Whether the attack reached its goal on the defended model. False without an attack.
    pub success: bool,
    /// Whether the goal was reached before the attack, on the clean image: nothing had to be done.
    pub success_clean: bool,
    /// As `right`, for the image rounded to 8 bits per channel.
    pub right_8bit: bool,
    /// As `right`, for the image saved as JPEG.
    pub right_jpeg: bool,
    /// Euclidean norm of the perturbation.
    pub l2: f32,
    /// Largest change of a channel.
    pub linf: f32,
    /// Changed pixels.
    pub l0: usize,
    /// Of several attacks one after another (AutoAttack) the one that reached the goal, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<usize>,
}

impl Judged {
    /// Whether the model holds: right on the attacked image and on the clean one, which is within every ball. An image that is misread
    /// when clean is not robust, whatever an attack makes of it (Croce & Hein 2020, section 3); with a detector the clean image has to
    /// be answered and the attacked one answered or refused (Tramèr 2022, definition 2).
    pub fn holds(&self) -> bool {
        self.right && self.right_clean
    }

    /// As [`Self::holds`], for the image rounded to 8 bits per channel.
    pub fn holds_8bit(&self) -> bool {
        self.right_8bit && self.right_clean
    }

    /// As [`Self::holds`], for the image saved as JPEG.
    pub fn holds_jpeg(&self) -> bool {
        self.right_jpeg && self.right_clean
    }

    /// L2 of a perturbation that reached the goal on an image that was right before.
    pub fn needed_l2(&self) -> Option<f32> {
        (self.success && self.right_clean).then_some(self.l2)
    }
}
