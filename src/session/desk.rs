//! What lies before a user: the device, the images, the models, and the picture on stage. Jobs work on it; what takes no time is done
//! here.

use std::rc::Rc;

use burn::module::Module;
use image::RgbImage;

use super::shelf::{Model, Shelf};
use super::subject::{Attacked, Subject};
use crate::data::classes::{self, Classes};
use crate::data::dataset::Dataset;
use crate::data::picture::Picture;
use crate::data::source::Source;
use crate::data::split::{SPLITS, Split};
use crate::data::{crop, decode};
use crate::device::{self, Compute, Started};
use crate::error::{Result, StateError, in_range};
use crate::eval::self_test::{self, SelfTest};
use crate::model::zoo::Architecture;
use crate::protocol::{DataInfo, Event, GallerySign, SetInfo, SplitInfo};
use crate::train::preset;

/// Most signs on one sheet of examples.
const GALLERY_MAX: usize = 256;

/// See there.
pub(super) struct Desk {
    pub(super) started: Started,
    self_test: Option<SelfTest>,
    pub(super) source: Rc<Source>,
    pub(super) shelf: Shelf,
    photo: Option<RgbImage>,
    pub(super) subject: Option<Subject>,
    /// What the last attack on the subject made; looked at anew when the purifier changes.
    pub(super) attacked: Option<Attacked>,
}

impl Desk {
    /// Starts a device and, on the GPU, compares it with the CPU.
    pub(super) async fn new(compute: Compute) -> Result<Self> {
        let started = device::start(compute).await?;
        let self_test = match compute {
            Compute::Gpu => Some(self_test::run(&started.device).await?),
            Compute::Cpu => None,
        };
        let shelf = Shelf::new(Model::new("lenet", Architecture::default(), 1, &started.device));
        let source = Rc::new(Source::generated());
        Ok(Self { started, self_test, source, shelf, photo: None, subject: None, attacked: None })
    }

    /// What runs where.
    pub(super) fn ready(&self) -> Event {
        let model = self.shelf.selected();
        Event::Ready {
            device: self.started.compute,
            adapter: self.started.adapter.clone().into(),
            self_test: self.self_test,
            version: env!("CARGO_PKG_VERSION").into(),
            classes: classes::NAMES.map(String::from).to_vec(),
            layers: model.network.layers(model.architecture.side(), &self.started.device),
            parameters: model.network.num_params(),
            presets: preset::offers(),
        }
    }

    /// The models.
    pub(super) fn shelf(&self) -> Event {
        self.shelf.event(&self.started.device)
    }

    /// Where images come from.
    pub(super) fn data(&self) -> Event {
        let set = self.source.dataset().map(|dataset| SetInfo {
            fingerprint: dataset.fingerprint().into(),
            deal: dataset.dealt(),
            report: dataset.report().clone(),
            splits: SPLITS
                .map(|split| SplitInfo {
                    split,
                    n: self.source.len(split).unwrap_or_default(),
                    tracks: dataset.tracks(split),
                    counts: dataset.counts(split),
                })
                .to_vec(),
        });
        let name = self.source.dataset().map_or("generated", Dataset::name).into();
        Event::Data(Box::new(DataInfo { name, classes: self.source.classes(), signs: self.source.signs(), set }))
    }

    /// Other images from now on. A network that knows other classes cannot read them: then a new one comes on the shelf. If there is
    /// no room for it, everything stays as it was.
    pub(super) async fn take_up(&mut self, source: Source) -> Result<Vec<Event>> {
        let classes: Classes = source.classes().into();
        if *self.shelf.selected().architecture.classes() != classes {
            let architecture = Architecture::default().with_classes(classes);
            self.shelf.put(Model::new(&self.shelf.unused("lenet"), architecture, 1, &self.started.device))?;
        }
        self.source = Rc::new(source);
        // A picture of the old classes means nothing to it.
        self.subject = None;
        let mut events = vec![self.data()];
        events.extend(self.shelf_changed().await?);
        Ok(events)
    }

    /// The shelf, and the subject in the eyes of the model that is now selected.
    pub(super) async fn shelf_changed(&mut self) -> Result<Vec<Event>> {
        self.attacked = None;
        let mut events = vec![self.shelf()];
        events.extend(self.look_again().await?);
        Ok(events)
    }

    /// A picture of a class goes on stage.
    pub(super) async fn sign(&mut self, class: usize, seed: u32) -> Result<Vec<Event>> {
        let names = self.source.classes();
        in_range("sign.class", class, 0..=names.len() - 1)?;
        let none = || StateError::NoPictureOfClass { class: names[class].clone() };
        let (sign, scene) = self.source.subject(class, seed).ok_or_else(none)?;
        self.set_subject(Subject { pixels: sign.pixels, label: Some(class), scene }).await
    }

    /// The first images that progress is measured on.
    pub(super) fn gallery(&self, count: usize, seed: u32) -> Result<Vec<Event>> {
        in_range("gallery.count", count, 1..=GALLERY_MAX)?;
        // A data set of a few pictures may have none to choose by.
        let split = if self.source.is_empty(Split::Validation) { Split::Train } else { Split::Validation };
        let count = self.source.len(split).map_or(count, |all| count.min(all));
        let signs = self.source.batch(seed, split, 0..count as u64);
        let signs = signs.iter().map(|sign| GallerySign { class: sign.label, picture: Picture::of(&sign.pixels) });
        Ok(vec![Event::Gallery { signs: signs.collect() }])
    }

    /// Decodes a picture.
    pub(super) fn photo(&mut self, bytes: &[u8]) -> Result<Vec<Event>> {
        let image = decode::decode(bytes)?;
        let event = Event::Photo {
            preview: crop::preview(&image),
            width: image.width() as usize,
            height: image.height() as usize,
            square: crop::Square::centred(&image),
        };
        self.photo = Some(image);
        Ok(vec![event])
    }

    /// A square of the decoded picture goes on stage.
    pub(super) async fn crop(&mut self, square: crop::Square) -> Result<Vec<Event>> {
        let photo = self.photo.as_ref().ok_or(StateError::NoPhoto)?;
        let pixels = square.cut(photo)?;
        self.set_subject(Subject { pixels, label: None, scene: None }).await
    }

    /// An untrained network goes on the shelf.
    pub(super) async fn new_model(&mut self, name: &str, architecture: &str, seed: u32) -> Result<Vec<Event>> {
        let architecture = Architecture::named(architecture, self.source.classes())?;
        self.shelf.put(Model::new(name, architecture, seed, &self.started.device))?;
        self.shelf_changed().await
    }

    /// A copy of the selected model goes on the shelf.
    pub(super) async fn copy_model(&mut self, name: String) -> Result<Vec<Event>> {
        let copy = Model { name, ..self.shelf.selected().clone() };
        self.shelf.put(copy)?;
        self.shelf_changed().await
    }
}
