//! Images and what came of them as safetensors files, for other programs: the command line reads `images` and `labels` and
//! writes whatever was asked for.

use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

use crate::error::{Error, ErrorKind, Result};

/// Largest header, in bytes.
const MAX_HEADER: u64 = 1 << 20;

/// Images with their labels, from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledImages {
    /// N×3×H×W values in [0, 1].
    pub pixels: Vec<f32>,
    /// N, 3, H, W.
    pub shape: [usize; 4],
    /// One class an image.
    pub labels: Vec<usize>,
}

impl LabelledImages {
    /// Reads `images` (F32, N×3×H×W, in [0, 1]) and, where they are asked for, `labels` (I64, N, below `classes`).
    ///
    /// # Errors
    /// [`ErrorKind::Weights`] if the file is damaged, a tensor is missing or of another type or shape, a pixel is not a
    /// number in [0, 1], or a label is no class.
    pub fn read(bytes: &[u8], classes: Option<usize>) -> Result<Self> {
        let header = bytes.first_chunk().map(|first| u64::from_le_bytes(*first));
        if header.is_none_or(|length| length > MAX_HEADER) {
            return Err(refuse("This is no safetensors file, or its header is larger than 1 MB."));
        }
        let file = SafeTensors::deserialize(bytes)
            .map_err(|error| refuse(format!("The file is damaged or no safetensors file ({error}).")))?;
        let images = find(&file, "images", Dtype::F32)?;
        let shape = match *images.shape() {
            [n, 3, h, w] if n > 0 && h > 0 && w > 0 => [n, 3, h, w],
            ref other => return Err(refuse(format!("`images` has to be N×3×H×W; it is of shape {other:?}."))),
        };
        let (chunks, _) = images.data().as_chunks::<4>();
        let pixels: Vec<f32> = chunks.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if let Some(bad) = pixels.iter().find(|pixel| !(0.0..=1.0).contains(*pixel)) {
            return Err(refuse(format!("`images` has to hold numbers from 0 to 1; one is {bad}.")));
        }
        let labels = match classes {
            Some(classes) => read_labels(&file, shape[0], classes)?,
            None => vec![],
        };
        Ok(Self { pixels, shape, labels })
    }
}

fn read_labels(file: &SafeTensors, n: usize, classes: usize) -> Result<Vec<usize>> {
    let labels = find(file, "labels", Dtype::I64)?;
    if labels.shape() != [n] {
        return Err(refuse(format!("`labels` has to be of shape [{n}]; it is of shape {:?}.", labels.shape())));
    }
    let (chunks, _) = labels.data().as_chunks::<8>();
    let read = |bytes: &[u8; 8]| {
        let label = i64::from_le_bytes(*bytes);
        match usize::try_from(label) {
            Ok(class) if class < classes => Ok(class),
            _ => Err(refuse(format!("`labels` has to hold classes from 0 to {}; one is {label}.", classes - 1))),
        }
    };
    chunks.iter().map(read).collect()
}

fn find<'a>(file: &'a SafeTensors, name: &str, dtype: Dtype) -> Result<TensorView<'a>> {
    let tensor = file.tensor(name).map_err(|_| refuse(format!("The file has no tensor `{name}`.")))?;
    match tensor.dtype() == dtype {
        true => Ok(tensor),
        false => Err(refuse(format!("`{name}` has to be {dtype}; it is {}.", tensor.dtype()))),
    }
}

fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Weights, message)
}

/// Tensors to be written.
#[derive(Default)]
pub struct Tensors(Vec<(&'static str, Dtype, Vec<usize>, Vec<u8>)>);

impl Tensors {
    /// Adds 32-bit floats.
    #[must_use]
    pub fn floats(mut self, name: &'static str, shape: &[usize], values: &[f32]) -> Self {
        self.0.push((name, Dtype::F32, shape.into(), values.iter().flat_map(|value| value.to_le_bytes()).collect()));
        self
    }

    /// Adds a vector of 64-bit integers.
    #[must_use]
    pub fn integers(mut self, name: &'static str, values: &[usize]) -> Self {
        let bytes = values.iter().flat_map(|value| (*value as i64).to_le_bytes()).collect();
        self.0.push((name, Dtype::I64, vec![values.len()], bytes));
        self
    }

    /// Adds a vector of truth values.
    #[must_use]
    pub fn truths(mut self, name: &'static str, values: &[bool]) -> Self {
        self.0.push((name, Dtype::BOOL, vec![values.len()], values.iter().map(|value| u8::from(*value)).collect()));
        self
    }

    /// The file.
    ///
    /// # Panics
    /// If a shape does not fit its values.
    pub fn write(&self) -> Vec<u8> {
        let views = self.0.iter().map(|(name, dtype, shape, bytes)| {
            (name, TensorView::new(*dtype, shape.clone(), bytes).expect("as many bytes as the shape says"))
        });
        serialize(views, None).expect("names and shapes are our own")
    }
}
