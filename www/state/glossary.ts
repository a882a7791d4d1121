// What the glossary explains: equations and papers are the same in every language; the words are `gloss.ID`.

export interface Entry { id: string; equation?: string; paper?: string }

export const GLOSSARY: [group: string, entries: Entry[]][] = [
  ["terms", [
    { id: "adversarial", paper: "Szegedy, Zaremba, Sutskever, Bruna, Erhan, Goodfellow, Fergus: Intriguing Properties of Neural Networks. ICLR 2014, arXiv:1312.6199" },
    { id: "perturbation", equation: "δ = x′ − x" },
    { id: "norms", equation: '"‖"δ"‖"_0 = | "{" i : δ_i ≠ 0 "}" | ,   "‖"δ"‖"_2 = √{∑_i δ_i^2} ,   "‖"δ"‖"_∞ = "max"_i |δ_i|' },
    { id: "epsilon", equation: '"‖"x′ − x"‖"_∞ ≤ ε' },
    { id: "logits", equation: 'p_k = {"exp" z_k}/{∑_j "exp" z_j}' },
    { id: "gradient", equation: "∇_x L ( x , y )", paper: "Simonyan, Vedaldi, Zisserman: Deep Inside Convolutional Networks. 2014, arXiv:1312.6034" },
    { id: "margin", equation: 'm = z_y − "max"_{k ≠ y} z_k' },
    { id: "targeted", equation: '"arg max"_k z_k ( x′ ) = t' },
    { id: "knowledge", paper: "Carlini, Athalye, Papernot and others: On Evaluating Adversarial Robustness. 2019, arXiv:1902.06705" },
    { id: "bpda", equation: "∇_x g ( x ) ≈ I", paper: "Athalye, Carlini, Wagner: Obfuscated Gradients Give a False Sense of Security. ICML 2018, arXiv:1802.00420" },
    { id: "transfer", paper: "Papernot, McDaniel, Goodfellow: Transferability in Machine Learning. 2016, arXiv:1605.07277" },
    { id: "interval", equation: '{p + {z^2}/{2 n} ± z √{{p ( 1 − p )}/{n} + {z^2}/{4 n^2}}}/{1 + {z^2}/{n}}', paper: "Wilson: Probable Inference, the Law of Succession, and Statistical Inference. JASA 1927" },
  ]],
  ["attacks", [
    { id: "attack.fgsm", equation: 'x′ = x + ε · "sign" ∇_x L ( x , y )', paper: "Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples. ICLR 2015, arXiv:1412.6572" },
    { id: "attack.bim", equation: 'x_{i+1} = Π_ε ( x_i + α · "sign" ∇_x L ( x_i , y ) )', paper: "Kurakin, Goodfellow, Bengio: Adversarial Examples in the Physical World. 2017, arXiv:1607.02533" },
    { id: "attack.pgd", equation: 'x_0 = x + u ,   u ~ U ( −ε , ε ) ;   x_{i+1} = Π_ε ( x_i + α · "sign" ∇_x L ( x_i , y ) )', paper: "Madry, Makelov, Schmidt, Tsipras, Vladu: Towards Deep Learning Models Resistant to Adversarial Attacks. ICLR 2018, arXiv:1706.06083" },
    { id: "attack.apgd", equation: 'z_{i+1} = Π_ε ( x_i + η_i · "sign" ∇_x L ( x_i ) ) ,   x_{i+1} = Π_ε ( x_i + a ( z_{i+1} − x_i ) + ( 1 − a ) ( x_i − x_{i−1} ) )', paper: "Croce, Hein: Reliable Evaluation of Adversarial Robustness. ICML 2020, arXiv:2003.01690" },
    { id: "attack.square", equation: 'x′ = Π_ε ( x + s ) ,   s ∈ "{" −2ε , 2ε "}" · 1_{"□"}', paper: "Andriushchenko, Croce, Flammarion, Hein: Square Attack. ECCV 2020, arXiv:1912.00049" },
    { id: "attack.ensemble", paper: "Croce, Hein: Reliable Evaluation of Adversarial Robustness. ICML 2020, arXiv:2003.01690" },
    { id: "attack.cw", equation: '"min"_w "‖"δ"‖"_2^2 + c · "max" ( "max"_{k ≠ t} z_k − z_t , −κ ) ,   x + δ = {"tanh" w + 1}/{2}', paper: "Carlini, Wagner: Towards Evaluating the Robustness of Neural Networks. IEEE S&P 2017, arXiv:1608.04644" },
    { id: "attack.deepfool", equation: 'δ = {| z_k − z_y |}/{"‖"∇ z_k − ∇ z_y"‖"_2^2} ( ∇ z_k − ∇ z_y )', paper: "Moosavi-Dezfooli, Fawzi, Frossard: DeepFool. CVPR 2016, arXiv:1511.04599" },
    { id: "attack.jsma", equation: 'S_i = {∂ z_t}/{∂ x_i} · | ∑_{k ≠ t} {∂ z_k}/{∂ x_i} |', paper: "Papernot, McDaniel, Jha, Fredrikson, Celik, Swami: The Limitations of Deep Learning in Adversarial Settings. EuroS&P 2016, arXiv:1511.07528" },
    { id: "attack.noise", equation: "x′ = x + u ,   u ~ U ( −ε , ε )" },
  ]],
  ["defences", [
    { id: "defence.purifier", equation: '"min"_θ "‖"g_θ ( x + n ) − x"‖"^2 + λ "‖"z ( g_θ ( x + n ) ) − z ( x )"‖"_1', paper: "Meng, Chen: MagNet. CCS 2017, arXiv:1705.09064. Liao and others: Defense against Adversarial Attacks Using High-Level Representation Guided Denoiser. CVPR 2018, arXiv:1712.02976" },
    { id: "defence.detector", equation: 'd ( x ) = "JSD" ( p ( x ; T ) , p ( g ( x ) ; T ) ) > τ', paper: "Meng, Chen: MagNet. CCS 2017, arXiv:1705.09064" },
    { id: "defence.bit_depth", equation: 'x → {"round" ( x ( 2^b − 1 ) )}/{2^b − 1}', paper: "Xu, Evans, Qi: Feature Squeezing. NDSS 2018, arXiv:1704.01155" },
    { id: "defence.median", equation: 'x_i → "median" "{" x_j : j ∈ N_{3×3} ( i ) "}"', paper: "Xu, Evans, Qi: Feature Squeezing. NDSS 2018, arXiv:1704.01155" },
    { id: "defence.jpeg", paper: "Dziugaite, Ghahramani, Roy: A Study of the Effect of JPG Compression on Adversarial Images. 2016, arXiv:1608.00853" },
    { id: "defence.huge_logits", equation: "z → 10^6 · z", paper: "Athalye, Carlini, Wagner: Obfuscated Gradients Give a False Sense of Security. ICML 2018, arXiv:1802.00420" },
    { id: "defence.no_gradient", equation: "g ( x ) = x ,   ∇ g = 0", paper: "Athalye, Carlini, Wagner: Obfuscated Gradients Give a False Sense of Security. ICML 2018, arXiv:1802.00420" },
  ]],
  ["recipes", [
    { id: "recipe.pgd", equation: '"min"_θ E "max"_{"‖"δ"‖" ≤ ε} L ( x + δ , y )', paper: "Madry and others: Towards Deep Learning Models Resistant to Adversarial Attacks. ICLR 2018, arXiv:1706.06083" },
    { id: "recipe.fgsm", equation: '"min"_θ ½ L ( x , y ) + ½ L ( x + ε "sign" ∇_x L , y )', paper: "Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples. ICLR 2015, arXiv:1412.6572" },
    { id: "recipe.fast", equation: 'δ = Π_ε ( u + 1.25 ε · "sign" ∇_x L ( x + u , y ) )', paper: "Wong, Rice, Kolter: Fast Is Better than Free. ICLR 2020, arXiv:2001.03994" },
    { id: "recipe.trades", equation: '"min"_θ L ( x , y ) + β "max"_{"‖"δ"‖" ≤ ε} "KL" ( p ( x ) , p ( x + δ ) )', paper: "Zhang, Yu, Jiao, Xing, El Ghaoui, Jordan: TRADES. ICML 2019, arXiv:1901.08573" },
    { id: "recipe.stale" },
  ]],
];
