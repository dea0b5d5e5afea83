// Making elements, and text visible in them.
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// As in view.py and html.py.
const code = (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
const visible = (text) =>
  text
    .replace(/^ +| +$/g, (blanks) => "·".repeat(blanks.length))
    .replace(/(?! )[\p{C}\p{Z}]/gu, (c) => ({ "\n": "↵", "\t": "⇥" })[c] ?? code(c)) || "∅";
const unseen = (text) => (/[^\p{C}\p{Z}]/u.test(text) ? "" : visible(text).replaceAll(" ", "·"));
const shown = (text) =>
  text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, code);
const percent = (share) =>
  share > 0 && share <= 0.005 ? "<1%" : share >= 0.995 && share < 1 ? ">99%" : `${Math.round(share * 100)}%`;
