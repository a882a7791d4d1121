//! The whole contract between the engine and a front end: [`Command`]s go in, [`Event`]s come out.
//!
//! A command comes with a number. Every event of the job that it begins carries that number back ([`Told`]).
//!
//! Both are plain serde values with a `type` field. In the page they cross the worker boundary as JavaScript objects
//! (`serde-wasm-bindgen`), with pixels as `Uint8Array`; in the golden test below they are JSON. A front end that
//! speaks this and nothing else can do everything that the engine can.

mod command;
mod event;
mod report;

pub use command::{Command, Work};
pub use event::{Event, JobKind, JobState, Told};
pub use report::{
    DataInfo, DefendedReport, GallerySign, Gradient, ModelInfo, OutcomeReport, Seen, SetInfo, Slice, SplitInfo,
    StickerReport, StickerResult,
};
