//! A sticker on a drawn sign, and what it does to the models on the shelf.

use super::job::{Doing, Job};
use crate::attack::plate::Layer;
use crate::attack::sticker::{StickerRun, view};
use crate::data::batch;
use crate::data::picture::Picture;
use crate::data::source::Source;
use crate::data::split::Split;
use crate::data::synth::Synth;
use crate::device;
use crate::error::Result;
use crate::eval::contender::Contender;
use crate::eval::sticker::{Judging, StickerConfig, StickerRecord};
use crate::metrics::{self, Proportion};
use crate::model::Classifier;
use crate::protocol::{Event, JobKind, JobState, Seen, StickerReport, StickerResult};
use crate::session::desk::Desk;
use crate::session::subject::TOP;

/// Views that are shown.
const SHOWN: u64 = 9;
/// How often they are shown of one sticker, about.
const PICTURES: usize = 100;

/// See there.
pub(in crate::session) struct StickerJob {
    config: StickerConfig,
    tile: Vec<[f32; 4]>,
    /// The sticker as it was painted, or is so far.
    layer: Layer,
    /// None where nothing is computed.
    run: Option<StickerRun>,
    /// The selected model is first: the sticker is made on it.
    models: Vec<Contender>,
    judgings: Vec<Judging>,
    device: burn::tensor::Device,
    compute: device::Compute,
}

impl StickerJob {
    /// On the selected model as it is now.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if a setting is out of its range, the sticker is nowhere on the plate, or the model does not know
    /// the drawn signs.
    pub(in crate::session) async fn start(desk: &Desk, config: StickerConfig) -> Result<Self> {
        config.validate()?;
        let source = Source::generated();
        let (first, started) = (desk.shelf.selected(), &desk.started);
        source.fits(first.architecture.classes().count())?;
        let mut models = vec![first.contender().await?];
        for model in desk.shelf.others().filter(|model| source.fits(model.architecture.classes().count()).is_ok()) {
            models.push(model.contender().await?);
        }
        let tile = Synth::new().tile(config.sign).to_vec();
        let layer = config.layer(&tile)?;
        let run = match config.by_hand {
            true => None,
            false => {
                let mask = layer.mask().clone();
                let device = &started.device;
                Some(StickerRun::start(config.sticker, &tile, mask, config.sign, config.goal, device)?)
            }
        };
        let (device, compute) = (started.device.clone(), started.compute);
        Ok(Self { config, tile, layer, run, models, judgings: vec![], device, compute })
    }

    /// Views in all of the steps.
    fn made_of(&self) -> usize {
        let StickerConfig { sticker, by_hand, .. } = &self.config;
        if *by_hand { 0 } else { sticker.steps * sticker.views }
    }

    fn steps(&self) -> usize {
        self.run.as_ref().map_or(0, |run| run.position().0)
    }

    /// A step of the sticker, or a look at it.
    async fn iterate(&mut self) -> Result<Vec<Event>> {
        if let Some(run) = self.run.as_mut().filter(|run| !run.finished()) {
            let step = run.step(&self.models[0].network, None).await?;
            self.layer = run.layer();
            let every = (self.config.sticker.steps / PICTURES).max(1);
            let due = step.step == 1 || step.step.is_multiple_of(every) || run.finished();
            return if due { self.show(step.reached).await } else { Ok(vec![]) };
        }
        let StickerConfig { sticker, sign, goal, fresh, .. } = self.config;
        while self.judgings.len() < self.models.len() {
            let seen = (sticker.seed, fresh);
            self.judgings.push(Judging::new(&self.tile, &self.layer, sticker.colours, (sign, goal), seen));
        }
        let next = self.judgings.iter_mut().zip(&self.models).find(|(judging, _)| !judging.finished());
        if let Some((judging, model)) = next {
            judging.step(&model.network, &self.device).await?;
        }
        Ok(vec![self.event(JobState::Running)])
    }

    async fn show(&self, reached: Proportion) -> Result<Vec<Event>> {
        let views = self.views().await?;
        let shown = Event::Sticking { step: self.steps(), reached, sticker: self.layer.picture(), views };
        Ok(vec![shown, self.event(JobState::Running)])
    }

    /// Some views, and the answers of the model that it is made on.
    async fn views(&self) -> Result<Vec<Seen>> {
        let (tile, seed) = (self.layer.on(&self.tile), self.config.sticker.seed);
        let pictures: Vec<Vec<f32>> = (0..SHOWN).map(|i| view(seed, Split::Validation, i).picture(&tile)).collect();
        let model = &self.models[0].network;
        let logits = device::read(model.logits(batch::from_pixels(pictures.concat(), &self.device))).await?;
        let answers = logits.chunks_exact(model.classes()).map(|logits| metrics::top(logits, TOP));
        Ok(pictures.iter().zip(answers).map(|(pixels, top)| Seen { picture: Picture::of(pixels), top }).collect())
    }

    async fn report(&self) -> Result<StickerReport> {
        let share = self.layer.mask().share(&self.tile);
        let seen = self.models.iter().zip(&self.judgings).filter(|(_, judging)| judging.position().0 > 0);
        let results: Vec<StickerResult> = seen
            .clone()
            .map(|(model, judging)| StickerResult { model: model.name.clone(), figures: judging.figures() })
            .collect();
        // A record says what came of all the views that it names.
        let whole = seen.filter(|(_, judging)| judging.finished());
        let records: Vec<StickerRecord> = whole
            .map(|(model, judging)| {
                StickerRecord::new(model, &self.models[0], &self.config, share, judging.figures(), self.compute)
            })
            .collect();
        Ok(StickerReport {
            config: self.config.clone(),
            model: self.models[0].name.clone(),
            steps: self.steps(),
            share,
            sticker: self.layer.picture(),
            views: self.views().await?,
            results,
            records: StickerRecord::text(&records),
        })
    }
}

impl Job for StickerJob {
    fn kind(&self) -> JobKind {
        JobKind::Sticker
    }

    /// In views: those that it is made of, and those that it is judged on.
    fn position(&self) -> (usize, usize) {
        let judged: usize = self.judgings.iter().map(|judging| judging.position().0).sum();
        let made = self.steps() * self.config.sticker.views;
        (made + judged, self.made_of() + self.models.len() * self.config.fresh)
    }

    fn finished(&self) -> bool {
        self.judgings.len() == self.models.len() && self.judgings.iter().all(Judging::finished)
    }

    fn step<'a>(&'a mut self, _: &'a mut Desk) -> Doing<'a> {
        Box::pin(self.iterate())
    }

    fn conclude<'a>(self: Box<Self>, _: &'a mut Desk) -> Doing<'a> {
        Box::pin(async move { Ok(vec![Event::Stuck(Box::new(self.report().await?))]) })
    }
}
