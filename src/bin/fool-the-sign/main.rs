//! The command line: the library's parts natively, for files and for others' tools.

mod attack;
mod bench;
mod data;
mod error;
mod evaluate;
mod figure;
mod files;
mod model_info;
mod options;
mod sticker;
mod train;

use clap::{Parser, Subcommand};

use error::Result;

/// Train traffic-sign classifiers, fool them, defend them, and measure the results.
///
/// Images and weights are safetensors files: `images` is F32 of shape N×3×H×W in [0, 1], `labels` is I64 of shape N; for
/// weights see docs/weights.md. Numbers may be written as fractions: --epsilon 8/255.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Train a classifier (standard or adversarial), or a purifier for one.
    Train(train::Train),
    /// Attack images, with every parameter of every attack.
    Attack(attack::Attack),
    /// Compute a sticker that fools a network from every side.
    Sticker(sticker::Sticker),
    /// Send images through a purifier or another defence.
    Purify(attack::Purify),
    /// Measure accuracies and write them as records, repeat a record, or run the sanity checks.
    Evaluate(evaluate::Evaluate),
    /// Draw accuracy over ε from records.
    Figure(figure::Figure),
    /// Write a network's figures as a RobustBench model_info file.
    ModelInfo(model_info::ModelInfo),
    /// Write weights as 16-bit floats: half the size.
    Halve(train::Halve),
    /// Write a classifier's logits.
    Logits(attack::Logits),
    /// Measure speed on this machine.
    Bench(bench::Bench),
    /// Write labelled images to a file.
    Data(data::Data),
    /// List the attacks, defences and recipes with every parameter.
    Methods(options::Methods),
}

fn main() {
    let Cli { task } = Cli::parse();
    if let Err(error) = pollster::block_on(run(&task)) {
        eprintln!("fool-the-sign: {error}");
        std::process::exit(1);
    }
}

async fn run(task: &Task) -> Result<()> {
    match task {
        Task::Train(task) => task.run().await,
        Task::Attack(task) => task.run().await,
        Task::Sticker(task) => task.run().await,
        Task::Purify(task) => task.run().await,
        Task::Evaluate(task) => task.run().await,
        Task::Figure(task) => task.run(),
        Task::Halve(task) => task.run(),
        Task::ModelInfo(task) => task.run(),
        Task::Logits(task) => task.run().await,
        Task::Bench(task) => task.run().await,
        Task::Data(task) => task.run(),
        Task::Methods(task) => {
            task.run();
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use clap::error::ErrorKind;

    use super::*;

    /// What a document calls this program with: whole lines of a shell, and names in a sentence, which leave out what goes without saying.
    fn calls(document: &str) -> (Vec<String>, Vec<String>) {
        let text = std::fs::read_to_string(document).unwrap_or_else(|error| panic!("{document}: {error}"));
        let (mut within, mut lines) = (false, vec![]);
        for line in text.replace("\\\n", " ").lines() {
            within = if line.starts_with("```") { !within && line.starts_with("```sh") } else { within };
            if within && line.starts_with("fool-the-sign ") {
                lines.push(line.split(" #").next().unwrap_or_default().to_owned());
            }
        }
        let named = text.split("`fool-the-sign ").skip(1).filter_map(|rest| rest.split_once('`'));
        (lines, named.map(|(call, _)| format!("fool-the-sign {call}")).collect())
    }

    /// What the documents tell people to type is understood: the commands, their options, and the values of those that have a type.
    #[test]
    fn the_lines_of_the_documents_are_understood() {
        let parse = |call: &str| Cli::command().try_get_matches_from(call.split_whitespace());
        let mut read = 0;
        for document in [
            "README.md",
            "docs/results.md",
            "docs/command-line.md",
            "docs/weights.md",
            "docs/contributing.md",
            "docs/architecture.md",
            "docs/hosting.md",
            "data/weights/README.md",
        ] {
            let (lines, named) = calls(document);
            read += lines.len() + named.len();
            for call in lines {
                parse(&call).unwrap_or_else(|error| panic!("{document}: {call}\n{error}"));
            }
            for call in named {
                let known =
                    parse(&call).map_or_else(|error| error.kind() == ErrorKind::MissingRequiredArgument, |_| true);
                assert!(known, "{document}: {call}");
            }
        }
        assert!(read > 15, "{read} calls");
    }
}
