// What every panel is made of: controls with names, exact numbers, words that a screen reader says.

import { Rational, decimal } from "./rational.js";

const SVG = "http://www.w3.org/2000/svg";
const LONGEST_SHOWN = 60;
const LONGEST_TITLE = 4000;
const QUIET = 350; // milliseconds without change until the words are said

/** An element with attributes and children; what starts with "on" is a listener. */
export function element(tag, attributes = {}, ...children) {
  return made(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return made(document.createElementNS(SVG, tag), attributes, children);
}

function made(it, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) it.addEventListener(name.slice(2), value);
    else if (value !== null) it.setAttribute(name, value);
  }
  it.append(...children);
  return it;
}

const RAISED = String.raw`\^([−-]?\([^()]*\)|[−-]?[A-Za-z0-9]+)`;
const LOWERED = String.raw`(?<=[A-Za-z])(?<![\w.][A-Za-z])_([0-9]+|[a-z])(?![\w])`;
const MARKED = new RegExp(`${RAISED}|${LOWERED}`, "g");

/** Text taken apart: what is raised (x^2, 2^(k−1)), what is lowered (f_m), what is plain. */
function marked(text) {
  const found = [];
  let done = 0;
  for (const match of text.matchAll(MARKED)) {
    if (match.index > done) found.push(["", text.slice(done, match.index)]);
    if (match[1]) found.push(["^", match[1].replace(/^\((.*)\)$/, "$1")]);
    else found.push(["_", match[2]]);
    done = match.index + match[0].length;
  }
  if (done < text.length) found.push(["", text.slice(done)]);
  return found;
}

/** The text as nodes, with sup and sub. */
export function rich(text) {
  return marked(text).map(([mark, part]) => {
    if (!mark) return part;
    return element(mark === "^" ? "sup" : "sub", {}, part);
  });
}

/** The same for a text in SVG. */
export function richSvg(text) {
  let shift = 0;
  return marked(text).map(([mark, part]) => {
    const to = { "": 0, "^": -5, _: 3 }[mark];
    const it = svg("tspan", { dy: to - shift, class: mark ? "small" : null }, part);
    shift = to;
    return it;
  });
}

/** What the page was made with: theorems' grades, the frontier, networks. */
export const embedded = JSON.parse(document.getElementById("embedded").textContent);

export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Calls step with 0 … 1 over some seconds, frame by frame; at once where motion is not wanted. */
export function animate(seconds, step, end = () => {}) {
  if (still()) {
    step(1);
    end();
    return () => {};
  }
  let begun = null;
  let going = true;
  const frame = (now) => {
    if (!going) return;
    begun ??= now;
    const done = Math.min(1, (now - begun) / (1000 * seconds));
    step(done);
    if (done < 1) requestAnimationFrame(frame);
    else end();
  };
  requestAnimationFrame(frame);
  return () => {
    going = false;
  };
}

/** A number as the command line shows it: exact, and its first digits; a long one by its length. */
export function shown(value) {
  const text = value.toString().replace("-", "−");
  if (value.under === 1n && text.length <= LONGEST_SHOWN) return text;
  if (text.length <= LONGEST_SHOWN) return `${text} (${decimal(value)})`;
  return `${decimal(value)} (exactly a fraction of ${text.length} characters)`;
}

/** The number for a label or a sentence: exact where that is short. */
export function brief(value) {
  const text = value.toString().replace("-", "−");
  return text.length <= 16 ? text : decimal(value, 6);
}

/** A link to a theorem in the appendix, with its grade. */
export function cited(name) {
  const it = embedded.theorems[name];
  const link = element("a", { href: it.link }, element("code", {}, name));
  return [
    link,
    " ",
    ...it.badges.map(([kind, text]) => element("span", { class: `badge ${kind}` }, text)),
  ];
}

/** Text in which every known theorem's name is cited. */
export function citing(text) {
  const parts = text.split(/\b([a-z]+(?:\.[a-z_]+)+)\b/);
  return parts.flatMap((part, i) => (i % 2 && embedded.theorems[part] ? cited(part) : [part]));
}

/** A section of the page with its controls, picture, numbers and words. */
export class Panel {
  constructor(id) {
    this.id = id;
    this.section = document.getElementById(id);
    this.controls = this.section.querySelector(".controls");
    this.picture = this.section.querySelector(".picture");
    this.list = this.section.querySelector(".facts");
    this.words = this.section.querySelector(".words");
    this.rows = new Map();
    this.waiting = 0;
    this.said = "";
    this.words.id = `${id}-words`;
  }

  /** A slider of whole numbers, or of places in a list of labels. */
  slider(label, { min, max, value, text = String, change }) {
    const id = `${this.id}-${label.replace(/[^A-Za-z0-9]+/g, "-").toLowerCase()}`;
    const output = element("output", { for: id });
    const input = element("input", { id, type: "range", min, max, value, step: 1 });
    const show = () => {
      output.textContent = text(Number(input.value));
      input.setAttribute("aria-valuetext", output.textContent);
    };
    input.addEventListener("input", () => {
      show();
      change(Number(input.value));
    });
    show();
    this.controls.append(
      element(
        "div",
        { class: "slider" },
        element("label", { for: id }, ...rich(label)),
        input,
        output,
      ),
    );
    return {
      input,
      set: (to) => {
        input.value = to;
        show();
      },
      limit: (most) => {
        input.max = most;
        show();
      },
    };
  }

  button(text, press) {
    const it = element("button", { type: "button", onclick: press }, text);
    this.controls.append(it);
    return it;
  }

  /** Exact numbers by their labels: a Rational, a text, or nodes. */
  facts(values) {
    for (const [label, value] of Object.entries(values)) this.fact(label, value);
  }

  fact(label, value) {
    let row = this.rows.get(label);
    if (!row) {
      row = {
        name: element("dt", {}, ...rich(label)),
        value: element("dd", { "data-fact": label }),
      };
      this.rows.set(label, row);
      this.list.append(row.name, row.value);
    }
    const text = Array.isArray(value) ? null : String(value);
    if (text !== null && row.text === text) return;
    row.text = text;
    row.name.hidden = value === null;
    row.value.hidden = value === null;
    if (Array.isArray(value)) row.value.replaceChildren(...value);
    else if (typeof value === "string") row.value.replaceChildren(...rich(value));
    else if (value !== null) row.value.textContent = shown(value);
    const exact = value instanceof Rational ? String(value) : null;
    if (exact === null) row.value.removeAttribute("data-exact");
    else row.value.setAttribute("data-exact", exact);
    if (exact !== null && exact.length > LONGEST_SHOWN && exact.length <= LONGEST_TITLE)
      row.value.title = exact;
    else row.value.removeAttribute("title");
  }

  /** What the lines and areas of the last picture are: [class, words]. */
  legend(items) {
    const list = items.map(([kind, text]) => {
      return element("li", {}, element("span", { class: `key ${kind}` }), ...rich(text));
    });
    this.picture.append(element("ul", { class: "legend" }, ...list));
  }

  /** The picture in words: seen at once, and said once nothing has changed for a moment. */
  say(words) {
    const text = words.replace("….", "…");
    clearTimeout(this.waiting);
    this.waiting = setTimeout(
      () => {
        if (this.said !== text) this.words.replaceChildren(...rich(text));
        this.said = text;
      },
      this.said ? QUIET : 0,
    );
  }
}
