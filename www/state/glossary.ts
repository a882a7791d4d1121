// What the glossary explains: the terms, and every method that the engine declares. Equations and papers are the same in every language.

import { ATTACKS, DEFENCES, RECIPES, STICKERS, type Method } from "../engine/made/methods.js";
import { has } from "../words/i18n.js";

export interface Entry {
  id: string;
  /** Keys of its words. */
  title: string;
  text: string;
  equation?: string | undefined;
  papers: readonly string[];
}

/** One whose words are `gloss.ID` and `gloss.ID.title`. */
interface Term { id: string; equation?: string | undefined; paper?: string | undefined }

const OBFUSCATED = "Athalye, Carlini, Wagner: Obfuscated Gradients Give a False Sense of Security. ICML 2018, arXiv:1802.00420";

/** As a declaration has it. */
const cited = ({ paper, arxiv }: Pick<Method, "paper" | "arxiv">): string => (paper && arxiv ? `${paper}, arXiv:${arxiv}` : paper);
const [STICKER] = STICKERS;
/** Where the sticker was published. */
export const STICKER_PAPER = STICKER ? cited(STICKER) : "";

const TERMS: readonly Term[] = [
  { id: "adversarial",
    paper: "Szegedy, Zaremba, Sutskever, Bruna, Erhan, Goodfellow, Fergus: Intriguing Properties of Neural Networks. ICLR 2014, arXiv:1312.6199" },
  { id: "perturbation", equation: "δ = x′ − x" },
  { id: "norms", equation: '"‖"δ"‖"_0 = | "{" i : δ_i ≠ 0 "}" | ,   "‖"δ"‖"_2 = √{∑_i δ_i^2} ,   "‖"δ"‖"_∞ = "max"_i |δ_i|' },
  { id: "epsilon", equation: '"‖"x′ − x"‖"_∞ ≤ ε' },
  { id: "logits", equation: 'p_k = {"exp" z_k}/{∑_j "exp" z_j}' },
  { id: "gradient", equation: '∇_x L ( x , y ) ;   "max"_c |{∂z_k}/{∂x_c}|',
    paper: "Simonyan, Vedaldi, Zisserman: Deep Inside Convolutional Networks. 2014, arXiv:1312.6034" },
  { id: "margin", equation: 'm = z_y − "max"_{k ≠ y} z_k' },
  { id: "targeted", equation: '"arg max"_k z_k ( x′ ) = t' },
  { id: "knowledge", paper: "Carlini, Athalye, Papernot and others: On Evaluating Adversarial Robustness. 2019, arXiv:1902.06705" },
  { id: "bpda", equation: "∇_x g ( x ) ≈ I", paper: OBFUSCATED },
  { id: "transfer", paper: "Papernot, McDaniel, Goodfellow: Transferability in Machine Learning. 2016, arXiv:1605.07277" },
  { id: "transfer-table",
    paper: "Liu, Chen, Liu, Song: Delving into Transferable Adversarial Examples and Black-box Attacks. ICLR 2017, arXiv:1611.02770" },
  { id: "universal", equation: '"P"_x ( f ( x + δ ) ≠ f ( x ) ) ≥ 1 − ζ ,   "‖"δ"‖"_∞ ≤ ε',
    paper: "Moosavi-Dezfooli, Fawzi, Fawzi, Frossard: Universal Adversarial Perturbations. CVPR 2017, arXiv:1610.08401" },
  { id: "sticker", equation: STICKER?.equation, paper: STICKER_PAPER },
  { id: "eot", equation: '"min"_δ E_{v ∼ V} L ( f ( v ( x + δ ) ) , t )', paper: STICKER?.also },
  { id: "interval", equation: '{p + {z^2}/{2 n} ± z √{{p ( 1 − p )}/{n} + {z^2}/{4 n^2}}}/{1 + {z^2}/{n}}',
    paper: "Wilson: Probable Inference, the Law of Succession, and Statistical Inference. JASA 1927" },
];

const term = ({ id, equation, paper }: Term): Entry => ({ id, title: `gloss.${id}.title`, text: `gloss.${id}`, equation, papers: paper ? [paper] : [] });

/** Methods; one of which no more has been written, as `gloss.ID`, says what its declaration says. @param names before the key of a method's name */
const entries = (kind: string, names: string, methods: readonly Method[]): Entry[] => methods.map((method) => {
  const { name, also = "", equation } = method;
  const id = `${kind}.${name}`;
  return { id, title: `${names}.${name}`, text: has(`gloss.${id}`) ? `gloss.${id}` : `about.${id}`, equation, papers: [cited(method), also].filter(Boolean) };
});

export const GLOSSARY: readonly (readonly [group: string, entries: readonly Entry[]])[] = [
  ["terms", TERMS.map(term)],
  ["attacks", entries("attack", "attack", ATTACKS)],
  ["defences", entries("defence", "defence", DEFENCES)],
  ["recipes", entries("recipe", "choice.recipe.kind", RECIPES)],
];
