//! `sticker`: a sticker on a drawn sign, and what it does on views that it was not made on.

use std::io::Cursor;
use std::path::PathBuf;

use clap::Args;
use fool_the_sign::attack::sticker::{Sticker as Config, StickerRun};
use fool_the_sign::data::classes;
use fool_the_sign::data::source::Source;
use fool_the_sign::data::synth::{Synth, TILE};
use fool_the_sign::eval::engagement::Engagement;
use fool_the_sign::eval::sticker::{Judging, StickerConfig, StickerFigures, StickerRecord, judge};
use fool_the_sign::metrics::Proportion;
use image::{ImageFormat, Rgba, RgbaImage};

use crate::error::{Error, Result};
use crate::files::{self, OneModel, Where};
use crate::options::{self, Defended, Parameters, Stickers};

/// How many pixels of the picture a place of the drawing becomes.
const ENLARGED: u32 = 8;

/// Computes a sticker for a drawn sign, and judges it on new views of the sign: with it, with random colours in its place, and without.
#[derive(Args)]
pub struct Sticker {
    #[command(flatten)]
    model: OneModel,
    /// Class of the sign that the sticker is put on; 14 is the stop sign.
    #[arg(long, default_value_t = 14)]
    sign: usize,
    /// Target class; any wrong one without it.
    #[arg(long)]
    target: Option<usize>,
    /// New views to judge it on.
    #[arg(long, default_value_t = 400)]
    fresh: usize,
    /// Weights of other networks to show it to: transfer.
    #[arg(long)]
    also: Vec<PathBuf>,
    /// Picture of the sign with the sticker to write, as PNG.
    #[arg(long)]
    out: Option<PathBuf>,
    /// File to write the records to, as JSON: every parameter and figure, of the network without a defence and of the others. Those already in
    /// the file stay, except those of the same case.
    #[arg(long)]
    record: Option<PathBuf>,
    #[command(flatten)]
    parameters: Parameters<Stickers>,
    #[command(flatten)]
    defended: Defended,
    #[command(flatten)]
    place: Where,
}

impl Sticker {
    pub async fn run(&self) -> Result<()> {
        let (config, _): (Config, _) = self.parameters.fit("sticker", &Config::default())?;
        let (goal, label) = (options::goal(self.target), self.sign);
        if label >= classes::COUNT {
            return Err(Error::argument("The sign", format!("from 0 to {}", classes::COUNT - 1), label));
        }
        if !(1..=100_000).contains(&self.fresh) {
            return Err(Error::argument("The number of fresh views", "from 1 to 100000", self.fresh));
        }
        let (compute, device) = self.place.start().await?;
        let contender = self.model.load(&device).await?;
        let (defense, source) = (self.defended.defense()?, Source::generated());
        source.fits(contender.architecture.classes().count())?;
        let mut also = vec![];
        for path in &self.also {
            let name = files::name_of(path);
            also.push(files::load(&name, path, None, None, &device).await?);
        }
        let attacker = (&defense, self.defended.knowledge()?, goal);
        let engagement = Engagement::new(contender.clone(), None, attacker, &source, &device).await?;
        let (view, defended) = (engagement.view()?, engagement.defended()?);

        let config =
            StickerConfig { sticker: config, sign: label, goal, painted: None, by_hand: false, fresh: self.fresh };
        config.validate()?;
        let synth = Synth::new();
        let tile = synth.tile(label);
        let mask = config.layer(tile)?.mask().clone();
        let mut run = StickerRun::start(config.sticker, tile, mask, label, goal, &device)?;
        let bar = files::bar(config.sticker.steps);
        // An oblivious attacker does not know that there is a detector.
        let refusal = engagement.refusal().filter(|refusal| *refusal < view.classes());
        while !run.finished() {
            let step = run.step(&*view, refusal).await?;
            bar.set_position(step.step as u64);
        }
        bar.finish_and_clear();

        let layer = run.layer();
        let share = layer.mask().share(tile);
        let fresh = (config.sticker.seed, config.fresh);
        let judging = || Judging::new(tile, &layer, config.sticker.colours, (label, goal), fresh);
        println!("The sticker covers {:.1}% of the plate.", 100.0 * share);
        let mut records = vec![];
        let figures = judge(judging(), &*defended, &device).await?;
        say(&contender.name, &figures);
        if defense.is_none() {
            records.push(StickerRecord::new(&contender, &contender, &config, share, figures, compute));
        }
        for other in &also {
            let figures = judge(judging(), &other.network, &device).await?;
            say(&other.name, &figures);
            records.push(StickerRecord::new(other, &contender, &config, share, figures, compute));
        }
        if let Some(path) = &self.record {
            let old = match path.exists() {
                true => StickerRecord::parse(&String::from_utf8_lossy(&files::read(path)?))?,
                false => vec![],
            };
            files::write(path, StickerRecord::text(&StickerRecord::joined(old, records)) + "\n")?;
            println!("The records are in {}.", path.display());
        }
        if let Some(out) = &self.out {
            files::write(out, picture(&layer.on(tile)))?;
            println!("The sign with its sticker is in {}.", out.display());
        }
        Ok(())
    }
}

fn say(name: &str, figures: &StickerFigures) {
    let share = |part: &Proportion| {
        format!("{:.1}% ({:.1}–{:.1}, n = {})", 100.0 * part.value, 100.0 * part.low, 100.0 * part.high, part.n)
    };
    println!("{name}");
    println!("  reads the clean sign correctly in  {} of new views", share(&figures.clean));
    println!("  of those, the goal is reached in   {}", share(&figures.reached));
    println!("  with random colours instead in     {}", share(&figures.control));
}

/// The drawing, enlarged, as PNG.
fn picture(tile: &[[f32; 4]]) -> Vec<u8> {
    let side = TILE as u32 * ENLARGED;
    let image = RgbaImage::from_fn(side, side, |x, y| {
        let [r, g, b, a] = tile[(y / ENLARGED * TILE as u32 + x / ENLARGED) as usize];
        // Premultiplied, as it is painted.
        let byte = |value: f32| (value * 255.0).round() as u8;
        let whole = |value: f32| if a > 0.0 { byte((value / a).min(1.0)) } else { 0 };
        Rgba([whole(r), whole(g), whole(b), byte(a)])
    });
    let mut bytes = vec![];
    image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).expect("memory takes it");
    bytes
}
