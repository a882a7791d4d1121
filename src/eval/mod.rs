//! Figures that can be believed: proportions with intervals, accuracy under attack by an attacker of stated knowledge,
//! records that can be run again, and checks of the evaluation itself.

pub mod checks;
pub mod contender;
pub mod danger;
pub mod engagement;
pub mod evaluation;
pub mod finding;
pub mod judged;
pub mod model_info;
pub mod probe;
pub mod record;
pub mod report;
pub mod roc;
pub mod self_test;
pub mod sticker;
