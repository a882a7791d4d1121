//! `figure`: accuracy over ε as a picture, from records.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use fool_the_sign::attack::Attack;
use fool_the_sign::eval::record::{Metric, Named, Record, RecordedAttack};

use crate::error::{Error, Result};
use crate::files;

/// Draws accuracy over ε, one line per model, with 95% intervals, as SVG.
///
/// ε = 0 is the clean accuracy. The strengths are equally spaced, as they usually double.
#[derive(Args)]
pub struct Figure {
    /// Records, as `evaluate --out` writes them.
    #[arg(long)]
    records: PathBuf,
    /// The attack whose records are drawn, bounded by ε; `fool-the-sign methods` lists them.
    #[arg(long, default_value = "pgd")]
    attack: String,
    /// Models, in the order of the legend; repeat for several. All those in the file unless given.
    #[arg(long)]
    model: Vec<String>,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
}

/// One measured point: ε in 255ths, and accuracy with its interval, 0 to 1.
struct Point {
    epsilon: f64,
    value: f64,
    low: f64,
    high: f64,
}

/// A model's points by ε.
struct Line {
    model: String,
    points: Vec<Point>,
}

impl Figure {
    pub fn run(&self) -> Result<()> {
        let records = Record::parse(&String::from_utf8_lossy(&files::read(&self.records)?))?;
        let mut models = self.model.clone();
        if models.is_empty() {
            for record in &records {
                if !models.contains(&record.model) {
                    models.push(record.model.clone());
                }
            }
        }
        let mut lines = vec![];
        for model in models {
            let mut points: Vec<Point> = records
                .iter()
                .filter(|record| record.model == model && record.metric == Metric::Accuracy)
                // By an attacker who has the network itself in front of him.
                .filter(|record| record.defense.is_none() && record.made_on.is_none())
                .filter_map(|record| self.point(record))
                .collect();
            points.sort_by(|a, b| a.epsilon.total_cmp(&b.epsilon));
            // The clean accuracy alone is no line.
            if points.len() > 1 {
                lines.push(Line { model, points });
            } else if self.model.contains(&model) {
                return Err(Error::NoRecordsOf { model, attack: self.attack.clone() });
            }
        }
        if lines.is_empty() {
            return Err(Error::NoRecords { attack: self.attack.clone() });
        }
        files::write(&self.out, draw(&self.attack, &lines))
    }

    fn point(&self, record: &Record) -> Option<Point> {
        let epsilon = match &record.attack {
            RecordedAttack::Other(Named::None) => 0.0,
            RecordedAttack::Attack(attack) if name_of(attack) == self.attack => f64::from(attack.epsilon()?) * 255.0,
            _ => return None,
        };
        let [low, high] = record.interval?;
        Some(Point { epsilon: (epsilon * 100.0).round() / 100.0, value: record.value?, low, high })
    }
}

/// The name that an attack has in records.
fn name_of(attack: &Attack) -> String {
    let fields = serde_json::to_value(attack).unwrap_or_default();
    fields["name"].as_str().unwrap_or_default().to_owned()
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 400.0;
/// Where the axes are: left, right, top, bottom.
const BOX: [f64; 4] = [56.0, 590.0, 20.0, 340.0];
/// Colours that can be told apart by people with any colour vision (Okabe & Ito 2008), on light and on dark.
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#999999"];
/// Height of a line of the legend.
const ROW: f64 = 16.0;

fn draw(attack: &str, lines: &[Line]) -> String {
    let mut steps: Vec<f64> = lines.iter().flat_map(|line| &line.points).map(|point| point.epsilon).collect();
    steps.sort_by(f64::total_cmp);
    steps.dedup();
    let [left, right, top, bottom] = BOX;
    let x = |epsilon: f64| {
        let place = steps.iter().position(|step| *step == epsilon).unwrap_or_default();
        left + (right - left) * place as f64 / (steps.len() - 1).max(1) as f64
    };
    let y = |share: f64| bottom - (bottom - top) * share;

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <title>Accuracy over ε under {attack}</title>\n\
         <style>\n\
         .page {{ fill: #fff }} text {{ fill: #222 }} .grid {{ stroke: #ddd }}\n\
         @media (prefers-color-scheme: dark) {{ .page {{ fill: #16181c }} text {{ fill: #ddd }} .grid {{ stroke: #3a3d44 }} }}\n\
         </style>\n\
         <rect class=\"page\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"8\"/>\n"
    );
    let mut put = |line: std::fmt::Arguments| svg.write_fmt(line).expect("text grows");
    for percent in (0..=100).step_by(20) {
        let at = y(f64::from(percent) / 100.0);
        put(format_args!("<line class=\"grid\" x1=\"{left}\" x2=\"{right}\" y1=\"{at}\" y2=\"{at}\"/>\n"));
        put(format_args!("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{percent}%</text>\n", left - 8.0, at + 4.0));
    }
    for step in &steps {
        let name = if *step == 0.0 { "clean".into() } else { format!("{step}/255") };
        put(format_args!("<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{name}</text>\n", x(*step), bottom + 20.0));
    }
    let middle = f64::midpoint(left, right);
    put(format_args!("<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">ε of {attack}</text>\n", bottom + 44.0));

    for (line, colour) in lines.iter().zip(COLOURS.iter().cycle()) {
        let corners: Vec<String> =
            line.points.iter().map(|point| format!("{:.1},{:.1}", x(point.epsilon), y(point.value))).collect();
        put(format_args!(
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{}\"/>\n",
            corners.join(" ")
        ));
        for point in &line.points {
            let (at, low, high) = (x(point.epsilon), y(point.low), y(point.high));
            put(format_args!(
                "<line stroke=\"{colour}\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{low:.1}\" y2=\"{high:.1}\"/>\n"
            ));
            put(format_args!("<circle fill=\"{colour}\" cx=\"{at:.1}\" cy=\"{:.1}\" r=\"3\"/>\n", y(point.value)));
        }
    }
    for ((line, colour), at) in lines.iter().zip(COLOURS.iter().cycle()).zip(name_places(lines, y)) {
        put(format_args!(
            "<text x=\"{}\" y=\"{:.1}\" style=\"fill:{colour}\">{}</text>\n",
            right + 10.0,
            at + 4.0,
            escaped(&line.model)
        ));
    }
    svg + "</svg>\n"
}

/// Heights of the names beside the lines' ends: as near as they can be without overlapping.
fn name_places(lines: &[Line], y: impl Fn(f64) -> f64) -> Vec<f64> {
    let ends: Vec<f64> = lines.iter().map(|line| y(line.points.last().map_or(0.0, |point| point.value))).collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    // From the bottom up, so that a crowd at 0 % is pushed into the picture.
    order.sort_by(|a, b| ends[*b].total_cmp(&ends[*a]));
    let mut places = ends.clone();
    let mut limit = f64::INFINITY;
    for i in order {
        places[i] = ends[i].min(limit);
        limit = places[i] - ROW;
    }
    places
}

/// Text as XML has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
