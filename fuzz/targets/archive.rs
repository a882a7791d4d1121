//! Any bytes are a data set or a sentence.
#![no_main]

use std::io::Cursor;

use fool_the_sign::data::archive::Archive;
use fool_the_sign::data::loader::{Loader, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(archive) = Archive::open(Cursor::new(bytes.to_vec())) else { return };
    let Ok(mut loader) = Loader::new(vec![Box::new(archive)], Options::default()) else { return };
    while let Ok(progress) = loader.step(16) {
        if progress.finished {
            let _ = loader.finish();
            return;
        }
    }
});
