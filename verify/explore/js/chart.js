// A pair of axes in SVG, as wide as there is room; curves from floats, labels from exact fractions.

import { element, richSvg, svg } from "./page.js";
import { Rational } from "./rational.js";

const MARGIN = { left: 52, right: 14, top: 20, bottom: 36 };
const NARROW = 280;
const CROWDED = 1.2; // breakpoints to a pixel
const FEW = 100;

export class Chart {
  /**
   * `x`, `y`: {low, high, label, ticks: Rationals}. `name`: what a screen reader calls it.
   * `draw` is called when the width changes.
   */
  constructor(parent, { x, y, height = 300, name, draw }) {
    this.x = x;
    this.y = y;
    this.height = height;
    this.axes = svg("g", { class: "axes", "aria-hidden": "true" });
    this.layers = svg("g", { class: "layers" });
    this.root = svg(
      "svg",
      { class: "chart", role: "group", "aria-label": name },
      this.axes,
      this.layers,
    );
    this.box = element("div", { class: "chart-box" }, this.root);
    parent.append(this.box);
    this.draw = draw;
    this.measure();
    new ResizeObserver(() => {
      const before = this.width;
      this.measure();
      if (this.width !== before) this.draw();
    }).observe(this.box);
  }

  measure() {
    const width = Math.max(NARROW, Math.round(this.box.clientWidth || 640));
    if (width === this.width) return;
    this.width = width;
    this.root.setAttribute("viewBox", `0 0 ${width} ${this.height}`);
    this.scale();
  }

  /** Other axes, or the same after a change of width. */
  scale(x = this.x, y = this.y) {
    this.x = x;
    this.y = y;
    this.left = MARGIN.left;
    this.right = this.width - MARGIN.right;
    this.top = MARGIN.top;
    this.bottom = this.height - MARGIN.bottom;
    this.frame();
  }

  X(value) {
    return (
      this.left + ((value - this.x.low) / (this.x.high - this.x.low)) * (this.right - this.left)
    );
  }

  Y(value) {
    return (
      this.bottom - ((value - this.y.low) / (this.y.high - this.y.low)) * (this.bottom - this.top)
    );
  }

  /** Where a pointer is, in the axes' units. */
  at(event) {
    const box = this.root.getBoundingClientRect();
    const zoom = this.width / box.width;
    const across = ((event.clientX - box.left) * zoom - this.left) / (this.right - this.left);
    const up = (this.bottom - (event.clientY - box.top) * zoom) / (this.bottom - this.top);
    return {
      x: this.x.low + across * (this.x.high - this.x.low),
      y: this.y.low + up * (this.y.high - this.y.low),
    };
  }

  frame() {
    const parts = [];
    for (const tick of this.x.ticks) {
      const at = this.X(tick.number);
      parts.push(
        svg("line", { class: "axis", x1: at, x2: at, y1: this.bottom, y2: this.bottom + 4 }),
      );
      parts.push(label(at, this.bottom + 16, "middle", tick));
    }
    for (const tick of this.y.ticks) {
      const at = this.Y(tick.number);
      parts.push(svg("line", { class: "grid", x1: this.left, x2: this.right, y1: at, y2: at }));
      parts.push(label(this.left - 12, at + 4, "end", tick));
    }
    const { left, right, bottom } = this;
    parts.push(svg("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }));
    const middle = (this.left + this.right) / 2;
    parts.push(
      svg(
        "text",
        { class: "name", x: middle, y: this.height - 3, "text-anchor": "middle" },
        ...richSvg(this.x.label ?? "x"),
      ),
    );
    if (this.y.label) {
      parts.push(
        svg("text", { class: "name", x: this.left + 4, y: this.top - 2 }, ...richSvg(this.y.label)),
      );
    }
    this.axes.replaceChildren(...parts);
  }

  /** A new, empty shape on top of the others. */
  shape(kind, tag = "path") {
    const it = svg(tag, { class: kind, "aria-hidden": "true" });
    this.layers.append(it);
    return it;
  }

  /**
   * Draws the line through the points; where they are finer than the screen, a band: its extent.
   */
  line(shape, xs, ys) {
    const room = Math.abs(this.X(xs[xs.length - 1]) - this.X(xs[0]));
    const fine = xs.length > FEW && xs.length > CROWDED * room;
    shape.classList.toggle("band", fine);
    shape.setAttribute("d", fine ? this.band(xs, ys) : this.path(xs, ys));
  }

  path(xs, ys) {
    let text = "";
    for (let i = 0; i < xs.length; i += 1) {
      text += `${i ? "L" : "M"}${this.X(xs[i]).toFixed(2)} ${this.Y(ys[i]).toFixed(2)}`;
    }
    return text;
  }

  /** Closed shapes: what of the curve is above a height. */
  above(xs, ys, height) {
    let text = "";
    let inside = false;
    const put = (x, y, first) => {
      text += `${first ? "M" : "L"}${this.X(x).toFixed(2)} ${this.Y(y).toFixed(2)}`;
    };
    for (let i = 0; i < xs.length; i += 1) {
      const over = ys[i] > height;
      if (over !== inside && i > 0) {
        const part = (height - ys[i - 1]) / (ys[i] - ys[i - 1]);
        put(xs[i - 1] + part * (xs[i] - xs[i - 1]), height, over);
        if (!over) text += "Z";
      }
      if (over) put(xs[i], ys[i], i === 0);
      inside = over;
    }
    return text;
  }

  band(xs, ys) {
    const count = Math.ceil(this.right - this.left) + 1;
    const low = new Float64Array(count).fill(Infinity);
    const high = new Float64Array(count).fill(-Infinity);
    for (let i = 0; i < xs.length; i += 1) {
      const column = Math.min(count - 1, Math.max(0, Math.round(this.X(xs[i]) - this.left)));
      low[column] = Math.min(low[column], ys[i]);
      high[column] = Math.max(high[column], ys[i]);
    }
    const seen = [...low.keys()].filter((column) => low[column] <= high[column]);
    const edge = (end) => (column) => `${this.left + column} ${this.Y(end[column]).toFixed(1)}`;
    return `M${[...seen.map(edge(high)), ...seen.reverse().map(edge(low))].join("L")}Z`;
  }

  /** A dot, or none where x is null. */
  dot(shape, x, y) {
    shape.setAttribute("visibility", x === null ? "hidden" : "visible");
    if (x === null) return;
    shape.setAttribute("cx", this.X(x).toFixed(2));
    shape.setAttribute("cy", this.Y(y).toFixed(2));
  }
}

function label(x, y, anchor, tick) {
  return svg(
    "text",
    { x, y, "text-anchor": anchor },
    ...richSvg(tick.toString().replace("-", "−")),
  );
}

/** Rationals from low to high in steps of 1 / parts. */
export function ticks(low, high, parts) {
  const count = Math.round((high - low) * parts);
  return Array.from(
    { length: count + 1 },
    (_, i) => new Rational(BigInt(Math.round(low * parts) + i), BigInt(parts)),
  );
}

/** About six ticks between two floats, in steps of a power of 2, or of 1, 2, 5 times one of 10. */
export function roundTicks(low, high) {
  const span = high - low || 1;
  const step = [...steps()].find((it) => span / it.number <= 6) ?? new Rational(1n);
  const first = Math.ceil(low / step.number);
  const last = Math.floor(high / step.number);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    step.times(new Rational(BigInt(first + i))),
  );
}

function* steps() {
  for (let power = 30; power > 0; power -= 1) yield new Rational(1n, 1n << BigInt(power));
  for (let power = 0; power < 30; power += 1) {
    for (const digit of [1n, 2n, 5n]) yield new Rational(digit * 10n ** BigInt(power));
  }
}

/** The floats of a function's breakpoints and values, for drawing; kept with the function. */
export function floats(graph) {
  graph.floats ??= {
    xs: Float64Array.from(graph.xs, (x) => x.number),
    ys: Float64Array.from(graph.ys, (y) => y.number),
  };
  return graph.floats;
}
