//! An attack on the subject.

use super::job::{Doing, Job};
use crate::attack::Run;
use crate::data::batch;
use crate::data::picture::Picture;
use crate::defense::Knowledge;
use crate::device;
use crate::error::{ParameterError, Result, StateError};
use crate::eval::engagement::Engagement;
use crate::metrics::{self, Norms};
use crate::model::Classifier;
use crate::protocol::{Event, JobKind, JobState};
use crate::session::desk::Desk;
use crate::session::subject::{Asked, Attacked, TOP};

/// Pictures that a page is shown of one attack, about.
const PICTURES: usize = 240;

/// See there.
pub(in crate::session) struct AttackJob {
    asked: Asked,
    engagement: Engagement,
    original: Vec<f32>,
    label: usize,
    run: Box<dyn Run>,
    done: usize,
    /// `done` when a picture was last shown.
    shown: Option<usize>,
    finished: bool,
}

impl AttackJob {
    /// Attacks what is on stage.
    ///
    /// # Errors
    /// [`StateError`] if nothing is, or the defence needs what the model does not have; [`ParameterError`].
    pub(in crate::session) async fn start(desk: &Desk, asked: Asked) -> Result<Self> {
        let subject = desk.subject.as_ref().ok_or(StateError::NoSubject)?;
        // A photo has no label: the attack starts from what the classifier says.
        let label = match subject.label {
            Some(label) => label,
            None => desk.look(&[&subject.pixels]).await?[0].top[0].class,
        };
        let model = desk.shelf.selected();
        asked.goal.validate_for(label, model.network.classes())?;
        if asked.knowledge == Knowledge::None {
            return Err(ParameterError::NoKnowledge.into());
        }
        let made_on = match &asked.made_on {
            Some(name) => Some(desk.shelf.find(name)?.unsigned()),
            None => None,
        };
        // An example of another model is made by somebody who does not know this one.
        let knowledge = if made_on.is_some() { Knowledge::Oblivious } else { asked.knowledge };
        let asked = Asked { knowledge, ..asked };
        let (attacker, device) = ((&asked.defense, knowledge, asked.goal), &desk.started.device);
        let engagement = Engagement::new(model.unsigned(), made_on, attacker, &desk.source, device).await?;
        let images = batch::from_pixels(subject.pixels.clone(), device);
        let run = engagement.begin(&asked.attack, images, vec![label], 0)?;
        let original = subject.pixels.clone();
        Ok(Self { asked, engagement, original, label, run, done: 0, shown: None, finished: false })
    }

    /// A few iterations, and now and then a picture of them.
    async fn iterate(&mut self) -> Result<Vec<Event>> {
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
        let victims = self.engagement.victims(tried.clone(), vec![self.label]);
        let logits = model.logits(tried.clone());
        let lead = victims.lead(logits.clone());
        let [logits, lead] = device::read_array([logits, lead]).await?;
        let pixels = device::read(tried).await?;
        let perturbation: Vec<f32> = pixels.iter().zip(&self.original).map(|(after, before)| after - before).collect();
        let shown = Event::Attacking {
            round: status.round,
            iteration: status.iteration,
            c: status.c,
            best_l2: status.best_l2,
            margin: lead[0],
            l2: Norms::of(&perturbation).l2,
            picture: Picture::of(&pixels),
            top: metrics::top(&logits, TOP),
        };
        Ok(vec![shown, self.event(JobState::Running)])
    }
}

impl Job for AttackJob {
    fn kind(&self) -> JobKind {
        JobKind::Attack
    }

    fn position(&self) -> (usize, usize) {
        (self.done, self.asked.attack.iterations())
    }

    fn finished(&self) -> bool {
        self.finished
    }

    fn step<'a>(&'a mut self, _: &'a mut Desk) -> Doing<'a> {
        Box::pin(self.iterate())
    }

    fn conclude<'a>(self: Box<Self>, desk: &'a mut Desk) -> Doing<'a> {
        Box::pin(async move {
            let adversarial = device::read(self.run.adversarial()).await?;
            let detector = self.engagement.detector();
            let AttackJob { asked, label, original, .. } = *self;
            desk.attacked = Some(Attacked { asked, label, original, adversarial, detector });
            desk.outcome().await
        })
    }
}
