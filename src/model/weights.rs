//! Weights as plain safetensors, for this program and for others.
//!
//! Every tensor is 32-bit float (16-bit is read too), little-endian, in PyTorch's layout: `conv1.weight` is \[out, in, height, width\],
//! `dense1.weight` is \[out, in\] (y = W·x + b; Burn keeps the transpose), biases are \[out\]. A network is NCHW, and a dense
//! layer after a convolution sees its output flattened in the order channel, row, column. The entry `config` of the header's metadata
//! is the architecture as JSON. `docs/weights.md` rebuilds LeNet from such a file in PyTorch and in JAX.

use std::collections::HashMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Device, Tensor, TensorData};
use half::f16;
use safetensors::tensor::{Dtype, Metadata, SafeTensors, TensorView, serialize};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::autoencoder::{Autoencoder, AutoencoderConfig};
use super::zoo::{Architecture, Network};
use crate::data::classes::Classes;
use crate::data::tensors;
use crate::device;
use crate::error::{DivergedError, Error, Result, WeightsError, cause};

/// Most tensors in a file; of a checkpoint, in each of its parts.
pub(crate) const MAX_TENSORS: usize = 256;

/// Writes a classifier with its architecture.
///
/// # Errors
/// [`crate::ErrorKind::Device`] if the device was lost; [`DivergedError`] if a weight is not finite.
pub async fn write(architecture: &Architecture, network: &Network) -> Result<Vec<u8>> {
    write_module(architecture, network).await
}

/// Writes a purifier with its configuration.
///
/// # Errors
/// As [`write()`].
pub async fn write_autoencoder(config: &AutoencoderConfig, autoencoder: &Autoencoder) -> Result<Vec<u8>> {
    write_module(config, autoencoder).await
}

/// Reads a classifier. A file that names no architecture is taken for `otherwise`, or else for the one that its tensors fit, with as
/// many classes as its last layer has.
///
/// # Errors
/// [`WeightsError`] if the file is damaged, or not exactly this architecture's weights, all of them finite.
pub fn read(bytes: &[u8], otherwise: Option<&str>, device: &Device) -> Result<(Architecture, Network)> {
    let file = open(bytes)?;
    let architecture = match config::<Architecture>(bytes)? {
        Some(architecture) => architecture,
        None => infer(&file, otherwise)?,
    };
    architecture.validate()?;
    let network = fill(architecture.init(device), &file)?;
    // In inference mode: what is read is used, and a layer such as dropout must not behave as in training while it is attacked.
    Ok((architecture, network.valid()))
}

/// Reads a purifier.
///
/// # Errors
/// As [`read`].
pub fn read_autoencoder(bytes: &[u8], device: &Device) -> Result<(AutoencoderConfig, Autoencoder)> {
    let file = open(bytes)?;
    let config: AutoencoderConfig = config(bytes)?.ok_or(WeightsError::UnknownAutoencoder)?;
    config.validate()?;
    let autoencoder = fill(config.init(device), &file)?;
    Ok((config, autoencoder.valid()))
}

/// The same weights as 16-bit floats: half the size, for what is shipped. Reading such a file gives the rounded weights, so what
/// is said of them has to be measured on them.
///
/// # Errors
/// [`WeightsError`] if the file is damaged, or a weight is beyond what 16 bits can hold (65,504).
pub fn halved(bytes: &[u8]) -> Result<Vec<u8>> {
    let file = open(bytes)?;
    let header = header(bytes)?;
    let mut halves = vec![];
    for (name, view) in file.iter() {
        let values = floats(name, &view)?;
        let rounded: Vec<f16> = values.iter().map(|value| f16::from_f32(*value)).collect();
        if rounded.iter().any(|value| !value.is_finite()) {
            return Err(WeightsError::TooLargeToHalve { tensor: name.into() }.into());
        }
        let bytes: Vec<u8> = rounded.iter().flat_map(|value| value.to_le_bytes()).collect();
        halves.push((name, view.shape().to_vec(), bytes));
    }
    let views = halves.iter().map(|(name, shape, bytes)| {
        (name, TensorView::new(Dtype::F16, shape.clone(), bytes).expect("as many bytes as the shape says"))
    });
    Ok(serialize(views, header.metadata().clone()).expect("names and shapes are the file's"))
}

/// Values of a tensor of 32-bit or 16-bit floats, all of them finite.
fn floats(name: &str, view: &TensorView) -> Result<Vec<f32>> {
    let values: Vec<f32> = match view.dtype() {
        Dtype::F32 => view.data().as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect(),
        Dtype::F16 => view.data().as_chunks::<2>().0.iter().map(|bytes| f16::from_le_bytes(*bytes).to_f32()).collect(),
        other => return Err(WeightsError::NoFloats { tensor: name.into(), got: other.to_string() }.into()),
    };
    match values.iter().all(|value| value.is_finite()) {
        true => Ok(values),
        false => Err(WeightsError::NotFinite { tensor: name.into() }.into()),
    }
}

/// Whether a file says that it is a purifier.
pub fn is_autoencoder(bytes: &[u8]) -> bool {
    open(bytes).is_ok() && config::<AutoencoderConfig>(bytes).is_ok_and(|config| config.is_some())
}

/// SHA-256 of a file, in hexadecimal: what a record calls `weights_sha256`, of the weights as [`write()`] writes them.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn write_module<M: Module>(config: &impl Serialize, module: &M) -> Result<Vec<u8>> {
    let found = tensors_of(None, module);
    let values = device::read_all(found.iter().map(|entry| entry.values.clone())).await?;
    let config = serde_json::to_string(config).expect("a configuration is plain data");
    write_tensors(&found, &values, HashMap::from([("config".to_owned(), config)]))
}

/// A file of tensors that have been read, with its metadata.
///
/// # Errors
/// [`DivergedError`] if a value is not finite.
pub(crate) fn write_tensors(
    found: &[Found],
    values: &[Vec<f32>],
    metadata: HashMap<String, String>,
) -> Result<Vec<u8>> {
    if values.iter().flatten().any(|value| !value.is_finite()) {
        return Err(DivergedError::WeightsDiverged.into());
    }
    let bytes: Vec<Vec<u8>> =
        values.iter().map(|values| values.iter().flat_map(|value| value.to_le_bytes()).collect()).collect();
    let views = found.iter().zip(&bytes).map(|(entry, bytes)| {
        let view = TensorView::new(Dtype::F32, entry.shape.clone(), bytes).expect("as many bytes as the shape says");
        (entry.name.clone(), view)
    });
    Ok(serialize(views, Some(metadata)).expect("names and shapes are our own"))
}

/// The tensors of a module as a file has them, their names behind that of a part of the file.
pub(crate) fn tensors_of<M: Module>(part: Option<&str>, module: &M) -> Vec<Found> {
    let mut collect = Collect { names: Names::within(part), found: vec![] };
    module.visit(&mut collect);
    collect.found
}

/// The path of the parameter that is being visited. Variants of an enum are left out of it: `Lenet.conv1` is `conv1`.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn within(part: Option<&str>) -> Self {
        Self(part.map(str::to_owned).into_iter().collect())
    }

    fn enter(&mut self, name: &str) {
        self.0.push(name.to_owned());
    }

    fn exit(&mut self) {
        self.0.pop();
    }

    fn now(&self) -> String {
        let words = self.0.iter().filter(|word| !word.starts_with(|first: char| first.is_ascii_uppercase()));
        words.map(String::as_str).collect::<Vec<_>>().join(".")
    }
}

/// A tensor in the form in which a file has it; nothing has been read back yet.
pub(crate) struct Found {
    /// Its name in the file.
    pub(crate) name: String,
    /// Its shape in the file.
    pub(crate) shape: Vec<usize>,
    /// Its values, in one row.
    pub(crate) values: Tensor<1>,
}

struct Collect {
    names: Names,
    found: Vec<Found>,
}

impl ModuleVisitor for Collect {
    fn enter_module(&mut self, name: &str, _: &str) {
        self.names.enter(name);
    }

    fn exit_module(&mut self, _: &str, _: &str) {
        self.names.exit();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let tensor = param.val().detach().without_autodiff();
        let tensor = if D == 2 { tensor.swap_dims(0, 1) } else { tensor };
        let shape = tensor.dims().to_vec();
        let values = tensor.reshape([shape.iter().product::<usize>()]);
        self.found.push(Found { name: self.names.now(), shape, values });
    }
}

/// Opens a file within the limits; nothing has been copied yet.
fn open(bytes: &[u8]) -> Result<SafeTensors<'_>> {
    let file = tensors::open(bytes)?;
    if file.len() > MAX_TENSORS {
        return Err(WeightsError::TooManyTensors { has: file.len(), most: MAX_TENSORS }.into());
    }
    Ok(file)
}

/// The configuration in the metadata, where the file has one.
fn config<T: DeserializeOwned>(bytes: &[u8]) -> Result<Option<T>> {
    let header = header(bytes)?;
    let Some(text) = header.metadata().as_ref().and_then(|metadata| metadata.get("config")) else { return Ok(None) };
    let config = serde_json::from_str(text).map_err(|error| WeightsError::OtherNetwork { cause: cause(error) })?;
    Ok(Some(config))
}

fn header(bytes: &[u8]) -> Result<Metadata> {
    let read =
        SafeTensors::read_metadata(bytes).map_err(|error| WeightsError::HeaderDamaged { cause: cause(error) })?;
    Ok(read.1)
}

/// For files of other programs: the network, where none is named, and its sizes from the names and shapes of the tensors.
fn infer(file: &SafeTensors, name: Option<&str>) -> Result<Architecture> {
    let shape = |tensor: &str| file.tensor(tensor).map(|view| view.shape().to_vec()).ok();
    match name {
        Some(name) => {
            // If it does not fit, what comes next says which tensor is at fault.
            let asked = Architecture::named(name, Classes::default())?;
            Ok(Architecture::inferred(name, &shape).unwrap_or(asked))
        }
        None => {
            let found = Architecture::NAMES.iter().find_map(|name| Architecture::inferred(name, &shape));
            Ok(found.ok_or(WeightsError::UnknownNetwork)?)
        }
    }
}

/// Fills a module of zeros with the file's tensors, which have to be exactly the module's.
fn fill<M: Module>(module: M, file: &SafeTensors) -> Result<M> {
    let (module, used) = fill_part(None, module, file)?;
    if used != file.len() {
        return Err(WeightsError::OtherTensors { has: file.len(), wants: used }.into());
    }
    Ok(module)
}

/// Fills a module of zeros with the tensors of a part of the file, and says how many those were.
///
/// # Errors
/// [`WeightsError`] if one is missing, of another type or shape, or not finite.
pub(crate) fn fill_part<M: Module>(part: Option<&str>, module: M, file: &SafeTensors) -> Result<(M, usize)> {
    let mut fill = Fill { names: Names::within(part), file, used: 0, error: None };
    let module = module.map(&mut fill);
    match fill.error {
        Some(error) => Err(error),
        None => Ok((module, fill.used)),
    }
}

struct Fill<'a> {
    names: Names,
    file: &'a SafeTensors<'a>,
    used: usize,
    error: Option<Error>,
}

impl Fill<'_> {
    fn values(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        let view = self.file.tensor(name).map_err(|_| WeightsError::TensorMissing { tensor: name.into() })?;
        if view.shape() != shape {
            let (dtype, got) = (view.dtype().to_string(), view.shape().to_vec());
            return Err(WeightsError::OtherShape { tensor: name.into(), wants: shape.into(), dtype, got }.into());
        }
        floats(name, &view)
    }
}

impl ModuleMapper for Fill<'_> {
    fn enter_module(&mut self, name: &str, _: &str) {
        self.names.enter(name);
    }

    fn exit_module(&mut self, _: &str, _: &str) {
        self.names.exit();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        if self.error.is_some() {
            return param;
        }
        let mut shape = param.dims();
        if D == 2 {
            shape.swap(0, 1);
        }
        match self.values(&self.names.now(), &shape) {
            Ok(values) => {
                self.used += 1;
                // Turned on the host: a transposed view would be multiplied in another order, and round otherwise.
                let values = if D == 2 { transposed(&values, shape[1]) } else { values };
                param.map(|tensor| Tensor::from_data(TensorData::new(values, tensor.dims()), &tensor.device()))
            }
            Err(error) => {
                self.error = Some(error);
                param
            }
        }
    }
}

/// Rows to columns.
fn transposed(values: &[f32], columns: usize) -> Vec<f32> {
    (0..columns).flat_map(|column| values.iter().skip(column).step_by(columns).copied()).collect()
}
