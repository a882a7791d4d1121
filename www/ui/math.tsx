// Equations as MathML, from a short notation: letters, figures and signs as they stand, _ and ^ for what is below and above, with
// {…} around more than one, {…}/{…} for a fraction and √{…} for a root; words in quotes stay upright.

import type { VNode } from "preact";

/** An equation in its own line. */
export function Equation({ source }: { source: string }): VNode {
  let at = 0;
  function atom(): VNode {
    const char = source[at] ?? "";
    if (char === "{") {
      const row = group();
      if (!/^\s*\/\s*\{/.test(source.slice(at))) return row;
      at = source.indexOf("{", at);
      const below = group();
      return (
        <mfrac>
          {row}
          {below}
        </mfrac>
      );
    }
    if (char === "√") {
      at += 1;
      const inside = atom();
      return <msqrt>{inside}</msqrt>;
    }
    if (char === '"') {
      const end = source.indexOf('"', at + 1);
      const word = source.slice(at + 1, end);
      at = end + 1;
      return <mi mathvariant="normal">{word}</mi>;
    }
    const figure = /^[\d.]+/.exec(source.slice(at))?.[0];
    at += figure ? figure.length : char.length;
    return figure ? <mn>{figure}</mn> : /\p{L}/u.test(char) ? <mi>{char}</mi> : <mo>{char}</mo>;
  }
  function group(): VNode {
    at += 1;
    const inside = sequence("}");
    at += 1;
    return <mrow>{inside}</mrow>;
  }
  function sequence(end: string): VNode[] {
    const out: VNode[] = [];
    while (at < source.length && source[at] !== end) {
      if (source[at] === " ") {
        at += 1;
        continue;
      }
      const base = atom();
      let below: VNode | null = null;
      let above: VNode | null = null;
      while (source[at] === "_" || source[at] === "^") {
        const mark = source[at];
        at += 1;
        if (mark === "_") below = atom();
        else above = atom();
      }
      out.push(
        below && above ? (
          <msubsup>
            {base}
            {below}
            {above}
          </msubsup>
        ) : below ? (
          <msub>
            {base}
            {below}
          </msub>
        ) : above ? (
          <msup>
            {base}
            {above}
          </msup>
        ) : (
          base
        ),
      );
    }
    return out;
  }
  return <math display="block">{sequence("")}</math>;
}
