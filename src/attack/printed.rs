//! Attacks as text: `pgd(epsilon = 8/255, steps = 20, …)`, as records and the command line print them and read them.

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value};

use super::Attack;
use crate::error::{Error, ParameterError, Result};

impl fmt::Display for Attack {
    /// The name with every parameter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(Value::Object(fields)) = serde_json::to_value(self) else { return Err(fmt::Error) };
        let show = |value: &Value| match value.as_f64().filter(|_| value.is_f64()) {
            // All our numbers with a fraction are 32-bit; printed as 64-bit they look like more than they are.
            Some(number) => (number as f32).to_string(),
            None => value.to_string().replace('"', ""),
        };
        let parameters: Vec<String> = fields
            .iter()
            .filter(|(key, _)| *key != "name")
            .map(|(key, value)| match (key.as_str(), value.as_f64().map(|number| number * 255.0)) {
                ("epsilon" | "alpha", Some(k)) => format!("{key} = {}/255", (k * 1e3).round() / 1e3),
                _ => format!("{key} = {}", show(value)),
            })
            .collect();
        write!(f, "{}({})", self.name(), parameters.join(", "))
    }
}

impl FromStr for Attack {
    type Err = Error;

    /// The printed form; what is left out keeps its default, and the brackets may be left out with it.
    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        let (name, inside) = match text.split_once('(') {
            Some((name, rest)) => {
                (name.trim(), rest.strip_suffix(')').ok_or_else(|| unreadable(text, "the bracket is not closed"))?)
            }
            None => (text, ""),
        };
        let mut fields = Map::new();
        for part in inside.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').ok_or_else(|| unreadable(text, part))?;
            fields.insert(key.trim().into(), value_of(value.trim()));
        }
        fields.insert("name".into(), name.into());
        let attack: Self =
            serde_json::from_value(Value::Object(fields)).map_err(|error| unreadable(text, &error.to_string()))?;
        attack.validate()?;
        Ok(attack)
    }
}

/// A number, a fraction such as 8/255, true, false, null, or a word.
fn value_of(text: &str) -> Value {
    let fraction = || {
        let (above, below) = text.split_once('/')?;
        let share = above.trim().parse::<f32>().ok()? / below.trim().parse::<f32>().ok()?;
        share.is_finite().then(|| Value::from(share))
    };
    fraction().or_else(|| serde_json::from_str(text).ok()).unwrap_or_else(|| text.into())
}

fn unreadable(text: &str, why: &str) -> Error {
    ParameterError::NoSuchAttack { text: crate::error::cause(text), cause: crate::error::cause(why) }.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn what_is_printed_can_be_read() {
        for attack in Attack::all() {
            let attack = attack.with_epsilon(0.031_372_55).resolved();
            let read: Attack = attack.to_string().parse().expect("its own form");
            assert_eq!(read.to_string(), attack.to_string());
        }
        assert_eq!("fgsm".parse::<Attack>().expect("a name").epsilon(), Some(8.0 / 255.0));
        assert_eq!("pgd(epsilon = 4/255)".parse::<Attack>().expect("an attack").epsilon(), Some(4.0 / 255.0));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for text in [
            "",
            "nobody",
            "pgd(",
            "pgd(steps)",
            "pgd(steps = 0)",
            "pgd(steps = many)",
            "pgd(stops = 3)",
            "fgsm(epsilon = 1/0)",
        ] {
            let error = text.parse::<Attack>().expect_err(text);
            assert_eq!(error.kind(), ErrorKind::Parameter, "{text}: {error}");
        }
    }
}
