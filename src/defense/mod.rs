//! The defences.

pub mod purify;
