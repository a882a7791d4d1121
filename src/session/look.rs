//! What the networks say of the image on stage, and of what an attack has made of it.

use super::desk::Desk;
use super::subject::{Attacked, Subject, TOP};
use crate::attack::victims::Victims;
use crate::attack::{self, Fgsm, Goal};
use crate::data::picture::{self, Picture};
use crate::data::{PIXELS, SIDE, batch};
use crate::defense::Defense;
use crate::device;
use crate::error::{Result, in_range};
use crate::eval::engagement::Verdict;
use crate::metrics::{self, Norms};
use crate::model::Classifier;
use crate::protocol::{DefendedReport, Event, OutcomeReport, Seen};

impl Desk {
    pub(super) async fn set_subject(&mut self, subject: Subject) -> Result<Vec<Event>> {
        self.subject = Some(subject);
        self.attacked = None;
        self.look_again().await
    }

    /// The subject in the eyes of the present networks.
    pub(super) async fn look_again(&self) -> Result<Vec<Event>> {
        let Some(subject) = &self.subject else { return Ok(vec![]) };
        let seen = self.look(&[&subject.pixels]).await?.remove(0);
        let purified = self.look_purified(&[&subject.pixels]).await?.map(|mut seen| seen.remove(0));
        Ok(vec![Event::Subject { seen, label: subject.label, scene: subject.scene, purified }])
    }

    /// Pictures and answers for several images at once.
    pub(super) async fn look(&self, images: &[&[f32]]) -> Result<Vec<Seen>> {
        Ok(see(images.iter().copied(), &self.ask(images).await?))
    }

    /// The present network's logits for several images, image by image.
    async fn ask(&self, images: &[&[f32]]) -> Result<Vec<Vec<f32>>> {
        let model = &self.shelf.selected().network;
        let logits = device::read(model.logits(batch::from_pixels(images.concat(), &self.started.device))).await?;
        Ok(logits.chunks_exact(model.classes()).map(<[f32]>::to_vec).collect())
    }

    /// The same after the purifier; none without one.
    async fn look_purified(&self, images: &[&[f32]]) -> Result<Option<Vec<Seen>>> {
        match self.shelf.selected().purifier {
            Some(_) => self.look_through(&Defense::Purifier(Default::default()), images).await.map(Some),
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
        let logits: Vec<Vec<f32>> = logits.chunks_exact(model.network.classes()).map(<[f32]>::to_vec).collect();
        Ok(see(pixels.chunks_exact(PIXELS), &logits))
    }

    /// What the networks say of one picture of the camera.
    pub(super) async fn read(&self, rgba: &[u8], epsilon: Option<f32>, purified: bool) -> Result<Vec<Event>> {
        const BYTES: usize = 4 * SIDE * SIDE;
        in_range("read.rgba", rgba.len(), BYTES..=BYTES)?;
        let channel = |c: usize| rgba.as_chunks::<4>().0.iter().map(move |pixel| f32::from(pixel[c]) / 255.0);
        let pixels: Vec<f32> = (0..3).flat_map(channel).collect();
        let seen = self.look(&[&pixels]).await?.remove(0);
        let attacked = match epsilon {
            None => None,
            Some(epsilon) => {
                let attack = Fgsm { epsilon };
                let images = batch::from_pixels(pixels.clone(), &self.started.device);
                let victims = Victims::new(images, vec![seen.top[0].class], Goal::Untargeted);
                Some(device::read(attack::run(&attack, &self.shelf.selected().network, victims).await?).await?)
            }
        };
        let last = attacked.as_ref().unwrap_or(&pixels);
        let purified =
            if purified { self.look_purified(&[last]).await?.map(|mut looks| looks.remove(0)) } else { None };
        let attacked = match &attacked {
            Some(attacked) => Some(self.look(&[attacked]).await?.remove(0)),
            None => None,
        };
        Ok(vec![Event::Read { seen, attacked, purified }])
    }

    /// Looks at what the last attack made with fresh eyes: whatever the attack believed, success is what the classifier
    /// says now.
    pub(super) async fn outcome(&self) -> Result<Vec<Event>> {
        let Some(attacked) = &self.attacked else { return Ok(vec![]) };
        let Attacked { asked, label, original, adversarial, .. } = attacked;
        let rounded = picture::round_to_8bit(adversarial);
        let perturbation: Vec<f32> = adversarial.iter().zip(original).map(|(after, before)| after - before).collect();
        let Norms { l0, l2, linf } = Norms::of(&perturbation);
        let images = [original.as_slice(), adversarial, &rounded];
        let logits = self.ask(&images).await?;
        let looks = see(images.into_iter(), &logits);
        let mut purified = self.look_purified(&[original, adversarial]).await?.map(Vec::into_iter);
        let mut next_purified = || purified.as_mut().and_then(Iterator::next);
        let defended = self.defended(attacked).await?;
        let [original, adversarial, adversarial_8bit] = looks.try_into().expect("one look an image");
        let reached = |look: usize| Verdict::of(&logits[look], None).reaches(asked.goal, *label);
        Ok(vec![Event::Outcome(Box::new(OutcomeReport {
            attack: asked.attack.clone(),
            printed: asked.attack.clone().resolved().to_string(),
            goal: asked.goal,
            defense: asked.defense.clone(),
            knowledge: asked.knowledge,
            made_on: asked.made_on.clone(),
            label: *label,
            success: reached(1),
            success_8bit: reached(2),
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
        let Attacked { asked, label, original, adversarial, detector } = attacked;
        if asked.defense.is_none() {
            return Ok(None);
        }
        let model = self.shelf.selected().unsigned();
        let defended = model.behind(&asked.defense, *detector)?;
        let images = batch::from_pixels([original.as_slice(), adversarial].concat(), &self.started.device);
        let logits = device::read(defended.logits(images)).await?;
        let refusal = detector.map(|_| model.network.classes());
        let [first, last] =
            [0, 1].map(|look| Verdict::of(&logits[look * defended.classes()..][..defended.classes()], refusal));
        let [before, after] =
            self.look_through(&asked.defense, &[original, adversarial]).await?.try_into().expect("one look an image");
        Ok(Some(DefendedReport {
            refuses_original: first.refused,
            refuses_adversarial: last.refused,
            success: last.reaches(asked.goal, *label),
            original: before,
            adversarial: after,
        }))
    }
}

/// Pictures beside answers.
fn see<'a>(images: impl Iterator<Item = &'a [f32]>, logits: &[Vec<f32>]) -> Vec<Seen> {
    let look =
        |(pixels, logits): (&[f32], &Vec<f32>)| Seen { picture: Picture::of(pixels), top: metrics::top(logits, TOP) };
    images.zip(logits).map(look).collect()
}
