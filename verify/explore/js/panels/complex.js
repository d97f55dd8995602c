// A network with two inputs: its cells, panned and zoomed, and the affine map at a point.

import { roundTicks } from "../chart.js";
import { Panel, brief, element, embedded, svg } from "../page.js";
import { Plane, affineText, serra } from "../plane.js";
import { Rational } from "../rational.js";

const MARGIN = 44;
const GOLDEN = 137.508; // degrees: hues that are far from each other
const TALLEST = 520;
const CLOSEST = 4096; // times as large as the whole
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const FINE = 256; // parts of the picture's width to which a point is rounded, at least

export function complexPanel() {
  const panel = new Panel("complex");
  const planes = embedded.planes.map((data) => new Plane(data));
  if (!planes.length) {
    panel.say("There is no network here: depthproof explore NET puts one in.");
    return;
  }
  const choice = element("select", {
    id: "complex-choice",
    onchange: () => choose(planes[choice.selectedIndex]),
  });
  choice.append(...planes.map((plane) => element("option", {}, plane.data.name)));
  panel.controls.append(
    element(
      "div",
      { class: "field" },
      element("label", { for: "complex-choice" }, "network"),
      choice,
    ),
  );
  const map = new Picture(panel, (x, y) => ask(x, y));
  panel.button("Zoom in", () => map.zoom(2));
  panel.button("Zoom out", () => map.zoom(0.5));
  panel.button("The whole", () => map.reset());

  function choose(plane) {
    map.show(plane);
    panel.facts(counts(plane.data));
    const [x, y] = plane.sides.map(([low, high]) =>
      low.plus(high.minus(low).times(new Rational(3n, 8n))),
    );
    ask(x, y);
  }

  function ask(x, y) {
    const found = map.plane.mapAt(x, y);
    map.mark(x, y, found);
    if (!found) {
      panel.say(`(${brief(x)}, ${brief(y)}) is outside.`);
      return;
    }
    panel.facts(asked(x, y, found));
    const cells = found.cells.length === 1 ? "one cell" : `an edge of ${found.cells.length} cells`;
    panel.say(
      `At (${brief(x)}, ${brief(y)}), on ${cells}: ` +
        `f = ${affineText(found.map)}, which is ${brief(found.value)}.`,
    );
  }

  choose(planes[0]);
}

function counts({ facts, widths, layered }) {
  const whole = (n) => new Rational(BigInt(n));
  return {
    "at the point": "",
    "affine map there": "",
    "f there": "",
    "activation regions": whole(facts.regions),
    "at most, for these widths": layered ? new Rational(serra(2, widths)) : null,
    "maximal pieces (open, connected)": whole(facts.open),
    "affine maps": whole(facts.affine),
    "largest value": Rational.of(facts.maximum),
    "least value": Rational.of(facts.minimum),
    "∫ f": Rational.of(facts.integral),
  };
}

function asked(x, y, found) {
  return {
    "at the point": `(${brief(x)}, ${brief(y)})`,
    "affine map there": `f(x, y) = ${affineText(found.map)}`,
    "f there": found.value,
  };
}

/**
 * The picture: one shape for each affine map, under a transform that panning and zooming change.
 */
class Picture {
  constructor(panel, ask) {
    this.ask = ask;
    this.pointers = new Map();
    this.axes = svg("g", { class: "axes", "aria-hidden": "true" });
    this.cells = svg("g", { "aria-hidden": "true" });
    this.cross = svg("path", { class: "cross", "aria-hidden": "true" });
    const frame = svg("rect", {});
    this.clip = frame;
    const id = `${panel.id}-clip`;
    this.edge = svg("rect", { class: "frame" });
    this.root = svg(
      "svg",
      {
        class: "chart plane",
        tabindex: 0,
        role: "application",
        "aria-label":
          "Cells of the network. Arrow keys move the point, with Shift the picture; " +
          "plus and minus zoom, 0 shows the whole.",
      },
      svg("clipPath", { id }, frame),
      svg("g", { "clip-path": `url(#${id})` }, this.cells, this.cross),
      this.edge,
      this.axes,
    );
    this.box = element("div", { class: "chart-box square" }, this.root);
    panel.picture.append(this.box);
    this.listen();
    new ResizeObserver(() => this.plane && this.layout()).observe(this.box);
  }

  listen() {
    const on = (name, act, options) => this.root.addEventListener(name, act, options);
    on("pointerdown", (event) => {
      this.root.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, this.place(event));
      this.dragged = false;
    });
    on("pointermove", (event) => this.moved(event));
    for (const name of ["pointerup", "pointercancel"]) {
      on(name, (event) => {
        this.pointers.delete(event.pointerId);
        if (name === "pointerup" && !this.dragged) this.askAt(this.place(event));
      });
    }
    on(
      "wheel",
      (event) => {
        if (!event.ctrlKey && document.activeElement !== this.root) return;
        event.preventDefault();
        this.zoom(2 ** (-event.deltaY / 300), this.place(event));
      },
      { passive: false },
    );
    on("keydown", (event) => this.key(event));
  }

  /** Where a pointer is in the picture's own units. */
  place(event) {
    const box = this.root.getBoundingClientRect();
    const zoom = this.width / box.width;
    return [(event.clientX - box.left) * zoom, (event.clientY - box.top) * zoom];
  }

  moved(event) {
    const now = this.place(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.askAt(now);
      return;
    }
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const apart = (one) => Math.hypot(one[0] - others[0][0], one[1] - others[0][1]) || 1;
    if (Math.hypot(now[0] - before[0], now[1] - before[1]) < 3 && !this.dragged) return;
    this.dragged = true;
    this.pointers.set(event.pointerId, now);
    if (others.length) this.zoom(apart(now) / apart(before), others[0]);
    else this.pan(now[0] - before[0], now[1] - before[1]);
  }

  key(event) {
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) this.pan((-arrow[0] * this.side) / 8, (arrow[1] * this.side) / 8);
    else if (arrow) {
      const step = this.span / 32;
      this.askNear(
        this.point[0].number + arrow[0] * step,
        this.point[1].number + arrow[1] * step * this.aspect,
      );
    } else if (event.key === "+" || event.key === "=") this.zoom(2);
    else if (event.key === "-") this.zoom(0.5);
    else if (event.key === "0") this.reset();
    else return;
    event.preventDefault();
  }

  show(plane) {
    this.plane = plane;
    this.low = plane.sides.map(([low]) => low.number);
    this.size = plane.sides.map(([low, high]) => high.minus(low).number);
    this.aspect = this.size[1] / this.size[0];
    this.shapes = plane.maps.map((_, number) => svg("path", { class: "cell" }));
    this.shapes.forEach((shape, number) =>
      shape.style.setProperty("--hue", (number * GOLDEN) % 360),
    );
    this.cells.replaceChildren(...this.shapes);
    const outlines = plane.maps.map(() => "");
    plane.data.cells.forEach((cell, i) => {
      const corners = cell.map((corner) =>
        this.unit(plane.floats[corner])
          .map((it) => it.toFixed(6))
          .join(" "),
      );
      outlines[plane.data.map[i]] += `M${corners.join("L")}Z`;
    });
    this.shapes.forEach((shape, number) => shape.setAttribute("d", outlines[number]));
    this.width = 0;
    this.view = { scale: 1, left: 0, top: 0 };
    this.layout();
  }

  /** A point of the domain in the unit square, downwards. */
  unit([x, y]) {
    return [(x - this.low[0]) / this.size[0], 1 - (y - this.low[1]) / this.size[1]];
  }

  layout() {
    const width = Math.max(280, Math.min(this.box.clientWidth || 480, TALLEST + MARGIN));
    if (width !== this.width) {
      this.width = width;
      this.side = width - MARGIN - 12;
      this.root.setAttribute("viewBox", `0 0 ${width} ${this.side + MARGIN}`);
      this.root.style.maxWidth = `${TALLEST + MARGIN}px`;
      for (const it of [this.clip, this.edge]) {
        for (const [name, value] of Object.entries({
          x: MARGIN,
          y: 8,
          width: this.side,
          height: this.side,
        })) {
          it.setAttribute(name, value);
        }
      }
    }
    this.draw();
  }

  draw() {
    const { scale, left, top } = this.view;
    const factor = scale * this.side;
    this.cells.setAttribute(
      "transform",
      `translate(${MARGIN - left * factor} ${8 - top * factor}) scale(${factor})`,
    );
    const [x, y] = this.corners();
    const parts = [];
    for (const tick of roundTicks(...x)) {
      const at = MARGIN + ((tick.number - x[0]) / (x[1] - x[0])) * this.side;
      parts.push(svg("text", { x: at, y: this.side + 24, "text-anchor": "middle" }, brief(tick)));
    }
    for (const tick of roundTicks(...y)) {
      const at = 8 + (1 - (tick.number - y[0]) / (y[1] - y[0])) * this.side;
      parts.push(svg("text", { x: MARGIN - 6, y: at + 4, "text-anchor": "end" }, brief(tick)));
    }
    parts.push(
      svg(
        "text",
        { class: "name", x: MARGIN + this.side / 2, y: this.side + 40, "text-anchor": "middle" },
        "x",
      ),
    );
    parts.push(svg("text", { class: "name", x: MARGIN + 6, y: 22 }, "y"));
    this.axes.replaceChildren(...parts);
    if (this.point) this.crossAt(...this.point);
  }

  /** What of the domain is in the picture: [left, right], [low, high]. */
  corners() {
    const { scale, left, top } = this.view;
    const x = this.low[0] + left * this.size[0];
    const y = this.low[1] + (1 - top - 1 / scale) * this.size[1];
    return [
      [x, x + this.size[0] / scale],
      [y, y + this.size[1] / scale],
    ];
  }

  get span() {
    return this.size[0] / this.view.scale;
  }

  zoom(by, [x, y] = [MARGIN + this.side / 2, 8 + this.side / 2]) {
    const { scale, left, top } = this.view;
    const to = Math.min(CLOSEST, Math.max(1, scale * by));
    const [across, down] = [(x - MARGIN) / this.side, (y - 8) / this.side];
    this.look(to, left + across / scale - across / to, top + down / scale - down / to);
  }

  pan(dx, dy) {
    const { scale, left, top } = this.view;
    this.look(scale, left - dx / this.side / scale, top - dy / this.side / scale);
  }

  reset() {
    this.look(1, 0, 0);
  }

  look(scale, left, top) {
    const inside = (at) => Math.max(0, Math.min(1 - 1 / scale, at));
    this.view = { scale, left: inside(left), top: inside(top) };
    this.draw();
  }

  askAt([x, y]) {
    const [across, up] = this.corners();
    this.askNear(
      across[0] + ((x - MARGIN) / this.side) * (across[1] - across[0]),
      up[0] + (1 - (y - 8) / this.side) * (up[1] - up[0]),
    );
  }

  /** Asks at the point of a dyadic grid, finer than the screen, that is nearest. */
  askNear(x, y) {
    const parts =
      2 ** Math.max(0, Math.ceil(Math.log2(FINE / Math.min(this.span, this.span * this.aspect))));
    const held = ([low, high], value) => {
      if (value.below(low)) return low;
      return high.below(value) ? high : value;
    };
    const [across, up] = this.plane.sides;
    this.ask(held(across, Rational.nearest(x, parts)), held(up, Rational.nearest(y, parts)));
  }

  mark(x, y, found) {
    this.point = [x, y];
    this.shapes.forEach((shape, number) =>
      shape.classList.toggle("here", found !== null && number === found.number),
    );
    this.crossAt(x, y);
  }

  crossAt(x, y) {
    const { scale, left, top } = this.view;
    const [across, down] = this.unit([x.number, y.number]);
    const at = [MARGIN + (across - left) * scale * this.side, 8 + (down - top) * scale * this.side];
    this.cross.setAttribute("d", `M${at[0] - 9} ${at[1]}h18M${at[0]} ${at[1] - 9}v18`);
  }
}
