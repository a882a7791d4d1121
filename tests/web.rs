//! The bodies of `tests/cases` once more, as WebAssembly in a worker of a browser: on the CPU and on WebGPU.
#![cfg(all(target_family = "wasm", feature = "gpu"))]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

mod cases;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

macro_rules! on_the_cpu {
    ($($case:ident,)*) => {
        $(#[wasm_bindgen_test]
        async fn $case() {
            cases::$case(fool_the_sign::device::cpu()).await;
        })*
    };
}

macro_rules! on_webgpu {
    ($($case:ident,)*) => {
        mod gpu {
            use super::*;
            $(#[wasm_bindgen_test]
            async fn $case() {
                cases::$case(gpu().await).await;
            })*
        }
    };
}

mod cpu {
    use super::*;
    cases::for_each_case!(on_the_cpu);
    cases::for_each_long_case!(on_the_cpu);
}
cases::for_each_case!(on_webgpu);

/// The one GPU runtime of this program; it can be started once.
async fn gpu() -> burn::tensor::Device {
    use fool_the_sign::device::{Compute, start};
    use std::cell::RefCell;
    thread_local!(static DEVICE: RefCell<Option<burn::tensor::Device>> = const { RefCell::new(None) });
    if let Some(device) = DEVICE.with_borrow(Clone::clone) {
        return device;
    }
    let started = start(Compute::Gpu).await.expect("WebGPU, in software at least");
    DEVICE.set(Some(started.device.clone()));
    started.device
}
