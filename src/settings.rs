//! Settings as declarations: a struct of this crate's methods says everything about itself once.
//!
//! `settings!` takes a plain struct whose fields have their default (`= 20`) and, as attributes, their range, symbol and
//! unit; `methods!` takes the list of a kind (attacks, defences, recipes, …). From them come serde, [`Default`], validation
//! and, through `schemars`, the schema that the command line's options, the page's controls, the link, the protocol's types
//! and the tables of the documents are made from. A method is one file and one line in its list.
//!
//! Why not a crate for the ranges: garde's and validator's range rules let a NaN through (they ask whether a value is below
//! or above, and a NaN is neither), garde reports a finished English sentence instead of values, and validator brings
//! regular expressions and Unicode tables into a library that needs neither. clap and schemars read what is declared here.

use std::any::Any;

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::{Error, Number, Result};

/// What holds of a method, beyond its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Takes no target.
    NoTarget,
    /// Asks the classifier for answers only, never for a gradient.
    BlackBox,
    /// Needs the model's purifier.
    NeedsPurifier,
    /// Is there to be seen failing.
    BadExample,
    /// A control that attacks are compared with, and no attack itself.
    Control,
    /// Takes one step for each example in training, and can overfit to it catastrophically.
    SingleStep,
}

/// A struct of settings. Implemented by `settings!`.
pub trait Settings {
    /// The name for people, the same in every language; empty for settings that are no method.
    fn title(&self) -> &'static str;

    /// Where the method was published; empty where it was not.
    fn paper(&self) -> &'static str;

    /// What holds of the method.
    fn marks(&self) -> &'static [Mark];

    /// Checks every field against its declared range; the names of fields begin with `prefix` in an error.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`], naming the setting, its range and what was given.
    fn check(&self, prefix: &str) -> Result<()>;

    /// The names of the fields in the order of the declaration, those of flattened structs in their place.
    fn keys(&self) -> Vec<&'static str>;

    /// A field by its name, for what is asked of many methods alike (ε, the seed).
    fn field(&mut self, key: &str) -> Option<&mut dyn Any>;

    /// The struct itself, for a list that asks whether it is one of its own.
    fn as_any(&self) -> &dyn Any;
}

/// A value that can be asked whether it lies within bounds.
pub trait Ranged {
    /// Whether it does; a NaN lies nowhere.
    fn within(&self, low: f64, high: f64) -> bool;

    /// The value for an error.
    fn told(&self) -> f64;
}

macro_rules! ranged {
    ($($number:ty),*) => {$(
        impl Ranged for $number {
            fn within(&self, low: f64, high: f64) -> bool {
                // Compared in the value's own type: 1e-4 is another number in 32 bits than in 64.
                (low as $number..=high as $number).contains(self)
            }

            fn told(&self) -> f64 {
                self.exact()
            }
        }
    )*};
}

ranged!(usize, u32, f32, f64);

impl<T: Ranged> Ranged for Option<T> {
    fn within(&self, low: f64, high: f64) -> bool {
        self.as_ref().is_none_or(|value| value.within(low, high))
    }

    fn told(&self) -> f64 {
        self.as_ref().map_or(f64::NAN, Ranged::told)
    }
}

/// Checks one value; what `settings!` calls for each field with a range.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`].
pub fn check(prefix: &str, field: &str, value: &impl Ranged, low: f64, high: f64) -> Result<()> {
    if value.within(low, high) {
        return Ok(());
    }
    let setting = if prefix.is_empty() { field.to_owned() } else { format!("{prefix}.{field}") };
    Err(Error::OutOfRange { setting, low, high, got: value.told() })
}

/// Declares a struct of settings; see the [module](self).
///
/// Attributes in this order, all but the comments optional. Of the struct: comment, `title`, `paper`, `arxiv` (its number there),
/// `also` (what else there is to read), `equation` (as the page sets it: www/ui/math.tsx), `marks(…)`, `derive(…)` (more than the
/// usual), `serde(…)`. Of a field: comment (the help), `label` (its name for people, where the name of the
/// field does not do), `symbol`, `unit` (`"255"`: shown as k/255), `range(low..=high)`, `open` (what leaving it empty stands for),
/// `nested(flat)` (a struct of settings itself, flattened), `serde(…)`.
macro_rules! settings {
    (
        $(#[doc = $doc:literal])*
        $(#[title = $title:literal])?
        $(#[paper = $paper:literal])?
        $(#[arxiv = $arxiv:literal])?
        $(#[also = $also:literal])?
        $(#[equation = $equation:literal])?
        $(#[marks($($mark:ident),*)])?
        $(#[derive($($derive:ident),*)])?
        $(#[serde($($serde:tt)*)])?
        pub struct $name:ident {$(
            $(#[doc = $help:literal])*
            $(#[label = $label:literal])?
            $(#[symbol = $symbol:literal])?
            $(#[unit = $unit:literal])?
            $(#[range($low:literal..=$high:literal)])?
            $(#[open = $open:literal])?
            $(#[nested $nested:tt])?
            $(#[serde($($field_serde:tt)*)])?
            pub $field:ident: $type:ty = $default:expr,
        )*}
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        $(#[derive($($derive),*)])?
        $(#[serde($($serde)*)])?
        $(#[schemars(extend("x-title" = $title))])?
        $(#[schemars(extend("x-paper" = $paper))])?
        $(#[schemars(extend("x-arxiv" = $arxiv))])?
        $(#[schemars(extend("x-also" = $also))])?
        $(#[schemars(extend("x-equation" = $equation))])?
        $(#[schemars(extend("x-marks" = [$($crate::settings::Mark::$mark),*]))])?
        pub struct $name {$(
            $(#[doc = $help])*
            $(#[schemars(extend("x-label" = $label))])?
            $(#[schemars(extend("x-symbol" = $symbol))])?
            $(#[schemars(extend("x-unit" = $unit))])?
            $(#[schemars(extend("x-open" = $open))])?
            $(#[schemars(range(min = $low, max = $high))])?
            $(#[serde($($field_serde)*)])?
            pub $field: $type,
        )*}

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default),* }
            }
        }

        impl $crate::settings::Settings for $name {
            fn title(&self) -> &'static str {
                concat!("", $($title)?)
            }

            fn paper(&self) -> &'static str {
                concat!("", $($paper)?)
            }

            fn marks(&self) -> &'static [$crate::settings::Mark] {
                &[$($($crate::settings::Mark::$mark),*)?]
            }

            fn check(&self, prefix: &str) -> $crate::Result<()> {
                $($($crate::settings::check(prefix, stringify!($field), &self.$field, $low as f64, $high as f64)?;)?)*
                $($($crate::settings::nested!(self, prefix, $field, $nested);)?)*
                let _ = prefix;
                Ok(())
            }

            fn keys(&self) -> Vec<&'static str> {
                let keys: [Vec<&'static str>; _] = [$($crate::settings::keys!(self, $field $(, $nested)?)),*];
                keys.concat()
            }

            fn field(&mut self, key: &str) -> Option<&mut dyn std::any::Any> {
                match key {
                    $(stringify!($field) => Some(&mut self.$field),)*
                    _ => None,
                }
            }

            fn as_any(&self) -> &dyn std::any::Any {
                self
            }
        }
    };
}

/// The names that a field stands for.
macro_rules! keys {
    ($self:ident, $field:ident) => {
        vec![stringify!($field)]
    };
    ($self:ident, $field:ident, (flat)) => {
        $crate::settings::Settings::keys(&$self.$field)
    };
}

/// Its fields are told as this struct's own.
macro_rules! nested {
    ($self:ident, $prefix:ident, $field:ident, (flat)) => {
        $crate::settings::Settings::check(&$self.$field, $prefix)?
    };
}

/// The list of a kind of method: an enum with one variant a method, tagged with its name; see the [module](self). `within` comes before
/// the names in errors, where another kind has a method of that name.
macro_rules! methods {
    (
        $(#[doc = $doc:literal])*
        $(#[derive($($derive:ident),*)])?
        $(#[within($within:literal)])?
        #[serde($($serde:tt)*)]
        pub enum $list:ident: dyn $trait:ident {$(
            $variant:ident($method:ty) = $key:literal,
        )*}
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        $(#[derive($($derive),*)])?
        #[serde($($serde)*)]
        #[allow(missing_docs, reason = "each variant is what its method says of itself, in the schema too")]
        pub enum $list {$(
            #[serde(rename = $key)]
            $variant($method),
        )*}

        impl $list {
            /// The name of each, in the order of the list.
            pub const NAMES: &'static [&'static str] = &[$($key),*];

            /// Each with its default settings, in the order of the list.
            pub fn all() -> Vec<Self> {
                vec![$($list::$variant(<$method>::default())),*]
            }

            /// Its name.
            pub fn name(&self) -> &'static str {
                match self {$($list::$variant(_) => $key),*}
            }

            /// The method as one of this list; none where it is somebody else's.
            pub fn of(method: &dyn $trait) -> Option<Self> {
                let method = method.as_any();
                $(if let Some(method) = method.downcast_ref::<$method>() {
                    return Some($list::$variant(method.clone()));
                })*
                None
            }

            /// Checks every setting.
            ///
            /// # Errors
            /// [`crate::ErrorKind::Parameter`], naming the setting, its range and what was given.
            pub fn validate(&self) -> $crate::Result<()> {
                let within = concat!("", $($within, ".")?);
                self.method().check(&format!("{within}{}", self.name()))
            }

            /// Whether a mark holds of it.
            pub fn has(&self, mark: $crate::settings::Mark) -> bool {
                self.method().marks().contains(&mark)
            }

            /// The method itself, whichever it is.
            pub fn method(&self) -> &dyn $trait {
                match self {$($list::$variant(method) => method),*}
            }

            /// The method itself, to change it.
            pub fn method_mut(&mut self) -> &mut dyn $trait {
                match self {$($list::$variant(method) => method),*}
            }
        }

        $(impl From<$method> for $list {
            fn from(method: $method) -> Self {
                $list::$variant(method)
            }
        })*
    };
}

pub(crate) use {keys, methods, nested, settings};

#[cfg(test)]
mod tests {
    use super::*;

    settings! {
        /// For the tests.
        #[title = "Example"]
        #[paper = "Nobody 2026"]
        #[marks(NoTarget)]
        #[serde(default, deny_unknown_fields)]
        pub struct Example {
            /// A share.
            #[symbol = "s"]
            #[range(-1.0..=1e-4)]
            pub share: f32 = 1e-4,
            /// Left open at first.
            #[range(1..=9)]
            #[open = "as many as there are"]
            pub count: Option<usize> = None,
            /// A switch.
            pub on: bool = true,
        }
    }

    #[test]
    fn ranges_hold_for_every_number_and_for_none() {
        let cases = [
            (Example::default(), None),
            (Example { share: -1.0, ..Example::default() }, None),
            (Example { share: f32::NAN, ..Example::default() }, Some("example.share")),
            (Example { share: f32::INFINITY, ..Example::default() }, Some("example.share")),
            (Example { share: 1.1e-4, ..Example::default() }, Some("example.share")),
            (Example { count: Some(9), ..Example::default() }, None),
            (Example { count: Some(0), ..Example::default() }, Some("example.count")),
        ];
        for (example, wrong) in cases {
            let told = example.check("example").err().map(|error| error.to_string());
            assert_eq!(told.is_some(), wrong.is_some(), "{example:?}: {told:?}");
            assert!(told.unwrap_or_default().contains(wrong.unwrap_or_default()), "{example:?}");
        }
    }

    #[test]
    fn what_is_declared_is_in_the_schema() {
        let schema = serde_json::to_value(schemars::schema_for!(Example)).expect("plain data");
        assert_eq!(schema["description"], "For the tests.");
        assert_eq!((&schema["x-title"], &schema["x-paper"]), (&"Example".into(), &"Nobody 2026".into()));
        assert_eq!(schema["x-marks"], serde_json::json!(["no_target"]));
        let share = &schema["properties"]["share"];
        assert_eq!(
            (&share["minimum"], &share["maximum"], &share["x-symbol"]),
            (&(-1.0).into(), &1e-4.into(), &"s".into())
        );
        assert_eq!(schema["properties"]["count"]["maximum"], 9);
        assert_eq!(schema["properties"]["on"]["default"], true);
    }

    #[test]
    fn fields_are_found_by_name() {
        let mut example = Example::default();
        *example.field("share").and_then(|field| field.downcast_mut::<f32>()).expect("a share") = 0.0;
        assert_eq!(example.share, 0.0);
        assert!(example.field("nothing").is_none());
        assert_eq!(
            (example.title(), example.paper(), example.marks()),
            ("Example", "Nobody 2026", &[Mark::NoTarget][..])
        );
    }
}
