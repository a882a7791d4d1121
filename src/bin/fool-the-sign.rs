//! The command line: the same session as in the page, on the CPU, with events printed as they come.

use clap::{Args, Parser, Subcommand};
use fool_the_sign::attack::{CarliniWagner, Fgsm};
use fool_the_sign::device::Compute;
use fool_the_sign::eval::table::{Column, Defence, Table, TableConfig};
use fool_the_sign::protocol::{Command, Event};
use fool_the_sign::session::Session;
use fool_the_sign::train::classifier::TrainConfig;
use fool_the_sign::train::purifier::PurifierConfig;
use fool_the_sign::train::trainer::Schedule;

/// Train a traffic-sign classifier on drawn signs, fool it, defend it.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Train LeNet and its purifier, attack both, and print the table of accuracies: the page's whole loop.
    Loop(LoopArgs),
}

#[derive(Args)]
struct LoopArgs {
    /// Epochs of the classifier.
    #[arg(long, default_value_t = TrainConfig::default().schedule.epochs)]
    epochs: usize,
    /// Images in an epoch of the classifier.
    #[arg(long, default_value_t = TrainConfig::default().schedule.images_per_epoch)]
    images: usize,
    /// Images in an optimiser step of the classifier.
    #[arg(long, default_value_t = TrainConfig::default().schedule.batch_size)]
    batch: usize,
    /// Learning rate of Adam for the classifier.
    #[arg(long, default_value_t = TrainConfig::default().learning_rate)]
    learning_rate: f64,
    /// Epochs of the purifier.
    #[arg(long, default_value_t = PurifierConfig::default().schedule.epochs)]
    purifier_epochs: usize,
    /// Images in an epoch of the purifier.
    #[arg(long, default_value_t = PurifierConfig::default().schedule.images_per_epoch)]
    purifier_images: usize,
    /// Learning rate of Adam for the purifier.
    #[arg(long, default_value_t = PurifierConfig::default().learning_rate)]
    purifier_learning_rate: f64,
    /// λ, the weight of the logit guidance.
    #[arg(long, default_value_t = PurifierConfig::default().guide)]
    guide: f32,
    /// Let the purifier hand its input through at full resolution, and see it fail.
    #[arg(long)]
    full_skip: bool,
    /// ε of FGSM in the table, in 255ths.
    #[arg(long, default_value_t = 8.0)]
    epsilon: f32,
    /// Images in the table.
    #[arg(long, default_value_t = 43)]
    n: usize,
    /// Seed of everything.
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

fn main() {
    let Cli { task: Task::Loop(args) } = Cli::parse();
    if let Err(message) = pollster::block_on(run(&args)) {
        eprintln!("fool-the-sign: {message}");
        std::process::exit(1);
    }
}

async fn run(args: &LoopArgs) -> Result<(), String> {
    let mut session = Session::start(Compute::Cpu).await.map_err(|error| error.to_string())?;
    let seed = args.seed;
    let defaults = TrainConfig::default().schedule;
    let schedule = Schedule { epochs: args.epochs, batch_size: args.batch, images_per_epoch: args.images, ..defaults };
    let config = TrainConfig { schedule, learning_rate: args.learning_rate, seed };
    work(&mut session, Command::Train { config }).await?;

    let defaults = PurifierConfig::default();
    let schedule =
        Schedule { epochs: args.purifier_epochs, images_per_epoch: args.purifier_images, ..defaults.schedule };
    let config = PurifierConfig {
        schedule,
        learning_rate: args.purifier_learning_rate,
        guide: args.guide,
        full_skip: args.full_skip,
        seed,
        ..defaults
    };
    work(&mut session, Command::TrainPurifier { config }).await?;

    let fgsm = Fgsm { epsilon: args.epsilon / 255.0 };
    let config = TableConfig { n: args.n, seed, fgsm, cw: CarliniWagner::default() };
    work(&mut session, Command::Table { config }).await
}

/// Hands in a command and steps until its job is done.
async fn work(session: &mut Session, command: Command) -> Result<(), String> {
    show(session.handle(command).await)?;
    let mut last = None;
    while session.busy() {
        let mut events = session.step().await;
        // A table is sent anew with every cell; the last one is printed.
        events.retain(|event| match event {
            Event::Table { table } => {
                last = Some(table.clone());
                false
            }
            _ => true,
        });
        show(events)?;
    }
    if let Some(table) = last {
        print_table(&table);
    }
    Ok(())
}

fn show(events: Vec<Event>) -> Result<(), String> {
    for event in events {
        match event {
            Event::Training { report, .. } if report.step % 32 == 0 || report.step == report.steps => {
                let accuracy =
                    report.accuracy.map(|share| format!(", accuracy {:.1} %", 100.0 * share)).unwrap_or_default();
                println!("step {:5} of {}: loss {:.4}{accuracy}", report.step, report.steps, report.loss);
            }
            Event::Validation { report, .. } => {
                let percent = |label: &str, p: fool_the_sign::eval::metrics::Proportion| {
                    format!(
                        "{label} {:.1} % ({:.1}–{:.1}, n = {})",
                        100.0 * p.value,
                        100.0 * p.low,
                        100.0 * p.high,
                        p.n
                    )
                };
                let mut line = format!("epoch {:.1}: validation loss {:.4}, ", report.epoch, report.loss);
                match (report.attacked, report.purified_clean) {
                    (Some(attacked), Some(clean)) => {
                        line += &percent("attacked", attacked);
                        line += &percent(", purified", report.accuracy);
                        line += &percent(", purified clean", clean);
                    }
                    _ => line += &percent("accuracy", report.accuracy),
                }
                println!("{line}");
            }
            Event::Error { message, .. } => return Err(message),
            _ => {}
        }
    }
    Ok(())
}

fn print_table(table: &Table) {
    println!(
        "\n{} generated validation images, seed {}; attacks on the bare classifier (oblivious):",
        table.config.n, table.config.seed
    );
    println!("{:?}\n{:?}\n", table.config.fgsm, table.config.cw);
    for row in &table.rows {
        let name = match row.defence {
            Defence::None => "no defence",
            Defence::Purified => "purified",
        };
        print!("{name:12}");
        for cell in &row.cells {
            let attack = match cell.attack {
                Column::None => "clean",
                Column::Fgsm => "FGSM",
                Column::Cw => "C&W",
            };
            if let Some(p) = cell.accuracy {
                print!("  {attack} {:5.1} % ({:.1}–{:.1})", 100.0 * p.value, 100.0 * p.low, 100.0 * p.high);
            }
        }
        println!();
    }
}
