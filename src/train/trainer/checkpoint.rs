//! A training run between two sittings: weights, the moments of Adam, the number of the next step, and where the random numbers are.
//! What goes on from a checkpoint ends with the same weights, to the bit, as what was never interrupted.
//!
//! A file is a line of JSON ([`Header`]), then the records of the network and of the optimiser as Burn writes them. They are only
//! read where the header's checksum is right, so that Burn sees nothing but its own work.

use burn::module::Module;
use burn::optim::OptimizerRecord;
use burn::store::ModuleRecord;
use burn::tensor::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Task, Trainer};
use crate::error::{CheckpointFault as Fault, Error, Result, WeightsError};
use crate::model::weights;

/// What the first line says.
#[derive(Serialize, Deserialize)]
struct Header {
    /// Schedule, recipe, data: what decides where the run leads.
    run: serde_json::Value,
    step: usize,
    /// Position in the stream of random numbers.
    random: u64,
    /// Robust accuracy of the last epoch, where it is watched.
    held: Option<f64>,
    /// Bytes of the network's record; the optimiser's is the rest.
    network: usize,
    /// Of both records.
    sha256: String,
}

fn refuse(fault: Fault) -> Error {
    WeightsError::Checkpoint { fault }.into()
}

impl<T: Task> Trainer<T> {
    /// The run as it is, between two steps. Best right after a validation: the sums of a loss that has not been read are left out.
    ///
    /// # Errors
    /// [`WeightsError`] if the records cannot be written.
    pub fn checkpoint(&mut self) -> Result<Vec<u8>> {
        let mut records =
            self.model.clone().into_record().into_bytes().map_err(|_| refuse(Fault::CannotBeWritten))?.to_vec();
        let network = records.len();
        records
            .extend_from_slice(&self.optimizer.to_record().into_bytes().map_err(|_| refuse(Fault::CannotBeWritten))?);
        let header = Header {
            run: self.run(),
            step: self.step,
            random: self.task.rng().position(),
            held: self.held.as_ref().map(|(robust, _)| *robust),
            network,
            sha256: weights::sha256(&records),
        };
        let mut file = serde_json::to_vec(&header).expect("plain data");
        file.push(b'\n');
        file.append(&mut records);
        Ok(file)
    }

    /// Goes on from a checkpoint of the same run.
    ///
    /// # Errors
    /// [`WeightsError`] if the file is damaged, or of another run.
    pub fn resume(&mut self, file: &[u8]) -> Result<()> {
        let end = file.iter().position(|byte| *byte == b'\n').ok_or_else(|| refuse(Fault::NoHeader))?;
        let (header, records) = (&file[..end], &file[end + 1..]);
        let header: Header = serde_json::from_slice(header).map_err(|_| refuse(Fault::DamagedHeader))?;
        if header.run != self.run() {
            return Err(refuse(Fault::OtherRun));
        }
        if header.sha256 != weights::sha256(records)
            || header.network > records.len()
            || header.step > self.schedule.steps()
        {
            return Err(refuse(Fault::Damaged));
        }
        let (network, optimizer) = records.split_at(header.network);
        let bytes = |part: &[u8]| Bytes::from_bytes_vec(part.to_vec());
        let network = ModuleRecord::from_bytes(bytes(network)).map_err(|_| refuse(Fault::Damaged))?;
        let optimizer = OptimizerRecord::from_bytes(bytes(optimizer)).map_err(|_| refuse(Fault::Damaged))?;
        self.model = self.model.clone().load_record(network);
        self.optimizer = self.optimizer.clone().load_record(optimizer);
        self.last_good = self.model.valid();
        self.held = header.held.map(|robust| (robust, self.last_good.clone()));
        self.step = header.step;
        self.task.rng().seek(header.random);
        self.validation = None;
        Ok(())
    }

    fn run(&self) -> serde_json::Value {
        json!({
            "schedule": self.schedule,
            "learning_rate": self.learning_rate,
            "seed": self.seed,
            "task": self.task.config(),
            "data": self.source.name(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use burn::module::{ModuleVisitor, Param};
    use burn::tensor::Tensor;
    use pollster::block_on;

    use super::*;
    use crate::data::source::{Mix, Source};
    use crate::device;
    use crate::model::zoo::{Architecture, Network};
    use crate::rng::Rng;
    use crate::train::adversarial::Recipe;
    use crate::train::classifier::{ClassifierTrainer, TrainConfig};
    use crate::train::purifier::{PurifierConfig, PurifierTrainer};
    use crate::train::trainer::{Progress, Schedule};

    const SCHEDULE: Schedule = Schedule {
        epochs: 2,
        batch_size: 4,
        images_per_epoch: 12,
        validation_images: 8,
        mix: Mix { augment: true, drawn: 0.0, harsh: false },
    };

    fn classifier() -> Network {
        Architecture::default().seeded(&mut Rng::new(1), &device::cpu())
    }

    /// A checkpoint after the first of two epochs.
    fn half<T: Task>(mut trainer: Trainer<T>) -> Vec<u8> {
        loop {
            let progress = block_on(trainer.step()).expect("it converges");
            if trainer.step == SCHEDULE.steps_per_epoch() && matches!(progress, Progress::Validation(_)) {
                return trainer.checkpoint().expect("a checkpoint");
            }
        }
    }

    /// To the end, from the start or from a checkpoint: the weights.
    fn whole<T: Task>(mut trainer: Trainer<T>, from: Option<&[u8]>) -> Vec<Vec<f32>> {
        if let Some(file) = from {
            trainer.resume(file).expect("of the same run");
        }
        while !trainer.finished() {
            block_on(trainer.step()).expect("it converges");
        }
        let mut values = Values(vec![]);
        trainer.model().visit(&mut values);
        values.0
    }

    struct Values(Vec<Vec<f32>>);

    impl ModuleVisitor for Values {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            self.0.push(param.val().into_data().try_to_vec().expect("32-bit floats"));
        }
    }

    #[test]
    fn what_goes_on_ends_as_if_it_had_never_stopped() {
        let source = || Rc::new(Source::generated());
        let classify = || {
            let config =
                TrainConfig { schedule: SCHEDULE, recipe: Recipe::Fast { epsilon: 0.03 }, ..TrainConfig::default() };
            ClassifierTrainer::start(config, &classifier(), source(), &device::cpu()).expect("good settings")
        };
        let purify = || {
            let config = PurifierConfig { schedule: SCHEDULE, width: 4, ..PurifierConfig::default() };
            PurifierTrainer::start(config, &classifier(), source(), &device::cpu()).expect("good settings")
        };
        assert_eq!(whole(classify(), None), whole(classify(), Some(&half(classify()))));
        assert_eq!(whole(purify(), None), whole(purify(), Some(&half(purify()))));
    }

    #[test]
    fn a_damaged_checkpoint_and_one_of_another_run_are_refused() {
        let start = |seed| {
            let config = TrainConfig { schedule: SCHEDULE, seed, ..TrainConfig::default() };
            ClassifierTrainer::start(config, &classifier(), Rc::new(Source::generated()), &device::cpu())
                .expect("good settings")
        };
        let file = half(start(1));
        let refused = |seed, file: &[u8]| start(seed).resume(file).expect_err("refused").to_string();
        assert!(refused(2, &file).contains("another run"));
        for end in [0, 10, file.len() / 2, file.len() - 1] {
            assert!(refused(1, &file[..end]).contains("checkpoint"), "cut at {end}");
        }
        let mut flipped = file.clone();
        *flipped.last_mut().expect("bytes") ^= 1;
        assert!(refused(1, &flipped).contains("damaged"));
        start(1).resume(&file).expect("whole, and of this run");
    }
}
