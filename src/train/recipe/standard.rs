//! Plain training.

use burn::tensor::Tensor;

use super::method::{Lesson, Method};
use crate::settings::settings;

settings! {
    /// Clean signs only. Best on clean signs, easily fooled.
    #[title = "Standard"]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct Standard {}
}

impl Method for Standard {
    fn loss(&self, lesson: Lesson) -> (Tensor<1>, Tensor<2>) {
        lesson.learn(lesson.images.clone())
    }
}
