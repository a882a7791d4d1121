//! Weights from anywhere: classifiers and purifiers are read or refused in a sentence.
#![no_main]

use fool_the_sign::{device, model::weights};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let device = device::cpu();
    let _ = weights::read(bytes, Some("lenet"), &device);
    let _ = weights::read_autoencoder(bytes, &device);
    let _ = weights::halved(bytes);
});
