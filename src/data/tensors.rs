//! Images and what came of them as safetensors files, for other programs: the command line reads `images` and `labels` and
//! writes whatever was asked for.

use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

use crate::error::{Error, Number, Result, WeightsError, cause};
use crate::kind::FileKind;

/// Largest header of a safetensors file, in bytes (promises H3).
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
    /// [`WeightsError`] if the file is damaged, a tensor is missing or of another type or shape, a pixel is not a
    /// number in [0, 1], or a label is no class.
    pub fn read(bytes: &[u8], classes: Option<usize>) -> Result<Self> {
        let file = open(bytes)?;
        let images = find(&file, "images", Dtype::F32)?;
        let shape = match images.shape() {
            &[n, 3, h, w] if n > 0 && h > 0 && w > 0 => [n, 3, h, w],
            other => return Err(WeightsError::ImagesShape { got: other.into() }.into()),
        };
        let (chunks, _) = images.data().as_chunks::<4>();
        let pixels: Vec<f32> = chunks.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if let Some(bad) = pixels.iter().find(|pixel| !(0.0..=1.0).contains(*pixel)) {
            return Err(WeightsError::PixelOutOfRange { got: bad.exact() }.into());
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
        return Err(WeightsError::LabelsShape { n, got: labels.shape().into() }.into());
    }
    let (chunks, _) = labels.data().as_chunks::<8>();
    let read = |bytes: &[u8; 8]| {
        let label = i64::from_le_bytes(*bytes);
        match usize::try_from(label) {
            Ok(class) if class < classes => Ok(class),
            _ => Err(WeightsError::LabelOutOfRange { got: label, last: classes - 1 }.into()),
        }
    };
    chunks.iter().map(read).collect()
}

fn find<'a>(file: &'a SafeTensors, name: &str, dtype: Dtype) -> Result<TensorView<'a>> {
    let tensor = file.tensor(name).map_err(|_| WeightsError::TensorMissing { tensor: name.into() })?;
    match tensor.dtype() == dtype {
        true => Ok(tensor),
        false => {
            let (wants, got) = (dtype.to_string(), tensor.dtype().to_string());
            Err(WeightsError::OtherType { tensor: name.into(), wants, got }.into())
        }
    }
}

/// Opens a safetensors file; nothing has been copied yet.
///
/// # Errors
/// [`WeightsError`] if it is none, or its header is beyond the limit.
pub(crate) fn open(bytes: &[u8]) -> Result<SafeTensors<'_>> {
    // What the file is says more than what it is not.
    let known = |error: WeightsError| -> Error {
        match FileKind::of(bytes, "") {
            Some(kind) if kind != FileKind::Safetensors => WeightsError::WeightsAre { kind }.into(),
            _ => error.into(),
        }
    };
    match bytes.first_chunk().map(|first| u64::from_le_bytes(*first)) {
        Some(length) if length <= MAX_HEADER => {}
        Some(_) => return Err(known(WeightsError::NoTensors { most: MAX_HEADER >> 20 })),
        None => return Err(known(WeightsError::TensorsCutOff)),
    }
    SafeTensors::deserialize(bytes).map_err(|error| known(WeightsError::TensorsDamaged { cause: cause(error) }))
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
