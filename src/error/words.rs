//! How numbers and lists stand in the sentences, and how a number that is none comes back.

use serde::{Deserialize, Deserializer};

/// 100000 as 100,000.
pub(super) fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let places = digits.chars().enumerate();
    places.fold(String::new(), |text, (place, digit)| match (digits.len() - place) % 3 {
        0 if place > 0 => format!("{text},{digit}"),
        _ => format!("{text}{digit}"),
    })
}

/// "1 picture", "12,630 pictures"; `thing` in the singular, and its plural with an s.
pub fn counted(n: usize, thing: &str) -> String {
    format!("{} {thing}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// "a, b or c".
pub(super) fn one_of(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// How many entries an archive has, where it was counted to the end.
pub(super) fn told(entries: Option<u64>, most: usize) -> String {
    entries.map_or_else(|| format!("far more than {}", grouped(most)), |entries| entries.to_string())
}

/// JSON has no NaN: it comes back from `null`.
pub(super) fn number_or_nan<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
}
