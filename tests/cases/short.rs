//! Every attack that there is, with little work: a new one is among them without being named.

use fool_the_sign::attack::{Apgd, ApgdLoss, Attack};

/// All attacks at one ε, APGD with each of its losses. What counts their work is found by its name, and is at most so much.
pub fn short(epsilon: f32, limits: &[(&str, usize)]) -> Vec<Attack> {
    let mut all = Attack::all();
    all.extend([ApgdLoss::Dlr, ApgdLoss::DlrTargeted].map(|loss| Apgd { loss, ..Apgd::default() }.into()));
    let shortened = |mut attack: Attack| {
        for (key, most) in limits {
            let field = attack.method_mut().field(key).and_then(|field| field.downcast_mut::<usize>());
            field.into_iter().for_each(|field| *field = (*field).min(*most));
        }
        // Pairs of values are as many as values squared.
        let single = attack.method_mut().field("one_pixel").and_then(|field| field.downcast_mut::<bool>());
        single.into_iter().for_each(|single| *single = true);
        attack.with_epsilon(epsilon)
    };
    all.into_iter().map(shortened).collect()
}
