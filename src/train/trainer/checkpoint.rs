//! A training between two steps, as one file: whoever goes on from it ends with the same weights, to the bit, as if it had never been
//! interrupted, on another day and from nothing but the file and the images.
//!
//! The file is safetensors, in parts of the same layout as a file of weights (`crate::model::weights`): `weights.*`, `good.*` (the
//! last good weights, where they are others), `average.*` (their moving average, where one is taken, from the first step on),
//! `first.*` and `second.*` (Adam's moments, from the first step on), `held.*` (the best
//! epoch, where a collapse is watched for) and `kept.*` (the network that the task itself needs). The metadata has the rest
//! and a checksum of all of it.

use std::collections::HashMap;

use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData};
use safetensors::tensor::SafeTensors;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::pending::Pending;
use super::task::{Kind, Task};
use super::{Pass, STEPS_A_READ, Trainer};
use crate::data::source::Source;
use crate::data::tensors;
use crate::device;
use crate::error::{CheckpointFault as Fault, Error, Result, StateError, WeightsError};
use crate::model::weights::{self, MAX_TENSORS, fill_part, tensors_of};
use crate::model::zoo::{Architecture, Network};
use crate::train::adam::Adam;

/// The form that is written and read; one up with every change of it.
const FORMAT: u64 = 2;

/// Parts that a file may have.
const PARTS: usize = 7;

/// What is in a file beside tensors.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: u64,
    kind: Kind,
    /// Settings, as the task has them.
    config: serde_json::Value,
    /// Name of the model.
    model: String,
    /// Of the classifier: the one that is trained, or the one that the purifier is for.
    architecture: Architecture,
    /// Name and fingerprint of the data set.
    data: String,
    step: usize,
    /// Position in the stream of random numbers.
    random: u64,
    pending: Figures,
    /// The validation under way.
    pass: Option<Pass>,
    /// Robust accuracy of the best epoch, where it is watched.
    held: Option<f64>,
}

/// What the steps since the last read measured.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    steps: usize,
    images: usize,
    loss: Option<f32>,
    correct: Option<f32>,
}

fn refuse(fault: Fault) -> Error {
    WeightsError::Checkpoint { fault }.into()
}

/// A file that is whole.
pub struct Checkpoint<'a> {
    header: Header,
    file: SafeTensors<'a>,
}

impl<'a> Checkpoint<'a> {
    /// Opens a file and compares it with its checksum.
    ///
    /// # Errors
    /// [`WeightsError`] if it is no checkpoint, damaged, or of another version of this program.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        // The first form was a line of JSON before records of Burn.
        if bytes.first() == Some(&b'{') {
            return Err(refuse(Fault::OtherVersion));
        }
        let file = tensors::open(bytes).map_err(|_| refuse(Fault::NoHeader))?;
        if file.len() > PARTS * MAX_TENSORS {
            return Err(WeightsError::TooManyTensors { has: file.len(), most: PARTS * MAX_TENSORS }.into());
        }
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|_| refuse(Fault::NoHeader))?;
        let entry = |name: &str| metadata.metadata().as_ref().and_then(|entries| entries.get(name));
        let text = entry("checkpoint").ok_or_else(|| refuse(Fault::NoHeader))?;
        let value: serde_json::Value = serde_json::from_str(text).map_err(|_| refuse(Fault::DamagedHeader))?;
        if value["format"].as_u64() != Some(FORMAT) {
            return Err(refuse(Fault::OtherVersion));
        }
        let mut tensors: Vec<_> = file.iter().map(|(name, view)| (name, view.shape().to_vec(), view.data())).collect();
        if entry("sha256") != Some(&checksum(text, &mut tensors)) {
            return Err(refuse(Fault::Damaged));
        }
        let header: Header = serde_json::from_value(value).map_err(|_| refuse(Fault::DamagedHeader))?;
        header.architecture.validate()?;
        Ok(Self { header, file })
    }

    /// What is trained.
    pub fn kind(&self) -> Kind {
        self.header.kind
    }

    /// Name of the model.
    pub fn model(&self) -> &str {
        &self.header.model
    }

    /// Of the classifier: the one that is trained, or the one that the purifier is for.
    pub fn architecture(&self) -> &Architecture {
        &self.header.architecture
    }

    /// Optimiser steps that were done.
    pub fn step(&self) -> usize {
        self.header.step
    }

    /// The classifier that a purifier is for, or that stale examples are made on; none where the training needs no other network.
    ///
    /// # Errors
    /// [`WeightsError`] if its tensors are not exactly the architecture's.
    pub fn kept(&self, device: &Device) -> Result<Network> {
        Ok(self.part("kept", self.header.architecture.init(device))?.0)
    }

    /// The classifier that is trained.
    pub(in crate::train) fn classifier(&self, device: &Device) -> Result<Network> {
        Ok(self.part("weights", self.header.architecture.init(device))?.0)
    }

    /// Whether a training with these settings, of this kind of network, on these images would be the same one.
    ///
    /// # Errors
    /// [`WeightsError`] if not.
    pub fn is_of<C>(&self, config: &C, architecture: &Architecture, source: &Source) -> Result<()>
    where
        C: DeserializeOwned + PartialEq,
    {
        let Header { config: mine, architecture: network, data, .. } = &self.header;
        // Settings that came later are at their defaults in a file without them.
        let same = serde_json::from_value::<C>(mine.clone()).is_ok_and(|mine| mine == *config);
        match same && network == architecture && *data == source.name() {
            true => Ok(()),
            false => Err(refuse(Fault::OtherRun)),
        }
    }

    /// The settings.
    ///
    /// # Errors
    /// [`WeightsError`] if the training is of another kind; [`StateError`] if it learns from other images.
    pub(in crate::train) fn config<C: DeserializeOwned>(&self, kind: Kind, source: &Source) -> Result<C> {
        if self.header.kind != kind {
            return Err(refuse(Fault::OtherRun));
        }
        if self.header.data != source.name() {
            return Err(StateError::OtherData { wants: self.header.data.clone(), has: source.name() }.into());
        }
        serde_json::from_value(self.header.config.clone()).map_err(|_| refuse(Fault::DamagedHeader))
    }

    fn part<M: Module>(&self, part: &str, module: M) -> Result<(M, usize)> {
        fill_part(Some(part), module, &self.file)
    }
}

/// Of the header and of every tensor, in the order of their names.
fn checksum(header: &str, tensors: &mut [(&str, Vec<usize>, &[u8])]) -> String {
    tensors.sort_unstable();
    let mut all = header.as_bytes().to_vec();
    for (name, shape, data) in tensors {
        all.extend_from_slice(format!("\n{name} {shape:?} {}\n", weights::sha256(data)).as_bytes());
    }
    weights::sha256(&all)
}

impl<T: Task> Trainer<T> {
    /// The training as it is, between two steps. `name` is the model's, `architecture` that of the classifier.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost; [`crate::ErrorKind::Diverged`] if a number is not finite.
    pub async fn checkpoint(&mut self, name: &str, architecture: &Architecture) -> Result<Vec<u8>> {
        let mut found = tensors_of(Some("weights"), &self.model.valid());
        if self.pending.steps > 0 {
            found.extend(tensors_of(Some("good"), &self.last_good));
        }
        if let Some(average) = self.average.as_ref().filter(|_| self.step > 0) {
            found.extend(tensors_of(Some("average"), average));
        }
        if self.step > 0 {
            let [first, second] = self.adam.moments(&self.model);
            found.extend(tensors_of(Some("first"), &first));
            found.extend(tensors_of(Some("second"), &second));
        }
        if let Some((_, held)) = &self.held {
            found.extend(tensors_of(Some("held"), held));
        }
        if let Some(kept) = self.task.kept() {
            found.extend(tensors_of(Some("kept"), kept));
        }
        let sums = [&self.pending.loss, &self.pending.correct];
        // Everything in one transfer.
        let all = found.iter().map(|entry| entry.values.clone()).chain(sums.into_iter().flatten().cloned());
        let mut values = device::read_all(all).await?;
        let mut sums = values.split_off(found.len()).into_iter().map(|sum| sum[0]);
        let pending = Figures {
            steps: self.pending.steps,
            images: self.pending.images,
            loss: self.pending.loss.as_ref().and_then(|_| sums.next()),
            correct: self.pending.correct.as_ref().and_then(|_| sums.next()),
        };
        let header = Header {
            format: FORMAT,
            kind: T::KIND,
            config: self.task.config(),
            model: name.into(),
            architecture: architecture.clone(),
            data: self.source.name(),
            step: self.step,
            random: self.task.rng().position(),
            pending,
            pass: self.validation.clone(),
            held: self.held.as_ref().map(|(robust, _)| *robust),
        };
        let text = serde_json::to_string(&header).expect("plain data");
        let bytes: Vec<Vec<u8>> =
            values.iter().map(|values| values.iter().flat_map(|value| value.to_le_bytes()).collect()).collect();
        let mut tensors: Vec<_> =
            found.iter().zip(&bytes).map(|(entry, bytes)| (&*entry.name, entry.shape.clone(), &**bytes)).collect();
        let sha256 = checksum(&text, &mut tensors);
        weights::write_tensors(&found, &values, HashMap::from([("checkpoint".into(), text), ("sha256".into(), sha256)]))
    }

    /// A training that was started with the settings of a checkpoint, taken to where that was.
    pub(in crate::train) fn restored(mut self, checkpoint: &Checkpoint, device: &Device) -> Result<Self> {
        let Header { step, random, pending, pass, held, architecture, .. } = &checkpoint.header;
        let blank = self.model.valid();
        let (model, mut used) = checkpoint.part("weights", blank.clone())?;
        let mut part = |name: &str| {
            let (module, tensors) = checkpoint.part(name, blank.clone())?;
            used += tensors;
            Ok::<T::Model, Error>(module)
        };
        if *step > 0 && self.average.is_some() {
            self.average = Some(part("average")?);
        }
        self.last_good = match &self.average {
            _ if pending.steps > 0 => part("good")?,
            Some(average) => average.clone(),
            None => model.clone(),
        };
        self.proven = self.last_good.clone();
        self.held = match held {
            Some(robust) => Some((*robust, part("held")?)),
            None => None,
        };
        if *step > 0 {
            self.adam = Adam::at(*step, &[part("first")?, part("second")?]);
        }
        if self.task.kept().is_some() {
            let (network, tensors) = checkpoint.part("kept", architecture.init(device))?;
            used += tensors;
            self.task.keep(network.valid());
        }
        if used != checkpoint.file.len() {
            return Err(WeightsError::OtherTensors { has: checkpoint.file.len(), wants: used }.into());
        }
        // The checksum tells damage, not intent: what would lead astray is refused.
        let counted = pending.images == pending.steps * self.schedule.batch_size
            && pending.steps <= STEPS_A_READ
            && (pending.steps > 0) == pending.loss.is_some();
        let passed = pass.as_ref().is_none_or(|pass| {
            pass.seen < self.schedule.validation_images && pass.right.iter().all(|right| *right <= pass.seen)
        });
        if *step > self.schedule.steps() || !counted || !passed {
            return Err(refuse(Fault::Damaged));
        }
        self.model = model.train();
        self.step = *step;
        self.pending = Pending::of(pending.steps, pending.images, [pending.loss, pending.correct], device);
        self.validation = pass.clone();
        self.task.rng().seek(*random);
        Ok(self)
    }
}

impl Pending {
    /// Sums that were read.
    fn of(steps: usize, images: usize, sums: [Option<f32>; 2], device: &Device) -> Self {
        let tensor = |sum: Option<f32>| sum.map(|sum| Tensor::from_data(TensorData::new(vec![sum], [1]), device));
        let [loss, correct] = sums.map(tensor);
        Self { steps, images, loss, correct }
    }
}
