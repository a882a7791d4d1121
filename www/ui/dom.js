// Builds elements. Text is always text: there is no way to pass markup.

/** @typedef {Node | string | null | undefined | false} Child */
/**
 * @typedef {object} Props
 * @property {string} [class]
 * @property {string} [testid] for tests: data-testid
 * @property {Record<string, (event: any) => void>} [on]
 * @property {Record<string, string | number | boolean | null | undefined>} [attrs] false and null leave the attribute out
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  if (props.class) element.className = props.class;
  if (props.testid) element.dataset["testid"] = props.testid;
  for (const [name, value] of Object.entries(props.attrs ?? {})) attr(element, name, value);
  for (const [name, listener] of Object.entries(props.on ?? {})) element.addEventListener(name, listener);
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/** @param {Element} element @param {string} name @param {string | number | boolean | null | undefined} value */
export function attr(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Writes text only when it differs, so that live regions speak once. @param {Element} element @param {string} text */
export function text(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {boolean} shown */
export const show = (element, shown) => element.toggleAttribute("hidden", !shown);

/** What may be wider than the page: it scrolls inside, also by keyboard. @param {string} label @param {...(Node | string)} inside @returns {HTMLElement} */
export const scrolling = (label, ...inside) => h("div", { class: "scroll", attrs: { tabindex: 0, role: "region", "aria-label": label } }, ...inside);

/**
 * @param {string} label
 * @param {{ testid: string, kind?: "primary" | "quiet" | "danger", onClick: (event: MouseEvent) => void, title?: string }} options
 * @returns {HTMLButtonElement}
 */
export const button = (label, { testid, kind, onClick, title }) =>
  h("button", { class: `button${kind ? ` button-${kind}` : ""}`, testid, attrs: { type: "button", title }, on: { click: onClick } }, label);

let lastId = 0;
/** @param {string} stem @returns {string} an id that no other element has */
export function newId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}
