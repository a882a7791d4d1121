//! Figures: proportions with intervals, norms, and the table of accuracies.

pub mod metrics;
pub mod table;
