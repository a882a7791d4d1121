//! A session as a front end uses it: jobs that run, pause, step and end; and what happens when it is asked for too much.
#![cfg(not(target_family = "wasm"))]

use fool_the_sign::attack::sticker::Sticker;
use fool_the_sign::attack::{Attack, CarliniWagner, Fgsm, Goal, Pgd};
use fool_the_sign::data::crop::Square;
use fool_the_sign::data::source::Mix;
use fool_the_sign::data::split::Split;
use fool_the_sign::defense::{BitDepth, Defense, Knowledge};
use fool_the_sign::device::Compute;
use fool_the_sign::eval::evaluation::{Case, EvaluationConfig, Share};
use fool_the_sign::eval::roc::{Roc, RocConfig};
use fool_the_sign::eval::sticker::{StickerConfig, StickerRecord};
use fool_the_sign::protocol::{Command, Event, JobKind, JobState, OutcomeReport, StickerReport, Told, Work};
use fool_the_sign::session::Session;
use fool_the_sign::train::classifier::TrainConfig;
use fool_the_sign::train::purifier::PurifierConfig;
use fool_the_sign::train::recipe::{Fast, PgdTraining, Recipe, Trades};
use fool_the_sign::train::trainer::Schedule;
use pollster::block_on;

/// A session, and the number of the last command.
struct User(Session, u32);

impl User {
    fn new() -> Self {
        Self(block_on(Session::start(Compute::Cpu)).expect("a CPU"), 0)
    }

    /// What comes of a command, with the jobs that it belongs to.
    fn tell(&mut self, command: Command) -> Vec<Told> {
        self.1 += 1;
        block_on(self.0.handle(self.1, command))
    }

    fn ask(&mut self, command: Command) -> Vec<Event> {
        events(self.tell(command))
    }

    fn step(&mut self) -> Vec<Event> {
        events(block_on(self.0.step()))
    }

    /// Steps until nothing is left to do.
    fn finish(&mut self) -> Vec<Event> {
        let mut events = vec![];
        while self.0.busy() {
            events.extend(self.step());
        }
        events
    }

    fn work(&mut self, command: Command) -> Vec<Event> {
        let mut events = self.ask(command);
        events.extend(self.finish());
        events
    }

    /// The kind of the error that a command is answered by.
    fn kind(&mut self, command: Command) -> String {
        match self.ask(command).as_slice() {
            [Event::Error(error)] => {
                assert!(error.message.ends_with('.'), "{error}");
                format!("{:?}", error.what.kind()).to_lowercase()
            }
            other => panic!("expected one error, got {other:?}"),
        }
    }
}

fn events(told: Vec<Told>) -> Vec<Event> {
    told.into_iter().map(|told| told.event).collect()
}

fn training(epochs: usize) -> TrainConfig {
    let schedule =
        Schedule { epochs, batch_size: 32, images_per_epoch: 1600, validation_images: 129, mix: Mix::default() };
    TrainConfig { schedule, ..TrainConfig::default() }
}

fn purifying() -> PurifierConfig {
    let schedule =
        Schedule { epochs: 1, batch_size: 16, images_per_epoch: 480, validation_images: 43, mix: Mix::default() };
    PurifierConfig { schedule, width: 8, ..PurifierConfig::default() }
}

fn quick_cw() -> CarliniWagner {
    CarliniWagner { searches: 3, steps: 60, ..CarliniWagner::default() }
}

/// An attack on the bare classifier.
fn attack(attack: Attack, goal: Goal) -> Command {
    Command::Attack { attack, goal, defense: Defense::default(), knowledge: Knowledge::Adaptive, made_on: None }
}

fn cases(cases: Vec<Case>) -> EvaluationConfig {
    EvaluationConfig { split: Split::Validation, n: 33, seed: 1, cases }
}

fn fresh() -> Command {
    Command::NewModel { name: "lenet".into(), architecture: "lenet".into(), seed: 1 }
}

fn states(events: &[Event]) -> Vec<JobState> {
    events.iter().filter_map(|event| if let Event::Job { state, .. } = event { Some(*state) } else { None }).collect()
}

fn accuracies(events: &[Event]) -> Vec<f64> {
    let value =
        |event: &Event| if let Event::Validation { report, .. } = event { Some(report.accuracy.value) } else { None };
    events.iter().filter_map(value).collect()
}

fn outcome(events: &[Event]) -> &OutcomeReport {
    let found =
        events.iter().rev().find_map(|event| if let Event::Outcome(report) = event { Some(report) } else { None });
    found.unwrap_or_else(|| panic!("no outcome in {events:?}"))
}

/// The whole loop, as the page runs it: train, pick, attack both ways, train a purifier, fill the table.
#[test]
fn the_loop_runs() {
    let mut user = User::new();
    let events = user.work(Command::Train { config: training(2) });
    let learned = accuracies(&events);
    assert!(learned[0] < 0.15, "untrained: {learned:?}");
    assert!(learned[learned.len() - 1] > 0.55, "{learned:?}");
    assert_eq!(states(&events).last(), Some(&JobState::Finished));

    // A sign that the network knows.
    let known = (0..60).find(|&seed| {
        let events = user.ask(Command::Sign { class: 14, seed });
        matches!(events.as_slice(),
            [Event::Subject { seen, label: Some(14), purified: None, .. }] if seen.top[0].class == 14)
    });
    assert!(known.is_some(), "60 stop signs, none recognised");

    let fgsm = Attack::Fgsm(Fgsm { epsilon: 16.0 / 255.0 });
    let events = user.work(attack(fgsm, Goal::Untargeted));
    let report = outcome(&events);
    assert_eq!((report.label, report.success), (14, report.adversarial.top[0].class != 14));
    assert!(report.linf <= 16.0 / 255.0 + 1e-6 && report.linf > 15.0 / 255.0);
    assert_eq!(report.perturbation.len(), 3 * 32 * 32);
    // ε = 16/255 is on the grid of 8 bits, so rounding changes nothing.
    assert_eq!(report.adversarial.top[0].class, report.adversarial_8bit.top[0].class);

    let goal = Goal::Targeted { class: 1 };
    let events = user.work(attack(Attack::Cw(quick_cw()), goal));
    let report = outcome(&events);
    assert!(report.success && report.adversarial.top[0].class == 1, "{report:?}");
    assert!(report.l2 > 0.0 && report.l0 > 0 && report.purified_original.is_none());

    let events = user.work(Command::TrainPurifier { config: purifying() });
    // The attacked image is shown purified without a new attack.
    let report = outcome(&events);
    assert!(report.purified_original.is_some() && report.purified_adversarial.is_some());
    assert!(matches!(
        events.iter().rev().find(|e| matches!(e, Event::Subject { .. })),
        Some(Event::Subject { purified: Some(_), .. })
    ));

    let none = |attack| Case::attacked("lenet", Defense::default(), Knowledge::Adaptive, attack);
    let purified =
        |knowledge, attack| Case::attacked("lenet", Defense::Purifier(Default::default()), knowledge, attack);
    let (fgsm, cw) = (Attack::Fgsm(Fgsm::default()), Attack::Cw(quick_cw()));
    let config = cases(vec![
        Case::clean("lenet", Defense::default()),
        none(fgsm.clone()),
        none(cw.clone()),
        Case::clean("lenet", Defense::Purifier(Default::default())),
        purified(Knowledge::Oblivious, fgsm.clone()),
        purified(Knowledge::Adaptive, fgsm.clone()),
        purified(Knowledge::Bpda, fgsm),
        purified(Knowledge::Oblivious, cw),
    ]);
    let events = user.work(Command::Evaluate { config, share: Share::default() });
    let report =
        events.iter().rev().find_map(|e| if let Event::Report { report, .. } = e { Some(report) } else { None });
    let report = report.expect("a report");
    for case in &report.cases {
        let accuracy = case.accuracy;
        assert_eq!(accuracy.n, 33);
        assert!(accuracy.low <= accuracy.value && accuracy.value <= accuracy.high);
    }
    let [clean, fgsm, cw] = [0, 1, 2].map(|i| report.cases[i].accuracy.value);
    assert!(cw <= 0.04 && cw <= fgsm && fgsm < clean, "clean {clean}, FGSM {fgsm}, C&W {cw}");
    assert!(report.cases[2].success.value > 0.9 && report.cases[2].l2_quartiles.is_some());
    assert!(matches!(events.last(), Some(Event::Report { .. })));
    assert!(events.iter().any(|event| matches!(event, Event::Measured { .. })));

    let config = RocConfig {
        attack: Attack::Fgsm(Fgsm { epsilon: 16.0 / 255.0 }),
        knowledge: Knowledge::Oblivious,
        n: 40,
        seed: 1,
        false_positive_rate: 0.1,
    };
    let events = user.work(Command::Roc { config });
    let Some(Event::Rocs { curves, .. }) = events.last() else { panic!("{events:?}") };
    assert_eq!(curves.len(), 4);
    assert!(curves.iter().all(|curve| (0.0..=1.0).contains(&curve.area)));
    let ends = |curve: &Roc| [curve.points[0], curve.points[curve.points.len() - 1]];
    assert!(curves.iter().all(|curve| ends(curve) == [(0.0, 0.0), (1.0, 1.0)] && curve.false_positives < 0.4));
}

/// Models lie on the shelf by name; a file brings one back with the same answers.
#[test]
fn the_shelf_keeps_models() {
    let mut user = User::new();
    user.ask(Command::Sign { class: 14, seed: 0 });
    user.work(Command::Train { config: training(1) });
    let events = user.ask(Command::CopyModel { name: "copy".into() });
    let [Event::Shelf { selected, models }, Event::Subject { seen: first, .. }] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert_eq!((selected.as_str(), models.len(), models[1].recipe), ("copy", 2, Some(Recipe::default())));
    let events = user.ask(Command::ExportModel { name: "copy".into(), purifier: false });
    let [Event::File { name, bytes, sha256 }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((name.as_str(), sha256.len()), ("copy.safetensors", 64));
    let import =
        |name: &str, bytes: &[u8]| Command::ImportModel { name: name.into(), bytes: bytes.into(), architecture: None };
    let events = user.ask(import("<b>again</b>", bytes));
    let [Event::Shelf { models, .. }, Event::Subject { seen, .. }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((models.len(), seen), (3, first));
    assert_eq!(user.kind(import("broken", &bytes[..bytes.len() / 2])), "weights");
    assert_eq!(user.kind(Command::SelectModel { name: "nobody".into() }), "parameter");
    assert_eq!(user.kind(Command::ExportModel { name: "copy".into(), purifier: true }), "state");
    assert_eq!(user.kind(Command::NewModel { name: " ".into(), architecture: "lenet".into(), seed: 1 }), "parameter");
    assert_eq!(user.kind(Command::NewModel { name: "x".into(), architecture: "vgg".into(), seed: 1 }), "parameter");
    for name in ["lenet", "copy"] {
        user.ask(Command::RemoveModel { name: name.into() });
    }
    assert_eq!(user.kind(Command::RemoveModel { name: "<b>again</b>".into() }), "state", "the last one stays");
}

/// Two engines that share an evaluation find what one finds.
#[test]
fn shared_work_gives_the_same_records() {
    let pgd = Attack::Pgd(Pgd { steps: 3, ..Pgd::default() });
    let config = cases(vec![
        Case::clean("lenet", Defense::default()),
        Case::attacked("lenet", Defense::default(), Knowledge::Adaptive, pgd),
    ]);
    let text = |events: &[Event]| {
        events.iter().find_map(|e| if let Event::Report { records, .. } = e { Some(records.clone()) } else { None })
    };
    let mut alone = User::new();
    let expected = text(&alone.work(Command::Evaluate { config: config.clone(), share: Share::default() }));
    assert!(expected.is_some());

    let [mut first, mut second] = [User::new(), User::new()];
    let share = |index| Share { index, of: 2 };
    let mut events = first.work(Command::Evaluate { config: config.clone(), share: share(0) });
    assert_eq!(text(&events), None, "it waits for the other's parts");
    assert_eq!(user_code_while_waiting(&mut first), "busy");
    for event in second.work(Command::Evaluate { config, share: share(1) }) {
        if let Event::Part { part } = event {
            events.extend(first.ask(Command::Part { part }));
        }
    }
    assert_eq!(text(&events), expected);
}

fn user_code_while_waiting(user: &mut User) -> String {
    assert!(!user.0.busy());
    user.kind(Command::Train { config: training(1) })
}

/// An attack through a defence, on another model's examples, and what is refused about both.
#[test]
fn an_attack_knows_the_defence_or_does_not() {
    let mut user = User::new();
    user.ask(Command::Sign { class: 14, seed: 5 });
    user.ask(Command::NewModel { name: "other".into(), architecture: "convnet".into(), seed: 2 });
    user.ask(Command::SelectModel { name: "lenet".into() });
    let attack = |defense, knowledge, made_on: Option<&str>| Command::Attack {
        attack: Attack::Pgd(Pgd { steps: 3, ..Pgd::default() }),
        goal: Goal::Untargeted,
        defense,
        knowledge,
        made_on: made_on.map(String::from),
    };
    for knowledge in [Knowledge::Oblivious, Knowledge::Adaptive, Knowledge::Bpda] {
        let events = user.work(attack(Defense::BitDepth(BitDepth { bits: 3 }), knowledge, None));
        let defended = outcome(&events).defended.as_ref().expect("there is a defence");
        let levels = |byte: &u8| (0..8).any(|level| i32::from(*byte) == (level * 255 + 3) / 7);
        assert!(defended.adversarial.picture.rgba.chunks_exact(4).all(|rgba| rgba[..3].iter().all(levels)));
        assert!(events.iter().filter(|event| matches!(event, Event::Attacking { .. })).count() >= 3);
    }
    let events = user.work(attack(Defense::default(), Knowledge::Oblivious, Some("other")));
    assert_eq!(outcome(&events).made_on.as_deref(), Some("other"));
    assert_eq!(user.kind(attack(Defense::Purifier(Default::default()), Knowledge::Adaptive, None)), "state");
    assert_eq!(user.kind(attack(Defense::BitDepth(BitDepth { bits: 9 }), Knowledge::Adaptive, None)), "parameter");
    assert_eq!(user.kind(attack(Defense::default(), Knowledge::None, None)), "parameter");
    assert_eq!(user.kind(attack(Defense::default(), Knowledge::Oblivious, Some("nobody"))), "parameter");
}

#[test]
fn the_same_seed_gives_the_same_run_to_the_bit() {
    let run = || {
        let mut user = User::new();
        let mut events = user.work(Command::Train { config: training(1) });
        events.extend(user.ask(Command::Sign { class: 3, seed: 2 }));
        events.extend(user.work(attack(Attack::Cw(quick_cw()), Goal::Untargeted)));
        events.extend(user.work(Command::TrainPurifier { config: purifying() }));
        serde_json::to_string(&events).unwrap()
    };
    assert_eq!(run(), run());
}

#[test]
fn pausing_and_stepping_change_nothing_but_the_time() {
    // Four steps an epoch: stepping crosses the ends of two, where it is validated between two steps.
    let mut config = training(3);
    config.schedule.images_per_epoch = 4 * config.schedule.batch_size;
    let mut straight = User::new();
    let expected = straight.work(Command::Train { config });

    let mut halting = User::new();
    let mut events = halting.ask(Command::Train { config });
    events.extend(halting.step());
    let paused = halting.ask(Command::Pause);
    let [Event::Job { state: JobState::Paused, done: mut at, .. }] = paused[..] else { panic!("{paused:?}") };
    assert!(!halting.0.busy());
    assert!(halting.step().is_empty(), "a paused job takes no step by itself");
    for _ in 0..9 {
        let mut step = halting.ask(Command::Step);
        while halting.0.busy() {
            step.extend(halting.step());
        }
        at += 1;
        let last = step.iter().rfind(|event| matches!(event, Event::Job { .. })).expect("it halts again");
        assert!(matches!(last, Event::Job { state: JobState::Paused, done, .. } if *done == at), "{last:?}");
        events.extend(step);
    }
    assert_eq!(states(&halting.ask(Command::Resume)), [JobState::Running]);
    events.extend(halting.finish());
    assert_eq!(accuracies(&events), accuracies(&expected));
}

#[test]
fn training_goes_on_from_where_it_was() {
    let mut user = User::new();
    let first = accuracies(&user.work(Command::Train { config: training(1) }));
    let second = accuracies(&user.work(Command::Train { config: training(1) }));
    assert_eq!(second[0], first[first.len() - 1], "the second run starts with the weights of the first");
    user.ask(fresh());
    let again = accuracies(&user.work(Command::Train { config: training(1) }));
    assert_eq!(again, first);
}

#[test]
fn a_cancelled_job_leaves_what_it_reached() {
    let mut user = User::new();
    user.ask(Command::Sign { class: 14, seed: 0 });
    user.ask(Command::Train { config: training(2) });
    for _ in 0..40 {
        user.step();
    }
    let events = user.ask(Command::Cancel);
    assert_eq!(states(&events), [JobState::Cancelled]);
    assert!(!user.0.busy());
    let Some(Event::Subject { seen, .. }) = events.last() else { panic!("{events:?}") };
    assert!(seen.top[0].probability > 0.03, "the weights of 40 steps are in use: {:?}", seen.top);

    user.ask(attack(Attack::Cw(quick_cw()), Goal::Untargeted));
    user.step();
    let events = user.ask(Command::Cancel);
    outcome(&events);
    assert!(user.ask(Command::Cancel).is_empty(), "nothing to cancel is not an error");
}

#[test]
fn one_job_at_a_time() {
    let mut user = User::new();
    user.ask(Command::Sign { class: 14, seed: 0 });
    user.ask(Command::Train { config: training(1) });
    assert_eq!(user.kind(Command::Train { config: training(1) }), "busy");
    assert_eq!(user.kind(Command::TrainPurifier { config: purifying() }), "busy");
    let clean = cases(vec![Case::clean("lenet", Defense::default())]);
    assert_eq!(user.kind(Command::Evaluate { config: clean, share: Share::default() }), "busy");
    assert_eq!(user.kind(fresh()), "busy");
    assert_eq!(user.kind(attack(Attack::Fgsm(Fgsm::default()), Goal::Untargeted)), "busy");
    // Looking is allowed meanwhile.
    assert!(matches!(user.ask(Command::Sign { class: 2, seed: 0 }).as_slice(), [Event::Subject { .. }]));
    assert!(user.0.busy());
}

#[test]
fn too_much_is_refused_in_a_sentence() {
    let mut user = User::new();
    let attack = |with| attack(with, Goal::Untargeted);
    assert_eq!(user.kind(attack(Attack::Fgsm(Fgsm::default()))), "state", "no image yet");
    assert_eq!(user.kind(Command::Crop { square: Square { x: 0.0, y: 0.0, size: 9.0 } }), "state");
    assert_eq!(user.kind(Command::Step), "state");
    assert_eq!(user.kind(Command::Photo { bytes: vec![1, 2, 3] }), "image");
    assert_eq!(user.kind(Command::Sign { class: 43, seed: 0 }), "parameter");
    assert_eq!(user.kind(Command::Gallery { count: 1_000_000, seed: 0 }), "parameter");
    assert_eq!(
        user.kind(Command::Benchmark { work: Work::Generate { harsh: false }, batch: 0, repeats: 1 }),
        "parameter"
    );

    user.ask(Command::Sign { class: 14, seed: 0 });
    for epsilon in [-0.1, 1.5, f32::NAN, f32::INFINITY] {
        assert_eq!(user.kind(attack(Attack::Fgsm(Fgsm { epsilon }))), "parameter", "ε = {epsilon}");
    }
    let cw = CarliniWagner::default;
    for bad in [
        CarliniWagner { kappa: -1.0, ..cw() },
        CarliniWagner { kappa: f32::NAN, ..cw() },
        CarliniWagner { searches: 0, ..cw() },
        CarliniWagner { steps: 0, ..cw() },
        CarliniWagner { steps: 1_000_000, ..cw() },
        CarliniWagner { learning_rate: 0.0, ..cw() },
        CarliniWagner { initial_c: f32::INFINITY, ..cw() },
    ] {
        assert_eq!(user.kind(attack(Attack::Cw(bad.clone()))), "parameter", "{bad:?}");
    }
    for class in [14, 43, 999] {
        let goal = Goal::Targeted { class };
        let fgsm = Attack::Fgsm(Fgsm::default());
        assert_eq!(user.kind(self::attack(fgsm, goal)), "parameter", "{class}");
    }

    let schedule = training(1).schedule;
    for bad in [
        TrainConfig { learning_rate: f64::NAN, ..training(1) },
        TrainConfig { learning_rate: -1.0, ..training(1) },
        TrainConfig { schedule: Schedule { epochs: 0, ..schedule }, ..training(1) },
        TrainConfig { schedule: Schedule { batch_size: 0, ..schedule }, ..training(1) },
        TrainConfig { schedule: Schedule { batch_size: 1024, images_per_epoch: 1000, ..schedule }, ..training(1) },
        TrainConfig { schedule: Schedule { validation_images: 0, ..schedule }, ..training(1) },
    ] {
        assert_eq!(user.kind(Command::Train { config: bad }), "parameter", "{bad:?}");
    }
    for bad in [
        PurifierConfig { width: 1000, ..purifying() },
        PurifierConfig { noise: f32::NAN, ..purifying() },
        PurifierConfig { epsilon: -0.1, ..purifying() },
        PurifierConfig { guide: f32::INFINITY, ..purifying() },
    ] {
        assert_eq!(user.kind(Command::TrainPurifier { config: bad }), "parameter", "{bad:?}");
    }
    let clean = || vec![Case::clean("lenet", Defense::default())];
    let targeted = Case {
        goal: Goal::Targeted { class: 1 },
        ..Case::attacked("lenet", Defense::default(), Knowledge::Adaptive, Attack::Deepfool(Default::default()))
    };
    for bad in [
        EvaluationConfig { n: 0, ..cases(clean()) },
        cases(vec![]),
        cases(vec![Case::clean("nobody", Defense::default())]),
        cases(vec![targeted]),
    ] {
        assert_eq!(user.kind(Command::Evaluate { config: bad, share: Share::default() }), "parameter");
    }
    let purified = cases(vec![Case::clean("lenet", Defense::Purifier(Default::default()))]);
    assert_eq!(user.kind(Command::Evaluate { config: purified, share: Share::default() }), "state");
    let (config, share) = (cases(clean()), Share { index: 2, of: 2 });
    assert_eq!(user.kind(Command::Evaluate { config, share }), "parameter");
    for recipe in [
        Recipe::Pgd(PgdTraining { epsilon: 8.0 / 255.0, steps: 0 }),
        Recipe::Fast(Fast { epsilon: f32::NAN }),
        Recipe::Trades(Trades { epsilon: 0.03, steps: 10, beta: -1.0 }),
    ] {
        assert_eq!(user.kind(Command::Train { config: TrainConfig { recipe, ..training(1) } }), "parameter");
    }
    assert!(!user.0.busy(), "nothing was started");
}

/// A learning rate that blows the weights up ends in a sentence and with weights that are numbers.
#[test]
fn a_diverging_training_stops_at_the_last_good_state() {
    let mut user = User::new();
    user.ask(Command::Sign { class: 14, seed: 0 });
    user.work(Command::TrainPurifier {
        config: PurifierConfig { learning_rate: 1.0, full_skip: true, guide: 100.0, ..purifying() },
    });
    let config = TrainConfig { learning_rate: 1.0, ..training(2) };
    let events = user.work(Command::Train { config });
    let ended = *states(&events).last().unwrap();
    assert!(matches!(ended, JobState::Failed | JobState::Finished), "{ended:?}");
    let Some(Event::Subject { seen, .. }) = events.iter().rev().find(|e| matches!(e, Event::Subject { .. })) else {
        panic!("no subject")
    };
    assert!(seen.top.iter().all(|score| score.probability.is_finite()), "{:?}", seen.top);
}

/// A photo has no label: the attack starts from the classifier's own answer.
#[test]
fn a_photo_is_cropped_and_attacked() {
    let mut user = User::new();
    let path = "tests/fixtures/good/stop.jpg";
    let events = user.ask(Command::Photo { bytes: std::fs::read(path).unwrap() });
    let [Event::Photo { width: 96, height: 80, square, .. }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((square.x, square.y, square.size), (8.0, 0.0, 80.0));
    let events = user.ask(Command::Crop { square: *square });
    let [Event::Subject { seen, label: None, .. }] = events.as_slice() else { panic!("{events:?}") };
    let answer = seen.top[0].class;
    let fgsm = Attack::Fgsm(Fgsm { epsilon: 8.0 / 255.0 });
    let events = user.work(attack(fgsm, Goal::Untargeted));
    assert_eq!(outcome(&events).label, answer);
}

/// The slice goes through the original and the attacked image, and the gradient is of the class that is answered.
#[test]
fn a_slice_and_gradients_show_what_the_classifier_answers() {
    let mut user = User::new();
    user.ask(Command::Sign { class: 14, seed: 0 });
    assert_eq!(user.kind(Command::Slice { seed: 1 }), "state", "there is no attack yet");
    let events = user.ask(Command::Gradients);
    let [Event::Gradients { attacked: None, .. }] = events.as_slice() else { panic!("{events:?}") };
    let events = user.work(attack(Attack::Cw(quick_cw()), Goal::Untargeted));
    let outcome = outcome(&events).clone();

    let events = user.ask(Command::Gradients);
    let [Event::Gradients { original, attacked: Some(attacked) }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((original.class, attacked.class), (outcome.original.top[0].class, outcome.adversarial.top[0].class));
    assert_eq!(original.values.len(), 32 * 32);
    assert!(original.values.iter().all(|value| *value >= 0.0) && original.values.iter().any(|value| *value > 0.0));

    let events = user.ask(Command::Slice { seed: 1 });
    let [Event::Slice(slice)] = events.as_slice() else { panic!("{events:?}") };
    let side = slice.side;
    assert_eq!((slice.classes.len(), slice.probabilities.len()), (side * side, side * side));
    // The points nearest to the original (0, 0) and to the attacked image (1, 0).
    let column =
        |x: f32| ((x - slice.along[0]) / (slice.along[1] - slice.along[0]) * (side - 1) as f32).round() as usize;
    let middle = side / 2 * side;
    let near = |column: usize, class: usize| (column - 1..=column + 1).any(|at| slice.classes[middle + at] == class);
    assert!(near(column(0.0), outcome.original.top[0].class) && near(column(1.0), outcome.adversarial.top[0].class));
    assert_eq!(user.ask(Command::Slice { seed: 1 }).len(), 1, "it can be asked again");
}

#[test]
fn benchmarks_do_the_work_they_name() {
    let mut user = User::new();
    let attack = Attack::Fgsm(Fgsm::default());
    let [gradient, step] = [false, true].map(|training| Work::Purifier { training });
    let plain = [Work::Generate { harsh: true }, Work::InputGradient, Work::TrainingStep, Work::Attack { attack }];
    for work in plain.into_iter().chain([gradient, step]) {
        let events = user.ask(Command::Benchmark { work, batch: 8, repeats: 3 });
        assert!(matches!(events.as_slice(), [Event::Benchmarked { images: 24, .. }]), "{events:?}");
    }
}

/// Every event of a job carries the number of the command that began it, whichever command brought it about; others carry none.
#[test]
fn events_carry_the_number_of_their_job() {
    let mut user = User::new();
    let numbers = |told: &[Told]| told.iter().map(|told| told.job).collect::<Vec<_>>();
    assert!(numbers(&user.0.ready()).iter().all(Option::is_none));
    assert_eq!(numbers(&user.tell(Command::Sign { class: 14, seed: 0 })), [None]);
    let mut all = user.tell(Command::Train { config: training(1) });
    let training = user.1;
    // Beside it: a picture is no part of it, and what is refused neither.
    assert_eq!(numbers(&user.tell(Command::Sign { class: 14, seed: 1 })), [None]);
    assert_eq!(numbers(&user.tell(fresh())), [None]);
    for command in [Command::Pause, Command::Step, Command::Checkpoint, Command::Resume] {
        all.extend(user.tell(command));
    }
    while user.0.busy() {
        all.extend(block_on(user.0.step()));
    }
    assert!(all.iter().all(|told| told.job == Some(training)), "{:?}", numbers(&all));
    for kind in ["Job", "Training", "Validation", "Subject", "Shelf", "Checkpoint"] {
        assert!(all.iter().any(|told| format!("{:?}", told.event).starts_with(kind)), "no {kind}");
    }
    // An error of the job, and its end by another command.
    let config = EvaluationConfig { n: 40, ..cases(vec![Case::clean("lenet", Defense::default())]) };
    assert_eq!(numbers(&user.tell(Command::Evaluate { config, share: Share::default() })), [Some(user.1)]);
    let evaluation = user.1;
    assert_eq!(numbers(&user.tell(Command::Checkpoint)), [None], "it cannot be kept");
    assert_eq!(numbers(&user.tell(Command::Cancel)), [Some(evaluation)]);
    assert!(user.tell(Command::Cancel).is_empty());
    assert_eq!(user.kind(Command::Checkpoint), "state");
}

fn checkpoint(events: &[Event]) -> (JobKind, &str, [usize; 2], &[u8]) {
    let [Event::Checkpoint { kind, model, step, steps, bytes }] = events else { panic!("{events:?}") };
    (*kind, model, [*step, *steps], bytes)
}

fn weights(user: &mut User, name: &str, purifier: bool) -> Vec<u8> {
    match user.ask(Command::ExportModel { name: name.into(), purifier }).as_slice() {
        [Event::File { bytes, .. }] => bytes.clone(),
        other => panic!("{other:?}"),
    }
}

/// Whatever the engine dies of: from the file alone, another one ends with the same weights, and measures the same.
#[test]
fn a_training_goes_on_in_another_session() {
    let short = Schedule { epochs: 2, images_per_epoch: 320, ..training(1).schedule };
    let train = Command::Train {
        config: TrainConfig { schedule: short, recipe: Recipe::Fast(Fast { epsilon: 0.03 }), ..training(1) },
    };
    let purify = Command::TrainPurifier {
        config: PurifierConfig { schedule: Schedule { images_per_epoch: 96, ..purifying().schedule }, ..purifying() },
    };
    for (command, purifier, kind) in [(train, false, JobKind::Train), (purify, true, JobKind::TrainPurifier)] {
        let mut whole = User::new();
        whole.ask(Command::CopyModel { name: "mine".into() });
        whole.ask(command);
        for _ in 0..4 {
            whole.step();
        }
        let kept = whole.ask(Command::Checkpoint);
        let (what, model, [step, steps], bytes) = checkpoint(&kept);
        assert_eq!((what, model), (kind, "mine"));
        assert!(step > 0 && step < steps, "{step} of {steps}");
        let expected = whole.finish();

        let mut next = User::new();
        next.ask(Command::Sign { class: 14, seed: 0 });
        let begun = next.ask(Command::Continue { checkpoint: bytes.to_vec() });
        assert!(
            matches!(&begun[0], Event::Job { kind: now, state: JobState::Running, done, .. } if (*now, *done) == (kind, step))
        );
        assert!(matches!(&begun[1], Event::Shelf { selected, .. } if selected == "mine"), "{begun:?}");
        assert_eq!(next.kind(Command::Continue { checkpoint: bytes.to_vec() }), "busy");
        let events = next.finish();
        assert_eq!(accuracies(&events), accuracies(&expected));
        assert_eq!(states(&events), [JobState::Finished]);
        assert!(weights(&mut next, "mine", purifier) == weights(&mut whole, "mine", purifier), "{kind:?}");
        for cut in [0, 7, 8, 100, bytes.len() / 2, bytes.len() - 1] {
            assert_eq!(next.kind(Command::Continue { checkpoint: bytes[..cut].to_vec() }), "weights", "cut at {cut}");
        }
    }
}

fn sticker(by_hand: bool, painted: Option<Vec<u8>>, goal: Goal) -> Command {
    let sticker = Sticker { steps: 6, views: 4, ..Sticker::default() };
    Command::Sticker { config: StickerConfig { sticker, sign: 14, goal, painted, by_hand, fresh: 70 } }
}

fn report(events: &[Event]) -> &StickerReport {
    let stuck =
        events.iter().rev().find_map(|event| if let Event::Stuck(report) = event { Some(report) } else { None });
    stuck.unwrap_or_else(|| panic!("no sticker in {events:?}"))
}

/// A sticker is shown on its way, judged on every model that knows the signs, and ends in records; one that is given up keeps what it has.
#[test]
fn a_sticker_is_made_shown_and_judged_on_every_model() {
    let mut user = User::new();
    user.ask(Command::CopyModel { name: "second".into() });
    let events = user.work(sticker(false, None, Goal::Untargeted));
    assert_eq!(states(&events).last(), Some(&JobState::Finished));
    let shown: Vec<_> = events.iter().filter(|event| matches!(event, Event::Sticking { .. })).collect();
    assert_eq!(shown.len(), 6);
    let made = report(&events);
    assert_eq!((made.model.as_str(), made.steps, made.views.len()), ("second", 6, 9));
    assert_eq!(made.results.iter().map(|result| result.model.as_str()).collect::<Vec<_>>(), ["second", "lenet"]);
    assert!(made.results.iter().all(|result| result.figures.clean.n == 70), "{made:?}");
    let records: Vec<StickerRecord> = serde_json::from_str(&made.records).expect("records");
    assert_eq!(records.iter().map(|record| record.model.as_str()).collect::<Vec<_>>(), ["second", "lenet"]);
    assert!(
        records.iter().all(|record| record.made_on.as_deref() == Some("second") && record.weights_sha256.len() == 64)
    );

    // What was made is judged alike if it is painted: only the rounding to bytes is between the two.
    let layer = made.sticker.rgba.clone();
    let by_hand = user.work(sticker(true, Some(layer.clone()), Goal::Untargeted));
    let painted = report(&by_hand);
    assert_eq!((painted.steps, &painted.sticker.rgba), (0, &layer));
    assert!((painted.share - made.share).abs() < 1e-9);
    assert!(serde_json::from_str::<Vec<StickerRecord>>(&painted.records).expect("records")[0].made_on.is_none());

    user.ask(sticker(false, None, Goal::Targeted { class: 5 }));
    user.step();
    let given_up = user.ask(Command::Cancel);
    assert_eq!(states(&given_up), [JobState::Cancelled]);
    let (kept, records) = (report(&given_up), &report(&given_up).records);
    assert_eq!((kept.steps, kept.results.len(), records.as_str()), (1, 0, "[]"));

    for (bad, kind) in [
        (sticker(false, None, Goal::Targeted { class: 14 }), "parameter"),
        (sticker(true, Some(vec![0; 5]), Goal::Untargeted), "parameter"),
        (sticker(true, Some(vec![0; 4 * 64 * 64]), Goal::Untargeted), "parameter"),
    ] {
        assert_eq!(user.kind(bad), kind);
    }
}

/// A drawn sign says how it hangs there; a photo does not.
#[test]
fn a_drawn_sign_says_how_it_hangs() {
    let mut user = User::new();
    let events = user.ask(Command::Sign { class: 14, seed: 5 });
    let [Event::Subject { scene: Some(scene), .. }] = events.as_slice() else { panic!("{events:?}") };
    // The middle of the picture is about the middle of the drawing.
    let at = |row: usize| scene.view[3 * row] * 16.0 + scene.view[3 * row + 1] * 16.0 + scene.view[3 * row + 2];
    assert!((at(0) / at(2) - 32.0).abs() < 6.0 && (at(1) / at(2) - 32.0).abs() < 6.0, "{scene:?}");
    assert!(scene.light.iter().all(|light| *light > 0.0) && scene.shade > 0.0);
}

/// What a camera sees is read without going on stage, as it is, attacked and purified.
#[test]
fn a_camera_is_read_beside_the_stage() {
    let mut user = User::new();
    user.ask(Command::Sign { class: 14, seed: 5 });
    let [Event::Subject { seen: stage, .. }] = &user.ask(Command::Sign { class: 2, seed: 1 })[..] else { panic!() };
    let rgba = stage.picture.rgba.clone();
    let read = |epsilon, purified| Command::Read { rgba: rgba.clone(), epsilon, purified };
    let [Event::Read { seen, attacked: None, purified: None }] = &user.ask(read(None, true))[..] else {
        panic!("no purifier")
    };
    assert_eq!(seen, stage, "the same picture, the same answer");
    let epsilon = 16.0 / 255.0;
    let [Event::Read { seen, attacked: Some(attacked), .. }] = &user.ask(read(Some(epsilon), false))[..] else {
        panic!()
    };
    assert!(attacked.top[0].class != seen.top[0].class || attacked.top[0].probability < seen.top[0].probability);
    let moved = attacked.picture.rgba.iter().zip(&seen.picture.rgba).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(moved.is_some_and(|moved| (1..=17).contains(&moved)), "{moved:?}");
    for (bad, kind) in [
        (Command::Read { rgba: vec![0; 7], epsilon: None, purified: false }, "parameter"),
        (read(Some(f32::NAN), false), "parameter"),
    ] {
        assert_eq!(user.kind(bad), kind);
    }
}
