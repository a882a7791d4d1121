//! Small things that many do with tensors, for any device.

use burn::tensor::{Device, Int, Tensor, TensorData};

/// N×K: 1 at each label, else 0. Made on the host: the device's own `one_hot` reads back.
pub fn one_hot(labels: &[usize], classes: usize, device: &Device) -> Tensor<2> {
    let mut values = vec![0.0f32; labels.len() * classes];
    for (row, &label) in labels.iter().enumerate() {
        values[row * classes + label] = 1.0;
    }
    Tensor::from_data(TensorData::new(values, [labels.len(), classes]), device)
}

/// Some images of a batch.
pub fn select(images: &Tensor<4>, which: &[usize]) -> Tensor<4> {
    let numbers: Vec<i32> = which.iter().map(|&i| i as i32).collect();
    let indices = Tensor::<1, Int>::from_data(TensorData::new(numbers, [which.len()]), &images.device());
    images.clone().select(0, indices)
}

/// Puts images back where [`select`] took them from.
pub fn put_back(images: &mut Tensor<4>, which: &[usize], some: &Tensor<4>) {
    let [_, c, h, w] = images.dims();
    for (from, &to) in which.iter().enumerate() {
        let one = some.clone().slice([from..from + 1, 0..c, 0..h, 0..w]);
        *images = images.clone().slice_assign([to..to + 1, 0..c, 0..h, 0..w], one);
    }
}
