// Δ^k, fold by fold: stretch the graph to twice its height, fold down what is above 1.

import { Chart, floats, ticks } from "../chart.js";
import { Panel, animate, brief } from "../page.js";
import { PiecewiseLinear, tent } from "../piecewise.js";
import { HALF, ONE, Rational, ZERO } from "../rational.js";
import { DEEPEST, sawtooth } from "../sawtooth.js";

const FINE = 8; // what is above the crease is shaded below this k
const POINTS = 120; // a followed point is a multiple of 1/120

export function foldPanel() {
  const panel = new Panel("fold");
  const state = { k: 3, fold: 0, point: 40 };
  const k = panel.slider("folds k", {
    min: 0,
    max: DEEPEST,
    value: state.k,
    change: (to) => update({ k: to, fold: 0 }),
  });
  const fold = panel.slider("the next fold", {
    min: 0,
    max: 100,
    value: 0,
    text: (to) => `${to} %`,
    change: (to) => update({ fold: to / 100 }),
  });
  const point = (to) => new Rational(BigInt(to), BigInt(POINTS));
  panel.slider("follow x", {
    min: 0,
    max: POINTS,
    value: state.point,
    text: (to) => brief(point(to)),
    change: (to) => update({ point: to }),
  });
  let stop = () => {};
  const more = panel.button("Fold once more", () => {
    stop();
    if (state.k >= DEEPEST) return;
    const next = state.k + 1;
    stop = animate(
      1.6,
      (done) => update({ fold: done }),
      () => update({ k: next, fold: 0 }),
    );
  });
  const chart = new Chart(panel.picture, {
    name: "Graph of the sawtooth over [0, 1]; it is described below",
    x: { low: 0, high: 1, ticks: ticks(0, 1, 4) },
    y: { low: 0, high: 2, ticks: [ZERO, HALF, ONE, Rational.of(2)], label: "y" },
    draw: () => draw(),
  });
  const crease = chart.shape("level");
  const area = chart.shape("folding");
  const line = chart.shape("curve c0");
  const dot = chart.shape("mark c1", "circle");
  dot.setAttribute("r", 5);
  panel.legend([
    ["c0", "Δ^k"],
    ["c1 dot", "the point that is followed"],
    ["level", "the crease: what is above is folded down"],
  ]);

  function update(change) {
    Object.assign(state, change);
    k.set(state.k);
    fold.set(Math.round(100 * state.fold));
    more.disabled = state.k >= DEEPEST;
    draw();
  }

  function draw() {
    const x = point(state.point);
    const { xs, ys } = floats(sawtooth(Math.min(DEEPEST, state.k + (state.fold > 0 ? 1 : 0))));
    const before = state.fold > 0 ? floats(unfolded(state.k)).ys : ys;
    const heights = state.fold > 0 ? before.map((y) => folding(y, state.fold)) : ys;
    chart.line(line, xs, heights);
    chart.line(crease, [0, 1], [1, 1]);
    const open = state.fold > 0 && state.fold < 1 && state.k < FINE;
    area.setAttribute("d", open ? chart.above(xs, heights, 1) : "");
    const way = orbit(x, state.k);
    const y = way[way.length - 1];
    chart.dot(dot, x.number, folding(y.number, state.fold));
    panel.facts({ ...facts(state.k), "follow x": way.map(brief).join(" → ") });
    panel.say(words(state, x, y));
  }

  update({});
}

/** Δ^k with breakpoints wherever Δ^(k+1) has one. */
const kept = new Map();
function unfolded(k) {
  const next = sawtooth(Math.min(DEEPEST, k + 1));
  if (!kept.has(k))
    kept.set(
      k,
      new PiecewiseLinear(
        next.xs,
        next.xs.map((x) => sawtooth(k).at(x)),
      ),
    );
  return kept.get(k);
}

/** A height on its way from y to Δ(y): stretched in the first half, folded down in the second. */
function folding(y, done) {
  const stretched = y * (1 + Math.min(1, 2 * done));
  const turned = 1 - 2 * Math.max(0, 2 * done - 1);
  return stretched > 1 && done > 0.5 ? 1 + (stretched - 1) * turned : stretched;
}

/** x, Δ(x), Δ(Δ(x)), … */
export function orbit(x, k) {
  const way = [x];
  for (let i = 0; i < k; i += 1) way.push(tent(way[i]));
  return way;
}

const known = new Map();
/** What is counted and integrated of Δ^k. */
export function facts(k) {
  if (!known.has(k)) known.set(k, counted(sawtooth(k), k));
  return known.get(k);
}

function counted(graph, k) {
  const slopes = [...new Set(graph.slopes.map(String))];
  const peaks = graph.ys.filter((y) => y.under === 1n && y.over === 1n).length;
  const apart = graph.minus(
    new PiecewiseLinear([graph.xs[0], graph.xs[graph.xs.length - 1]], [HALF, HALF]),
  );
  return {
    pieces: new Rational(BigInt(graph.pieces)),
    "points of height 1": new Rational(BigInt(peaks)),
    slopes: slopes.join(" and ").replace("-", "−"),
    "depth and nodes": `${k} and ${2 * k}`,
    "∫ Δ^k": graph.integral(),
    "∫ |Δ^k − ½|": apart.l1(),
  };
}

function words(state, x, y) {
  const { k } = state;
  const found = facts(k);
  if (state.fold > 0 && state.fold < 1) {
    return state.fold < 0.5
      ? `Δ^${k} is being stretched to twice its height.`
      : `What is above 1 is being folded down: Δ^${k + 1} comes about.`;
  }
  const finer = 2 ** k > 512 ? " It is finer than the screen, so the curve looks like a band." : "";
  return (
    `The graph of Δ^${k} goes between 0 and 1 in ${found.pieces} straight pieces, ` +
    `of slope ${found.slopes}. ` +
    `It takes x = ${brief(x)} to ${brief(y)}.${finer}`
  );
}
