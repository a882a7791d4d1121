//! The pair of values that JSMA changes: the one search here whose work grows with the square of what it looks at.

/// What a pair is worth whose sums are `a` and `b`: −a·b where a is above 0 and b below, else nothing.
#[inline(always)]
fn worth(a: f32, b: f32) -> f32 {
    let worth = -a * b;
    if (a > 0.0) & (b < 0.0) { worth } else { 0.0 }
}

/// Of all pairs the one with the largest −(αᵢ + αⱼ)·(βᵢ + βⱼ), where the first sum is above 0 and the second below; of equals the first.
#[inline(never)]
pub fn best_pair(alpha: &[f32], beta: &[f32]) -> Option<[usize; 2]> {
    let n = alpha.len();
    let most_alpha = alpha.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let most_beta = beta.iter().copied().fold(f32::INFINITY, f32::min);
    // Sums and products round in order, so with the best of partners it is never less than with one there is.
    let bounds: Vec<f32> = alpha.iter().zip(beta).map(|(a, b)| worth(a + most_alpha, b + most_beta)).collect();
    // What one pair is worth that promises much: all that cannot be worth as much need not be looked at.
    let first = (0..n).max_by(|&i, &j| bounds[i].total_cmp(&bounds[j]))?;
    let beside = |range: std::ops::Range<usize>| most(alpha[first], beta[first], &alpha[range.clone()], &beta[range]);
    let mut least = beside(0..first).max(beside(first + 1..n));
    if least <= 0.0 {
        // No partner for that one, but perhaps for another.
        least = f32::from_bits(1);
    }
    let mut best = None;
    for i in 0..n {
        let enough = |value: f32| if best.is_some() { value > least } else { value >= least };
        if !enough(bounds[i]) {
            continue;
        }
        let (alphas, betas) = (&alpha[i + 1..], &beta[i + 1..]);
        let here = most(alpha[i], beta[i], alphas, betas);
        if enough(here) {
            let at = alphas.iter().zip(betas).position(|(a, b)| worth(alpha[i] + a, beta[i] + b) == here)?;
            (least, best) = (here, Some([i, i + 1 + at]));
        }
    }
    best
}

/// The most that one value is worth with any of others, at least 0.
#[inline(never)]
fn most(alpha: f32, beta: f32, alphas: &[f32], betas: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut lanes = [0.0f32; LANES];
    let ((alphas, alphas_left), (betas, betas_left)) = (alphas.as_chunks::<LANES>(), betas.as_chunks::<LANES>());
    for (a, b) in alphas.iter().zip(betas) {
        for i in 0..LANES {
            let here = worth(alpha + a[i], beta + b[i]);
            lanes[i] = if here > lanes[i] { here } else { lanes[i] };
        }
    }
    let left = alphas_left.iter().zip(betas_left).map(|(a, b)| worth(alpha + a, beta + b));
    lanes.into_iter().chain(left).fold(0.0, f32::max)
}
