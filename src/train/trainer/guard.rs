//! Catastrophic overfitting (Wong, Rice, Kolter 2020, section 5): robust accuracy that is lost.

use burn::module::Module;

use super::{Task, Trainer};
use crate::metrics::Proportion;

/// By how much robust accuracy may lie below the best so far; more counts as a collapse. Not below the last: a slow fall is one too.
pub(super) const COLLAPSE: f64 = 0.2;

impl<T: Task> Trainer<T> {
    /// Goes back to the best epoch, and no further on, where robust accuracy has collapsed since.
    pub(super) fn collapsed(&mut self, robust: Option<Proportion>) -> bool {
        let (Some(robust), true) = (robust, self.task.guards()) else { return false };
        match &self.held {
            Some((before, model)) if robust.value < before - COLLAPSE - 1e-9 => {
                self.last_good = model.clone();
                // A checkpoint of the end has these too.
                self.model = model.clone().train();
                self.average = self.average.is_some().then(|| model.clone());
                self.step = self.schedule.steps();
                true
            }
            Some((best, _)) if robust.value < *best => false,
            _ => {
                self.held = Some((robust.value, self.last_good.clone()));
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use burn::tensor::Tensor;
    use pollster::block_on;

    use super::*;
    use crate::data::batch::Sample;
    use crate::data::source::{Mix, Source};
    use crate::device;
    use crate::error::Result;
    use crate::model::zoo::{Architecture, Network};
    use crate::model::{Classifier, weights};
    use crate::rng::Rng;
    use crate::train::trainer::checkpoint::Checkpoint;
    use crate::train::trainer::{Descent, Kind, Measured, Objective, Progress, Schedule};

    /// Learns something, and withstands as many images as it is told, pass after pass.
    struct Told(RefCell<Vec<usize>>, Rng);

    impl Task for Told {
        type Model = Network;

        const MEASURE_FIRST: bool = false;

        const KIND: Kind = Kind::Classifier;

        fn objective(&mut self, model: &Network, signs: &[Sample]) -> Objective {
            let images = crate::data::batch::images(signs, &device::cpu());
            Objective { loss: model.logits(images).square().mean(), correct: None }
        }

        fn measure(&self, _: &Network, _: &[Sample]) -> Measured {
            let zero = || Tensor::zeros([1], &device::cpu());
            Measured { loss: zero(), right: vec![zero()] }
        }

        fn config(&self) -> serde_json::Value {
            serde_json::Value::Null
        }

        fn rng(&mut self) -> &mut Rng {
            &mut self.1
        }

        fn guards(&self) -> bool {
            true
        }

        async fn robust(&self, _: &Network, _: &[Sample]) -> Result<Option<usize>> {
            Ok(Some(self.0.borrow_mut().remove(0)))
        }
    }

    /// A fall of 20 points below the best so far is allowed, more is a collapse, however slowly it came.
    #[test]
    fn a_collapse_ends_the_training_with_the_best_epoch() {
        let averaged = Descent { ema: 0.5, ..1e-3.into() };
        for (withstood, best, descent) in
            [(vec![8, 6, 3], 0, 1e-3.into()), (vec![6, 8, 6, 5], 1, averaged), (vec![8, 7, 6, 5, 4, 2], 0, averaged)]
        {
            let architecture = Architecture::default();
            let network = architecture.seeded(&mut Rng::new(1), &device::cpu());
            let schedule =
                Schedule { epochs: 6, batch_size: 2, images_per_epoch: 4, validation_images: 10, mix: Mix::default() };
            let task = Told(RefCell::new(withstood.clone()), Rng::new(1));
            let source = Rc::new(Source::generated());
            let mut trainer = Trainer::new(task, schedule, descent, 1, &network, source).expect("signs without end");
            let file = |network: &Network| block_on(weights::write(&architecture, network)).expect("finite weights");
            let (mut reports, mut files) = (vec![], vec![]);
            while !trainer.finished() {
                if let Progress::Validation(report) = block_on(trainer.step()).expect("it converges") {
                    reports.push(report.collapsed);
                    files.push(file(&trainer.model()));
                }
            }
            let fall = withstood.iter().position(|now| now + 2 < withstood[best]).expect("it falls");
            assert_eq!(reports.len(), fall + 1, "{withstood:?}");
            assert_eq!(reports.iter().position(|collapsed| *collapsed), Some(fall), "{withstood:?}");
            assert_ne!(files[best], files[best + 1], "{withstood:?}");
            assert_eq!(files[best], files[fall], "{withstood:?}: back to the best epoch");
            let kept = block_on(trainer.checkpoint("told", &architecture)).expect("a file");
            let task = Told(RefCell::default(), Rng::new(1));
            let fresh = Trainer::new(task, schedule, descent, 1, &network, Rc::new(Source::generated()));
            let again = fresh.and_then(|trainer| {
                trainer.restored(&Checkpoint::open(&kept).expect("as it was written"), &device::cpu())
            });
            let again = again.expect("as it was written");
            assert!(again.finished() && file(&again.model()) == files[best], "{withstood:?}: and stays there");
        }
    }
}
