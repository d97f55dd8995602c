// The induction step of Δ^k(x) = Δ(frac(2^(k−1) x)): two copies of Δ^k, one mirrored, which does
// not matter.

import { Chart, floats, ticks } from "../chart.js";
import { Panel, animate, brief } from "../page.js";
import { tent } from "../piecewise.js";
import { ONE, Rational } from "../rational.js";
import { sawtooth } from "../sawtooth.js";
import { orbit } from "./fold.js";

const DEEP = 10;
const POINTS = 120;
const STAGES = [
  "Start with Δ^k on all of [0, 1].",
  "On [0, ½], Δ(x) = 2x. So Δ^(k+1)(x) = Δ^k(2x) there: all of Δ^k, squeezed to half its width.",
  "On [½, 1], Δ(x) = 2 − 2x. So Δ^(k+1)(x) = Δ^k(2 − 2x): the squeezed graph, turned over at ½.",
  "Each tent is its own mirror image: the graph turned over is the graph moved by ½. " +
    "So both halves are squeezed copies: Δ^(k+1)(x) = Δ^k(frac(2x)).",
];

export function identityPanel() {
  const panel = new Panel("identity");
  const state = { k: 2, step: 3, point: 77 };
  const point = (to) => new Rational(BigInt(to), BigInt(POINTS));
  panel.slider("k", { min: 1, max: DEEP, value: state.k, change: (k) => update({ k }) });
  const step = panel.slider("the step", {
    min: 0,
    max: 300,
    value: 300,
    text: (to) => `${Math.ceil(to / 100)} of 3`,
    change: (to) => update({ step: to / 100 }),
  });
  panel.slider("x", {
    min: 0,
    max: POINTS,
    value: state.point,
    text: (to) => brief(point(to)),
    change: (to) => update({ point: to }),
  });
  let stop = () => {};
  panel.button("Show the step", () => {
    stop();
    stop = animate(5, (done) => update({ step: 3 * done }));
  });
  const chart = new Chart(panel.picture, {
    name: "Two squeezed copies of the sawtooth; they are described below",
    x: { low: 0, high: 1, ticks: ticks(0, 1, 4) },
    y: { low: 0, high: 1, ticks: ticks(0, 1, 2), label: "y" },
    height: 260,
    draw: () => draw(),
  });
  const middle = chart.shape("level");
  const turned = chart.shape("curve c1");
  const moved = chart.shape("curve c2 dashed");
  const first = chart.shape("curve c0");
  const dot = chart.shape("mark c3", "circle");
  dot.setAttribute("r", 5);
  panel.legend([
    ["c0", "Δ^k, squeezed"],
    ["c1", "turned over"],
    ["c2 dashed", "moved by ½"],
    ["c3 dot", "x"],
  ]);

  function update(change) {
    Object.assign(state, change);
    step.set(Math.round(100 * state.step));
    draw();
  }

  function draw() {
    const { xs, ys } = floats(sawtooth(state.k));
    const squeezed = 1 - Math.min(1, state.step) / 2;
    const turn = 1 - 2 * clamp(state.step - 1); // 1: still on the first copy; −1: turned over
    const move = clamp(state.step - 2) / 2;
    chart.line(middle, [0.5, 0.5], [0, 1]);
    chart.line(
      first,
      xs.map((x) => x * squeezed),
      ys,
    );
    const seen = (shape, on, place) =>
      on ? chart.line(shape, xs.map(place), ys) : shape.setAttribute("d", "");
    seen(turned, state.step > 1, (x) => 0.5 - (0.5 - x / 2) * turn);
    seen(moved, state.step > 2, (x) => x / 2 + move);
    const x = point(state.point);
    const value = orbit(x, state.k + 1)[state.k + 1];
    const whole = state.step === 0 || state.step === 3;
    chart.dot(dot, whole && state.step === 3 ? x.number : null, value.number);
    panel.facts(substitution(state.k, x, value));
    panel.say(STAGES[Math.ceil(state.step)]);
  }

  update({});
}

const clamp = (t) => Math.max(0, Math.min(1, t));

/**
 * The change of variables after which the step is bounded and piecewise linear: no floor is left.
 */
export function substitution(k, x, value) {
  const u = x.times(new Rational(1n << BigInt(k - 1)));
  const p = new Rational(u.floor());
  const f = u.minus(p);
  const q = new Rational(u.plus(u).floor());
  const r = q.minus(p).minus(p);
  const scaled = x.times(new Rational(1n << BigInt(k)));
  const outside = new Rational(-1n, 4n);
  const folded = tent(outside);
  const part = tent(outside.plus(ONE));
  return {
    "u = 2^(k−1) x": u,
    "f = u − ⌊u⌋": f,
    "r = ⌊2u⌋ − 2⌊u⌋": r,
    "Δ(Δ(f))": tent(tent(f)),
    "Δ(2f − r)": tent(f.plus(f).minus(r)),
    "Δ^(k+1)(x), k + 1 folds": value,
    "Δ(frac(2^k x))": tent(scaled.minus(new Rational(scaled.floor()))),
    "outside [0, 1]":
      `at x = ${brief(outside)}, k = 1: Δ(x) = ${brief(folded)}, ` +
      `but Δ(frac(x)) = ${brief(part)}`,
  };
}
