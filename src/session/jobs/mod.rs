//! What takes longer than an answer: a job is stepped until it is finished, and leaves on the desk what it has reached.

use super::desk::Desk;
use crate::error::Result;
use crate::train::trainer::Kind;
use crate::train::trainer::checkpoint::Checkpoint;

mod attack;
mod check;
mod evaluate;
mod job;
mod load;
mod purifier;
mod roc;
mod sticker;
mod train;

pub(super) use attack::AttackJob;
pub(super) use check::CheckJob;
pub(super) use evaluate::EvaluationJob;
pub(super) use job::Job;
pub(super) use load::LoadJob;
pub(super) use purifier::PurifierJob;
pub(super) use roc::RocJob;
pub(super) use sticker::StickerJob;
pub(super) use train::ClassifierJob;

/// The job that was kept as a file, and its model back on the shelf.
///
/// # Errors
/// [`crate::ErrorKind::Weights`] if the file is no good; [`crate::ErrorKind::State`] if it belongs to other images.
pub(super) fn resume(desk: &mut Desk, file: &[u8]) -> Result<Box<dyn Job>> {
    let checkpoint = Checkpoint::open(file)?;
    Ok(match checkpoint.kind() {
        Kind::Classifier => Box::new(ClassifierJob::resume(desk, &checkpoint)?),
        Kind::Purifier => Box::new(PurifierJob::resume(desk, &checkpoint)?),
    })
}
