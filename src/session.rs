//! What one user does, step by step: commands in, events out. Owns the device, the data, the models and the running
//! job.
//!
//! Nothing here knows whether a page or a terminal holds the session. The holder calls [`Session::step`] for as long as
//! [`Session::busy`] says so; between two steps it may hand in commands.

use std::rc::Rc;

use burn::module::Module;
use image::RgbImage;

use crate::data::classes::{self, Classes};
use crate::data::dataset::Dataset;
use crate::data::files::Files;
use crate::data::loader::{self, Loader};
use crate::data::picture::Picture;
use crate::data::source::Source;
use crate::data::split::SPLITS;
use crate::data::split::Split;
use crate::data::{crop, decode};
use crate::device::{self, Compute, Started};
use crate::error::{Error, Result, StateError, in_range};
use crate::eval::checks;
use crate::eval::contender::{Contender, Purifier};
use crate::eval::evaluation::{self, Evaluation, EvaluationConfig, Part, Share};
use crate::eval::record::{Circumstances, Record};
use crate::eval::report::Report;
use crate::eval::roc::RocRun;
use crate::eval::self_test::{self, SelfTest};
use crate::model::zoo::Architecture;
use crate::protocol::{Command, DataInfo, Event, GallerySign, JobKind, JobState, SetInfo, SplitInfo};
use crate::train::classifier::ClassifierTrainer;
use crate::train::preset;
use crate::train::purifier::PurifierTrainer;
use crate::train::trainer;

mod benchmark;
mod insight;
mod job;
mod shelf;
mod subject;

use job::{EvaluationJob, Job, JobWork, LoadJob};
use shelf::{Model, Shelf};
use subject::{Attacked, Subject};

/// Files of a data set that are read in one step: a tenth of a second, about.
const LOAD_STEP: usize = 64;

/// Most signs on one sheet of examples.
const GALLERY_MAX: usize = 256;

/// One user's work.
pub struct Session {
    started: Started,
    self_test: Option<SelfTest>,
    source: Rc<Source>,
    shelf: Shelf,
    photo: Option<RgbImage>,
    subject: Option<Subject>,
    /// What the last attack on the subject made; looked at anew when the purifier changes.
    attacked: Option<Attacked>,
    job: Option<Job>,
}

impl Session {
    /// Starts a device and, on the GPU, compares it with the CPU.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device cannot be started or does not answer.
    pub async fn start(compute: Compute) -> Result<Self> {
        let started = device::start(compute).await?;
        let self_test = match compute {
            Compute::Gpu => Some(self_test::run(&started.device).await?),
            Compute::Cpu => None,
        };
        let shelf = Shelf::new(Model::new("lenet", Architecture::default(), 1, &started.device));
        let source = Rc::new(Source::generated());
        let (photo, subject, attacked, job) = (None, None, None, None);
        Ok(Self { started, self_test, source, shelf, photo, subject, attacked, job })
    }

    /// The first event: what runs where.
    pub fn ready(&self) -> Event {
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

    /// The models on the shelf.
    pub fn shelf(&self) -> Event {
        self.shelf.event(&self.started.device)
    }

    /// Whether a job runs, is not paused and does not wait for others: then [`Self::step`] has something to do.
    pub fn busy(&self) -> bool {
        self.job.as_ref().is_some_and(|job| !job.paused && !job.work.waits())
    }

    /// Carries out a command. What cannot be done becomes an [`Event::Error`]; the session goes on.
    pub async fn handle(&mut self, command: Command) -> Vec<Event> {
        self.carry_out(command).await.unwrap_or_else(|error| vec![Event::from(error)])
    }

    /// Takes one small step of the running job.
    pub async fn step(&mut self) -> Vec<Event> {
        if self.busy() { self.advance().await } else { vec![] }
    }

    async fn carry_out(&mut self, command: Command) -> Result<Vec<Event>> {
        match command {
            Command::Sign { class, seed } => {
                let names = self.source.classes();
                in_range("sign.class", class, 0..=names.len() - 1)?;
                let none = || StateError::NoPictureOfClass { class: names[class].clone() };
                let sign = self.source.subject(class, seed).ok_or_else(none)?;
                self.set_subject(sign.pixels, Some(class)).await
            }
            Command::Gallery { count, seed } => {
                in_range("gallery.count", count, 1..=GALLERY_MAX)?;
                // A data set of a few pictures may have none to choose by.
                let split = if self.source.is_empty(Split::Validation) { Split::Train } else { Split::Validation };
                let count = self.source.len(split).map_or(count, |all| count.min(all));
                let signs = self.source.batch(seed, split, 0..count as u64);
                let signs =
                    signs.iter().map(|sign| GallerySign { class: sign.label, picture: Picture::of(&sign.pixels) });
                Ok(vec![Event::Gallery { signs: signs.collect() }])
            }
            Command::Unload => {
                self.refuse_if_at_work()?;
                self.take_up(Source::generated()).await
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
                let photo = self.photo.as_ref().ok_or(StateError::NoPhoto)?;
                let pixels = square.cut(photo)?;
                self.set_subject(pixels, None).await
            }
            Command::NewModel { name, architecture, seed } => {
                self.refuse_if_at_work()?;
                let architecture = Architecture::named(&architecture, self.source.classes())?;
                self.shelf.put(Model::new(&name, architecture, seed, &self.started.device))?;
                self.shelf_changed().await
            }
            Command::SelectModel { name } => {
                self.refuse_if_at_work()?;
                self.shelf.select(&name)?;
                self.shelf_changed().await
            }
            Command::CopyModel { name } => {
                self.refuse_if_at_work()?;
                let copy = Model { name, ..self.shelf.selected().clone() };
                self.shelf.put(copy)?;
                self.shelf_changed().await
            }
            Command::RemoveModel { name } => {
                self.refuse_if_at_work()?;
                self.shelf.remove(&name)?;
                self.shelf_changed().await
            }
            Command::ExportModel { name, purifier } => Ok(vec![self.shelf.export(&name, purifier).await?]),
            Command::ImportModel { name, bytes, architecture } => {
                self.refuse_if_at_work()?;
                self.shelf.import(&name, &bytes, architecture.as_deref(), &self.started.device)?;
                self.shelf_changed().await
            }
            Command::Train { config } => {
                let (source, device) = (self.source.clone(), &self.started.device);
                let trainer = ClassifierTrainer::start(config, &self.shelf.selected().network, source, device)?;
                let events = self.begin(JobWork::Train(Box::new(trainer)))?;
                self.shelf.selected_mut().recipe = Some(config.recipe);
                // What was made against the old weights says nothing of the new ones.
                self.attacked = None;
                Ok(events)
            }
            Command::TrainPurifier { config } => {
                let (source, device) = (self.source.clone(), &self.started.device);
                let trainer = PurifierTrainer::start(config, &self.shelf.selected().network, source, device)?;
                self.begin(JobWork::Purifier(Box::new(trainer)))
            }
            Command::Attack { attack, goal, defense, knowledge, source } => {
                self.refuse_if_at_work()?;
                let asked = job::Asked { attack, goal, defense, knowledge, made_on: source };
                let job = self.attack(asked).await?;
                self.begin(JobWork::Attack(Box::new(job)))
            }
            Command::Evaluate { config, share } => {
                self.refuse_if_at_work()?;
                self.evaluate(config, share, None).await
            }
            Command::Part { part } => self.take(part).await,
            Command::Check { config } => {
                self.refuse_if_at_work()?;
                self.evaluate(checks::evaluation(&config)?, Share::default(), Some(config)).await
            }
            Command::Roc { config } => {
                self.refuse_if_at_work()?;
                let contender = self.shelf.selected().unsigned();
                let run = RocRun::new(config, contender, self.source.clone(), &self.started.device)?;
                self.begin(JobWork::Roc(Box::new(run)))
            }
            Command::Gradients => self.gradients().await,
            Command::Slice { seed } => {
                self.refuse_if_at_work()?;
                self.slice(seed).await
            }
            Command::Pause => Ok(self.set_paused(true)),
            Command::Resume => Ok(self.set_paused(false)),
            Command::Step => match &self.job {
                Some(_) => Ok(self.advance().await),
                None => Err(StateError::NothingRuns.into()),
            },
            Command::Cancel => self.cancel().await,
            Command::Benchmark { work, batch, repeats } => {
                self.refuse_if_at_work()?;
                in_range("benchmark.batch", batch, 1..=1024)?;
                in_range("benchmark.repeats", repeats, 1..=10_000)?;
                self.benchmark(work, batch, repeats).await
            }
        }
    }

    /// Starts to read a data set from archives or folders; [`Event::Data`] tells when it is there.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Busy`] beside another job; as [`Loader::new`].
    pub fn load(&mut self, origins: Vec<Box<dyn Files>>, options: loader::Options) -> Result<Vec<Event>> {
        self.refuse_if_at_work()?;
        let loader = Loader::new(origins, options)?;
        self.begin(JobWork::Load(Box::new(LoadJob { loader, progress: loader::Progress::default() })))
    }

    /// Where images come from, for the page.
    pub fn data(&self) -> Event {
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

    /// Other images from now on. A network that knows other classes cannot read them: then a new one comes on the shelf.
    async fn take_up(&mut self, source: Source) -> Result<Vec<Event>> {
        self.source = Rc::new(source);
        let mut events = vec![self.data()];
        let classes: Classes = self.source.classes().into();
        if *self.shelf.selected().architecture.classes() != classes {
            let fresh =
                Model::new(&self.shelf.unused("lenet"), Architecture::Lenet { classes }, 1, &self.started.device);
            self.shelf.put(fresh)?;
        }
        // A picture of the old classes means nothing to it.
        self.subject = None;
        events.extend(self.shelf_changed().await?);
        Ok(events)
    }

    fn refuse_if_at_work(&self) -> Result<()> {
        match self.job {
            Some(_) => Err(Error::Busy),
            None => Ok(()),
        }
    }

    /// The shelf, and the subject in the eyes of the model that is now selected.
    async fn shelf_changed(&mut self) -> Result<Vec<Event>> {
        self.attacked = None;
        let mut events = vec![self.shelf.event(&self.started.device)];
        events.extend(self.look_again().await?);
        Ok(events)
    }

    /// Every model that a case names, as it is now.
    async fn contenders(&self, config: &EvaluationConfig) -> Result<Vec<Contender>> {
        let mut contenders: Vec<Contender> = vec![];
        let named = config.cases.iter().flat_map(|case| std::iter::once(&case.model).chain(&case.made_on));
        for name in named {
            if contenders.iter().all(|contender| contender.name != *name) {
                contenders.push(self.shelf.find(name)?.contender().await?);
            }
        }
        Ok(contenders)
    }

    async fn evaluate(
        &mut self,
        config: EvaluationConfig,
        share: Share,
        check: Option<checks::CheckConfig>,
    ) -> Result<Vec<Event>> {
        let contenders = self.contenders(&config).await?;
        let evaluation = Evaluation::new(config, share, contenders, self.source.clone(), &self.started.device)?;
        self.begin(JobWork::Evaluate(Box::new(EvaluationJob { evaluation, check, reports: share.index == 0 })))
    }

    /// Takes over what another engine found; reports if it was the last that was missing.
    async fn take(&mut self, part: Part) -> Result<Vec<Event>> {
        let Some(Job { work: JobWork::Evaluate(job), paused }) = &mut self.job else {
            return Err(StateError::NoEvaluation.into());
        };
        job.evaluation.take(part)?;
        let (done, total) = job.evaluation.position();
        // A part that was under way when the user paused does not set the job running again.
        let state = if *paused { JobState::Paused } else { JobState::Running };
        let progress = Event::Job { job: JobKind::Evaluate, state, done, total };
        let mut events = vec![progress, Event::Measured { accuracies: job.evaluation.accuracies() }];
        if job.reports && job.evaluation.finished() {
            let job = self.job.take().expect("looked at above");
            events.push(job.work.event(JobState::Finished));
            events.extend(self.conclude(job.work).await?);
        }
        Ok(events)
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
                    Err(error) => events.push(Event::from(error)),
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
                let mut events = vec![Event::from(error), job.work.event(JobState::Failed)];
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
                if matches!(progress, trainer::Progress::Validation(_)) {
                    self.shelf.selected_mut().network = trainer.model();
                    events.extend(self.look_again().await?);
                }
                Ok(events)
            }
            JobWork::Purifier(trainer) => {
                let progress = trainer.step().await?;
                let mut events = report(JobKind::TrainPurifier, progress);
                if matches!(progress, trainer::Progress::Validation(_)) {
                    events.extend(self.set_purifier(trainer).await?);
                }
                Ok(events)
            }
            JobWork::Load(job) => {
                job.progress = job.loader.step(LOAD_STEP)?;
                let (done, total) = (job.progress.done, job.progress.total);
                let running = Event::Job { job: JobKind::Load, state: JobState::Running, done, total };
                Ok(vec![running, Event::Loading { progress: job.progress }])
            }
            JobWork::Attack(job) => {
                let mut events = job.step().await?;
                if !events.is_empty() {
                    let (done, total) = (job.done, job.asked.attack.iterations());
                    events.push(Event::Job { job: JobKind::Attack, state: JobState::Running, done, total });
                }
                Ok(events)
            }
            JobWork::Evaluate(job) => {
                let part = match job.evaluation.step().await? {
                    evaluation::Progress::Working => return Ok(vec![]),
                    evaluation::Progress::Part(part) => part,
                };
                let (done, total) = job.evaluation.position();
                let kind = if job.check.is_some() { JobKind::Check } else { JobKind::Evaluate };
                let progress = Event::Job { job: kind, state: JobState::Running, done, total };
                let found = match job.reports {
                    true => Event::Measured { accuracies: job.evaluation.accuracies() },
                    false => Event::Part { part },
                };
                Ok(vec![progress, found])
            }
            JobWork::Roc(run) => {
                let before = run.position();
                run.step().await?;
                let (done, total) = run.position();
                let progress = Event::Job { job: JobKind::Roc, state: JobState::Running, done, total };
                Ok(if before.0 == done { vec![] } else { vec![progress] })
            }
        }
    }

    /// Takes over what a job has reached, finished or not.
    async fn conclude(&mut self, work: JobWork) -> Result<Vec<Event>> {
        match work {
            JobWork::Load(job) if job.progress.finished => self.take_up(Source::loaded(job.loader.finish()?)).await,
            // Half a data set would be another one.
            JobWork::Load(_) => Ok(vec![]),
            JobWork::Train(trainer) => {
                self.shelf.selected_mut().network = trainer.model();
                let mut events = vec![self.shelf.event(&self.started.device)];
                events.extend(self.look_again().await?);
                Ok(events)
            }
            JobWork::Purifier(trainer) => {
                let mut events = self.set_purifier(&trainer).await?;
                events.push(self.shelf.event(&self.started.device));
                Ok(events)
            }
            JobWork::Attack(job) => {
                self.attacked = Some(Attacked::from_job(*job).await?);
                self.outcome().await
            }
            JobWork::Evaluate(job) if job.reports && job.evaluation.finished() => self.report(*job).await,
            JobWork::Roc(run) if run.finished() => {
                Ok(vec![Event::Rocs { config: run.config().clone(), curves: run.curves().await? }])
            }
            // A part of the figures would be a figure about other images than were asked for.
            JobWork::Evaluate(_) | JobWork::Roc(_) => Ok(vec![]),
        }
    }

    async fn report(&self, EvaluationJob { evaluation, check, .. }: EvaluationJob) -> Result<Vec<Event>> {
        let judged = evaluation.judged();
        let circumstances = Circumstances {
            config: evaluation.config(),
            contenders: evaluation.contenders(),
            source: &self.source,
            device: self.started.compute,
        };
        let report = Report::new(&circumstances, &judged)?;
        let records = Record::to_json(&report.records);
        let Some(config) = check else {
            return Ok(vec![Event::Report { report: Box::new(report), records }]);
        };
        let checks = checks::run(&config, &evaluation, &judged, &self.source, &self.started.device).await?;
        Ok(vec![Event::Checks { checks, records }])
    }

    async fn set_purifier(&mut self, trainer: &PurifierTrainer) -> Result<Vec<Event>> {
        let (config, autoencoder) = (trainer.task().shape(), trainer.model());
        self.shelf.selected_mut().purifier = Some(Purifier { config, autoencoder });
        let mut events = self.look_again().await?;
        events.extend(self.outcome().await?);
        Ok(events)
    }
}

fn report(job: JobKind, progress: trainer::Progress) -> Vec<Event> {
    match progress {
        trainer::Progress::Working => vec![],
        trainer::Progress::Training(report) => vec![Event::Training { job, report }],
        trainer::Progress::Validation(report) => vec![Event::Validation { job, report }],
    }
}
