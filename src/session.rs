//! What one user does, step by step: commands in, events out. What there is lies on a desk (device, data, models, the picture on
//! stage); what takes its time is a job.
//!
//! Nothing here knows whether a page or a terminal holds the session. The holder calls [`Session::step`] for as long as
//! [`Session::busy`] says so; between two steps it may hand in commands. Each comes with a number, and every event of the job that it
//! begins carries that number.

use crate::data::files::Files;
use crate::data::loader;
use crate::data::source::Source;
use crate::device::Compute;
use crate::error::{Error, Result, StateError, in_range};
use crate::eval::evaluation::Part;
use crate::protocol::{Command, Event, JobState, Told};

mod benchmark;
mod desk;
mod insight;
mod jobs;
mod look;
mod shelf;
mod subject;

use desk::Desk;
use jobs::{AttackJob, CheckJob, ClassifierJob, EvaluationJob, Job, LoadJob, PurifierJob, RocJob, StickerJob};
use subject::Asked;

/// One user's work.
pub struct Session {
    desk: Desk,
    running: Option<Running>,
}

/// The job that was begun and has not ended.
struct Running {
    /// The number of the command that began it.
    id: u32,
    job: Box<dyn Job>,
    paused: bool,
    /// Where it stood when [`Command::Step`] came, until it stands elsewhere: what lies between two steps, such as a validation, is no step.
    stepping_from: Option<usize>,
}

impl Running {
    /// Where it stands while it has not ended.
    fn event(&self) -> Event {
        self.job.event(if self.paused { JobState::Paused } else { JobState::Running })
    }
}

impl Session {
    /// Starts a device and, on the GPU, compares it with the CPU.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device cannot be started or does not answer.
    pub async fn start(compute: Compute) -> Result<Self> {
        Ok(Self { desk: Desk::new(compute).await?, running: None })
    }

    /// The first events: what runs where, the models, and where images come from.
    pub fn ready(&self) -> Vec<Told> {
        told(None, vec![self.desk.ready(), self.desk.shelf(), self.desk.data()])
    }

    /// Whether a job runs, is not paused and does not wait for others: then [`Self::step`] has something to do.
    pub fn busy(&self) -> bool {
        let goes = |running: &Running| !running.paused || running.stepping_from.is_some();
        self.running.as_ref().is_some_and(|running| goes(running) && !running.job.waits())
    }

    /// Carries out a command. `id` is its number: events of the job that it begins carry it, as long as that lasts. What cannot be done
    /// becomes an [`Event::Error`]; the session goes on.
    pub async fn handle(&mut self, id: u32, command: Command) -> Vec<Told> {
        self.carry_out(id, command).await.unwrap_or_else(|error| told(None, vec![error.into()]))
    }

    /// Takes one small step of the running job.
    pub async fn step(&mut self) -> Vec<Told> {
        if self.busy() { self.advance().await } else { vec![] }
    }

    /// Starts to read a data set from archives or folders; [`Event::Data`] tells when it is there. `id` as in [`Self::handle`].
    ///
    /// # Errors
    /// [`Error::Busy`] beside another job; as [`loader::Loader::new`].
    pub fn load(&mut self, id: u32, origins: Vec<Box<dyn Files>>, options: loader::Options) -> Result<Vec<Told>> {
        self.refuse_if_at_work()?;
        let job = LoadJob::start(origins, options)?;
        Ok(self.begin(id, Box::new(job)))
    }

    async fn carry_out(&mut self, id: u32, command: Command) -> Result<Vec<Told>> {
        if !fits_beside_a_job(&command) {
            self.refuse_if_at_work()?;
        }
        let desk = &mut self.desk;
        let events = match command {
            Command::Sign { class, seed } => desk.sign(class, seed).await?,
            Command::Gallery { count, seed } => desk.gallery(count, seed)?,
            Command::Unload => desk.take_up(Source::generated()).await?,
            Command::Photo { bytes } => desk.photo(&bytes)?,
            Command::Crop { square } => desk.crop(square).await?,
            Command::NewModel { name, architecture, seed } => desk.new_model(&name, &architecture, seed).await?,
            Command::SelectModel { name } => {
                desk.shelf.select(&name)?;
                desk.shelf_changed().await?
            }
            Command::CopyModel { name } => desk.copy_model(name).await?,
            Command::RemoveModel { name } => {
                desk.shelf.remove(&name)?;
                desk.shelf_changed().await?
            }
            Command::ExportModel { name, purifier } => vec![desk.shelf.export(&name, purifier).await?],
            Command::ImportModel { name, bytes, architecture } => {
                desk.shelf.import(&name, &bytes, architecture.as_deref(), &desk.started.device)?;
                desk.shelf_changed().await?
            }
            Command::Read { rgba, epsilon, purified } => desk.read(&rgba, epsilon, purified).await?,
            Command::Gradients => desk.gradients().await?,
            Command::Slice { seed } => desk.slice(seed).await?,
            Command::Benchmark { work, batch, repeats } => {
                in_range("benchmark.batch", batch, 1..=1024)?;
                in_range("benchmark.repeats", repeats, 1..=10_000)?;
                desk.benchmark(work, batch, repeats).await?
            }
            Command::Train { config } => {
                let job = ClassifierJob::start(desk, config)?;
                return Ok(self.begin(id, Box::new(job)));
            }
            Command::TrainPurifier { config } => {
                let job = PurifierJob::start(desk, config)?;
                return Ok(self.begin(id, Box::new(job)));
            }
            Command::Continue { checkpoint } => {
                let job = jobs::resume(desk, &checkpoint)?;
                let events = desk.shelf_changed().await?;
                let mut all = self.begin(id, job);
                all.extend(told(Some(id), events));
                return Ok(all);
            }
            Command::Attack { attack, goal, defense, knowledge, made_on } => {
                let job = AttackJob::start(desk, Asked { attack, goal, defense, knowledge, made_on }).await?;
                return Ok(self.begin(id, Box::new(job)));
            }
            Command::Evaluate { config, share } => {
                let job = EvaluationJob::start(desk, config, share).await?;
                return Ok(self.begin(id, Box::new(job)));
            }
            Command::Check { config } => {
                let job = CheckJob::start(desk, config).await?;
                return Ok(self.begin(id, Box::new(job)));
            }
            Command::Roc { config } => {
                let job = RocJob::start(desk, config)?;
                return Ok(self.begin(id, Box::new(job)));
            }
            Command::Sticker { config } => {
                let job = StickerJob::start(desk, config).await?;
                return Ok(self.begin(id, Box::new(job)));
            }
            Command::Pause => return Ok(self.set_paused(true)),
            Command::Resume => return Ok(self.set_paused(false)),
            Command::Step => return self.one_step().await,
            Command::Cancel => return Ok(self.cancel().await),
            Command::Part { part } => return self.take(part).await,
            Command::Checkpoint => return self.checkpoint().await,
        };
        Ok(told(None, events))
    }

    fn refuse_if_at_work(&self) -> Result<()> {
        if self.running.is_some() { Err(Error::Busy) } else { Ok(()) }
    }

    fn begin(&mut self, id: u32, job: Box<dyn Job>) -> Vec<Told> {
        let running = Running { id, job, paused: false, stepping_from: None };
        let events = vec![running.event()];
        self.running = Some(running);
        told(Some(id), events)
    }

    fn set_paused(&mut self, paused: bool) -> Vec<Told> {
        let Some(running) = &mut self.running else { return vec![] };
        (running.paused, running.stepping_from) = (paused, None);
        told(Some(running.id), vec![running.event()])
    }

    async fn one_step(&mut self) -> Result<Vec<Told>> {
        let running = self.running.as_mut().ok_or(StateError::NothingRuns)?;
        if running.paused {
            running.stepping_from = Some(running.job.position().0);
        }
        Ok(self.advance().await)
    }

    async fn cancel(&mut self) -> Vec<Told> {
        let Some(running) = self.running.take() else { return vec![] };
        self.end(running, JobState::Cancelled).await
    }

    /// The running training as a file.
    async fn checkpoint(&mut self) -> Result<Vec<Told>> {
        let running = self.running.as_mut().ok_or(StateError::NoTraining)?;
        Ok(told(Some(running.id), running.job.checkpoint().await?))
    }

    /// Takes over what another engine found; reports if it was the last that was missing.
    async fn take(&mut self, part: Part) -> Result<Vec<Told>> {
        let running = self.running.as_mut().ok_or(StateError::NoEvaluation)?;
        let found = running.job.take(part)?;
        // A part that was under way when the user paused does not set the job running again.
        let mut events = vec![running.event()];
        events.extend(found);
        let mut all = told(Some(running.id), events);
        if let Some(running) = self.running.take_if(|running| running.job.finished()) {
            all.extend(self.end(running, JobState::Finished).await);
        }
        Ok(all)
    }

    /// One step of the job, paused or not.
    async fn advance(&mut self) -> Vec<Told> {
        let Some(mut running) = self.running.take() else { return vec![] };
        let id = running.id;
        match running.job.step(&mut self.desk).await {
            Ok(events) if running.job.finished() => {
                let mut all = told(Some(id), events);
                all.extend(self.end(running, JobState::Finished).await);
                all
            }
            Ok(mut events) => {
                running.stepping_from.take_if(|from| running.job.position().0 > *from);
                if running.paused && running.stepping_from.is_none() {
                    events.push(running.event());
                }
                self.running = Some(running);
                told(Some(id), events)
            }
            Err(error) => {
                let mut events = vec![error.into(), running.job.event(JobState::Failed)];
                // What was reached before the error stays; if even that cannot be looked at, the error has been told.
                events.extend(running.job.conclude(&mut self.desk).await.unwrap_or_default());
                told(Some(id), events)
            }
        }
    }

    /// The job is over: how, and what it has reached. One whose results cannot be taken over has failed.
    async fn end(&mut self, Running { id, job, .. }: Running, state: JobState) -> Vec<Told> {
        let (ended, failed) = (job.event(state), job.event(JobState::Failed));
        let events = match job.conclude(&mut self.desk).await {
            Ok(results) => std::iter::once(ended).chain(results).collect(),
            Err(error) => vec![error.into(), failed],
        };
        told(Some(id), events)
    }
}

/// Whether a command may come while a job runs: it is about the job, or changes nothing that a job works on.
fn fits_beside_a_job(command: &Command) -> bool {
    matches!(
        command,
        Command::Sign { .. }
            | Command::Gallery { .. }
            | Command::Photo { .. }
            | Command::Crop { .. }
            | Command::ExportModel { .. }
            | Command::Read { .. }
            | Command::Gradients
            | Command::Pause
            | Command::Resume
            | Command::Step
            | Command::Cancel
            | Command::Part { .. }
            | Command::Checkpoint
    )
}

fn told(job: Option<u32>, events: Vec<Event>) -> Vec<Told> {
    events.into_iter().map(|event| Told { job, event }).collect()
}
