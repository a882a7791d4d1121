//! What a classifier tells apart: the 43 classes of GTSRB, in the benchmark's order, or people's own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names;
use crate::error::{ParameterError, Result, in_range};

/// Fewest and most classes of a network.
pub const LIMITS: std::ops::RangeInclusive<usize> = 2..=200;
/// Longest name of a class, in characters.
pub const LONGEST_NAME: usize = 60;

/// The classes of a network: in a file either their number or their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Classes {
    /// So many; 43 are GTSRB's.
    Count(usize),
    /// By name.
    Named(Vec<String>),
}

/// GTSRB's.
impl Default for Classes {
    fn default() -> Self {
        Classes::Count(COUNT)
    }
}

impl Classes {
    /// How many.
    pub fn count(&self) -> usize {
        match self {
            Classes::Count(count) => *count,
            Classes::Named(names) => names.len(),
        }
    }

    /// Their names.
    pub fn names(&self) -> Vec<String> {
        match self {
            Classes::Count(COUNT) => NAMES.map(String::from).to_vec(),
            Classes::Count(count) => (0..*count).map(|class| format!("Class {class}")).collect(),
            Classes::Named(names) => names.clone(),
        }
    }

    /// Checks number and names; they may come from a file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("classes", self.count(), LIMITS)?;
        match self {
            Classes::Named(names) => match names.iter().find(|name| **name != names::shown(name, LONGEST_NAME)) {
                Some(bad) => {
                    Err(ParameterError::ClassName { got: names::shown(bad, LONGEST_NAME), most: LONGEST_NAME }.into())
                }
                None => Ok(()),
            },
            Classes::Count(_) => Ok(()),
        }
    }
}

impl From<usize> for Classes {
    fn from(count: usize) -> Self {
        Classes::Count(count)
    }
}

impl From<Vec<String>> for Classes {
    fn from(names: Vec<String>) -> Self {
        if names == NAMES { Classes::Count(COUNT) } else { Classes::Named(names) }
    }
}

/// Number of classes.
pub const COUNT: usize = NAMES.len();

/// English names; the drawing of class `i` is `data/signs/{i:02}.svg`.
pub const NAMES: [&str; 43] = [
    "Speed limit 20",
    "Speed limit 30",
    "Speed limit 50",
    "Speed limit 60",
    "Speed limit 70",
    "Speed limit 80",
    "End of speed limit 80",
    "Speed limit 100",
    "Speed limit 120",
    "No passing",
    "No passing for lorries",
    "Right of way at the next junction",
    "Priority road",
    "Give way",
    "Stop",
    "No vehicles",
    "No lorries",
    "No entry",
    "Danger",
    "Bend to the left",
    "Bend to the right",
    "Double bend",
    "Bumpy road",
    "Slippery road",
    "Road narrows on the right",
    "Road works",
    "Traffic signals",
    "Pedestrians",
    "Children",
    "Cyclists",
    "Snow or ice",
    "Wild animals",
    "End of all limits",
    "Turn right ahead",
    "Turn left ahead",
    "Ahead only",
    "Ahead or right",
    "Ahead or left",
    "Keep right",
    "Keep left",
    "Roundabout",
    "End of no passing",
    "End of no passing for lorries",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn names_survive_a_file_and_only_plain_ones_are_taken() {
        let own: Classes = vec!["Red".to_owned(), "Blue".to_owned()].into();
        assert_eq!(serde_json::to_string(&own).expect("plain data"), r#"["Red","Blue"]"#);
        assert_eq!(serde_json::from_str::<Classes>(r#"["Red","Blue"]"#).expect("names"), own);
        assert_eq!(serde_json::from_str::<Classes>("43").expect("a number"), NAMES.map(String::from).to_vec().into());
        own.validate().expect("two plain names");
        for bad in [
            vec![],
            vec!["one".to_owned()],
            vec!["a\u{202e}b".to_owned(), "c".to_owned()],
            vec!["x".repeat(61), "y".into()],
        ] {
            assert_eq!(Classes::from(bad).validate().expect_err("refused").kind(), ErrorKind::Parameter);
        }
        assert_eq!(Classes::Count(3).names(), ["Class 0", "Class 1", "Class 2"]);
    }
}
