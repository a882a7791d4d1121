//! Small things that many do with tensors, for any device.

use burn::tensor::{Device, IndexingUpdateOp, Int, Tensor, TensorData};

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

/// Puts images back where [`select`] took them from, each place once.
pub fn put_back(images: &mut Tensor<4>, which: &[usize], some: &Tensor<4>) {
    if which.is_empty() {
        return;
    }
    let numbers: Vec<i32> = which.iter().map(|&i| i as i32).collect();
    let indices = Tensor::<1, Int>::from_data(TensorData::new(numbers, [which.len()]), &images.device());
    // At once, and out of its place: one by one, each image would be paid for with a copy of all.
    let all = std::mem::replace(images, some.clone());
    *images = all.select_assign(0, indices, some.clone(), IndexingUpdateOp::Assign);
}
