//! The arithmetic of the networks here on a CPU: convolutions and their gradients, matrix products, 2×2 pools, tanh; and the loops over the
//! pixels of a drawn sign.
//!
//! Plain slices in, plain slices out, no `unsafe`: loops of a shape that compilers turn into SIMD, 128 bits wide in a browser and as wide
//! as the processor has it natively. Tensors are in the order image, channel, row, column. Every result of an image depends on that image
//! alone and comes out the same to the bit on every processor and in every batch: see `tile`.

pub mod backward;
mod conv;
pub mod drawing;
mod elementwise;
mod pool;
mod product;
mod saliency;
mod tile;

pub use conv::Conv;
pub use elementwise::{relu, relu_gradient, tanh, tanh_gradient};
pub use pool::{Pool, average_pool, average_pool_gradient, max_pool, max_pool_gradient};
pub use product::{Matrix, column_sums, product};
pub use saliency::best_pair;
