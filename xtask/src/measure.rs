//! The figures of the networks that come with the page, on GTSRB's test photos: into `data/results`, and from there into the
//! README, the cards and the page.

use std::path::PathBuf;
use std::time::Instant;

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
const SUBJECTS: [Subject; 11] = [
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
        weights: "--weights lenet-at=@/lenet-at.safetensors --weights lenet=@/lenet.safetensors --made-on lenet",
        figures: &[
            OBLIVIOUS_FGSM,
            ("2000", "--attack pgd --knowledge oblivious"),
            ("200", "--attack cw --knowledge oblivious"),
            CHECKED,
        ],
    },
    Subject {
        name: "lenet-doa",
        weights: "--weights lenet-doa=@/lenet-doa.safetensors",
        figures: &[FGSM, ("2000", PGD), ("200", "--attack cw")],
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
        weights: "--weights signnet-at=@/signnet-at.safetensors --weights lenet=@/lenet.safetensors --made-on lenet",
        figures: &[CHECKED],
    },
    Subject {
        name: "combined",
        weights: "--weights combined=@/combined.safetensors",
        figures: &[FGSM, ("500", PGD), ("2000", PGD_8), ("100", "--attack cw")],
    },
    Subject {
        name: "combined",
        weights: "--weights combined=@/combined.safetensors --weights lenet=@/lenet.safetensors --made-on lenet",
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

const STICKERS: &str = "data/results/stickers.json";
/// Networks that a sticker is made on, and shown to.
const STUCK: [&str; 6] = ["lenet", "lenet-at", "lenet-doa", "signnet", "signnet-at", "combined"];
/// A stop sign that reads as anything else, and as speed limit 80 as in the paper.
const STICKER: [&str; 2] = ["--share 0.125 --steps 300", "--share 0.25 --steps 300 --target 5"];

/// Images that say how long AutoAttack takes.
const PILOT: usize = 4;

/// What is asked for: networks by name, and on how many images AutoAttack is run, where it is.
fn asked<'a>(words: &[&'a str]) -> Result<(Vec<&'a str>, Option<usize>)> {
    let Some(at) = words.iter().position(|word| *word == "--autoattack") else { return Ok((words.to_vec(), None)) };
    let n = words.get(at + 1).and_then(|word| word.parse::<usize>().ok()).filter(|n| *n > 0);
    let n = n.ok_or("--autoattack wants a number of images, 1000 say")?;
    Ok(([&words[..at], &words[at + 2..]].concat(), Some(n)))
}

/// What AutoAttack is run for: on the network by itself, where PGD is run on it by an attacker who knows everything, and among its checks.
fn under_autoattack(weights: &str, figures: &[(&str, &str)], n: usize) -> Vec<(String, String)> {
    let knows = |figure: &str| figure.starts_with("--attack pgd") && !figure.contains("oblivious");
    let own = alone(weights) == weights && figures.iter().any(|(_, figure)| knows(figure));
    let checks = figures.iter().filter(|(_, figure)| *figure == CHECKED.1);
    let checks = checks.map(|(n, figure)| ((*n).to_owned(), format!("{figure} --autoattack")));
    own.then(|| (n.to_string(), "--attack autoattack".to_owned())).into_iter().chain(checks).collect()
}

/// The network without the one that it is compared with.
fn alone(weights: &str) -> &str {
    weights.split(" --made-on").next().unwrap_or(weights)
}

/// Seconds in words.
fn duration(seconds: f64) -> String {
    match seconds {
        0.0..120.0 => format!("{seconds:.0} s"),
        120.0..7200.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.1} h", seconds / 3600.0),
    }
}

/// Measures the named networks, or all of them and the `stickers`, and writes what is made from the records. Hours on one core for all.
/// `--autoattack N` measures AutoAttack on N images instead, by itself and among the checks, and says beforehand how long it may take: the longer, the more
/// images hold, as each attack of it is run on what the ones before could not fool.
pub fn measure(words: &[&str]) -> Result<()> {
    let (names, autoattack) = asked(words)?;
    let known = |name: &str| name == "stickers" || SUBJECTS.iter().any(|subject| subject.name == name);
    if let Some(name) = names.iter().find(|name| !known(name)) {
        return Err(format!("no network called {name} comes with the page"));
    }
    // Drawn signs need none.
    let archives = if names == ["stickers"] { vec![] } else { archives()? };
    run(&mut cargo(&["build", "--release", "--features", "cli", "--bin", "fool-the-sign"]))?;
    if names.is_empty() || names.contains(&"stickers") {
        stickers()?;
    }
    let evaluate = |weights: &str, n: &str, figure: &str| {
        let mut command = program(target().join("release/fool-the-sign"));
        command.arg("evaluate").arg("--data").args(&archives);
        command.args(weights.replace('@', "data/weights").split_whitespace());
        command.args(["--split", "test", "--n", n]).args(figure.split_whitespace());
        command
    };
    for Subject { name, weights, figures } in
        SUBJECTS.iter().filter(|subject| names.is_empty() || names.contains(&subject.name))
    {
        let figures = match autoattack {
            None => figures.iter().map(|(n, figure)| ((*n).to_owned(), (*figure).to_owned())).collect(),
            Some(n) => {
                let figures = under_autoattack(weights, figures, n);
                let images: usize = figures.iter().filter_map(|(n, _)| n.parse::<usize>().ok()).sum();
                if images > 0 {
                    say(&format!("{name}: AutoAttack on {PILOT} images, to see how long it takes"));
                    let began = Instant::now();
                    run(&mut evaluate(alone(weights), &PILOT.to_string(), "--attack autoattack"))?;
                    let each = began.elapsed().as_secs_f64() / PILOT as f64;
                    say(&format!("{name}: on {images} images it may take {}", duration(each * images as f64)));
                }
                figures
            }
        };
        for (n, figure) in &figures {
            say(&format!("{name}: n = {n} {figure}"));
            let mut command = evaluate(weights, n, figure);
            run(match figure.starts_with("--checks") {
                true => command.args(["--checks-out", CHECKS]),
                false => command.args(["--add", "--out", RECORDS]),
            })?;
        }
    }
    run(cargo(&["test", "--features", "cli", "--test", "readme", "--test", "cards"]).env("BLESS", "1"))
}

/// Stickers on the drawn stop sign, made on each network and shown to all of them.
fn stickers() -> Result<()> {
    for name in STUCK {
        for settings in STICKER {
            say(&format!("Sticker on {name}: {settings}"));
            let mut command = program(target().join("release/fool-the-sign"));
            let weights = |name: &str| format!("data/weights/{name}.safetensors");
            command.args(["sticker", "--weights", &weights(name), "--fresh", "400", "--record", STICKERS]);
            command.args(settings.split_whitespace());
            for other in STUCK.into_iter().filter(|other| *other != name) {
                command.args(["--also", &weights(other)]);
            }
            run(&mut command)?;
        }
    }
    Ok(())
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
    fn autoattack_is_asked_for_with_a_number_of_images() {
        assert_eq!(asked(&["lenet", "signnet"]), Ok((vec!["lenet", "signnet"], None)));
        assert_eq!(asked(&["lenet", "--autoattack", "1000", "signnet"]), Ok((vec!["lenet", "signnet"], Some(1000))));
        assert_eq!(asked(&["--autoattack", "3"]), Ok((vec![], Some(3))));
        for wrong in [&["--autoattack"][..], &["--autoattack", "lenet"], &["--autoattack", "0"]] {
            assert!(asked(wrong).is_err(), "{wrong:?}");
        }
        let figures = |name: &str| -> Vec<(String, String)> {
            let subjects = SUBJECTS.iter().filter(|subject| subject.name == name);
            subjects.flat_map(|subject| under_autoattack(subject.weights, subject.figures, 1000)).collect()
        };
        let both =
            [("1000", "--attack autoattack"), ("64", "--checks --autoattack")].map(|(n, f)| (n.into(), f.into()));
        for name in ["lenet-at", "signnet-at", "combined", "purifier"] {
            assert_eq!(figures(name), both, "{name}");
        }
        assert_eq!(figures("signnet"), both[..1]);
        assert_eq!(figures("purifier-notebook"), [], "days");
        assert_eq!([90.0, 1800.0, 36_000.0].map(duration), ["90 s", "30 min", "10.0 h"]);
    }

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
