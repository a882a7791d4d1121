//! What can be wrong with a file of weights, images, records or checks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::kind::FileKind;

/// A file that does not hold what it should.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum WeightsError {
    /// Less than the length of a header.
    #[error("The file is empty or truncated.")]
    TensorsCutOff,
    /// The header is beyond the limit, as the first bytes of any other file say.
    #[error("This is not a safetensors file, or its header is larger than {most} MB.")]
    NoTensors {
        /// The largest header that is read, in MB.
        most: u64,
    },
    /// The right file of the wrong kind.
    #[error("{kind}")]
    WeightsAre {
        /// What it is.
        kind: FileKind,
    },
    /// The header is right, what follows is not.
    #[error("The file is damaged or not a safetensors file ({cause}).")]
    TensorsDamaged {
        /// The decoder's words.
        cause: String,
    },
    /// The header cannot be read.
    #[error("The header is damaged ({cause}).")]
    HeaderDamaged {
        /// The decoder's words.
        cause: String,
    },
    /// More tensors than any network here has.
    #[error("The file has {has} tensors; at most {most} are read.")]
    TooManyTensors {
        /// How many.
        has: usize,
        /// How many there may be.
        most: usize,
    },
    /// Tensors that the network does not have.
    #[error("The file has {has} tensors; this network has {wants}.")]
    OtherTensors {
        /// How many.
        has: usize,
        /// How many there have to be.
        wants: usize,
    },
    /// A purifier was asked for, and the file does not say what it is.
    #[error("The file does not say which autoencoder it is (`config` in its metadata is missing).")]
    UnknownAutoencoder,
    /// A file of another program, with tensors of a network that is not here.
    #[error(
        "The file does not say which network it is (`config` in its metadata is missing), and its tensors have the names and \
         shapes of none that is here."
    )]
    UnknownNetwork,
    /// The configuration is of something else.
    #[error("The file is of another kind of network than asked for ({cause}).")]
    OtherNetwork {
        /// The decoder's words.
        cause: String,
    },
    /// A tensor is missing.
    #[error("The file has no tensor `{tensor}`.")]
    TensorMissing {
        /// Its name.
        tensor: String,
    },
    /// No floats.
    #[error("`{tensor}` has to be F32 or F16; it is {got}.")]
    NoFloats {
        /// Its name.
        tensor: String,
        /// Its type.
        got: String,
    },
    /// Another type than what is read.
    #[error("`{tensor}` has to be {wants}; it is {got}.")]
    OtherType {
        /// Its name.
        tensor: String,
        /// The type that is read.
        wants: String,
        /// Its type.
        got: String,
    },
    /// Another shape than the network's.
    #[error("`{tensor}` has to be F32 of shape {wants:?}; it is {dtype} of shape {got:?}.")]
    OtherShape {
        /// Its name.
        tensor: String,
        /// The network's shape.
        wants: Vec<usize>,
        /// Its type.
        dtype: String,
        /// Its shape.
        got: Vec<usize>,
    },
    /// A weight is NaN or infinite.
    #[error("`{tensor}` holds NaN or infinity; weights have to be finite numbers.")]
    NotFinite {
        /// The tensor's name.
        tensor: String,
    },
    /// A weight is beyond 65,504.
    #[error("`{tensor}` holds a weight that is too large for 16 bits.")]
    TooLargeToHalve {
        /// The tensor's name.
        tensor: String,
    },
    /// `images` is of another shape.
    #[error("`images` has to be N×3×H×W; it is of shape {got:?}.")]
    ImagesShape {
        /// Its shape.
        got: Vec<usize>,
    },
    /// A pixel is no number from 0 to 1.
    #[error("`images` has to hold numbers from 0 to 1; one is {got}.")]
    PixelOutOfRange {
        /// The pixel. JSON has no NaN: it comes back from `null`.
        #[serde(deserialize_with = "super::words::number_or_nan")]
        got: f64,
    },
    /// `labels` is of another shape.
    #[error("`labels` has to be of shape [{n}]; it is of shape {got:?}.")]
    LabelsShape {
        /// Number of images.
        n: usize,
        /// Its shape.
        got: Vec<usize>,
    },
    /// A label is no class.
    #[error("`labels` has to hold classes from 0 to {last}; one is {got}.")]
    LabelOutOfRange {
        /// The label.
        got: i64,
        /// The last class.
        last: usize,
    },
    /// A text that is no record.
    #[error("This is not a record of figures: {fault}.")]
    NoRecord {
        /// Why not.
        fault: RecordFault,
    },
    /// A text that is no list of checks.
    #[error("This is no list of checks: {cause}.")]
    NoChecks {
        /// The decoder's words.
        cause: String,
    },
    /// A training that cannot go on from this file.
    #[error("The checkpoint {fault}. Delete it, or start without it.")]
    Checkpoint {
        /// Why not.
        fault: CheckpointFault,
    },
}

/// Why a text is no record.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordFault {
    /// It is a record of another program, or of another version.
    #[error("its schema is \"{schema}\"; this program reads those up to \"{reads}\"")]
    OtherSchema {
        /// What it says.
        schema: String,
        /// What is read.
        reads: String,
    },
    /// It is no JSON, or a field is missing.
    #[error("{cause}")]
    RecordUnreadable {
        /// The decoder's words.
        cause: String,
    },
}

/// Why a training cannot go on from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CheckpointFault {
    /// The run as it is cannot be written.
    #[error("cannot be written")]
    CannotBeWritten,
    /// The file is something else.
    #[error("has no header")]
    NoHeader,
    /// The header is something else.
    #[error("has a damaged header")]
    DamagedHeader,
    /// What follows is not what was written.
    #[error("is damaged")]
    Damaged,
    /// The file was written in the form of an earlier version.
    #[error("was written by another version of this program, in a form that this one does not read")]
    OtherVersion,
    /// It is whole, but of something else.
    #[error("is of another run: other settings, or other data")]
    OtherRun,
}
