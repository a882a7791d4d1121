//! The examples run, and come to what they say.
#![cfg(not(target_family = "wasm"))]
#![allow(dead_code, reason = "their `main` is for people")]

#[path = "../examples/attack_your_network.rs"]
mod attack_your_network;
#[path = "../examples/evaluate_with_records.rs"]
mod evaluate_with_records;
#[path = "../examples/train_and_defend.rs"]
mod train_and_defend;

#[test]
fn a_network_of_ones_own_is_attacked() {
    attack_your_network::run().expect("every attack fools it");
}

#[test]
fn a_network_is_trained_and_defended() {
    train_and_defend::run(32).expect("it comes to its end");
}

#[test]
fn figures_are_kept_as_records() {
    evaluate_with_records::run("data/weights/lenet.safetensors").expect("records that can be read back");
}
