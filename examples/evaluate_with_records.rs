//! Measure a network with intervals, and keep the figures as records from which each can be measured again.
//!
//! ```sh
//! cargo run --release --example evaluate_with_records [WEIGHTS.safetensors]
//! ```

use std::rc::Rc;

use fool_the_sign::attack::{Fgsm, Pgd};
use fool_the_sign::data::source::Source;
use fool_the_sign::data::split::Split;
use fool_the_sign::defense::{BitDepth, Defense, Knowledge};
use fool_the_sign::device::{self, Compute};
use fool_the_sign::eval::contender::Contender;
use fool_the_sign::eval::evaluation::{Case, Evaluation, EvaluationConfig, Share};
use fool_the_sign::eval::record::{Circumstances, Record, Schema};
use fool_the_sign::model::weights;
use pollster::block_on;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    run(&std::env::args().nth(1).unwrap_or_else(|| "data/weights/lenet.safetensors".into()))
}

/// The example, for the network in that file; the tests run it too.
pub fn run(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let device = device::cpu();
    let file = std::fs::read(path)?;
    let (architecture, network) = weights::read(&file, None, &device)?;
    let contender = Contender {
        weights_sha256: weights::sha256(&file),
        ..Contender::unsigned("mine", &architecture, &network, None)
    };

    let epsilon = 8.0 / 255.0;
    let few_bits = Defense::from(BitDepth { bits: 3 });
    let cases = vec![
        Case::clean("mine", Defense::default()),
        Case::attacked("mine", Defense::default(), Knowledge::Adaptive, Fgsm { epsilon }.into()),
        Case::attacked("mine", Defense::default(), Knowledge::Adaptive, Pgd { epsilon, ..Pgd::default() }.into()),
        // A defence looks strong to an attack that stops at its rounding, and not to one that goes back past it.
        Case::attacked("mine", few_bits.clone(), Knowledge::Adaptive, Pgd { epsilon, ..Pgd::default() }.into()),
        Case::attacked("mine", few_bits, Knowledge::Bpda, Pgd { epsilon, ..Pgd::default() }.into()),
    ];
    let source = Rc::new(Source::generated());
    let config = EvaluationConfig { split: Split::Test, n: 64, seed: 1, cases };
    let mut evaluation =
        Evaluation::new(config.clone(), Share::default(), vec![contender.clone()], source.clone(), &device)?;
    while !evaluation.finished() {
        block_on(evaluation.step())?;
    }

    let circumstances =
        Circumstances { config: &config, contenders: &[contender], source: &source, device: Compute::Cpu };
    let mut records = vec![];
    for (case, judged) in config.cases.iter().zip(evaluation.judged()) {
        records.extend(circumstances.of_case(Schema::Second, case, &judged)?);
    }
    let text = Record::to_json(&records);
    println!("{text}");
    // What is read back is what was written, and names the evaluation that gives it again.
    let again = Record::parse(&text)?;
    assert_eq!(again, records);
    assert_eq!(again[0].evaluation().n, 64);
    Ok(())
}
