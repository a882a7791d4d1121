// Equations as MathML, from a short notation: letters, figures and signs as they stand, _ and ^ for what is below and above, with
// {…} around more than one, {…}/{…} for a fraction and √{…} for a root; words in quotes stay upright.

const NS = "http://www.w3.org/1998/Math/MathML";

/** @param {string} tag @param {...(Element | string)} children */
function make(tag, ...children) {
  const element = document.createElementNS(NS, tag);
  element.append(...children);
  return element;
}

/** @param {string} source @returns {Element} */
export function equation(source) {
  let at = 0;
  /** @returns {Element} */
  function atom() {
    const char = source[at] ?? "";
    if (char === "{") {
      const row = group();
      if (!/^\s*\/\s*\{/.test(source.slice(at))) return row;
      at = source.indexOf("{", at);
      return make("mfrac", row, group());
    }
    if (char === "√") {
      at += 1;
      return make("msqrt", atom());
    }
    if (char === '"') {
      const end = source.indexOf('"', at + 1);
      const word = make("mi", source.slice(at + 1, end));
      word.setAttribute("mathvariant", "normal");
      at = end + 1;
      return word;
    }
    const number = /^[\d.]+/.exec(source.slice(at))?.[0];
    at += number ? number.length : char.length;
    return number ? make("mn", number) : /\p{L}/u.test(char) ? make("mi", char) : make("mo", char);
  }
  /** @returns {Element} */
  function group() {
    at += 1;
    const row = make("mrow", ...sequence("}"));
    at += 1;
    return row;
  }
  /** @param {string} end @returns {Element[]} */
  function sequence(end) {
    const out = [];
    while (at < source.length && source[at] !== end) {
      if (source[at] === " ") {
        at += 1;
        continue;
      }
      const base = atom();
      /** @type {Record<string, Element>} */
      const scripts = {};
      while (source[at] === "_" || source[at] === "^") {
        const mark = source[at] ?? "";
        at += 1;
        scripts[mark] = atom();
      }
      const { "_": below, "^": above } = scripts;
      out.push(below && above ? make("msubsup", base, below, above) : below ? make("msub", base, below) : above ? make("msup", base, above) : base);
    }
    return out;
  }
  const math = make("math", ...sequence(""));
  math.setAttribute("display", "block");
  return math;
}
