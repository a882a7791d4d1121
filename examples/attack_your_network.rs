//! Attack a network of your own: anything that turns images into logits, differentiably, is a [`Classifier`].
//!
//! ```sh
//! cargo run --release --example attack_your_network
//! ```

use fool_the_sign::attack::victims::Victims;
use fool_the_sign::attack::{self, Apgd, CarliniWagner, Fgsm, Goal, Pgd, Square};
use fool_the_sign::burn::tensor::{Tensor, TensorData};
use fool_the_sign::device;
use fool_the_sign::metrics::{Norms, answer};
use fool_the_sign::model::Classifier;
use pollster::block_on;

/// Tells red, green and blue apart: the logits are the mean of each channel of an N×3×H×W image, times ten.
struct Colours;

impl Classifier for Colours {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let [n, channels, height, width] = images.dims();
        images.reshape([n, channels, height * width]).mean_dim(2).reshape([n, channels]).mul_scalar(10.0)
    }

    fn classes(&self) -> usize {
        3
    }
}

fn main() -> fool_the_sign::Result<()> {
    run()
}

/// The example; the tests run it too.
pub fn run() -> fool_the_sign::Result<()> {
    // A grey image with a touch of red, 8 × 8.
    let pixels: Vec<f32> = [0.55, 0.5, 0.5].iter().flat_map(|&level| [level; 64]).collect();
    let device = device::cpu();
    let images = Tensor::<4>::from_data(TensorData::new(pixels.clone(), [1, 3, 8, 8]), &device);
    let label = answer(&block_on(device::read(Colours.logits(images.clone())))?);

    let epsilon = 8.0 / 255.0;
    // Each by itself; a list of one's own is a list of these.
    let attacks: [&dyn attack::Method; 5] = [
        &Fgsm { epsilon },
        &Pgd { epsilon, ..Pgd::default() },
        &Apgd { epsilon, ..Apgd::default() },
        &Square { epsilon, queries: 500, ..Square::default() },
        &CarliniWagner::default(),
    ];
    for attack in attacks {
        let victims = Victims::new(images.clone(), vec![label], Goal::Untargeted);
        let adversarial = block_on(attack::run(attack, &Colours, victims))?;
        let after = block_on(device::read(adversarial.clone()))?;
        let reads = answer(&block_on(device::read(Colours.logits(adversarial)))?);
        let change: Vec<f32> = after.iter().zip(&pixels).map(|(after, before)| after - before).collect();
        let Norms { l2, linf, .. } = Norms::of(&change);
        println!("{}: class {label} is read as {reads}; L∞ {:.1}/255, L2 {l2:.3}", attack.title(), linf * 255.0);
        assert_ne!(reads, label, "{} fools a network this simple", attack.title());
    }
    Ok(())
}
