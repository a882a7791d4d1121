//! Confusions that would be dangerous on the road: a sign that asks for care is taken for one that asks for less.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a confusion is dangerous; what a comment says is what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// A sign to stop or give way is overlooked.
    RunsThrough,
    /// A speed limit is mistaken for a higher one, or for its end.
    TooFast,
    /// A warning sign is missed.
    Unwarned,
    /// A ban on passing is mistaken for its end.
    Passes,
}

/// Speed limits by class of GTSRB, in km/h.
const LIMITS: [(usize, u32); 8] = [(0, 20), (1, 30), (2, 50), (3, 60), (4, 70), (5, 80), (7, 100), (8, 120)];

/// Signs that end a limit.
const ENDS: [usize; 4] = [6, 32, 41, 42];

/// Give way, stop, no vehicles, no entry.
const STOPPING: [usize; 4] = [13, 14, 15, 17];

/// Whether it is dangerous to take a sign of GTSRB's class `label` for one of class `answer`, and why.
pub fn danger(label: usize, answer: usize) -> Option<Danger> {
    if label == answer {
        return None;
    }
    let limit = |class: usize| LIMITS.iter().find(|(of, _)| *of == class).map(|(_, limit)| *limit);
    if STOPPING.contains(&label) && !STOPPING.contains(&answer) {
        return Some(Danger::RunsThrough);
    }
    if let Some(limit_is) = limit(label) {
        let higher = limit(answer).is_some_and(|limit_seen| limit_seen > limit_is);
        return (higher || matches!(answer, 6 | 32)).then_some(Danger::TooFast);
    }
    // Right of way at the next junction (11) also stands in a triangle, but gives rights.
    let warns = |class: usize| (18..=31).contains(&class);
    if warns(label) && !warns(answer) && !STOPPING.contains(&answer) {
        return Some(Danger::Unwarned);
    }
    (matches!(label, 9 | 10) && ENDS.contains(&answer)).then_some(Danger::Passes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangerous_is_what_asks_for_less_care() {
        let cases = [
            (14, 1, Some(Danger::RunsThrough)),
            (14, 13, None),
            (1, 8, Some(Danger::TooFast)),
            (8, 1, None),
            (2, 32, Some(Danger::TooFast)),
            (25, 12, Some(Danger::Unwarned)),
            (25, 26, None),
            (9, 41, Some(Danger::Passes)),
            (40, 40, None),
        ];
        for (label, answer, expected) in cases {
            assert_eq!(danger(label, answer), expected, "{label} → {answer}");
        }
    }
}
