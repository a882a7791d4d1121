//! The models a user has: by name, one of them selected.

use burn::module::Module;
use burn::tensor::Device;

use crate::error::{ParameterError, Result, StateError};
use crate::eval::contender::{Contender, Purifier};
use crate::model::weights;
use crate::model::zoo::{Architecture, Network};
use crate::protocol::{Event, ModelInfo};
use crate::rng::Rng;
use crate::train::recipe::Recipe;

/// Most models on the shelf: they all lie in memory.
const MOST: usize = 32;

/// Longest name, in characters.
const LONGEST_NAME: usize = 60;

/// A classifier, perhaps with its purifier.
#[derive(Clone)]
pub(super) struct Model {
    pub(super) name: String,
    pub(super) architecture: Architecture,
    pub(super) network: Network,
    pub(super) purifier: Option<Purifier>,
    pub(super) recipe: Option<Recipe>,
}

impl Model {
    pub(super) fn new(name: &str, architecture: Architecture, seed: u32, device: &Device) -> Self {
        let network = architecture.seeded(&mut Rng::new(u64::from(seed)), device);
        Self { name: name.into(), architecture, network, purifier: None, recipe: None }
    }

    /// As it takes part in an evaluation.
    pub(super) async fn contender(&self) -> Result<Contender> {
        Contender::new(&self.name, &self.architecture, &self.network, self.purifier.as_ref()).await
    }

    /// The same where no record comes of it.
    pub(super) fn unsigned(&self) -> Contender {
        Contender::unsigned(&self.name, &self.architecture, &self.network, self.purifier.as_ref())
    }

    fn info(&self, device: &Device) -> ModelInfo {
        ModelInfo {
            name: self.name.clone(),
            architecture: self.architecture.name().into(),
            classes: self.architecture.classes().names(),
            parameters: self.network.num_params(),
            layers: self.network.layers(self.architecture.side(), device),
            purifier: self.purifier.as_ref().map(|purifier| purifier.autoencoder.num_params()),
            recipe: self.recipe,
        }
    }
}

/// All of them; never empty.
pub(super) struct Shelf {
    models: Vec<Model>,
    selected: usize,
}

impl Shelf {
    pub(super) fn new(first: Model) -> Self {
        Self { models: vec![first], selected: 0 }
    }

    pub(super) fn selected(&self) -> &Model {
        &self.models[self.selected]
    }

    /// All but the selected one, in their order.
    pub(super) fn others(&self) -> impl Iterator<Item = &Model> {
        let selected = &self.selected().name;
        self.models.iter().filter(move |model| model.name != *selected)
    }

    pub(super) fn selected_mut(&mut self) -> &mut Model {
        &mut self.models[self.selected]
    }

    pub(super) fn find(&self, name: &str) -> Result<&Model> {
        let place = self.place(name)?;
        Ok(&self.models[place])
    }

    pub(super) fn find_mut(&mut self, name: &str) -> Result<&mut Model> {
        let place = self.place(name)?;
        Ok(&mut self.models[place])
    }

    fn place(&self, name: &str) -> Result<usize> {
        let place = self.models.iter().position(|model| model.name == name);
        place.ok_or_else(|| {
            let there = self.models.iter().map(|model| model.name.clone()).collect();
            ParameterError::NoSuchModel { name: name.into(), there }.into()
        })
    }

    /// A name that no model has, made from this one.
    pub(super) fn unused(&self, name: &str) -> String {
        let mut names = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}-{number}")));
        names.find(|name| self.place(name).is_err()).expect("the numbers have no end")
    }

    pub(super) fn select(&mut self, name: &str) -> Result<()> {
        self.selected = self.place(name)?;
        Ok(())
    }

    /// Puts a model on the shelf, in place of any of its name, and selects it.
    pub(super) fn put(&mut self, model: Model) -> Result<()> {
        let length = model.name.chars().count();
        if model.name.trim().is_empty() || length > LONGEST_NAME {
            return Err(ParameterError::ModelName { length, most: LONGEST_NAME }.into());
        }
        match self.place(&model.name) {
            Ok(place) => {
                self.models[place] = model;
                self.selected = place;
            }
            Err(_) if self.models.len() == MOST => {
                return Err(StateError::TooManyModels { most: MOST }.into());
            }
            Err(_) => {
                self.selected = self.models.len();
                self.models.push(model);
            }
        }
        Ok(())
    }

    pub(super) fn remove(&mut self, name: &str) -> Result<()> {
        let place = self.place(name)?;
        if self.models.len() == 1 {
            return Err(StateError::OnlyModel.into());
        }
        self.models.remove(place);
        if self.selected >= place {
            self.selected = self.selected.saturating_sub(1);
        }
        Ok(())
    }

    /// The classifier of an interrupted training, in place of any of its name; what else is known of that stays.
    pub(super) fn bring_back(&mut self, name: &str, architecture: &Architecture, network: Network) -> Result<()> {
        fits(architecture)?;
        let before = self.find(name).ok().filter(|model| model.architecture == *architecture);
        let (purifier, recipe) = before.map_or((None, None), |model| (model.purifier.clone(), model.recipe));
        self.put(Model { name: name.into(), architecture: architecture.clone(), network, purifier, recipe })
    }

    pub(super) fn event(&self, device: &Device) -> Event {
        let models = self.models.iter().map(|model| model.info(device)).collect();
        Event::Shelf { selected: self.selected().name.clone(), models }
    }

    /// A model's weights, or its purifier's, as a file.
    pub(super) async fn export(&self, name: &str, purifier: bool) -> Result<Event> {
        let model = self.find(name)?;
        let (bytes, suffix) = match (&model.purifier, purifier) {
            (_, false) => (weights::write(&model.architecture, &model.network).await?, ""),
            (Some(purifier), true) => {
                (weights::write_autoencoder(&purifier.config, &purifier.autoencoder).await?, "-purifier")
            }
            (None, true) => {
                return Err(StateError::NoPurifierToSave { model: name.into() }.into());
            }
        };
        // A name is text that anyone may have typed or sent.
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
        let name = format!("{}{suffix}.safetensors", name.chars().map(plain).collect::<String>());
        Ok(Event::File { name, sha256: weights::sha256(&bytes), bytes })
    }

    /// Reads a file of either kind.
    pub(super) fn import(
        &mut self,
        name: &str,
        bytes: &[u8],
        architecture: Option<&str>,
        device: &Device,
    ) -> Result<()> {
        if weights::is_autoencoder(bytes) {
            let (config, autoencoder) = weights::read_autoencoder(bytes, device)?;
            self.find_mut(name)?.purifier = Some(Purifier { config, autoencoder });
            return Ok(());
        }
        let (architecture, network) = weights::read(bytes, architecture, device)?;
        fits(&architecture)?;
        self.put(Model { name: name.into(), architecture, network, purifier: None, recipe: None })
    }
}

/// Whether a network is for the images that the session has.
fn fits(architecture: &Architecture) -> Result<()> {
    match architecture.side() {
        crate::data::SIDE => Ok(()),
        got => Err(ParameterError::OtherSide { got, wants: crate::data::SIDE }.into()),
    }
}
