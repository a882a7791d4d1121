//! `model-info`: a network's figures as RobustBench keeps them.

use std::path::PathBuf;

use clap::Args;
use fool_the_sign::eval::model_info::{Missing, ModelInfo as File, Publication};
use fool_the_sign::eval::record::Record;

use crate::error::{Error, Result};
use crate::files;
use crate::options;

/// Writes a network's clean accuracy and what AutoAttack leaves of it as a RobustBench model_info file.
///
/// The figures come from records; what they do not contain is given as options, or left empty.
#[derive(Args)]
pub struct ModelInfo {
    /// Records, as `evaluate --out` writes them.
    #[arg(long)]
    records: PathBuf,
    /// The model, as the records call it.
    #[arg(long)]
    model: String,
    /// ε of AutoAttack.
    #[arg(long, default_value = "8/255", value_parser = options::number)]
    epsilon: f32,
    /// Address of the paper.
    #[arg(long, default_value = "")]
    link: String,
    /// Title of the paper.
    #[arg(long, default_value = "")]
    title: String,
    /// Its authors, with commas between them.
    #[arg(long, default_value = "")]
    authors: String,
    /// Where it was published.
    #[arg(long, default_value = "")]
    venue: String,
    /// The network was trained on more than the data set's images, drawn signs for example.
    #[arg(long)]
    additional_data: bool,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
}

impl ModelInfo {
    pub fn run(&self) -> Result<()> {
        let records = Record::parse(&String::from_utf8_lossy(&files::read(&self.records)?))?;
        let Self { link, title, authors, venue, .. } = self;
        let paper = Publication {
            link: link.clone(),
            title: title.clone(),
            authors: authors.clone(),
            venue: venue.clone(),
            additional_data: self.additional_data,
        };
        let info = File::of(&records, &self.model, self.epsilon, paper).map_err(|missing| Error::NotMeasured {
            model: self.model.clone(),
            what: match missing {
                Missing::Clean => "on clean images, of the same file and data as AutoAttack".into(),
                Missing::AutoAttack => {
                    format!(
                        "under autoattack at ε = {}/255 in its standard version",
                        (255e3 * self.epsilon).round() / 1e3
                    )
                }
            },
        })?;
        files::write(&self.out, serde_json::to_string_pretty(&info).expect("plain data") + "\n")
    }
}
