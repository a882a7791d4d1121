//! The checks, one row each: what it needs, and how it is judged.

use super::cases::{CURVE, Cases, Key, QUERIES};
use super::config::CheckName::{self, *};
use crate::attack::{Attack, AutoAttack, Goal};
use crate::eval::finding::{Cause, Finding};
use crate::eval::probe::{PASSES, Probe};
use crate::settings::Mark;

/// Whether it passed, none where that cannot be said; and the figures.
type Judgement = (Option<bool>, Finding);

/// A check.
pub(super) struct Row {
    pub(super) name: CheckName,
    /// The cases whose images it compares.
    pub(super) needs: &'static [Key],
    /// What is said where one of them is not there; none: the check is left out.
    pub(super) without: Option<Finding>,
    pub(super) judge: fn(&Cases, &Probe) -> Judgement,
    /// The likely cause where it fails.
    pub(super) cause: Cause,
}

/// The first of the flags; of the others, what most have in common.
const ROW: Row = Row {
    name: GradientsExist,
    needs: &[],
    without: None,
    judge: |_, probe| {
        let (zero, n) = probe.zero_gradients;
        (Some(zero == 0), Finding::ZeroGradients { zero, n })
    },
    cause: Cause::MaskedGradients,
};

/// In the order in which they are shown. The flags of AutoAttack (`flags_doc.md` of its authors) are [`GradientsExist`],
/// [`OutputsAreLogits`], [`ForwardIsDeterministic`] and [`GradientsAreTrue`]; within it, [`SquareAddsLittle`] and [`ClassesSuffice`].
pub(super) fn table() -> [Row; 18] {
    [
        Row {
            name: IterativeIsStronger,
            needs: &[Key::Pgd, Key::Fgsm],
            judge: |cases, _| {
                let (pgd, fgsm, n) = (cases.right(Key::Pgd), cases.right(Key::Fgsm), cases.n());
                (Some(pgd <= fgsm), Finding::PgdAndFgsm { pgd, fgsm, n })
            },
            ..ROW
        },
        Row {
            name: MoreStepsChangeNothing,
            needs: &[Key::Pgd, Key::PgdTwice],
            judge: |cases, _| {
                let (pgd, twice, n) = (cases.right(Key::Pgd), cases.right(Key::PgdTwice), cases.n());
                (Some(pgd.abs_diff(twice) <= cases.points(1)), Finding::PgdAndTwice { pgd, twice, n })
            },
            cause: Cause::NotConverged,
            ..ROW
        },
        Row { name: FallsWithEpsilon, needs: &[Key::Clean, Key::Pgd, Key::Half], judge: falls, ..ROW },
        Row {
            name: UnboundedBeatsAll,
            needs: &[Key::Half],
            judge: |cases, probe| {
                let (left, n) = (cases.right(Key::Half), cases.n());
                (Some(left <= n.div_ceil(probe.classes)), Finding::Unbounded { left, n })
            },
            ..ROW
        },
        Row {
            name: MinimumNormSucceeds,
            needs: &[Key::Cw, Key::Clean],
            judge: |cases, _| {
                let images = cases.at(Key::Cw).iter().zip(cases.at(Key::Clean));
                let missed = images.filter(|(cw, clean)| clean.right_clean && !cw.success).count();
                (Some(missed == 0), Finding::MinimumNorm { missed, right: cases.right(Key::Clean) })
            },
            ..ROW
        },
        Row {
            name: BlackBoxIsWeaker,
            needs: &[Key::Pgd, Key::Square],
            judge: |cases, _| {
                let more = cases.only(Key::Pgd, Key::Square);
                (Some(more <= cases.points(1)), Finding::BlackBox { more, queries: QUERIES })
            },
            ..ROW
        },
        Row {
            name: TransferIsWeaker,
            needs: &[Key::Pgd, Key::Transfer],
            without: Some(Finding::NoReference),
            judge: |cases, _| {
                let more = cases.only(Key::Pgd, Key::Transfer);
                (Some(more <= cases.points(1)), Finding::Transfer { more })
            },
            ..ROW
        },
        Row {
            name: NoiseIsWeaker,
            needs: &[Key::Noise, Key::Fgsm],
            judge: |cases, _| {
                let (noise, fgsm, n) = (cases.right(Key::Noise), cases.right(Key::Fgsm), cases.n());
                (Some(noise >= fgsm), Finding::NoiseAndFgsm { noise, fgsm, n })
            },
            ..ROW
        },
        Row {
            name: KnowledgeHelps,
            needs: &[Key::Knowing, Key::Oblivious],
            without: Some(Finding::NoDefence),
            judge: |cases, _| {
                let (oblivious, knowing, n) = (cases.right(Key::Oblivious), cases.right(Key::Knowing), cases.n());
                (Some(knowing <= oblivious + cases.points(1)), Finding::ObliviousAndKnowing { oblivious, knowing, n })
            },
            ..ROW
        },
        ROW,
        Row {
            name: OutputsAreLogits,
            judge: |_, probe| match probe.probabilities {
                true => (Some(false), Finding::Probabilities),
                false => (Some(probe.gap < 1000.0), Finding::Gap { gap: probe.gap }),
            },
            cause: Cause::NoLogits,
            ..ROW
        },
        Row {
            name: ForwardIsDeterministic,
            judge: |_, probe| match (PASSES, probe.difference) {
                (passes, 0.0) => (Some(true), Finding::SameAnswers { passes }),
                (passes, difference) => (Some(false), Finding::OtherAnswers { passes, difference }),
            },
            cause: Cause::RandomDefence,
            ..ROW
        },
        Row {
            name: AutoattackAgrees,
            needs: &[Key::Pgd, Key::AutoAttack],
            judge: |cases, _| {
                let (autoattack, n) = (cases.right(Key::AutoAttack), cases.n());
                let (left, finding) = match &cases.config.figure {
                    Some(figure) => {
                        let (left, attack) = (cases.right(Key::Figure), figure.to_string());
                        (left, Finding::FigureAndAutoattack { attack, left, autoattack, n })
                    }
                    None => {
                        let pgd = cases.right(Key::Pgd);
                        (pgd, Finding::PgdAndAutoattack { pgd, autoattack, n })
                    }
                };
                (Some(autoattack + cases.points(3) >= left), finding)
            },
            ..ROW
        },
        Row {
            name: SquareAddsLittle,
            needs: &[Key::AutoAttack],
            judge: |cases, probe| {
                let members = Attack::from(AutoAttack::default()).members(Goal::Untargeted, probe.classes);
                let square = members.iter().position(|member| member.has(Mark::BlackBox));
                let (more, n) = (cases.fooled_by(Key::AutoAttack, square), cases.n());
                // Of few images one is no sign yet.
                (Some(more <= (n / 500).max(1)), Finding::SquareAlone { more, n })
            },
            ..ROW
        },
        Row {
            name: ClassesSuffice,
            needs: &[Key::AutoAttack],
            judge: |_, probe| {
                let (classes, fewest) = (probe.classes, 4);
                (Some(classes >= fewest), Finding::ClassesForLosses { classes, fewest })
            },
            cause: Cause::FewClasses,
            ..ROW
        },
        Row {
            name: GradientsAreTrue,
            judge: |_, probe| {
                let share = probe.foretold;
                (share.map(|share| (0.5..=2.0).contains(&share)), Finding::Foretold { share })
            },
            ..ROW
        },
        Row {
            name: DefenceHelps,
            needs: &[Key::Oblivious, Key::Undefended],
            without: Some(Finding::NothingUndefended),
            judge: |cases, _| {
                let (with, without, n) = (cases.right(Key::Oblivious), cases.right(Key::Undefended), cases.n());
                (Some(gain(cases) > some(n)), Finding::DefenceGain { without, with, n })
            },
            cause: Cause::NoEffect,
        },
        Row {
            name: ClaimSurvivesKnowledge,
            needs: &[Key::Oblivious, Key::Undefended, Key::Knowing],
            without: Some(Finding::NothingUndefended),
            judge: |cases, _| {
                let gain = gain(cases);
                // He may leave even fewer than without the defence: then none remain.
                let kept = (cases.right(Key::Knowing) as i64 - cases.right(Key::Undefended) as i64).max(0);
                (Some(gain <= some(cases.n()) || 4 * kept >= gain), Finding::GainKept { gain, kept })
            },
            cause: Cause::Obscurity,
        },
    ]
}

/// In the order of ε: the curve up to the figure's own ε, that one, the rest.
fn falls(cases: &Cases, _: &Probe) -> Judgement {
    let own = 255.0 * cases.config.epsilon;
    let mut curve: Vec<(f32, Key)> = CURVE.map(|k| (k, Key::Curve(k))).into();
    curve.extend([(0.0, Key::Clean), (own, Key::Pgd), (127.5, Key::Half)]);
    curve.sort_by(|a, b| a.0.total_cmp(&b.0));
    let points: Vec<(f32, usize)> = curve.into_iter().map(|(k, case)| (k, cases.right(case))).collect();
    let passed = points.windows(2).all(|pair| pair[1].1 <= pair[0].1 + cases.points(1));
    (Some(passed), Finding::Curve { points, n: cases.n() })
}

/// Images that the defence wins against an attacker who does not know it.
fn gain(cases: &Cases) -> i64 {
    cases.right(Key::Oblivious) as i64 - cases.right(Key::Undefended) as i64
}

/// A gain below this is none.
fn some(n: usize) -> i64 {
    (n / 20).max(1) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::defense::Defense;
    use crate::eval::checks::{CheckConfig, cases::keyed, checks};
    use crate::eval::judged::Judged;

    const N: usize = 100;

    const PROBE: Probe = Probe {
        classes: 43,
        foretold: Some(1.0),
        zero_gradients: (0, 16),
        probabilities: false,
        gap: 5.0,
        difference: 0.0,
    };

    /// `right` of the images hold; those that do not were fooled.
    fn judged(right: usize) -> Vec<Judged> {
        let one = |i| Judged {
            label: 0,
            answer: usize::from(i >= right),
            right: i < right,
            right_clean: true,
            success: i >= right,
            success_clean: false,
            right_8bit: i < right,
            right_jpeg: i < right,
            l2: 0.0,
            linf: 0.0,
            l0: 0,
            by: None,
        };
        (0..N).map(one).collect()
    }

    /// What an honest evaluation leaves of the images.
    fn honest(key: Key) -> usize {
        match key {
            Key::Clean | Key::Noise => 100,
            Key::Fgsm => 60,
            Key::Pgd | Key::PgdTwice | Key::Knowing => 50,
            Key::Square | Key::AutoAttack | Key::Figure => 49,
            Key::Transfer | Key::Unknowing => 80,
            Key::Bare | Key::Reference => 10,
            Key::Curve(k) if k < 8.0 => 90 - 5 * k as usize,
            Key::Curve(_) => 20,
            Key::Half | Key::Cw => 0,
            Key::Oblivious | Key::Undefended => unreachable!("stand for others"),
        }
    }

    fn made(config: &CheckConfig, change: impl Fn(Key) -> usize, probe: Probe) -> Vec<(CheckName, Option<bool>)> {
        let judged: Vec<_> = keyed(config).into_iter().map(|(key, _)| judged(change(key))).collect();
        checks(config, &judged, &probe).into_iter().map(|check| (check.name, check.passed)).collect()
    }

    fn config() -> CheckConfig {
        let reference = Some("other".into());
        CheckConfig {
            reference,
            autoattack: true,
            n: N,
            ..CheckConfig::new("mine", Defense::from(crate::defense::Median::default()))
        }
    }

    /// Each row fails by its own figure, at its own limit, and by no other.
    #[test]
    fn every_check_has_its_limit() {
        let of = |key: Key, right: usize| move |asked: Key| if asked == key { right } else { honest(asked) };
        let passed = made(&config(), honest, PROBE);
        assert_eq!(passed.len(), table().len());
        assert!(passed.iter().all(|(_, passed)| *passed == Some(true)), "{passed:?}");

        let by_figure: [(CheckName, Key, usize, usize); 10] = [
            (IterativeIsStronger, Key::Fgsm, 50, 49),
            (MoreStepsChangeNothing, Key::PgdTwice, 49, 48),
            (FallsWithEpsilon, Key::Curve(16.0), 51, 52),
            (UnboundedBeatsAll, Key::Half, 3, 4),
            (MinimumNormSucceeds, Key::Cw, 0, 1),
            (BlackBoxIsWeaker, Key::Square, 49, 48),
            (TransferIsWeaker, Key::Transfer, 49, 48),
            (NoiseIsWeaker, Key::Noise, 60, 59),
            (AutoattackAgrees, Key::AutoAttack, 47, 46),
            (ClaimSurvivesKnowledge, Key::Knowing, 28, 27),
        ];
        for (name, key, good, bad) in by_figure {
            for (right, wanted) in [(good, true), (bad, false)] {
                let found = made(&config(), of(key, right), PROBE);
                let (_, passed) = found.iter().find(|(there, _)| *there == name).expect("every check");
                assert_eq!(*passed, Some(wanted), "{name:?}, {key:?} leaves {right}");
            }
        }
        // The oblivious attacker decides two: a gain of 5 % is none, and the one who knows must not leave more.
        let found = |right| made(&config(), of(Key::Unknowing, right), PROBE);
        assert!(found(15).contains(&(DefenceHelps, Some(false))) && found(16).contains(&(DefenceHelps, Some(true))));
        assert!(
            found(48).contains(&(KnowledgeHelps, Some(false))) && found(49).contains(&(KnowledgeHelps, Some(true)))
        );
    }

    /// The four flags that AutoAttack raises.
    #[test]
    fn the_flags_of_autoattack_are_raised() {
        for (name, probe) in [
            (GradientsExist, Probe { zero_gradients: (1, 16), ..PROBE }),
            (OutputsAreLogits, Probe { probabilities: true, ..PROBE }),
            (OutputsAreLogits, Probe { gap: 1000.0, ..PROBE }),
            (ForwardIsDeterministic, Probe { difference: 1e-7, ..PROBE }),
            (GradientsAreTrue, Probe { foretold: Some(0.4), ..PROBE }),
            (GradientsAreTrue, Probe { foretold: Some(2.1), ..PROBE }),
            (GradientsAreTrue, Probe { foretold: Some(f32::NAN), ..PROBE }),
        ] {
            let found = made(&config(), honest, probe);
            let failed: Vec<CheckName> =
                found.iter().filter(|(_, passed)| *passed == Some(false)).map(|row| row.0).collect();
            assert_eq!(failed, [name], "{probe:?}");
        }
    }

    /// What AutoAttack is compared with is the figure: PGD's, or that of the attack that is named.
    #[test]
    fn autoattack_is_compared_with_the_figure() {
        let figure = Some(crate::attack::Apgd { epsilon: 0.5, ..Default::default() }.into());
        let named = CheckConfig { figure, ..config() };
        for (left, wanted) in [(52, true), (53, false)] {
            let of = |asked: Key| if asked == Key::Figure { left } else { honest(asked) };
            assert!(made(&named, of, PROBE).contains(&(AutoattackAgrees, Some(wanted))), "{left}");
            assert!(made(&config(), of, PROBE).contains(&(AutoattackAgrees, Some(true))), "{left}");
        }
        let (_, case) = keyed(&named).into_iter().find(|(key, _)| *key == Key::Figure).expect("it is run");
        assert_eq!(case.attack.and_then(|attack| attack.epsilon()), Some(named.epsilon), "at the ε of the checks");
    }

    /// The flag that the authors raise within AutoAttack, and their warning.
    #[test]
    fn square_alone_and_few_classes_are_told() {
        // With two classes Square is the third attack, else the fourth.
        for (classes, square, suffice) in [(2, 2, false), (3, 3, false), (4, 3, true), (43, 3, true)] {
            for (alone, wanted) in [(1, true), (2, false)] {
                let mut judged: Vec<_> =
                    keyed(&config()).into_iter().map(|(key, _)| (key, judged(honest(key)))).collect();
                let (_, images) = judged.iter_mut().find(|(key, _)| *key == Key::AutoAttack).expect("it is run");
                let fooled = images.iter_mut().filter(|image| image.success);
                fooled.enumerate().for_each(|(i, image)| image.by = Some(if i < alone { square } else { 0 }));
                let judged: Vec<_> = judged.into_iter().map(|(_, images)| images).collect();
                let found = checks(&config(), &judged, &Probe { classes, ..PROBE });
                let passed = |name| found.iter().find(|check| check.name == name).expect("every check").passed;
                assert_eq!(passed(SquareAddsLittle), Some(wanted), "{classes} classes, {alone} by Square alone");
                assert_eq!(passed(ClassesSuffice), Some(suffice), "{classes} classes");
            }
        }
    }

    /// A check without what it compares says so, or is left out; for a model that is its own defence the reference is the other.
    #[test]
    fn what_is_not_there_is_not_judged() {
        let alone = CheckConfig { reference: None, autoattack: false, ..CheckConfig::new("mine", Defense::default()) };
        let found = made(&alone, honest, PROBE);
        let unjudged: Vec<CheckName> = found.iter().filter(|(_, passed)| passed.is_none()).map(|row| row.0).collect();
        assert_eq!(unjudged, [TransferIsWeaker, KnowledgeHelps, DefenceHelps, ClaimSurvivesKnowledge]);
        assert!(found.iter().all(|(name, _)| *name != AutoattackAgrees));
        let with = CheckConfig { reference: Some("other".into()), ..alone };
        let found = made(&with, honest, PROBE);
        assert!(found.contains(&(DefenceHelps, Some(true))) && found.contains(&(KnowledgeHelps, Some(true))));
    }
}
