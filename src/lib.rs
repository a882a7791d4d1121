//! **Fool the Sign**: train a traffic-sign classifier, fool it, defend it.
//!
//! One library stands behind the web page and the command line. What one user does, step by step, is a
//! [`session::Session`]: [`protocol::Command`]s go in, [`protocol::Event`]s come out. Beneath it lie plain parts that know
//! neither page nor terminal nor clock:
//!
//! - [`data`] — untrusted pictures to pixels, and an endless supply of drawn signs;
//! - [`model`] — the networks, the autoencoder, their losses and their files;
//! - [`train`] — step-wise training, plain and adversarial;
//! - [`attack`] — the attacks, one a file;
//! - [`defense`] — what stands before a classifier, and what an attacker knows of it;
//! - [`eval`] — accuracies with intervals, records that can be run again, and checks of the evaluation itself;
//! - [`device`] — the only place that names a backend of Burn ([`burn`] is re-exported, so that versions agree);
//! - [`settings`], [`catalogue`] — how each method declares its settings, and what is made from that.
//!
//! Images are tensors of shape N×3×H×W, 32×32 but for networks that say otherwise, with values in \[0, 1\]; ε and every norm are in that unit.
//!
//! What can be done with it from outside is in `examples/`: attack a network of your own, train and defend one, keep figures as records.
//!
//! ```
//! use fool_the_sign::attack::{Fgsm, Goal, victims::Victims};
//! use fool_the_sign::data::{batch, source::Source, split::Split};
//! use fool_the_sign::{device, model::{Classifier, lenet::LeNetConfig}, rng::Rng};
//!
//! let device = device::cpu();
//! let lenet = LeNetConfig::default().seeded(&mut Rng::new(1), &device);
//! let signs = Source::generated().batch(1, Split::Validation, 0..4);
//! let victims = Victims::new(batch::images(&signs, &device), batch::labels(&signs), Goal::Untargeted);
//! let adversarial = Fgsm { epsilon: 8.0 / 255.0 }.perturb(&lenet, &victims);
//! assert_eq!(lenet.logits(adversarial).dims(), [4, 43]);
//! ```

pub mod attack;
pub mod catalogue;
pub mod data;
pub mod defense;
pub mod device;
pub mod error;
pub mod eval;
pub mod kind;
pub mod metrics;
pub mod model;
pub mod ops;
pub mod protocol;
pub mod rng;
pub mod said;
pub mod session;
pub mod settings;
pub mod tensors;
pub mod train;
#[cfg(target_family = "wasm")]
pub mod wasm;

pub use burn;
pub use error::{Error, ErrorKind, Result};
