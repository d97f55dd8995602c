// What one unit does to a zigzag: at most twice the pieces, in fact at most ⌊3p/2⌋ + 1.

import { Chart, floats, ticks } from "../chart.js";
import { Panel, brief } from "../page.js";
import { PiecewiseLinear } from "../piecewise.js";
import { Rational } from "../rational.js";

const MOST = 16;
const PARTS = 8;

export function reluPanel() {
  const panel = new Panel("relu");
  const state = { pieces: 5, shift: 0 };
  const shift = (to) => new Rational(BigInt(to), BigInt(PARTS));
  panel.slider("pieces p of h", {
    min: 1,
    max: MOST,
    value: state.pieces,
    change: (pieces) => update({ pieces }),
  });
  panel.slider("h moved by", {
    min: -PARTS - 1,
    max: PARTS + 1,
    value: 0,
    text: (to) => brief(shift(to)),
    change: (to) => update({ shift: to }),
  });
  const chart = new Chart(panel.picture, {
    name: "The zigzag h and σ of h; they are described below",
    x: { low: 0, high: 1, ticks: ticks(0, 1, 4) },
    y: { low: -2.25, high: 2.25, ticks: ticks(-2, 2, 1), label: "y" },
    draw: () => draw(),
  });
  const before = chart.shape("curve c0 dashed");
  const after = chart.shape("curve c1 thick");
  const kinks = chart.shape("kinks");
  panel.legend([
    ["c0 dashed", "h"],
    ["c1", "σ∘h, which is h where h is positive, and else 0"],
  ]);

  function update(change) {
    Object.assign(state, change);
    draw();
  }

  function draw() {
    const h = zigzag(state.pieces, shift(state.shift));
    const rectified = h.relu();
    chart.line(before, ...Object.values(floats(h)));
    chart.line(after, ...Object.values(floats(rectified)));
    const { xs, ys } = floats(rectified);
    const dots = [...xs].slice(1, -1).map((x, i) => circle(chart.X(x), chart.Y(ys[i + 1])));
    kinks.setAttribute("d", dots.join(""));
    const p = h.pieces;
    panel.facts({
      "pieces of h": new Rational(BigInt(p)),
      "pieces of σ∘h": new Rational(BigInt(rectified.pieces)),
      "the slide: at most 2p": new Rational(BigInt(2 * p)),
      "sharp: at most ⌊3p/2⌋ + 1": new Rational(BigInt(Math.floor((3 * p) / 2) + 1)),
    });
    panel.say(
      `h has ${p} ${p === 1 ? "piece" : "pieces"}; where it is below 0 it becomes 0, ` +
        `and σ∘h has ${rectified.pieces}.`,
    );
  }

  draw();
}

const circle = (x, y) => `M${x - 3.5} ${y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0`;

/** Through −1, 1, −1, … at equal distances, and then moved up. */
export function zigzag(pieces, shift) {
  const places = Array.from({ length: pieces + 1 }, (_, i) => i);
  const xs = places.map((i) => new Rational(BigInt(i), BigInt(pieces)));
  return new PiecewiseLinear(
    xs,
    places.map((i) => new Rational(i % 2 ? 1n : -1n).plus(shift)),
  );
}
