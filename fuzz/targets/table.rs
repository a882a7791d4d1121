//! Any bytes are a table of annotations, or none.
#![no_main]

use fool_the_sign::data::gtsrb::Table;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(table) = Table::parse(bytes) {
        for row in table.rows {
            assert!(!row.file.is_empty());
            assert!(row.region.is_none_or(|region| region.width > 0 && region.height > 0));
        }
    }
});
