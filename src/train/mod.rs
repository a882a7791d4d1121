//! Step-wise training: one loop ([`trainer`]), and what each network learns with it.

mod adam;
mod average;
pub mod classifier;
pub mod preset;
pub mod purifier;
pub mod recipe;
pub mod trainer;
