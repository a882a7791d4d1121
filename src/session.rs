//! What one user does, step by step: commands in, events out. Owns the device, the data, the networks and the running
//! job.
//!
//! Nothing here knows whether a page or a terminal holds the session. The holder calls [`Session::step`] for as long as
//! [`Session::busy`] says so; between two steps it may hand in commands.

use std::rc::Rc;

use burn::module::Module;
use image::RgbImage;

use crate::attack::victims::Victims;
use crate::attack::{Attack, Goal};
use crate::data::synth::{Split, Synth};
use crate::data::{PIXELS, batch, classes, crop, decode};
use crate::device::{self, Compute, SelfTest, Started};
use crate::error::{Error, ErrorKind, Result, in_range};
use crate::eval::metrics::{self, Norms};
use crate::eval::table::TableJob;
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;
use crate::model::lenet::{LeNet, LeNetConfig};
use crate::protocol::{Command, Event, GallerySign, JobKind, JobState, OutcomeReport, Seen};
use crate::rng::Rng;
use crate::train::classifier::ClassifierTrainer;
use crate::train::purifier::PurifierTrainer;
use crate::train::trainer::Progress;

mod benchmark;
mod job;

use job::{AttackJob, Job, JobWork};

/// Most signs on one sheet of examples.
const GALLERY_MAX: usize = 256;

/// Classes in a list of answers.
const TOP: usize = 5;

/// One user's work.
pub struct Session {
    started: Started,
    self_test: Option<SelfTest>,
    synth: Rc<Synth>,
    classifier: LeNet,
    purifier: Option<Autoencoder>,
    photo: Option<RgbImage>,
    subject: Option<Subject>,
    /// What the last attack on the subject made; looked at anew when the purifier changes.
    attacked: Option<Attacked>,
    job: Option<Job>,
}

/// The image that attacks work on.
struct Subject {
    pixels: Vec<f32>,
    label: Option<usize>,
}

/// An attack on the subject, done.
struct Attacked {
    attack: Attack,
    goal: Goal,
    source: usize,
    original: Vec<f32>,
    adversarial: Vec<f32>,
}

impl Session {
    /// Starts a device and, on the GPU, compares it with the CPU.
    ///
    /// # Errors
    /// [`ErrorKind::Device`] if the device cannot be started or does not answer.
    pub async fn start(compute: Compute) -> Result<Self> {
        let started = device::start(compute).await?;
        let self_test = match compute {
            Compute::Gpu => Some(device::self_test(&started.device).await?),
            Compute::Cpu => None,
        };
        let classifier = LeNetConfig::new().seeded(&mut Rng::new(1), &started.device);
        Ok(Self {
            started,
            self_test,
            synth: Rc::new(Synth::new()),
            classifier,
            purifier: None,
            photo: None,
            subject: None,
            attacked: None,
            job: None,
        })
    }

    /// The first event: what runs where.
    pub fn ready(&self) -> Event {
        Event::Ready {
            device: self.started.compute,
            adapter: self.started.adapter.clone(),
            self_test: self.self_test,
            version: env!("CARGO_PKG_VERSION").into(),
            classes: classes::NAMES.map(String::from).to_vec(),
            layers: self.classifier.layers(),
            parameters: self.classifier.num_params(),
        }
    }

    /// Whether a job runs and is not paused: then [`Self::step`] has something to do.
    pub fn busy(&self) -> bool {
        self.job.as_ref().is_some_and(|job| !job.paused)
    }

    /// Carries out a command. What cannot be done becomes an [`Event::Error`]; the session goes on.
    pub async fn handle(&mut self, command: Command) -> Vec<Event> {
        self.carry_out(command).await.unwrap_or_else(|error| vec![Event::from(&error)])
    }

    /// Takes one small step of the running job.
    pub async fn step(&mut self) -> Vec<Event> {
        if self.busy() { self.advance().await } else { vec![] }
    }

    async fn carry_out(&mut self, command: Command) -> Result<Vec<Event>> {
        match command {
            Command::Sign { class, seed } => {
                in_range("The class", class, 0..=classes::COUNT - 1)?;
                let sign = self.synth.subject(class, seed);
                self.set_subject(sign.pixels, Some(class)).await
            }
            Command::Gallery { count, seed } => {
                in_range("The number of signs", count, 1..=GALLERY_MAX)?;
                let signs = self.synth.batch(seed, Split::Validation, 0..count as u64);
                let signs =
                    signs.iter().map(|sign| GallerySign { class: sign.label, picture: batch::picture(&sign.pixels) });
                Ok(vec![Event::Gallery { signs: signs.collect() }])
            }
            Command::Photo { bytes } => {
                let image = decode::decode(&bytes)?;
                let event = Event::Photo {
                    preview: crop::preview(&image),
                    width: image.width() as usize,
                    height: image.height() as usize,
                    square: crop::Square::centred(&image),
                };
                self.photo = Some(image);
                Ok(vec![event])
            }
            Command::Crop { square } => {
                let photo = self.photo.as_ref().ok_or_else(|| need("Open a picture first."))?;
                let pixels = square.cut(photo)?;
                self.set_subject(pixels, None).await
            }
            Command::ResetModel { seed } => {
                self.refuse_if_at_work()?;
                self.classifier = LeNetConfig::new().seeded(&mut Rng::new(u64::from(seed)), &self.started.device);
                self.purifier = None;
                self.attacked = None;
                self.look_again().await
            }
            Command::Train { config } => {
                let trainer =
                    ClassifierTrainer::start(config, &self.classifier, self.synth.clone(), &self.started.device)?;
                let events = self.begin(JobWork::Train(Box::new(trainer)))?;
                // What was made against the old weights says nothing of the new ones.
                self.attacked = None;
                Ok(events)
            }
            Command::TrainPurifier { config } => {
                let trainer =
                    PurifierTrainer::start(config, &self.classifier, self.synth.clone(), &self.started.device)?;
                self.begin(JobWork::Purifier(Box::new(trainer)))
            }
            Command::Attack { attack, goal } => {
                self.refuse_if_at_work()?;
                let job = self.attack(attack, goal).await?;
                self.begin(JobWork::Attack(Box::new(job)))
            }
            Command::Table { config } => {
                let (synth, device) = (self.synth.clone(), &self.started.device);
                let job = TableJob::new(config, &self.classifier, self.purifier.as_ref(), synth, device)?;
                self.begin(JobWork::Table(Box::new(job)))
            }
            Command::Pause => Ok(self.set_paused(true)),
            Command::Resume => Ok(self.set_paused(false)),
            Command::Step => match &self.job {
                Some(_) => Ok(self.advance().await),
                None => Err(need("Nothing is running. Start a training first.")),
            },
            Command::Cancel => self.cancel().await,
            Command::Benchmark { work, batch, repeats } => {
                self.refuse_if_at_work()?;
                in_range("The batch size", batch, 1..=1024)?;
                in_range("The number of repeats", repeats, 1..=10_000)?;
                self.benchmark(work, batch, repeats).await
            }
        }
    }

    fn refuse_if_at_work(&self) -> Result<()> {
        match self.job {
            Some(_) => Err(Error::new(ErrorKind::Busy, "Something is running already. Wait for it, or cancel it.")),
            None => Ok(()),
        }
    }

    fn begin(&mut self, work: JobWork) -> Result<Vec<Event>> {
        self.refuse_if_at_work()?;
        let event = work.event(JobState::Running);
        self.job = Some(Job { work, paused: false });
        Ok(vec![event])
    }

    fn set_paused(&mut self, paused: bool) -> Vec<Event> {
        let Some(job) = &mut self.job else { return vec![] };
        job.paused = paused;
        vec![job.work.event(if paused { JobState::Paused } else { JobState::Running })]
    }

    async fn cancel(&mut self) -> Result<Vec<Event>> {
        let Some(job) = self.job.take() else { return Ok(vec![]) };
        let mut events = vec![job.work.event(JobState::Cancelled)];
        events.extend(self.conclude(job.work).await?);
        Ok(events)
    }

    /// One step of the job, paused or not.
    async fn advance(&mut self) -> Vec<Event> {
        let Some(mut job) = self.job.take() else { return vec![] };
        match self.advance_job(&mut job.work).await {
            Ok(mut events) if job.work.finished() => {
                events.push(job.work.event(JobState::Finished));
                match self.conclude(job.work).await {
                    Ok(last) => events.extend(last),
                    Err(error) => events.push(Event::from(&error)),
                }
                events
            }
            Ok(mut events) => {
                if job.paused {
                    events.push(job.work.event(JobState::Paused));
                }
                self.job = Some(job);
                events
            }
            Err(error) => {
                let mut events = vec![Event::from(&error), job.work.event(JobState::Failed)];
                // What was reached before the error stays; if even that cannot be looked at, the error has been told.
                events.extend(self.conclude(job.work).await.unwrap_or_default());
                events
            }
        }
    }

    async fn advance_job(&mut self, work: &mut JobWork) -> Result<Vec<Event>> {
        match work {
            JobWork::Train(trainer) => {
                let progress = trainer.step().await?;
                let mut events = report(JobKind::Train, progress);
                if matches!(progress, Progress::Validation(_)) {
                    self.classifier = trainer.model();
                    events.extend(self.look_again().await?);
                }
                Ok(events)
            }
            JobWork::Purifier(trainer) => {
                let progress = trainer.step().await?;
                let mut events = report(JobKind::TrainPurifier, progress);
                if matches!(progress, Progress::Validation(_)) {
                    events.extend(self.set_purifier(trainer.model()).await?);
                }
                Ok(events)
            }
            JobWork::Attack(job) => {
                let status = job.run.step(&self.classifier).await?;
                job.done = status.done;
                job.finished = status.finished;
                let improved = status.best_l2 != job.best_l2;
                job.best_l2 = status.best_l2;
                let picture = match improved {
                    true => Some(batch::picture(&device::read(job.run.adversarial()).await?)),
                    false => None,
                };
                Ok(vec![Event::Attacking {
                    search: status.search,
                    iteration: status.iteration,
                    c: status.c,
                    best_l2: status.best_l2,
                    picture,
                }])
            }
            JobWork::Table(job) => {
                let changed = job.step().await?;
                let (done, total) = job.position();
                let progress = Event::Job { job: JobKind::Table, state: JobState::Running, done, total };
                Ok(if changed { vec![Event::Table { table: job.table() }, progress] } else { vec![progress] })
            }
        }
    }

    /// Takes over what a job has reached, finished or not.
    async fn conclude(&mut self, work: JobWork) -> Result<Vec<Event>> {
        match work {
            JobWork::Train(trainer) => {
                self.classifier = trainer.model();
                self.look_again().await
            }
            JobWork::Purifier(trainer) => self.set_purifier(trainer.model()).await,
            JobWork::Attack(job) => {
                let adversarial = device::read(job.run.adversarial()).await?;
                let AttackJob { attack, goal, source, original, .. } = *job;
                self.attacked = Some(Attacked { attack, goal, source, original, adversarial });
                self.outcome().await
            }
            JobWork::Table(_) => Ok(vec![]),
        }
    }

    async fn set_subject(&mut self, pixels: Vec<f32>, label: Option<usize>) -> Result<Vec<Event>> {
        self.subject = Some(Subject { pixels, label });
        self.attacked = None;
        self.look_again().await
    }

    async fn set_purifier(&mut self, purifier: Autoencoder) -> Result<Vec<Event>> {
        self.purifier = Some(purifier);
        let mut events = self.look_again().await?;
        events.extend(self.outcome().await?);
        Ok(events)
    }

    /// The subject in the eyes of the present networks.
    async fn look_again(&self) -> Result<Vec<Event>> {
        let Some(subject) = &self.subject else { return Ok(vec![]) };
        let seen = self.look(&[&subject.pixels]).await?.remove(0);
        let purified = self.look_purified(&[&subject.pixels]).await?.map(|mut seen| seen.remove(0));
        Ok(vec![Event::Subject { seen, label: subject.label, purified }])
    }

    /// Pictures and answers for several images at once.
    async fn look(&self, images: &[&[f32]]) -> Result<Vec<Seen>> {
        let pixels: Vec<f32> = images.concat();
        let logits = self.classifier.logits(batch::from_pixels(pixels, &self.started.device));
        let logits = device::read(logits).await?;
        Ok(see(images.iter().copied(), &logits, self.classifier.classes()))
    }

    /// The same after the purifier; none without one.
    async fn look_purified(&self, images: &[&[f32]]) -> Result<Option<Vec<Seen>>> {
        let Some(purifier) = &self.purifier else { return Ok(None) };
        let images = batch::from_pixels(images.concat(), &self.started.device);
        let purified = purifier.forward(images);
        let n = purified.dims()[0];
        let logits = self.classifier.logits(purified.clone());
        let [pixels, logits] = device::read_array([purified.reshape([n, PIXELS]), logits]).await?;
        Ok(Some(see(pixels.chunks_exact(PIXELS), &logits, self.classifier.classes())))
    }

    async fn attack(&self, attack: Attack, goal: Goal) -> Result<AttackJob> {
        let subject = self.subject.as_ref().ok_or_else(|| need("Pick a sign or open a picture first."))?;
        // A photo has no label: the attack starts from what the classifier says.
        let source = match subject.label {
            Some(label) => label,
            None => self.look(&[&subject.pixels]).await?[0].top[0].class,
        };
        goal.validate(source, self.classifier.classes())?;
        let images = batch::from_pixels(subject.pixels.clone(), &self.started.device);
        let run = attack.start(Victims::new(images, vec![source], goal))?;
        let original = subject.pixels.clone();
        Ok(AttackJob { attack, goal, original, source, run, done: 0, best_l2: None, finished: false })
    }

    /// Looks at what the last attack made with fresh eyes: whatever the attack believed, success is what the classifier
    /// says now.
    async fn outcome(&self) -> Result<Vec<Event>> {
        let Some(attacked) = &self.attacked else { return Ok(vec![]) };
        let Attacked { attack, goal, source, original, adversarial } = attacked;
        let rounded = batch::round_to_8bit(adversarial);
        let perturbation: Vec<f32> = adversarial.iter().zip(original).map(|(after, before)| after - before).collect();
        let Norms { l0, l2, linf } = Norms::of(&perturbation);
        let looks = self.look(&[original, adversarial, &rounded]).await?;
        let mut purified = self.look_purified(&[original, adversarial]).await?.map(Vec::into_iter);
        let mut next_purified = || purified.as_mut().and_then(Iterator::next);
        let [original, adversarial, adversarial_8bit] = looks.try_into().expect("one look an image");
        let reached = |seen: &Seen| goal.reached(*source, seen.top[0].class);
        Ok(vec![Event::Outcome(Box::new(OutcomeReport {
            attack: attack.clone(),
            goal: *goal,
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
        }))])
    }
}

/// Pictures beside answers.
fn see<'a>(images: impl Iterator<Item = &'a [f32]>, logits: &[f32], classes: usize) -> Vec<Seen> {
    let look =
        |(pixels, logits): (&[f32], &[f32])| Seen { picture: batch::picture(pixels), top: metrics::top(logits, TOP) };
    images.zip(logits.chunks_exact(classes)).map(look).collect()
}

fn report(job: JobKind, progress: Progress) -> Vec<Event> {
    match progress {
        Progress::Working => vec![],
        Progress::Training(report) => vec![Event::Training { job, report }],
        Progress::Validation(report) => vec![Event::Validation { job, report }],
    }
}

fn need(message: &str) -> Error {
    Error::new(ErrorKind::State, message)
}

impl From<&Error> for Event {
    fn from(error: &Error) -> Self {
        Event::Error { code: error.code().into(), message: error.to_string() }
    }
}
