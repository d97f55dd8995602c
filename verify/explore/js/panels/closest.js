// How close can g come? A g with p pieces to be dragged, its exact distance, and the frontier.

import { Chart, floats, roundTicks, ticks } from "../chart.js";
import { bracket } from "../frontier.js";
import { Handles, MOST_HANDLES } from "../handles.js";
import { Panel, brief, citing } from "../page.js";
import { PiecewiseLinear } from "../piecewise.js";
import { Rational } from "../rational.js";
import { DEEPEST, distance, sawtooth, sharp } from "../sawtooth.js";

const FINEST = 8; // the area between is drawn up to here
const TABLE = 6; // the frontier's table ends here
const START = [
  ["0", "1/4", "1/2", "1"],
  ["0", "3/4", "1/4", "1/2"],
];

export function closestPanel() {
  const panel = new Panel("closest");
  const state = { k: 2, g: PiecewiseLinear.of(...START) };
  panel.slider("k", { min: 1, max: DEEPEST, value: state.k, change: (k) => update({ k }) });
  const more = panel.button("One breakpoint more", () => handles.add());
  panel.button("One fewer", () => handles.remove());
  panel.button("As close as is known", () => take(bracket(state.k, state.g.pieces).graph));
  panel.button("Start again", () => take(PiecewiseLinear.of(...START)));
  const chart = new Chart(panel.picture, {
    name: "The sawtooth, and g with its breakpoints",
    x: { low: 0, high: 1, ticks: ticks(0, 1, 4) },
    y: { low: -0.25, high: 1.25, ticks: ticks(0, 1, 2), label: "y" },
    height: 320,
    draw: () => {
      draw();
      handles.move();
    },
  });
  const between = chart.shape("area between");
  const saw = chart.shape("curve c0 thin");
  const line = chart.shape("curve c1");
  panel.legend([
    ["c0", "Δ^k"],
    ["c1", "g"],
    ["between", "what lies between, and is integrated"],
  ]);
  const frontier = frontierChart(panel, () => state);
  const handles = new Handles(chart, state.g, (g) => update({ g }));

  function take(g) {
    handles.set(g);
    update({ g });
  }

  function update(change) {
    Object.assign(state, change);
    more.disabled = state.g.xs.length >= MOST_HANDLES;
    draw();
  }

  function draw() {
    const { xs, ys } = floats(sawtooth(state.k));
    const own = floats(state.g);
    chart.line(saw, xs, ys);
    chart.line(line, own.xs, own.ys);
    const closed = chart.path([...own.xs].reverse(), [...own.ys].reverse()).replace("M", "L");
    between.setAttribute("d", state.k <= FINEST ? `${chart.path(xs, ys)}${closed}Z` : "");
    const found = standing(state.k, state.g);
    frontier.draw(found);
    panel.facts(found.facts);
    panel.say(found.words);
  }

  draw();
}

/** What is known of g, and of every function with as many pieces. */
export function standing(k, g) {
  const pieces = g.pieces;
  const away = distance(k, g);
  const bound = sharp(pieces, k);
  const known = bracket(k, pieces);
  const best = `${brief(known.lower)} and ${brief(known.upper)}`;
  return {
    pieces,
    away,
    known,
    facts: {
      "pieces p of g": new Rational(BigInt(pieces)),
      "∫ |Δ^k − g|": away,
      "¼ (1 − p/2^k)": bound,
      "so far above it": away.minus(bound),
      "with p pieces nobody is nearer than": known.lower,
      "shown by": citing(known.lowerBy),
      "the nearest that is known": known.upper,
      "attained by": citing(known.upperBy),
    },
    words:
      `g has ${pieces} ${pieces === 1 ? "piece" : "pieces"} ` +
      `and is ${brief(away)} away from Δ^${k}. ` +
      `The nearest that any function with so few pieces comes is between ${best}.`,
  };
}

/**
 * Pieces across, distance up: what is excluded, what is known to be reached, and where g stands.
 */
function frontierChart(panel, state) {
  let last = null;
  const chart = new Chart(panel.picture, {
    name: "Least distance by number of pieces: bounds, and where g stands",
    x: { low: 0, high: 5, ticks: [], label: "pieces p" },
    y: { low: 0, high: 0.3, ticks: ticks(0, 0.25, 16), label: "∫ |Δ^k − g|" },
    height: 250,
    draw: () => draw(last),
  });
  const excluded = chart.shape("area excluded");
  const band = chart.shape("area between");
  const line = chart.shape("curve c0");
  const upper = chart.shape("curve c2 dashed");
  const dot = chart.shape("mark c1", "circle");
  dot.setAttribute("r", 6);
  panel.legend([
    ["excluded", "nothing can be here"],
    ["between", "not known"],
    ["c0", "¼ (1 − p/2^k)"],
    ["c2 dashed", "the nearest that is known"],
    ["c1 dot", "your g"],
  ]);
  let drawn = "";

  function frame(k, most) {
    chart.scale({ ...chart.x, low: 0, high: most + 1, ticks: wholes(most) }, chart.y);
    const counts = Array.from({ length: most }, (_, i) => i + 1);
    const found = counts.map((p) => bracket(k, p));
    const lower = found.map((it) => it.lower.number);
    const reached = found.map((it) => it.upper.number);
    chart.line(
      line,
      counts,
      counts.map((p) => sharp(p, k).number),
    );
    chart.line(upper, counts, reached);
    const back = chart.path([...counts].reverse(), [...lower].reverse()).replace("M", "L");
    band.setAttribute("d", most > 1 ? `${chart.path(counts, reached)}${back}Z` : "");
    const floor = chart.path([most, 1], [0, 0]).replace("M", "L");
    excluded.setAttribute("d", `${chart.path(counts, lower)}${floor}Z`);
  }

  function draw(found) {
    if (!found) return;
    last = found;
    const { k } = state();
    const most = k <= TABLE ? 2 ** k : Math.max(16, found.pieces + 4);
    const wanted = `${k} ${most} ${chart.width}`;
    if (wanted !== drawn) frame(k, most);
    drawn = wanted;
    chart.dot(dot, found.pieces <= most ? found.pieces : null, Math.min(0.3, found.away.number));
  }

  return { draw };
}

function wholes(most) {
  return roundTicks(1, most).filter((it) => it.under === 1n);
}
