//! The attacks behind the checks, each with what it is for.

use super::config::CheckConfig;
use crate::attack::{Attack, AutoAttack, CarliniWagner, Fgsm, Pgd, Square, UniformNoise};
use crate::defense::{Defense, Knowledge};
use crate::eval::evaluation::Case;
use crate::eval::judged::Judged;

/// Queries of Square for each image.
pub(super) const QUERIES: usize = 500;

/// ε of the curve, in 255ths; the figure's own ε is not among them.
pub(super) const CURVE: [f32; 5] = [1.0, 2.0, 4.0, 16.0, 32.0];

/// What a case of the checks is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Key {
    Clean,
    Fgsm,
    Pgd,
    PgdTwice,
    /// PGD at ε = 0.5.
    Half,
    Cw,
    Noise,
    Square,
    /// PGD at so many 255ths.
    Curve(f32),
    /// PGD on the model without its defence.
    Bare,
    /// PGD of the attacker who knows the defence.
    Knowing,
    /// PGD's examples of the reference.
    Transfer,
    /// PGD on the reference itself.
    Reference,
    /// PGD of the attacker who does not know the defence.
    Unknowing,
    AutoAttack,
    /// The attack that the figure was measured with, where it is named.
    Figure,
    /// [`Key::Unknowing`]; for a model that is its own defence [`Key::Transfer`], all that its attacker has.
    Oblivious,
    /// [`Key::Bare`]; for a model that is its own defence [`Key::Reference`].
    Undefended,
}

/// Every case with what it is for.
pub(super) fn keyed(config: &CheckConfig) -> Vec<(Key, Case)> {
    let CheckConfig { model, defense, knowledge, epsilon, reference, .. } = config;
    let epsilon = *epsilon;
    let pgd = |epsilon, steps| Attack::Pgd(Pgd { epsilon, steps, ..Pgd::default() });
    let own = |attack| claimed(config, attack);
    let with = |knowledge, attack| Case::attacked(model, defense.clone(), knowledge, attack);
    let knowing = if *knowledge == Knowledge::Bpda { Knowledge::Bpda } else { Knowledge::Adaptive };
    let square = Square { epsilon, queries: QUERIES, ..Square::default() };
    let mut cases = vec![
        (Key::Clean, Case::clean(model, defense.clone())),
        (Key::Fgsm, own(Attack::Fgsm(Fgsm { epsilon }))),
        (Key::Pgd, own(pgd(epsilon, 20))),
        (Key::PgdTwice, own(pgd(epsilon, 40))),
        (Key::Half, own(pgd(0.5, 20))),
        (Key::Cw, own(Attack::Cw(CarliniWagner::default()))),
        (Key::Noise, own(Attack::Noise(UniformNoise { epsilon, seed: 1 }))),
        (Key::Square, with(Knowledge::Adaptive, Attack::Square(square))),
        (Key::Bare, Case::attacked(model, Defense::default(), Knowledge::Adaptive, pgd(epsilon, 20))),
        (Key::Knowing, with(knowing, pgd(epsilon, 20))),
    ];
    cases.extend(CURVE.map(|k| (Key::Curve(k), own(pgd(k / 255.0, 20)))));
    if let Some(reference) = reference {
        let made_on = Some(reference.clone());
        cases.push((Key::Transfer, Case { made_on, ..with(Knowledge::Oblivious, pgd(epsilon, 20)) }));
        cases.push((
            Key::Reference,
            Case::attacked(reference, Defense::default(), Knowledge::Adaptive, pgd(epsilon, 20)),
        ));
    }
    if !defense.is_none() {
        cases.push((Key::Unknowing, with(Knowledge::Oblivious, pgd(epsilon, 20))));
    }
    if let Some(figure) = &config.figure {
        cases.push((Key::Figure, own(figure.clone().with_epsilon(epsilon))));
    }
    if config.autoattack {
        cases.push((Key::AutoAttack, own(Attack::Autoattack(AutoAttack { epsilon, ..AutoAttack::default() }))));
    }
    cases
}

/// A case of the attacker whose figure is checked. An oblivious one needs something else to attack than the model itself:
/// the model without its defence, or the reference.
fn claimed(config: &CheckConfig, attack: Attack) -> Case {
    let case = Case::attacked(&config.model, config.defense.clone(), config.knowledge, attack);
    let bare = config.defense.is_none() && config.knowledge == Knowledge::Oblivious;
    Case { made_on: config.reference.clone().filter(|_| bare), ..case }
}

/// What came of each image in each case of [`super::evaluation`].
pub(super) struct Cases<'a> {
    pub(super) config: &'a CheckConfig,
    keys: Vec<Key>,
    judged: &'a [Vec<Judged>],
}

impl<'a> Cases<'a> {
    pub(super) fn new(config: &'a CheckConfig, judged: &'a [Vec<Judged>]) -> Self {
        Self { config, keys: keyed(config).into_iter().map(|(key, _)| key).collect(), judged }
    }

    fn find(&self, key: Key) -> Option<&[Judged]> {
        let own = self.config.defense.is_none();
        let key = match key {
            Key::Oblivious if own => Key::Transfer,
            Key::Oblivious => Key::Unknowing,
            Key::Undefended if own => Key::Reference,
            Key::Undefended => Key::Bare,
            key => key,
        };
        self.keys.iter().position(|there| *there == key).map(|at| self.judged[at].as_slice())
    }

    pub(super) fn has(&self, key: Key) -> bool {
        self.find(key).is_some()
    }

    /// Of a case that the check has said it needs.
    pub(super) fn at(&self, key: Key) -> &[Judged] {
        self.find(key).unwrap_or_else(|| unreachable!("{key:?} is not among what the check needs"))
    }

    /// Images on which the model holds.
    pub(super) fn right(&self, key: Key) -> usize {
        self.at(key).iter().filter(|image| image.holds()).count()
    }

    /// Images that are right when clean and that only that member of a sequence of attacks has fooled.
    pub(super) fn fooled_by(&self, key: Key, member: Option<usize>) -> usize {
        self.at(key).iter().filter(|image| image.right_clean && !image.holds() && image.by == member).count()
    }

    pub(super) fn n(&self) -> usize {
        self.judged[0].len()
    }

    /// So many points of accuracy, but at least one image.
    pub(super) fn points(&self, points: usize) -> usize {
        (points * self.n() / 100).max(1)
    }

    /// Images that hold in the first case and not in the second.
    pub(super) fn only(&self, right: Key, wrong: Key) -> usize {
        self.at(right).iter().zip(self.at(wrong)).filter(|(a, b)| a.holds() && !b.holds()).count()
    }
}
