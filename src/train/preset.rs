//! The networks that are shipped or measured, as recipes: from a seed, and GTSRB where it takes photos, each can be made again.

use super::adversarial::Recipe;
use super::classifier::TrainConfig;
use super::purifier::PurifierConfig;
use super::trainer::Schedule;
use crate::data::source::Mix;

/// ε of adversarial training, as everywhere in the literature on small images.
const EPSILON: f32 = 8.0 / 255.0;

/// How one of the shipped networks is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// Its name, and that of its file.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Its architecture, or `purifier`.
    pub model: &'static str,
    /// The preset whose weights it starts from, or, for a purifier, whose classifier it is for.
    pub from: Option<&'static str>,
    /// Passes over the images.
    pub epochs: usize,
    /// Images in an epoch; none for the whole training split of GTSRB.
    pub images: Option<usize>,
    /// Images in an optimiser step.
    pub batch_size: usize,
    /// Learning rate of Adam at the start.
    pub learning_rate: f64,
    /// Share of drawn signs; 1 for those that see no photo.
    pub drawn: f32,
    /// See [`Mix::harsh`].
    pub harsh: bool,
    /// What it learns from; purifiers have their own way.
    pub recipe: Recipe,
    /// Minutes of one core of an AMD EPYC at 2.6 GHz, about.
    pub minutes: usize,
}

/// All of them.
pub const ALL: [Preset; 7] = [
    Preset {
        name: "lenet",
        about: "The original notebook's LeNet-5, trained well.",
        model: "lenet",
        from: None,
        epochs: 30,
        images: None,
        batch_size: 32,
        learning_rate: 3e-3,
        drawn: 0.25,
        harsh: false,
        recipe: Recipe::Standard,
        minutes: 7,
    },
    Preset {
        name: "lenet-at",
        about: "The same network, adversarially trained.",
        model: "lenet",
        from: Some("lenet"),
        epochs: 40,
        images: None,
        batch_size: 64,
        learning_rate: 3e-3,
        drawn: 0.0,
        harsh: false,
        recipe: Recipe::Fast { epsilon: EPSILON },
        minutes: 16,
    },
    Preset {
        name: "signnet",
        about: "The strongest small network.",
        model: "signnet",
        from: None,
        epochs: 24,
        images: None,
        batch_size: 64,
        learning_rate: 1.5e-3,
        drawn: 0.1,
        harsh: true,
        recipe: Recipe::Standard,
        minutes: 28,
    },
    Preset {
        name: "signnet-at",
        about: "The strongest small network, adversarially trained.",
        model: "signnet",
        from: Some("signnet-drawn"),
        epochs: 10,
        images: None,
        batch_size: 64,
        learning_rate: 1.5e-3,
        drawn: 0.0,
        harsh: false,
        recipe: Recipe::Pgd { epsilon: EPSILON, steps: 3 },
        minutes: 45,
    },
    Preset {
        name: "lenet-drawn",
        about: "The notebook's LeNet-5, which has never seen a photo.",
        model: "lenet",
        from: None,
        epochs: 3,
        images: Some(120_000),
        batch_size: 32,
        learning_rate: 4e-3,
        drawn: 1.0,
        harsh: true,
        recipe: Recipe::Standard,
        minutes: 3,
    },
    Preset {
        name: "signnet-drawn",
        about: "The strongest small network, which has never seen a photo.",
        model: "signnet",
        from: None,
        epochs: 3,
        images: Some(90_000),
        batch_size: 64,
        learning_rate: 1.5e-3,
        drawn: 1.0,
        harsh: true,
        recipe: Recipe::Standard,
        minutes: 10,
    },
    Preset {
        name: "purifier",
        about: "The autoencoder that stands before lenet.",
        model: "purifier",
        from: Some("lenet"),
        epochs: 6,
        images: None,
        batch_size: 32,
        learning_rate: 3e-3,
        drawn: 0.25,
        harsh: false,
        recipe: Recipe::Standard,
        minutes: 15,
    },
];

/// A preset by name.
pub fn named(name: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.name == name)
}

impl Preset {
    /// Whether it learns from photos too.
    pub fn needs_photos(&self) -> bool {
        self.drawn < 1.0
    }

    fn schedule(&self, defaults: Schedule) -> Schedule {
        let mix = Mix { augment: true, drawn: self.drawn, harsh: self.harsh };
        let images_per_epoch = self.images.unwrap_or(defaults.images_per_epoch);
        Schedule { epochs: self.epochs, batch_size: self.batch_size, images_per_epoch, mix, ..defaults }
    }

    /// For classifiers; the number of images is that of the data.
    pub fn classifier(&self) -> TrainConfig {
        let defaults = TrainConfig::default();
        let schedule = self.schedule(defaults.schedule);
        TrainConfig { schedule, learning_rate: self.learning_rate, recipe: self.recipe, ..defaults }
    }

    /// For purifiers; the number of images is that of the data.
    pub fn purifier(&self) -> PurifierConfig {
        let defaults = PurifierConfig::default();
        PurifierConfig { schedule: self.schedule(defaults.schedule), learning_rate: self.learning_rate, ..defaults }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_can_be_trained_and_starts_from_one_that_exists() {
        for preset in &ALL {
            preset.classifier().validate().expect("a valid classifier");
            preset.purifier().validate().expect("a valid purifier");
            assert_eq!(named(preset.name), Some(preset));
            assert!(preset.from.is_none_or(|from| named(from).is_some_and(|from| from.model != "purifier")));
        }
    }
}
