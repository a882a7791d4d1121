// A page that the browser translates: its translator puts elements with other words in the place of each text, and the texts that the views
// know are nowhere any more. What a view then changes is put back, for the translator to translate anew; what it takes away, goes.

import { options, type VNode } from "preact";

interface Replaced { by: ChildNode; was: string }

/** Texts that stand in no place, and what stands in theirs. */
const replaced = new WeakMap<Node, Replaced>();

/** What preact knows of a text that it has drawn. */
const textOf = (vnode: VNode & { __e?: unknown }): Text | null => (vnode.type === null && vnode.__e instanceof Text ? vnode.__e : null);

function noticed(changes: MutationRecord[]): void {
  for (const [index, { removedNodes, addedNodes, previousSibling, target }] of changes.entries()) {
    const [text] = removedNodes;
    if (removedNodes.length !== 1 || !(text instanceof Text) || text.isConnected) continue;
    // In one go; or first the one, then the other.
    const before = changes[index - 1];
    const by = addedNodes[0] ?? (before?.target === target && before.addedNodes[0] === previousSibling ? previousSibling : null);
    if (by instanceof HTMLElement && by.isConnected) replaced.set(text, { by, was: text.data });
  }
}

/** Keeps what the views show true, whatever translates it. */
export function followTranslators(): void {
  new MutationObserver(noticed).observe(document.body, { childList: true, subtree: true });
  const { diffed, unmount } = options;
  options.diffed = (vnode) => {
    const text = textOf(vnode);
    const found = text && replaced.get(text);
    if (text && found && text.data !== found.was) {
      replaced.delete(text);
      found.by.replaceWith(text);
    }
    diffed?.(vnode);
  };
  options.unmount = (vnode) => {
    const text = textOf(vnode);
    if (text) replaced.get(text)?.by.remove();
    unmount?.(vnode);
  };
}
