//! The one image on stage: what the networks say of it, the attack on it, and what came of that.

use super::Session;
use super::job::{Asked, AttackJob};
use crate::data::picture::{self, Picture};
use crate::data::{PIXELS, batch};
use crate::defense::{Defense, Knowledge};
use crate::device;
use crate::error::{ParameterError, Result, StateError};
use crate::eval::engagement::Engagement;
use crate::metrics::{self, Norms, answer};
use crate::model::Classifier;
use crate::protocol::{DefendedReport, Event, OutcomeReport, Seen};

/// Classes in a list of answers.
const TOP: usize = 5;

/// Pictures that a page is shown of one attack, about.
const PICTURES: usize = 240;

/// The image that attacks work on.
pub(super) struct Subject {
    pub(super) pixels: Vec<f32>,
    label: Option<usize>,
}

/// An attack on the subject, done.
pub(super) struct Attacked {
    asked: Asked,
    source: usize,
    pub(super) original: Vec<f32>,
    pub(super) adversarial: Vec<f32>,
    detector: Option<crate::defense::detect::Detector>,
}

impl Attacked {
    pub(super) async fn from_job(job: AttackJob) -> Result<Self> {
        let adversarial = device::read(job.run.adversarial()).await?;
        let AttackJob { asked, source, original, engagement, .. } = job;
        let detector = engagement.detector();
        Ok(Self { asked, source, original, adversarial, detector })
    }
}

impl AttackJob {
    /// A few iterations, and now and then a picture of them.
    pub(super) async fn step(&mut self) -> Result<Vec<Event>> {
        let model = self.engagement.view()?;
        let status = self.run.step(&*model).await?;
        self.done = status.done;
        self.finished = status.finished;
        let every = (self.asked.attack.iterations() / PICTURES).max(1);
        let due = self.shown.is_none_or(|shown| status.done >= shown + every);
        if !due && !status.finished {
            return Ok(vec![]);
        }
        self.shown = Some(status.done);
        let tried = if status.finished { self.run.adversarial() } else { self.run.current() };
        let victims = self.engagement.victims(tried.clone(), vec![self.source]);
        let logits = model.logits(tried.clone());
        let lead = victims.lead(logits.clone());
        let [logits, lead] = device::read_array([logits, lead]).await?;
        let pixels = device::read(tried).await?;
        let perturbation: Vec<f32> = pixels.iter().zip(&self.original).map(|(after, before)| after - before).collect();
        Ok(vec![Event::Attacking {
            round: status.round,
            iteration: status.iteration,
            c: status.c,
            best_l2: status.best_l2,
            margin: lead[0],
            l2: Norms::of(&perturbation).l2,
            picture: Picture::of(&pixels),
            top: metrics::top(&logits, TOP),
        }])
    }
}

impl Session {
    pub(super) async fn set_subject(&mut self, pixels: Vec<f32>, label: Option<usize>) -> Result<Vec<Event>> {
        self.subject = Some(Subject { pixels, label });
        self.attacked = None;
        self.look_again().await
    }

    /// The subject in the eyes of the present networks.
    pub(super) async fn look_again(&self) -> Result<Vec<Event>> {
        let Some(subject) = &self.subject else { return Ok(vec![]) };
        let seen = self.look(&[&subject.pixels]).await?.remove(0);
        let purified = self.look_purified(&[&subject.pixels]).await?.map(|mut seen| seen.remove(0));
        Ok(vec![Event::Subject { seen, label: subject.label, purified }])
    }

    /// Pictures and answers for several images at once.
    async fn look(&self, images: &[&[f32]]) -> Result<Vec<Seen>> {
        let model = &self.shelf.selected().network;
        let pixels: Vec<f32> = images.concat();
        let logits = device::read(model.logits(batch::from_pixels(pixels, &self.started.device))).await?;
        Ok(see(images.iter().copied(), &logits, model.classes()))
    }

    /// The same after the purifier; none without one.
    async fn look_purified(&self, images: &[&[f32]]) -> Result<Option<Vec<Seen>>> {
        match self.shelf.selected().purifier {
            Some(_) => self.look_through(&Defense::Purifier, images).await.map(Some),
            None => Ok(None),
        }
    }

    /// The same after a defence: the pictures it hands to the classifier, with the answers.
    async fn look_through(&self, defense: &Defense, images: &[&[f32]]) -> Result<Vec<Seen>> {
        let model = self.shelf.selected();
        let purifier = model.purifier.as_ref().map(|purifier| &purifier.autoencoder);
        let handed = defense.apply(batch::from_pixels(images.concat(), &self.started.device), purifier);
        let n = handed.dims()[0];
        let logits = model.network.logits(handed.clone());
        let [pixels, logits] = device::read_array([handed.reshape([n, PIXELS]), logits]).await?;
        Ok(see(pixels.chunks_exact(PIXELS), &logits, model.network.classes()))
    }

    pub(super) async fn attack(&self, asked: Asked) -> Result<AttackJob> {
        let subject = self.subject.as_ref().ok_or(StateError::NoSubject)?;
        // A photo has no label: the attack starts from what the classifier says.
        let source = match subject.label {
            Some(label) => label,
            None => self.look(&[&subject.pixels]).await?[0].top[0].class,
        };
        let model = self.shelf.selected();
        asked.goal.validate_for(source, model.network.classes())?;
        if asked.knowledge == Knowledge::None {
            return Err(ParameterError::NoKnowledge.into());
        }
        let made_on = match &asked.made_on {
            Some(name) => Some(self.shelf.find(name)?.unsigned()),
            None => None,
        };
        // An example of another model is made by somebody who does not know this one.
        let knowledge = if made_on.is_some() { Knowledge::Oblivious } else { asked.knowledge };
        let asked = Asked { knowledge, ..asked };
        let (attacker, device) = ((&asked.defense, knowledge, asked.goal), &self.started.device);
        let engagement = Engagement::new(model.unsigned(), made_on, attacker, &self.source, device).await?;
        let images = batch::from_pixels(subject.pixels.clone(), device);
        let run = engagement.begin(&asked.attack, images, vec![source], 0)?;
        let original = subject.pixels.clone();
        Ok(AttackJob { asked, engagement, original, source, run, done: 0, shown: None, finished: false })
    }

    /// Looks at what the last attack made with fresh eyes: whatever the attack believed, success is what the classifier
    /// says now.
    pub(super) async fn outcome(&self) -> Result<Vec<Event>> {
        let Some(attacked) = &self.attacked else { return Ok(vec![]) };
        let Attacked { asked, source, original, adversarial, .. } = attacked;
        let rounded = picture::round_to_8bit(adversarial);
        let perturbation: Vec<f32> = adversarial.iter().zip(original).map(|(after, before)| after - before).collect();
        let Norms { l0, l2, linf } = Norms::of(&perturbation);
        let looks = self.look(&[original, adversarial, &rounded]).await?;
        let mut purified = self.look_purified(&[original, adversarial]).await?.map(Vec::into_iter);
        let mut next_purified = || purified.as_mut().and_then(Iterator::next);
        let defended = self.defended(attacked).await?;
        let [original, adversarial, adversarial_8bit] = looks.try_into().expect("one look an image");
        let reached = |seen: &Seen| asked.goal.reached(*source, seen.top[0].class);
        Ok(vec![Event::Outcome(Box::new(OutcomeReport {
            attack: asked.attack.clone(),
            printed: asked.attack.clone().resolved().to_string(),
            goal: asked.goal,
            defense: asked.defense.clone(),
            knowledge: asked.knowledge,
            made_on: asked.made_on.clone(),
            source: *source,
            success: reached(&adversarial),
            success_8bit: reached(&adversarial_8bit),
            l0,
            l2,
            linf,
            original,
            adversarial,
            adversarial_8bit,
            perturbation,
            purified_original: next_purified(),
            purified_adversarial: next_purified(),
            defended,
        }))])
    }

    /// The original and the attacked image behind the defence that the attack was asked about.
    async fn defended(&self, attacked: &Attacked) -> Result<Option<DefendedReport>> {
        let Attacked { asked, source, original, adversarial, detector } = attacked;
        if asked.defense == Defense::None {
            return Ok(None);
        }
        let model = self.shelf.selected().unsigned();
        let defended = model.behind(&asked.defense, *detector)?;
        let images = batch::from_pixels([original.as_slice(), adversarial].concat(), &self.started.device);
        let logits = device::read(defended.logits(images)).await?;
        let refused: Vec<bool> =
            logits.chunks_exact(defended.classes()).map(|row| answer(row) >= model.network.classes()).collect();
        let [before, after] =
            self.look_through(&asked.defense, &[original, adversarial]).await?.try_into().expect("one look an image");
        Ok(Some(DefendedReport {
            refuses_original: refused[0],
            refuses_adversarial: refused[1],
            success: !refused[1] && asked.goal.reached(*source, after.top[0].class),
            original: before,
            adversarial: after,
        }))
    }
}

/// Pictures beside answers.
fn see<'a>(images: impl Iterator<Item = &'a [f32]>, logits: &[f32], classes: usize) -> Vec<Seen> {
    let look =
        |(pixels, logits): (&[f32], &[f32])| Seen { picture: Picture::of(pixels), top: metrics::top(logits, TOP) };
    images.zip(logits.chunks_exact(classes)).map(look).collect()
}
