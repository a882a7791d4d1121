//! Any bytes are a picture or a sentence, and every picture can be brought to 32 × 32.
#![no_main]

use fool_the_sign::data::decode::decode;
use fool_the_sign::data::resize::{Region, to_network};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(image) = decode(bytes) {
        let (width, height) = image.dimensions();
        to_network(&image, Region { x: 0, y: 0, width, height });
    }
});
