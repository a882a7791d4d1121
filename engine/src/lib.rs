//! What the page's worker loads: the whole library as one WebAssembly program.
//!
//! A crate of its own, because what is linked as one is optimised as its last crate is. That has to be for speed (only then loops become
//! SIMD, also those of Burn and of `kernels`), while most of the library is for size.

pub use fool_the_sign::*;
