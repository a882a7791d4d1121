// Made from the declarations in `src` by `cargo xtask made`; never edited by hand.

/** A setting: what may be given, and what it is where nothing is. `epsilon` is a share of 1 that people see as k/255; one that is
 * `open` may be left empty. */
export interface Declared {
  key: string;
  kind: "integer" | "number" | "epsilon" | "switch" | "seed" | "choice";
  min?: number;
  max?: number;
  default: number | string | boolean | null;
  symbol?: string;
  open?: boolean;
  choices?: readonly string[];
}

/** A method: its paper and that one's number at arXiv, what else there is to read, and what it computes. */
export interface Method {
  name: string;
  paper: string;
  arxiv?: string;
  also?: string;
  equation?: string;
  marks: readonly string[];
  settings: readonly Declared[];
}

/** Attacks. */
export const ATTACKS: readonly Method[] = [
  {"arxiv":"1412.6572","equation":"x′ = x + ε · \"sign\" ∇_x L ( x , y )","marks":["bounded"],"name":"fgsm","paper":"Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples, ICLR 2015, section 4", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
  ] },
  {"arxiv":"1607.02533","equation":"x_{i+1} = Π_ε ( x_i + α · \"sign\" ∇_x L ( x_i , y ) )","marks":["bounded"],"name":"bim","paper":"Kurakin, Goodfellow, Bengio: Adversarial Examples in the Physical World, 2017, section 2.2", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":10,"key":"steps","kind":"integer","max":10000,"min":1},
    {"default":null,"key":"alpha","kind":"epsilon","max":1.0,"min":0.0,"open":true,"symbol":"α"},
  ] },
  {"arxiv":"1710.06081","equation":"g_{i+1} = μ · g_i + {∇_x L ( x_i , y )}/{\"‖\"∇_x L ( x_i , y )\"‖\"_1} ,   x_{i+1} = Π_ε ( x_i + α · \"sign\" g_{i+1} )","marks":["bounded"],"name":"mi_fgsm","paper":"Dong et al.: Boosting Adversarial Attacks with Momentum, CVPR 2018, algorithm 1", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":10,"key":"steps","kind":"integer","max":10000,"min":1},
    {"default":null,"key":"alpha","kind":"epsilon","max":1.0,"min":0.0,"open":true,"symbol":"α"},
    {"default":1.0,"key":"decay","kind":"number","max":2.0,"min":0.0,"symbol":"μ"},
  ] },
  {"arxiv":"1706.06083","equation":"x_0 = x + u ,   u ~ U ( −ε , ε ) ;   x_{i+1} = Π_ε ( x_i + α · \"sign\" ∇_x L ( x_i , y ) )","marks":["bounded","seeded"],"name":"pgd","paper":"Madry et al.: Towards Deep Learning Models Resistant to Adversarial Attacks, ICLR 2018, section 2.1", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":20,"key":"steps","kind":"integer","max":10000,"min":1},
    {"default":null,"key":"alpha","kind":"epsilon","max":1.0,"min":0.0,"open":true,"symbol":"α"},
    {"default":1,"key":"restarts","kind":"integer","max":100,"min":1},
    {"default":1,"key":"seed","kind":"seed"},
  ] },
  {"arxiv":"2003.01690","equation":"z_{i+1} = Π_ε ( x_i + η_i · \"sign\" ∇_x L ( x_i ) ) ,   x_{i+1} = Π_ε ( x_i + a ( z_{i+1} − x_i ) + ( 1 − a ) ( x_i − x_{i−1} ) )","marks":["bounded","seeded"],"name":"apgd","paper":"Croce, Hein: Reliable Evaluation of Adversarial Robustness, ICML 2020, algorithm 1", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":100,"key":"steps","kind":"integer","max":10000,"min":1},
    {"choices":["ce","dlr","dlr_targeted"],"default":"ce","key":"loss","kind":"choice"},
    {"default":1,"key":"restarts","kind":"integer","max":100,"min":1},
    {"default":9,"key":"targets","kind":"integer","max":199,"min":1},
    {"default":1,"key":"seed","kind":"seed"},
  ] },
  {"arxiv":"1912.00049","equation":"x′ = Π_ε ( x + s ) ,   s ∈ \"{\" −2ε , 2ε \"}\" · 1_{\"□\"}","marks":["black_box","bounded","seeded"],"name":"square","paper":"Andriushchenko et al.: Square Attack, ECCV 2020, algorithms 1 and 2", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":5000,"key":"queries","kind":"integer","max":1000000,"min":1},
    {"default":0.8,"key":"p","kind":"number","max":1.0,"min":0.0001,"symbol":"p"},
    {"default":1,"key":"seed","kind":"seed"},
  ] },
  {"arxiv":"1907.02044","marks":["bounded"],"name":"fab","paper":"Croce, Hein: Minimally Distorted Adversarial Examples with a Fast Adaptive Boundary Attack, ICML 2020", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":100,"key":"steps","kind":"integer","max":10000,"min":1},
    {"default":9,"key":"targets","kind":"integer","max":199,"min":1},
  ] },
  {"arxiv":"2003.01690","marks":["bounded","seeded"],"name":"ensemble","paper":"Croce, Hein: Reliable Evaluation of Adversarial Robustness, ICML 2020, section 5", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":100,"key":"steps","kind":"integer","max":10000,"min":1},
    {"default":9,"key":"targets","kind":"integer","max":199,"min":1},
    {"default":5000,"key":"queries","kind":"integer","max":1000000,"min":1},
    {"default":1,"key":"seed","kind":"seed"},
  ] },
  {"arxiv":"2003.01690","marks":["bounded","seeded"],"name":"autoattack","paper":"Croce, Hein: Reliable Evaluation of Adversarial Robustness, ICML 2020, section 5", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":100,"key":"steps","kind":"integer","max":10000,"min":1},
    {"default":9,"key":"targets","kind":"integer","max":199,"min":1},
    {"default":5000,"key":"queries","kind":"integer","max":1000000,"min":1},
    {"default":1,"key":"seed","kind":"seed"},
  ] },
  {"arxiv":"1608.04644","equation":"\"min\"_w \"‖\"δ\"‖\"_2^2 + c · \"max\" ( \"max\"_{k ≠ t} z_k − z_t , −κ ) ,   x + δ = {\"tanh\" w + 1}/{2}","marks":[],"name":"cw","paper":"Carlini, Wagner: Towards Evaluating the Robustness of Neural Networks, 2017, section VI-A", "settings": [
    {"default":0.0,"key":"kappa","kind":"number","max":1000.0,"min":0.0,"symbol":"κ"},
    {"default":5,"key":"searches","kind":"integer","max":20,"min":1},
    {"default":200,"key":"steps","kind":"integer","max":10000,"min":1},
    {"default":0.05,"key":"learning_rate","kind":"number","max":1.0,"min":1e-6,"symbol":"η"},
    {"default":1.0,"key":"initial_c","kind":"number","max":1000000.0,"min":1e-6,"symbol":"c₀"},
    {"default":true,"key":"abort_early","kind":"switch"},
  ] },
  {"arxiv":"1511.04599","equation":"δ = {| z_k − z_y |}/{\"‖\"∇ z_k − ∇ z_y\"‖\"_2^2} ( ∇ z_k − ∇ z_y )","marks":["no_target"],"name":"deepfool","paper":"Moosavi-Dezfooli, Fawzi, Frossard: DeepFool, CVPR 2016, algorithm 2", "settings": [
    {"default":50,"key":"steps","kind":"integer","max":10000,"min":1},
    {"default":0.02,"key":"overshoot","kind":"number","max":10.0,"min":0.0},
  ] },
  {"arxiv":"1511.07528","equation":"S_i = {∂ z_t}/{∂ x_i} · | ∑_{k ≠ t} {∂ z_k}/{∂ x_i} |","marks":[],"name":"jsma","paper":"Papernot et al.: The Limitations of Deep Learning in Adversarial Settings, 2016, algorithms 2 and 3", "settings": [
    {"default":1.0,"key":"theta","kind":"number","max":1.0,"min":-1.0,"symbol":"θ"},
    {"default":0.1,"key":"gamma","kind":"number","max":1.0,"min":0.0001,"symbol":"γ"},
    {"default":false,"key":"one_pixel","kind":"switch"},
  ] },
  {"equation":"x′ = x + u ,   u ~ U ( −ε , ε )","marks":["black_box","control","bounded","seeded"],"name":"noise","paper":"", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":1,"key":"seed","kind":"seed"},
  ] },
];

export type AttackName = "fgsm" | "bim" | "mi_fgsm" | "pgd" | "apgd" | "square" | "fab" | "ensemble" | "autoattack" | "cw" | "deepfool" | "jsma" | "noise";

/** Defences. */
export const DEFENCES: readonly Method[] = [
  {"marks":[],"name":"none","paper":"", "settings": [] },
  {"also":"Liao and others: Defense against Adversarial Attacks Using High-Level Representation Guided Denoiser. CVPR 2018, arXiv:1712.02976","arxiv":"1705.09064","equation":"\"min\"_θ \"‖\"g_θ ( x + η ) − x\"‖\"^2 + λ \"‖\"z ( g_θ ( x + η ) ) − z ( x )\"‖\"_1 + μ \"CE\" ( z ( g_θ ( x + η ) ) , y )","marks":["needs_purifier"],"name":"purifier","paper":"Meng, Chen: MagNet, a Two-Pronged Defense against Adversarial Examples, CCS 2017, section 4.3", "settings": [] },
  {"arxiv":"1705.09064","equation":"d ( x ) = \"JSD\" ( p ( x ; T ) , p ( g ( x ) ; T ) ) > τ ;   d ( x ) = \"mean\" |g ( x ) − x|^p > τ","marks":["needs_purifier"],"name":"detector","paper":"Meng, Chen: MagNet, a Two-Pronged Defense against Adversarial Examples, CCS 2017, section 4.2", "settings": [
    {"choices":["l1","l2","jsd10","jsd40"],"default":"jsd10","key":"statistic","kind":"choice"},
    {"default":0.05,"key":"false_positive_rate","kind":"number","max":1.0,"min":0.0},
  ] },
  {"arxiv":"1704.01155","equation":"x → {\"round\" ( x ( 2^b − 1 ) )}/{2^b − 1}","marks":[],"name":"bit_depth","paper":"Xu, Evans, Qi: Feature Squeezing, NDSS 2018, section III-A", "settings": [
    {"default":3,"key":"bits","kind":"integer","max":8,"min":1},
  ] },
  {"arxiv":"1704.01155","equation":"x_i → \"median\" \"{\" x_j : j ∈ N_{3×3} ( i ) \"}\"","marks":[],"name":"median","paper":"Xu, Evans, Qi: Feature Squeezing, NDSS 2018, section III-B", "settings": [] },
  {"arxiv":"1608.00853","marks":[],"name":"jpeg","paper":"Dziugaite, Ghahramani, Roy: A Study of the Effect of JPG Compression on Adversarial Images, 2016", "settings": [
    {"default":75,"key":"quality","kind":"integer","max":100,"min":1},
  ] },
  {"also":"Athalye, Carlini, Wagner: Obfuscated Gradients Give a False Sense of Security, ICML 2018, arXiv:1802.00420","equation":"z → 10^6 · z","marks":["bad_example"],"name":"huge_logits","paper":"", "settings": [] },
  {"also":"Athalye, Carlini, Wagner: Obfuscated Gradients Give a False Sense of Security, ICML 2018, arXiv:1802.00420","equation":"g ( x ) = x ,   ∇ g = 0","marks":["bad_example"],"name":"no_gradient","paper":"", "settings": [] },
];

export type DefenseName = "none" | "purifier" | "detector" | "bit_depth" | "median" | "jpeg" | "huge_logits" | "no_gradient";

/** What a classifier learns from. */
export const RECIPES: readonly Method[] = [
  {"marks":[],"name":"standard","paper":"", "settings": [] },
  {"arxiv":"1412.6572","equation":"\"min\"_θ ½ L ( x , y ) + ½ L ( x + ε \"sign\" ∇_x L , y )","marks":["single_step","bounded"],"name":"fgsm","paper":"Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples, ICLR 2015, section 6", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
  ] },
  {"arxiv":"2001.03994","equation":"δ = Π_ε ( u + 1.25 ε · \"sign\" ∇_x L ( x + u , y ) )","marks":["single_step","bounded"],"name":"fast","paper":"Wong, Rice, Kolter: Fast Is Better than Free, ICLR 2020, algorithm 3", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
  ] },
  {"arxiv":"2202.01181","equation":"δ = u + ε · \"sign\" ∇_x L ( x + u , y ) ,   u ~ U ( −2ε , 2ε )","marks":["single_step","bounded"],"name":"n_fgsm","paper":"de Jorge et al.: Make Some Noise, NeurIPS 2022, algorithm 1", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
  ] },
  {"arxiv":"1706.06083","equation":"\"min\"_θ E \"max\"_{\"‖\"δ\"‖\" ≤ ε} L ( x + δ , y )","marks":["bounded"],"name":"pgd","paper":"Madry et al.: Towards Deep Learning Models Resistant to Adversarial Attacks, ICLR 2018, section 2.1", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":7,"key":"steps","kind":"integer","max":100,"min":1},
  ] },
  {"arxiv":"1901.08573","equation":"\"min\"_θ L ( x , y ) + β \"max\"_{\"‖\"δ\"‖\" ≤ ε} \"KL\" ( p ( x ) , p ( x + δ ) )","marks":["bounded"],"name":"trades","paper":"Zhang et al.: Theoretically Principled Trade-off between Robustness and Accuracy, ICML 2019, equation 5", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
    {"default":10,"key":"steps","kind":"integer","max":100,"min":1},
    {"default":6.0,"key":"beta","kind":"number","max":1000.0,"min":0.0,"symbol":"β"},
  ] },
  {"arxiv":"1909.09552","equation":"\"min\"_θ E \"max\"_{p , s} L ( x ⊕ s_p , y )","marks":[],"name":"doa","paper":"Wu, Tong, Vorobeychik: Defending Against Physically Realizable Attacks on Image Classification, ICLR 2020, section 4", "settings": [
    {"default":7,"key":"side","kind":"integer","max":16,"min":1},
    {"default":5,"key":"places","kind":"integer","max":36,"min":1},
    {"default":7,"key":"steps","kind":"integer","max":100,"min":1},
  ] },
  {"marks":["bad_example","bounded"],"name":"stale","paper":"", "settings": [
    {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
  ] },
];

export type RecipeName = "standard" | "fgsm" | "fast" | "n_fgsm" | "pgd" | "trades" | "doa" | "stale";

/** Networks. */
export const NETWORKS: readonly Method[] = [
  {"marks":[],"name":"lenet","paper":"LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, Proceedings of the IEEE 1998", "settings": [] },
  {"marks":[],"name":"signnet","paper":"Sermanet, LeCun: Traffic Sign Recognition with Multi-Scale Convolutional Networks, IJCNN 2011", "settings": [] },
  {"marks":[],"name":"convnet","paper":"", "settings": [] },
  {"marks":[],"name":"combined","paper":"", "settings": [] },
];

export type NetworkName = "lenet" | "signnet" | "convnet" | "combined";

/** Stickers. */
export const STICKERS: readonly Method[] = [
  {"also":"Athalye, Engstrom, Ilyas, Kwok: Synthesizing Robust Adversarial Examples, ICML 2018, arXiv:1707.07397","arxiv":"1707.08945","equation":"\"min\"_s E_v L ( f ( v ( x ⊕ s ) ) , y ) + λ \"TV\" ( s )","marks":["seeded"],"name":"sticker","paper":"Eykholt et al.: Robust Physical-World Attacks on Deep Learning Visual Classification, CVPR 2018, section 3", "settings": [
    {"choices":["bars","rim","square","pieces"],"default":"bars","key":"shape","kind":"choice"},
    {"default":0.125,"key":"share","kind":"number","max":0.5,"min":0.005},
    {"choices":["free","printed","tape"],"default":"free","key":"colours","kind":"choice"},
    {"default":200,"key":"steps","kind":"integer","max":10000,"min":1},
    {"default":32,"key":"views","kind":"integer","max":256,"min":1,"symbol":"k"},
    {"default":0.1,"key":"learning_rate","kind":"number","max":10.0,"min":0.0001},
    {"default":5.0,"key":"kappa","kind":"number","max":100.0,"min":0.0,"symbol":"κ"},
    {"default":0.0,"key":"smoothness","kind":"number","max":100.0,"min":0.0,"symbol":"λ"},
    {"default":1,"key":"seed","kind":"seed"},
  ] },
];

export type StickerName = "sticker";

/** How a data set is read. */
export const DATA: readonly Declared[] = [
  {"default":true,"key":"crop","kind":"switch"},
  {"default":1,"key":"seed","kind":"seed"},
  {"default":0.15,"key":"validation","kind":"number","max":0.5,"min":0.0},
  {"default":0.15,"key":"test","kind":"number","max":0.5,"min":0.0},
];

/** How a classifier is trained, beside its recipe. */
export const TRAIN: readonly Declared[] = [
  {"default":6,"key":"epochs","kind":"integer","max":1000,"min":1},
  {"default":32,"key":"batch_size","kind":"integer","max":1024,"min":1},
  {"default":4300,"key":"images_per_epoch","kind":"integer","max":1000000,"min":1},
  {"default":430,"key":"validation_images","kind":"integer","max":100000,"min":1},
  {"default":false,"key":"augment","kind":"switch"},
  {"default":0.0,"key":"drawn","kind":"number","max":1.0,"min":0.0},
  {"default":false,"key":"harsh","kind":"switch"},
  {"default":0.004,"key":"learning_rate","kind":"number","max":1.0,"min":1e-6,"symbol":"η"},
  {"default":0.0,"key":"weight_decay","kind":"number","max":1.0,"min":0.0,"symbol":"λ"},
  {"default":0.0,"key":"ema","kind":"number","max":0.9999,"min":0.0,"symbol":"γ"},
  {"default":1,"key":"seed","kind":"seed"},
];

/** How a purifier is trained. */
export const PURIFIER: readonly Declared[] = [
  {"default":3,"key":"epochs","kind":"integer","max":1000,"min":1},
  {"default":16,"key":"batch_size","kind":"integer","max":1024,"min":1},
  {"default":3225,"key":"images_per_epoch","kind":"integer","max":1000000,"min":1},
  {"default":215,"key":"validation_images","kind":"integer","max":100000,"min":1},
  {"default":false,"key":"augment","kind":"switch"},
  {"default":0.0,"key":"drawn","kind":"number","max":1.0,"min":0.0},
  {"default":false,"key":"harsh","kind":"switch"},
  {"default":0.003,"key":"learning_rate","kind":"number","max":1.0,"min":1e-6,"symbol":"η"},
  {"default":16,"key":"width","kind":"integer","max":64,"min":4},
  {"default":false,"key":"notebook","kind":"switch"},
  {"default":false,"key":"clean_to_clean","kind":"switch"},
  {"default":0.1,"key":"noise","kind":"number","max":1.0,"min":0.0,"symbol":"σ"},
  {"default":0.0627451,"key":"epsilon","kind":"epsilon","max":1.0,"min":0.0,"symbol":"ε"},
  {"default":0.3,"key":"guide","kind":"number","max":100.0,"min":0.0,"symbol":"λ"},
  {"default":0.0,"key":"label_guide","kind":"number","max":100.0,"min":0.0,"symbol":"μ"},
  {"default":false,"key":"full_skip","kind":"switch"},
  {"default":1,"key":"seed","kind":"seed"},
];

/** On what accuracies are measured. */
export const EVALUATION: readonly Declared[] = [
  {"choices":["train","validation","subject","test"],"default":"validation","key":"split","kind":"choice"},
  {"default":430,"key":"n","kind":"integer","max":100000,"min":1,"symbol":"n"},
  {"default":1,"key":"seed","kind":"seed"},
];

/** How an evaluation is checked. */
export const CHECK: readonly Declared[] = [
  {"choices":["none","oblivious","adaptive","bpda"],"default":"adaptive","key":"knowledge","kind":"choice"},
  {"default":0.03137255,"key":"epsilon","kind":"epsilon","max":0.25,"min":0.003921568,"symbol":"ε"},
  {"choices":["train","validation","subject","test"],"default":"validation","key":"split","kind":"choice"},
  {"default":64,"key":"n","kind":"integer","max":100000,"min":1,"symbol":"n"},
  {"default":1,"key":"seed","kind":"seed"},
  {"default":false,"key":"autoattack","kind":"switch"},
];

/** How a detector is measured. */
export const ROC: readonly Declared[] = [
  {"choices":["none","oblivious","adaptive","bpda"],"default":"adaptive","key":"knowledge","kind":"choice"},
  {"default":215,"key":"n","kind":"integer","max":10000,"min":1,"symbol":"n"},
  {"default":1,"key":"seed","kind":"seed"},
  {"default":0.05,"key":"false_positive_rate","kind":"number","max":1.0,"min":0.0},
];
