// A piecewise-linear g whose breakpoints are dragged: by pointer, by finger, by arrow keys.

import { svg } from "./page.js";
import { PiecewiseLinear } from "./piecewise.js";
import { HALF, Rational } from "./rational.js";

const GRID = { x: 576, y: 144 }; // a pointer reaches multiples of 1/576 and 1/144
const STEP = { x: 64, y: 16 }; // an arrow key goes 1/64 or 1/16; with Shift 1/576 or 1/144
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
export const MOST_HANDLES = 65;

export class Handles {
  /** On a chart with x from 0 to 1; `change` is called with the new g. */
  constructor(chart, g, change) {
    this.chart = chart;
    this.change = change;
    this.group = svg("g", { class: "handles" });
    chart.root.append(this.group);
    this.set(g);
  }

  /** Takes another g; its breakpoints become the handles. */
  set(g) {
    this.xs = [...g.xs];
    this.ys = [...g.ys];
    this.build();
  }

  get graph() {
    return new PiecewiseLinear([...this.xs], [...this.ys]);
  }

  /** One breakpoint more: in the middle of the longest piece, on it. */
  add() {
    const widths = this.xs.slice(1).map((x, i) => x.minus(this.xs[i]));
    const widest = widths.reduce((best, width, i) => (widths[best].below(width) ? i : best), 0);
    const x = this.xs[widest].plus(this.xs[widest + 1]).times(HALF);
    const y = this.ys[widest].plus(this.ys[widest + 1]).times(HALF);
    this.xs.splice(widest + 1, 0, x);
    this.ys.splice(widest + 1, 0, y);
    this.build();
    this.changed();
  }

  /** One breakpoint fewer: this one, or the last inside. */
  remove(place = this.xs.length - 2) {
    if (place < 1 || place > this.xs.length - 2) return;
    this.xs.splice(place, 1);
    this.ys.splice(place, 1);
    this.build();
    this.changed();
    this.group.children[Math.min(place, this.xs.length - 1)].focus();
  }

  build() {
    this.group.replaceChildren(...this.xs.map((_, place) => this.handle(place)));
    this.move();
  }

  handle(place) {
    const it = svg(
      "g",
      { class: "handle", role: "slider", tabindex: 0, "aria-roledescription": "breakpoint" },
      svg("circle", { class: "reach", r: 16 }),
      svg("circle", { class: "knob", r: 6 }),
    );
    it.addEventListener("pointerdown", (event) => {
      it.setPointerCapture(event.pointerId);
      it.focus();
      event.preventDefault();
    });
    it.addEventListener("pointermove", (event) => {
      if (!it.hasPointerCapture(event.pointerId)) return;
      const at = this.chart.at(event);
      this.put(place, Rational.nearest(at.x, GRID.x), Rational.nearest(at.y, GRID.y));
    });
    it.addEventListener("keydown", (event) => this.key(event, place));
    return it;
  }

  key(event, place) {
    if (event.key === "Delete" || event.key === "Backspace") {
      this.remove(place);
      event.preventDefault();
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    const parts = event.shiftKey ? GRID : STEP;
    const dx = new Rational(BigInt(arrow[0]), BigInt(parts.x));
    const dy = new Rational(BigInt(arrow[1]), BigInt(parts.y));
    this.put(place, this.xs[place].plus(dx), this.ys[place].plus(dy));
    event.preventDefault();
  }

  /** Moves a breakpoint there, or as far as its neighbours and the picture let it. */
  put(place, x, y) {
    const inside = place > 0 && place < this.xs.length - 1;
    const free = inside && this.xs[place - 1].below(x) && x.below(this.xs[place + 1]);
    if (free) this.xs[place] = x;
    const { low, high } = this.chart.y;
    if (y.number >= low && y.number <= high) this.ys[place] = y;
    this.move();
    this.changed();
  }

  /** Puts the handles where the breakpoints are, and says where that is. */
  move() {
    [...this.group.children].forEach((it, place) => {
      const [x, y] = [this.xs[place], this.ys[place]];
      it.setAttribute(
        "transform",
        `translate(${this.chart.X(x.number)} ${this.chart.Y(y.number)})`,
      );
      it.setAttribute("aria-label", `breakpoint ${place + 1} of ${this.xs.length}`);
      it.setAttribute("aria-valuemin", this.chart.y.low);
      it.setAttribute("aria-valuemax", this.chart.y.high);
      it.setAttribute("aria-valuenow", y.number);
      it.setAttribute("aria-valuetext", `x = ${x}, y = ${y}`);
    });
  }

  changed() {
    this.change(this.graph);
  }
}
