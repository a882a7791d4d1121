//! The bodies of `tests/cases`, natively on the CPU.
#![cfg(not(target_family = "wasm"))]

mod cases;

macro_rules! on_the_cpu {
    ($($case:ident,)*) => {
        $(#[test]
        fn $case() {
            pollster::block_on(cases::$case(fool_the_sign::device::cpu()));
        })*
    };
}

cases::for_each_case!(on_the_cpu);
cases::for_each_long_case!(on_the_cpu);
