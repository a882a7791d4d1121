//! Where tensors live: the only place that names a backend of Burn.
//!
//! Both devices are part of one program (the GPU behind the feature `gpu`) and are chosen at run time. A [`Device`] is
//! always the plain one; gradients are asked for where they are needed, tensor by tensor.

use burn::tensor::Device;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{DeviceError, Error, Result};

/// The two kinds of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compute {
    /// WebGPU in the browser, Vulkan, Metal or DirectX natively.
    Gpu,
    /// Burn's Flex backend: one thread with 128-bit SIMD in the browser.
    Cpu,
}

/// What computes, for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Adapter {
    /// The CPU.
    #[error("CPU (Burn Flex, SIMD)")]
    Cpu,
    /// A GPU by the name that its driver gives it.
    #[error("{name}")]
    Named {
        /// That name.
        name: String,
    },
    /// A GPU whose name is kept secret.
    #[error("{backend} adapter")]
    Unnamed {
        /// What it is spoken to with.
        backend: String,
    },
}

/// A device that has been started.
#[derive(Clone, Debug)]
pub struct Started {
    /// Which kind.
    pub compute: Compute,
    /// Where to create tensors.
    pub device: Device,
    /// What computes.
    pub adapter: Adapter,
}

/// The CPU; always there.
pub fn cpu() -> Device {
    Device::flex()
}

/// Starts a device.
///
/// # Errors
/// [`DeviceError`] if there is no such device, or this build has no GPU backend.
pub async fn start(compute: Compute) -> Result<Started> {
    match compute {
        Compute::Cpu => Ok(Started { compute, device: cpu(), adapter: Adapter::Cpu }),
        Compute::Gpu => start_gpu().await,
    }
}

#[cfg(feature = "gpu")]
async fn start_gpu() -> Result<Started> {
    use burn_wgpu::{RuntimeOptions, WgpuDevice, graphics::AutoGraphicsApi, try_init_setup_async};

    let refuse = |error| DeviceError::GpuNotStarted { cause: crate::error::cause(error) };
    let selector = WgpuDevice::default();
    let options = RuntimeOptions::try_default().map_err(refuse)?;
    let setup = try_init_setup_async::<AutoGraphicsApi>(&selector, options).await.map_err(refuse)?;
    let info = setup.adapter.get_info();
    let adapter = match info.name.trim() {
        // Browsers may keep the name to themselves.
        "" => Adapter::Unnamed { backend: format!("{:?}", info.backend) },
        name => Adapter::Named { name: name.to_owned() },
    };
    Ok(Started { compute: Compute::Gpu, device: Device::from(selector), adapter })
}

#[cfg(not(feature = "gpu"))]
async fn start_gpu() -> Result<Started> {
    Err(DeviceError::NoGpuBackend.into())
}

/// Reads a tensor back, on any device.
///
/// # Errors
/// [`DeviceError`] if the device was lost.
pub async fn read<const D: usize>(tensor: burn::tensor::Tensor<D>) -> Result<Vec<f32>> {
    let data = tensor.into_data_async().await.map_err(lost)?;
    data.try_into_vec::<f32>().map_err(lost)
}

/// Reads several tensors back in one transfer; each wait for a GPU costs more than the bytes.
///
/// # Errors
/// [`DeviceError`] if the device was lost.
pub async fn read_all<const D: usize>(
    tensors: impl IntoIterator<Item = burn::tensor::Tensor<D>>,
) -> Result<Vec<Vec<f32>>> {
    let transaction = tensors.into_iter().fold(burn::tensor::Transaction::default(), |all, one| all.register(one));
    let data = transaction.execute_async().await.map_err(lost)?;
    data.into_iter().map(|data| data.try_into_vec::<f32>().map_err(lost)).collect()
}

/// The same for a number of tensors known beforehand.
///
/// # Errors
/// As [`read_all`].
pub async fn read_array<const D: usize, const N: usize>(
    tensors: [burn::tensor::Tensor<D>; N],
) -> Result<[Vec<f32>; N]> {
    Ok(read_all(tensors).await?.try_into().expect("a transaction returns what was registered"))
}

/// The runtime's own words go to the log, and with it into the page's report.
fn lost(error: impl std::fmt::Debug) -> Error {
    log::error!("reading from the device failed: {error:?}");
    DeviceError::DeviceLost.into()
}
