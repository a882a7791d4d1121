//! The figures of the networks that come with the page, on GTSRB's test photos: into `data/results`, and from there into the
//! README, the cards and the page.

use std::path::PathBuf;

use crate::shell::{Result, cargo, gtsrb, program, run, say, target};

const RECORDS: &str = "data/results/gtsrb.json";
const CHECKS: &str = "data/results/checks.json";
const ARCHIVES: [&str; 3] =
    ["GTSRB_Final_Training_Images.zip", "GTSRB_Final_Test_Images.zip", "GTSRB_Final_Test_GT.zip"];

/// A network as the attacker meets it, and what it is measured under.
struct Subject {
    name: &'static str,
    /// How the command line is told of it; `@` is the folder of the networks.
    weights: &'static str,
    /// What follows: n, then the attack and its settings.
    figures: &'static [(&'static str, &'static str)],
}

/// ε of the curves, in 255ths; FGSM also at the notebook's 0.53.
const FGSM: (&str, &str) = ("12630", "--attack fgsm --curve 1,2,4,8,16,32,135.15");
const OBLIVIOUS_FGSM: (&str, &str) = ("12630", "--attack fgsm --knowledge oblivious");
const CHECKED: (&str, &str) = ("64", "--checks");
const CHECKED_OBLIVIOUS: (&str, &str) = ("64", "--checks --knowledge oblivious");
const PGD: &str = "--attack pgd --curve 1,2,4,8,16,32";
const PGD_8: &str = "--attack pgd --curve 8";

/// n is smaller where an attack takes longer.
const SUBJECTS: [Subject; 10] = [
    Subject {
        name: "lenet",
        weights: "--weights lenet=@/lenet.safetensors",
        figures: &[
            FGSM,
            ("2000", PGD),
            ("12630", "--attack pgd --epsilon 16/255"),
            ("500", "--attack apgd --epsilon 16/255"),
            ("200", "--attack cw"),
        ],
    },
    Subject {
        name: "lenet-at",
        weights: "--weights lenet-at=@/lenet-at.safetensors",
        figures: &[FGSM, ("2000", PGD), ("200", "--attack cw"), ("200", "--attack ensemble")],
    },
    Subject {
        name: "lenet-at",
        weights: "--weights lenet-at=@/lenet-at.safetensors --weights lenet=@/lenet.safetensors --source lenet",
        figures: &[
            OBLIVIOUS_FGSM,
            ("2000", "--attack pgd --knowledge oblivious"),
            ("200", "--attack cw --knowledge oblivious"),
            CHECKED,
        ],
    },
    Subject {
        name: "signnet",
        weights: "--weights signnet=@/signnet.safetensors",
        figures: &[FGSM, ("500", PGD), ("100", "--attack cw")],
    },
    Subject {
        name: "signnet-at",
        weights: "--weights signnet-at=@/signnet-at.safetensors",
        figures: &[FGSM, ("500", PGD), ("1000", PGD_8), ("100", "--attack cw"), ("100", "--attack ensemble")],
    },
    Subject {
        name: "signnet-at",
        weights: "--weights signnet-at=@/signnet-at.safetensors --weights lenet=@/lenet.safetensors --source lenet",
        figures: &[CHECKED],
    },
    Subject {
        name: "combined",
        weights: "--weights combined=@/combined.safetensors",
        figures: &[FGSM, ("500", PGD), ("2000", PGD_8), ("100", "--attack cw")],
    },
    Subject {
        name: "combined",
        weights: "--weights combined=@/combined.safetensors --weights lenet=@/lenet.safetensors --source lenet",
        figures: &[
            OBLIVIOUS_FGSM,
            ("2000", "--attack pgd --knowledge oblivious"),
            ("100", "--attack cw --knowledge oblivious"),
            CHECKED,
        ],
    },
    Subject {
        name: "purifier",
        weights: "--weights lenet=@/lenet.safetensors --purifier @/purifier.safetensors --defense purifier",
        figures: &[
            OBLIVIOUS_FGSM,
            ("2000", "--attack pgd --knowledge oblivious"),
            ("200", "--attack cw --knowledge oblivious"),
            ("12630", "--attack fgsm"),
            ("1000", "--attack pgd"),
            ("100", "--attack cw"),
            CHECKED_OBLIVIOUS,
            CHECKED,
        ],
    },
    Subject {
        name: "purifier-notebook",
        weights: "--weights lenet+purifier-notebook=@/lenet.safetensors --purifier @/purifier-notebook.safetensors \
                  --defense purifier",
        figures: &[
            OBLIVIOUS_FGSM,
            ("500", "--attack pgd --knowledge oblivious"),
            ("100", "--attack cw --knowledge oblivious"),
            CHECKED_OBLIVIOUS,
        ],
    },
];

/// Measures the named networks, or all of them, and writes what is made from the records. Hours on one core for all.
pub fn measure(names: &[&str]) -> Result<()> {
    let unknown = names.iter().find(|name| SUBJECTS.iter().all(|subject| subject.name != **name));
    if let Some(name) = unknown {
        return Err(format!("no network called {name} comes with the page"));
    }
    let archives = archives()?;
    run(&mut cargo(&["build", "--release", "--features", "cli", "--bin", "fool-the-sign"]))?;
    for Subject { name, weights, figures } in
        SUBJECTS.iter().filter(|subject| names.is_empty() || names.contains(&subject.name))
    {
        for (n, figure) in *figures {
            say(&format!("{name}: n = {n} {figure}"));
            let mut command = program(target().join("release/fool-the-sign"));
            command.arg("evaluate").arg("--data").args(&archives);
            command.args(weights.replace('@', "data/weights").split_whitespace());
            command.args(["--split", "test", "--n", n]).args(figure.split_whitespace());
            run(match figure.starts_with("--checks") {
                true => command.args(["--checks-out", CHECKS]),
                false => command.args(["--add", "--out", RECORDS]),
            })?;
        }
    }
    run(cargo(&["test", "--features", "cli", "--test", "readme", "--test", "cards"]).env("BLESS", "1"))
}

/// GTSRB as its authors hand it out.
fn archives() -> Result<Vec<PathBuf>> {
    let folder = gtsrb();
    let missing = |name| format!("{name} is not in {}; set GTSRB_DIR to the folder that has it", folder.display());
    let found = |name: &str| Some(folder.join(name)).filter(|path| path.exists());
    ARCHIVES.iter().map(|name| found(name).ok_or_else(|| missing(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::root;

    #[test]
    fn every_network_that_comes_with_the_page_is_measured() {
        for entry in std::fs::read_dir(root().join("data/weights")).expect("networks") {
            let file = entry.expect("an entry").file_name().into_string().expect("a plain name");
            let Some(name) = file.strip_suffix(".safetensors") else { continue };
            let subjects = SUBJECTS.iter().filter(|subject| subject.name == name);
            assert!(subjects.clone().count() > 0, "{name} is not measured");
            assert!(subjects.clone().all(|subject| subject.weights.contains(&format!("@/{file}"))), "{name}");
        }
    }
}
