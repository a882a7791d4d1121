//! The door to the browser: the only place that knows `wasm-bindgen`.
//!
//! A worker holds one [`Engine`] and pumps it: `handle` commands as they come, `step` as long as `busy`. Calls are never
//! made while another is awaited.

use wasm_bindgen::prelude::*;

use crate::device::Compute;
use crate::error::{DataError, Error, ParameterError, cause};
use crate::protocol::{Command, Event, Told};
use crate::session::Session;

mod files;
mod logger;

/// The engine, as JavaScript holds it.
#[wasm_bindgen]
pub struct Engine {
    session: Session,
}

#[wasm_bindgen]
impl Engine {
    /// Starts on `"gpu"` or `"cpu"`. Rejects with `{ code, message }` where that device cannot be used.
    ///
    /// # Errors
    /// As [`Session::start`].
    pub async fn start(device: String) -> Result<Engine, JsValue> {
        console_error_panic_hook::set_once();
        logger::install();
        let compute = match device.as_str() {
            "gpu" => Compute::Gpu,
            "cpu" => Compute::Cpu,
            other => {
                let allowed = vec!["gpu".into(), "cpu".into()];
                let error = ParameterError::NotOneOf { setting: "device".into(), allowed, got: other.into() };
                return Err(to_js(&Event::from(Error::from(error))));
            }
        };
        let session = Session::start(compute).await.map_err(|error| to_js(&Event::from(error)))?;
        Ok(Engine { session })
    }

    /// The first events: what runs where, and the models.
    pub fn ready(&self) -> JsValue {
        to_js(&self.session.ready())
    }

    /// Whether there is a step to take.
    pub fn busy(&self) -> bool {
        self.session.busy()
    }

    /// Carries out one [`Command`], which comes with a number of its own, and returns the events that came of it, each as
    /// `{ job, event }` ([`Told`]). A value that is no command is answered by an error event.
    pub async fn handle(&mut self, id: u32, command: JsValue) -> JsValue {
        let events = match serde_wasm_bindgen::from_value::<Command>(command) {
            Ok(command) => self.session.handle(id, command).await,
            Err(error) => aside(ParameterError::Protocol { cause: cause(error) }.into()),
        };
        to_js(&events)
    }

    /// Starts to read a data set: `files` is a list of `{ path, file }` with archives or the files of a folder, `options` those of
    /// the loader. Returns events as [`Engine::handle`] does.
    pub fn load(&mut self, id: u32, files: js_sys::Array, options: JsValue) -> JsValue {
        let events = Self::dropped(&files)
            .and_then(files::origins)
            .and_then(|origins| {
                let options = serde_wasm_bindgen::from_value(options)
                    .map_err(|error| ParameterError::ReadingSettings { cause: cause(error) })?;
                self.session.load(id, origins, options)
            })
            .unwrap_or_else(aside);
        to_js(&events)
    }

    fn dropped(files: &js_sys::Array) -> crate::Result<Vec<files::Dropped>> {
        let part = |entry: &JsValue, name: &str| js_sys::Reflect::get(entry, &name.into()).ok();
        let one = |entry: JsValue| {
            let path = part(&entry, "path")?.as_string()?;
            Some(files::Dropped { path, blob: part(&entry, "file")?.dyn_into().ok()? })
        };
        files.iter().map(|entry| Ok(one(entry).ok_or(DataError::NoFile)?)).collect()
    }

    /// Takes one small step of the running job.
    pub async fn step(&mut self) -> JsValue {
        to_js(&self.session.step().await)
    }

    /// The last lines of the log, oldest first, for a report.
    pub fn log() -> String {
        logger::last_lines()
    }

    /// Size of this engine's memory, in bytes; it never shrinks, so this is its peak.
    pub fn memory_bytes() -> f64 {
        let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
        let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
        f64::from(buffer.byte_length())
    }
}

/// An error that belongs to no job.
fn aside(error: Error) -> Vec<Told> {
    vec![Told { job: None, event: error.into() }]
}

/// Numbers stay numbers, bytes become `Uint8Array`.
fn to_js<T: serde::Serialize + ?Sized>(value: &T) -> JsValue {
    value
        .serialize(&serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true))
        .unwrap_or_else(|error| JsValue::from_str(&error.to_string()))
}
