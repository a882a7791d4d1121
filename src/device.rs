//! Where tensors live: the only place that names a backend of Burn.
//!
//! Both devices are part of one program (the GPU behind the feature `gpu`) and are chosen at run time. A [`Device`] is
//! always the plain one; gradients are asked for where they are needed, tensor by tensor.

use burn::tensor::Device;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// The two kinds of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compute {
    /// WebGPU in the browser, Vulkan, Metal or DirectX natively.
    Gpu,
    /// Burn's Flex backend: one thread with 128-bit SIMD in the browser.
    Cpu,
}

/// A device that has been started.
#[derive(Clone, Debug)]
pub struct Started {
    /// Which kind.
    pub compute: Compute,
    /// Where to create tensors.
    pub device: Device,
    /// Name for people.
    pub adapter: String,
}

/// The CPU; always there.
pub fn cpu() -> Device {
    Device::flex()
}

/// Starts a device.
///
/// # Errors
/// [`ErrorKind::Device`] if there is no such device, or this build has no GPU backend.
pub async fn start(compute: Compute) -> Result<Started> {
    match compute {
        Compute::Cpu => Ok(Started { compute, device: cpu(), adapter: "CPU (Burn Flex, SIMD)".into() }),
        Compute::Gpu => start_gpu().await,
    }
}

#[cfg(feature = "gpu")]
async fn start_gpu() -> Result<Started> {
    use burn_wgpu::{RuntimeOptions, WgpuDevice, graphics::AutoGraphicsApi, try_init_setup_async};

    let refuse = |error| Error::new(ErrorKind::Device, format!("The GPU could not be started: {error}."));
    let selector = WgpuDevice::default();
    let options = RuntimeOptions::try_default().map_err(refuse)?;
    let setup = try_init_setup_async::<AutoGraphicsApi>(&selector, options).await.map_err(refuse)?;
    let info = setup.adapter.get_info();
    let adapter = match info.name.trim() {
        // Browsers may keep the name to themselves.
        "" => format!("{:?} adapter", info.backend),
        name => name.to_owned(),
    };
    Ok(Started { compute: Compute::Gpu, device: Device::from(selector), adapter })
}

#[cfg(not(feature = "gpu"))]
async fn start_gpu() -> Result<Started> {
    Err(Error::new(ErrorKind::Device, "This build has no GPU backend; use the one with the feature `gpu`."))
}

/// Reads a tensor back, on any device.
///
/// # Errors
/// [`ErrorKind::Device`] if the device was lost.
pub async fn read<const D: usize>(tensor: burn::tensor::Tensor<D>) -> Result<Vec<f32>> {
    let data = tensor.into_data_async().await.map_err(lost)?;
    data.try_into_vec::<f32>().map_err(lost)
}

/// Reads several tensors back in one transfer; each wait for a GPU costs more than the bytes.
///
/// # Errors
/// [`ErrorKind::Device`] if the device was lost.
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
    Error::new(
        ErrorKind::Device,
        "The device stopped answering: it was lost, or ran out of memory. Start again, on the CPU if it recurs.",
    )
}
