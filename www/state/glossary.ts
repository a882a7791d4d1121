// What the glossary explains: the terms, and every method that the engine declares. Equations and papers are the same in every language.

import { ATTACKS, DEFENCES, RECIPES, type AttackName, type DefenseName, type Method, type RecipeName } from "../engine/made/methods.js";
import { has } from "../words/i18n.js";

export interface Entry {
  id: string;
  /** Keys of its words. */
  title: string;
  text: string;
  equation?: string | undefined;
  papers: readonly string[];
}

type Id = `attack.${AttackName}` | `defence.${DefenseName}` | `recipe.${RecipeName}`;
/** What is worth saying of a method beside what it declares. */
interface Extra {
  equation?: string;
  /** The number of its paper, which is named where the method is declared, at arXiv. */
  arxiv?: string;
  /** What there is to read beside its paper. */
  also?: string;
}

/** One whose words are `gloss.ID` and `gloss.ID.title`. */
interface Term { id: string; equation?: string; paper?: string }

const OBFUSCATED = "Athalye, Carlini, Wagner: Obfuscated Gradients Give a False Sense of Security. ICML 2018, arXiv:1802.00420";

const TERMS: readonly Term[] = [
  { id: "adversarial",
    paper: "Szegedy, Zaremba, Sutskever, Bruna, Erhan, Goodfellow, Fergus: Intriguing Properties of Neural Networks. ICLR 2014, arXiv:1312.6199" },
  { id: "perturbation", equation: "δ = x′ − x" },
  { id: "norms", equation: '"‖"δ"‖"_0 = | "{" i : δ_i ≠ 0 "}" | ,   "‖"δ"‖"_2 = √{∑_i δ_i^2} ,   "‖"δ"‖"_∞ = "max"_i |δ_i|' },
  { id: "epsilon", equation: '"‖"x′ − x"‖"_∞ ≤ ε' },
  { id: "logits", equation: 'p_k = {"exp" z_k}/{∑_j "exp" z_j}' },
  { id: "gradient", equation: "∇_x L ( x , y )", paper: "Simonyan, Vedaldi, Zisserman: Deep Inside Convolutional Networks. 2014, arXiv:1312.6034" },
  { id: "margin", equation: 'm = z_y − "max"_{k ≠ y} z_k' },
  { id: "targeted", equation: '"arg max"_k z_k ( x′ ) = t' },
  { id: "knowledge", paper: "Carlini, Athalye, Papernot and others: On Evaluating Adversarial Robustness. 2019, arXiv:1902.06705" },
  { id: "bpda", equation: "∇_x g ( x ) ≈ I", paper: OBFUSCATED },
  { id: "transfer", paper: "Papernot, McDaniel, Goodfellow: Transferability in Machine Learning. 2016, arXiv:1605.07277" },
  { id: "interval", equation: '{p + {z^2}/{2 n} ± z √{{p ( 1 − p )}/{n} + {z^2}/{4 n^2}}}/{1 + {z^2}/{n}}',
    paper: "Wilson: Probable Inference, the Law of Succession, and Statistical Inference. JASA 1927" },
];

const EXTRAS: Partial<Record<Id, Extra>> = {
  "attack.fgsm": { equation: 'x′ = x + ε · "sign" ∇_x L ( x , y )', arxiv: "1412.6572" },
  "attack.bim": { equation: 'x_{i+1} = Π_ε ( x_i + α · "sign" ∇_x L ( x_i , y ) )', arxiv: "1607.02533" },
  "attack.mi_fgsm": {
    equation: 'g_{i+1} = μ · g_i + {∇_x L ( x_i , y )}/{"‖"∇_x L ( x_i , y )"‖"_1} ,   x_{i+1} = Π_ε ( x_i + α · "sign" g_{i+1} )', arxiv: "1710.06081",
  },
  "attack.pgd": {
    equation: 'x_0 = x + u ,   u ~ U ( −ε , ε ) ;   x_{i+1} = Π_ε ( x_i + α · "sign" ∇_x L ( x_i , y ) )', arxiv: "1706.06083",
  },
  "attack.apgd": {
    equation: 'z_{i+1} = Π_ε ( x_i + η_i · "sign" ∇_x L ( x_i ) ) ,   x_{i+1} = Π_ε ( x_i + a ( z_{i+1} − x_i ) + ( 1 − a ) ( x_i − x_{i−1} ) )',
    arxiv: "2003.01690",
  },
  "attack.square": { equation: 'x′ = Π_ε ( x + s ) ,   s ∈ "{" −2ε , 2ε "}" · 1_{"□"}', arxiv: "1912.00049" },
  "attack.fab": { arxiv: "1907.02044" },
  "attack.ensemble": { arxiv: "2003.01690" },
  "attack.autoattack": { arxiv: "2003.01690" },
  "attack.cw": {
    equation: '"min"_w "‖"δ"‖"_2^2 + c · "max" ( "max"_{k ≠ t} z_k − z_t , −κ ) ,   x + δ = {"tanh" w + 1}/{2}', arxiv: "1608.04644",
  },
  "attack.deepfool": { equation: 'δ = {| z_k − z_y |}/{"‖"∇ z_k − ∇ z_y"‖"_2^2} ( ∇ z_k − ∇ z_y )', arxiv: "1511.04599" },
  "attack.jsma": { equation: 'S_i = {∂ z_t}/{∂ x_i} · | ∑_{k ≠ t} {∂ z_k}/{∂ x_i} |', arxiv: "1511.07528" },
  "attack.noise": { equation: "x′ = x + u ,   u ~ U ( −ε , ε )" },
  "defence.purifier": {
    equation: '"min"_θ "‖"g_θ ( x + n ) − x"‖"^2 + λ "‖"z ( g_θ ( x + n ) ) − z ( x )"‖"_1', arxiv: "1705.09064",
    also: "Liao and others: Defense against Adversarial Attacks Using High-Level Representation Guided Denoiser. CVPR 2018, arXiv:1712.02976",
  },
  "defence.detector": { equation: 'd ( x ) = "JSD" ( p ( x ; T ) , p ( g ( x ) ; T ) ) > τ', arxiv: "1705.09064" },
  "defence.bit_depth": { equation: 'x → {"round" ( x ( 2^b − 1 ) )}/{2^b − 1}', arxiv: "1704.01155" },
  "defence.median": { equation: 'x_i → "median" "{" x_j : j ∈ N_{3×3} ( i ) "}"', arxiv: "1704.01155" },
  "defence.jpeg": { arxiv: "1608.00853" },
  "defence.huge_logits": { equation: "z → 10^6 · z", also: OBFUSCATED },
  "defence.no_gradient": { equation: "g ( x ) = x ,   ∇ g = 0", also: OBFUSCATED },
  "recipe.fgsm": { equation: '"min"_θ ½ L ( x , y ) + ½ L ( x + ε "sign" ∇_x L , y )', arxiv: "1412.6572" },
  "recipe.fast": { equation: 'δ = Π_ε ( u + 1.25 ε · "sign" ∇_x L ( x + u , y ) )', arxiv: "2001.03994" },
  "recipe.n_fgsm": { equation: 'δ = u + ε · "sign" ∇_x L ( x + u , y ) ,   u ~ U ( −2ε , 2ε )', arxiv: "2202.01181" },
  "recipe.pgd": { equation: '"min"_θ E "max"_{"‖"δ"‖" ≤ ε} L ( x + δ , y )', arxiv: "1706.06083" },
  "recipe.trades": { equation: '"min"_θ L ( x , y ) + β "max"_{"‖"δ"‖" ≤ ε} "KL" ( p ( x ) , p ( x + δ ) )', arxiv: "1901.08573" },
};

const term = ({ id, equation, paper }: Term): Entry => ({ id, title: `gloss.${id}.title`, text: `gloss.${id}`, equation, papers: paper ? [paper] : [] });

/** Methods; one of which no more has been written, as `gloss.ID`, says what its declaration says. @param names before the key of a method's name */
const entries = (kind: string, names: string, methods: readonly Method[]): Entry[] => methods.map(({ name, paper }) => {
  const id = `${kind}.${name}`;
  const { equation, arxiv, also = "" } = new Map<string, Extra>(Object.entries(EXTRAS)).get(id) ?? {};
  const own = paper && arxiv ? `${paper}, arXiv:${arxiv}` : paper;
  return { id, title: `${names}.${name}`, text: has(`gloss.${id}`) ? `gloss.${id}` : `about.${id}`, equation, papers: [own, also].filter(Boolean) };
});

export const GLOSSARY: readonly (readonly [group: string, entries: readonly Entry[]])[] = [
  ["terms", TERMS.map(term)],
  ["attacks", entries("attack", "attack", ATTACKS)],
  ["defences", entries("defence", "defence", DEFENCES)],
  ["recipes", entries("recipe", "choice.recipe.kind", RECIPES)],
];
