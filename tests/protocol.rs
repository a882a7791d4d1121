//! The contract with front ends, word for word: these texts are what the page sends. A change here breaks the page.
#![cfg(not(target_family = "wasm"))]

use fool_the_sign::protocol::{Command, Event, Told};

#[test]
fn commands_read_as_the_page_writes_them() {
    let texts = [
        r#"{"type":"sign","class":14,"seed":7}"#,
        r#"{"type":"gallery","count":43,"seed":1}"#,
        r#"{"type":"photo","bytes":[137,80]}"#,
        r#"{"type":"crop","square":{"x":1.5,"y":2.0,"size":40.0}}"#,
        r#"{"type":"new_model","name":"lenet","architecture":"lenet","seed":1}"#,
        r#"{"type":"select_model","name":"lenet"}"#,
        r#"{"type":"copy_model","name":"robust"}"#,
        r#"{"type":"remove_model","name":"robust"}"#,
        r#"{"type":"export_model","name":"lenet","purifier":false}"#,
        r#"{"type":"import_model","name":"lenet","bytes":[8,0],"architecture":null}"#,
        r#"{"type":"train","config":{"epochs":6,"batch_size":32,"images_per_epoch":4300,"validation_images":430,"augment":false,"drawn":0.0,"harsh":false,"learning_rate":0.004,"weight_decay":0.0,"ema":0.0,"recipe":{"kind":"standard"},"seed":1}}"#,
        r#"{"type":"train","config":{"epochs":6,"batch_size":32,"images_per_epoch":4300,"validation_images":430,"augment":false,"drawn":0.0,"harsh":false,"learning_rate":0.004,"weight_decay":0.0,"ema":0.0,"recipe":{"kind":"trades","epsilon":0.5,"steps":10,"beta":6.0},"seed":1}}"#,
        r#"{"type":"train_purifier","config":{"epochs":3,"batch_size":16,"images_per_epoch":2150,"validation_images":215,"augment":true,"drawn":0.5,"harsh":true,"learning_rate":0.003,"width":16,"notebook":false,"clean_to_clean":false,"noise":0.5,"epsilon":0.5,"guide":0.25,"label_guide":0.5,"full_skip":false,"seed":1}}"#,
        r#"{"type":"attack","attack":{"name":"fgsm","epsilon":0.5},"goal":{"kind":"untargeted"},"defense":{"name":"none"},"knowledge":"adaptive","made_on":null}"#,
        r#"{"type":"attack","attack":{"name":"cw","kappa":0.0,"searches":5,"steps":200,"learning_rate":0.5,"initial_c":1.0,"abort_early":true},"goal":{"kind":"targeted","class":1},"defense":{"name":"jpeg","quality":75},"knowledge":"bpda","made_on":"other"}"#,
        r#"{"type":"attack","attack":{"name":"pgd","epsilon":0.5,"steps":20,"alpha":null,"restarts":1,"seed":1},"goal":{"kind":"untargeted"},"defense":{"name":"detector","statistic":"jsd10","false_positive_rate":0.5},"knowledge":"oblivious","made_on":null}"#,
        r#"{"type":"attack","attack":{"name":"bim","epsilon":0.5,"steps":10,"alpha":0.25},"goal":{"kind":"untargeted"},"defense":{"name":"bit_depth","bits":4},"knowledge":"adaptive","made_on":null}"#,
        r#"{"type":"attack","attack":{"name":"apgd","epsilon":0.5,"steps":100,"loss":"dlr_targeted","restarts":1,"targets":9,"seed":1},"goal":{"kind":"untargeted"},"defense":{"name":"median"},"knowledge":"adaptive","made_on":null}"#,
        r#"{"type":"attack","attack":{"name":"square","epsilon":0.5,"queries":5000,"p":0.5,"seed":1},"goal":{"kind":"untargeted"},"defense":{"name":"purifier"},"knowledge":"adaptive","made_on":null}"#,
        r#"{"type":"attack","attack":{"name":"ensemble","epsilon":0.5,"steps":100,"targets":9,"queries":5000,"seed":1},"goal":{"kind":"untargeted"},"defense":{"name":"huge_logits"},"knowledge":"adaptive","made_on":null}"#,
        r#"{"type":"attack","attack":{"name":"deepfool","steps":50,"overshoot":0.5},"goal":{"kind":"untargeted"},"defense":{"name":"no_gradient"},"knowledge":"adaptive","made_on":null}"#,
        r#"{"type":"attack","attack":{"name":"jsma","theta":1.0,"gamma":0.5,"one_pixel":false},"goal":{"kind":"untargeted"},"defense":{"name":"none"},"knowledge":"adaptive","made_on":null}"#,
        r#"{"type":"attack","attack":{"name":"noise","epsilon":0.5,"seed":1},"goal":{"kind":"untargeted"},"defense":{"name":"none"},"knowledge":"adaptive","made_on":null}"#,
        r#"{"type":"evaluate","config":{"split":"validation","n":43,"seed":1,"cases":[{"model":"lenet","defense":{"name":"none"},"knowledge":"none","attack":null,"goal":{"kind":"untargeted"},"made_on":null}]},"share":{"index":0,"of":1}}"#,
        r#"{"type":"part","part":{"case":0,"chunk":1,"images":[{"label":14,"answer":1,"right":false,"right_clean":true,"success":true,"success_clean":false,"right_8bit":false,"right_jpeg":false,"l2":0.5,"linf":0.25,"l0":12}]}}"#,
        r#"{"type":"check","config":{"model":"lenet","defense":{"name":"none"},"knowledge":"adaptive","reference":null,"epsilon":0.5,"split":"validation","n":64,"seed":1}}"#,
        r#"{"type":"roc","config":{"attack":{"name":"fgsm","epsilon":0.5},"knowledge":"oblivious","n":64,"seed":1,"false_positive_rate":0.5}}"#,
        r#"{"type":"unload"}"#,
        r#"{"type":"gradients"}"#,
        r#"{"type":"slice","seed":1}"#,
        r#"{"type":"pause"}"#,
        r#"{"type":"resume"}"#,
        r#"{"type":"step"}"#,
        r#"{"type":"cancel"}"#,
        r#"{"type":"checkpoint"}"#,
        r#"{"type":"continue","checkpoint":[8,0]}"#,
        r#"{"type":"benchmark","work":"input_gradient","batch":64,"repeats":8}"#,
    ];
    for text in texts {
        let command: Command = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&command).unwrap(), text);
    }
}

/// What a link, a page or a file from before these settings says.
#[test]
fn settings_that_came_later_are_off_where_they_are_not_named() {
    let old = r#"{"type":"train","config":{"epochs":6,"learning_rate":0.004,"recipe":{"kind":"standard"},"seed":1}}"#;
    let Ok(Command::Train { config }) = serde_json::from_str(old) else { panic!("{old}") };
    assert_eq!((config.weight_decay, config.ema), (0.0, 0.0));
}

#[test]
fn events_read_as_the_engine_writes_them() {
    let texts = [
        r#"{"type":"job","kind":"train_purifier","state":"running","done":3,"total":10}"#,
        r#"{"type":"training","kind":"train","step":4,"steps":804,"epoch":0.5,"loss":2.5,"accuracy":0.25,"images":128}"#,
        r#"{"type":"validation","kind":"train","step":134,"epoch":1.0,"loss":0.5,"accuracy":{"correct":1,"n":4,"value":0.25,"low":0.125,"high":0.5},"attacked":null,"purified_clean":null,"robust":null,"collapsed":false}"#,
        r#"{"type":"attacking","round":1,"iteration":4,"c":1.0,"best_l2":null,"margin":0.5,"l2":0.25,"picture":{"width":1,"height":1,"rgba":[1,2,3,255]},"top":[{"class":14,"probability":0.5}]}"#,
        r#"{"type":"measured","accuracies":[null,{"correct":1,"n":4,"value":0.25,"low":0.125,"high":0.5}]}"#,
        r#"{"type":"shelf","selected":"lenet","models":[{"name":"lenet","architecture":"lenet","classes":["a","b"],"parameters":64811,"layers":[],"purifier":null,"recipe":{"kind":"fast","epsilon":0.5}}]}"#,
        r#"{"type":"loading","done":64,"total":128,"bytes":1000,"bytes_total":2000,"skipped":1,"finished":false}"#,
        r#"{"type":"data","name":"Flags","classes":["a","b"],"signs":false,"set":{"fingerprint":"00ff","deal":{"seed":1,"validation":0.5,"test":0.25},"splits":[{"split":"train","n":3,"tracks":2,"counts":[1,2]}],"report":{"used":3,"skipped":1,"ignored":0,"repeated":0,"list":[{"name":"c.png","reason":{"code":"entry_damaged","values":{"fault":{"code":"other_size"}},"message":"Damaged."}}],"notes":[]}}}"#,
        r#"{"type":"checks","checks":[{"name":"gradients_exist","passed":false,"detail":{"code":"zero_gradients","values":{"zero":1,"n":2},"message":"None."},"cause":{"code":"masked_gradients","message":"Masked."}}],"records":"[]"}"#,
        r#"{"type":"gradients","original":{"class":14,"values":[0.5]},"attacked":null}"#,
        r#"{"type":"slice","side":1,"along":[-1.0,2.0],"across":[-1.5,1.5],"classes":[14],"probabilities":[0.5]}"#,
        r#"{"type":"checkpoint","kind":"train","model":"lenet","step":3,"steps":10,"bytes":[8,0]}"#,
        r#"{"type":"error","code":"busy","message":"Wait."}"#,
        r#"{"type":"error","code":"out_of_range","values":{"setting":"pgd.steps","low":1.0,"high":10000.0,"got":0.0},"message":"More."}"#,
    ];
    for text in texts {
        let event: Event = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&event).unwrap(), text);
    }
}

#[test]
fn an_event_comes_with_the_number_of_its_job() {
    for text in [
        r#"{"job":7,"event":{"type":"part","part":{"case":0,"chunk":1,"images":[]}}}"#,
        r#"{"job":null,"event":{"type":"measured","accuracies":[]}}"#,
    ] {
        let told: Told = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&told).unwrap(), text);
    }
}

#[test]
fn nonsense_is_no_command() {
    for text in [r#"{"type":"delete"}"#, r#"{"type":"sign"}"#, r#"{"type":"sign","class":-1,"seed":0}"#, "null", "[]"] {
        assert!(serde_json::from_str::<Command>(text).is_err(), "{text}");
    }
}
