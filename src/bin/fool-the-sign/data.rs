//! `data`: labelled images to a file.

use std::path::PathBuf;

use clap::Args;
use fool_the_sign::data::batch;
use fool_the_sign::data::split::Split;
use fool_the_sign::data::tensors::Tensors;
use fool_the_sign::data::{SIDE, batch::Sample};
use fool_the_sign::error::{counted, in_range};

use crate::error::Result;
use crate::files::{self, DataSet};
use crate::options::word;

/// Draws signs, or reads a data set, and writes images as `images` (F32, N×3×32×32, in [0, 1]) and `labels` (I64, N).
#[derive(Args)]
pub struct Data {
    /// train, validation or test.
    #[arg(long, default_value = "validation")]
    split: String,
    /// Number of images, from the first of the split.
    #[arg(long, default_value_t = 43)]
    n: usize,
    /// Seed of drawn images.
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    set: DataSet,
}

impl Data {
    pub fn run(&self) -> Result<()> {
        in_range("n", self.n, 1..=1_000_000)?;
        let split: Split = word("The split", &self.split, "train, validation or test")?;
        let source = self.set.open()?;
        let taken = source.take(split, self.n)?;
        taken.note.iter().for_each(|note| eprintln!("{note}"));
        let n = taken.n;
        let signs: Vec<Sample> = source.batch(self.seed, split, 0..n as u64);
        let pixels: Vec<f32> = signs.iter().flat_map(|sign| &sign.pixels).copied().collect();
        let file = Tensors::default()
            .floats("images", &[n, 3, SIDE, SIDE], &pixels)
            .integers("labels", &batch::labels(&signs));
        files::write(&self.out, file.write())?;
        println!("{} of {} written to {}", counted(n, "image"), source.name(), self.out.display());
        Ok(())
    }
}
