// x² from sawtooths: f_m(x) = x − Σ Δ^s(x) / 4^s, s ≤ m.

import { Chart, floats, ticks } from "../chart.js";
import { Panel } from "../page.js";
import { HALF, Rational, ZERO } from "../rational.js";
import { sawtooth } from "../sawtooth.js";

const MOST = 10;

export function squarePanel() {
  const panel = new Panel("square");
  let m = 2;
  panel.slider("sawtooths m", {
    min: 0,
    max: MOST,
    value: m,
    change: (to) => {
      m = to;
      draw();
    },
  });
  const chart = new Chart(panel.picture, {
    name: "x squared and its approximation; they are described below",
    x: { low: 0, high: 1, ticks: ticks(0, 1, 4) },
    y: { low: 0, high: 1, ticks: ticks(0, 1, 2), label: "y" },
    draw: () => draw(),
  });
  panel.legend([
    ["c2 dashed", "x²"],
    ["c0", "f_m"],
  ]);
  const error = new Chart(panel.picture, {
    name: "The error, times 4 to the m + 1",
    x: { low: 0, high: 1, ticks: ticks(0, 1, 4) },
    y: { low: 0, high: 1.1, ticks: ticks(0, 1, 2), label: "(f_m − x²) · 4^(m+1)" },
    height: 190,
    draw: () => draw(),
  });
  const parabola = chart.shape("curve c2 dashed");
  const line = chart.shape("curve c0");
  const away = error.shape("curve c1");

  function draw() {
    const graph = yarotsky(m);
    const fine = Array.from({ length: 129 }, (_, i) => i / 128);
    chart.line(
      parabola,
      fine,
      fine.map((x) => x * x),
    );
    chart.line(line, ...Object.values(floats(graph)));
    error.line(away, ...humps(m));
    const worst = largestError(graph);
    const depth = m + 1;
    panel.facts({
      "pieces of f_m": new Rational(BigInt(graph.pieces)),
      "depth and nodes": `${m} and ${2 * m}`,
      "largest f_m(x) − x²": worst.value,
      "first at x =": worst.at,
      "least f_m(x) − x²": worst.least,
      "4^−(m+1)": new Rational(1n, 4n ** BigInt(depth)),
    });
    panel.say(
      `f_${m} has ${graph.pieces} ${graph.pieces === 1 ? "piece" : "pieces"}, is never below x², ` +
        `and above it by at most ${worst.value}, first at x = ${worst.at}.`,
    );
  }

  draw();
}

const known = [];
/** f_m on [0, 1]. */
export function yarotsky(m) {
  known[0] ??= sawtooth(0);
  while (known.length <= m) {
    const s = known.length;
    known.push(known[s - 1].minus(sawtooth(s).times(new Rational(1n, 4n ** BigInt(s)))));
  }
  return known[m];
}

/**
 * The largest and least of f − x², exactly: on each piece it is a parabola, extreme at slope / 2.
 */
export function largestError(graph) {
  const error = (x, y) => y.minus(x.times(x));
  let best = { value: error(graph.xs[0], graph.ys[0]), at: graph.xs[0], least: ZERO };
  best.least = best.value;
  const slopes = graph.slopes;
  graph.strips((a, u, b, v, i) => {
    const slope = slopes[i];
    const top = slope.times(HALF);
    const inside = a.below(top) && top.below(b);
    const places = [[a, u], [b, v], ...(inside ? [[top, u.plus(top.minus(a).times(slope))]] : [])];
    for (const [x, y] of places) {
      const value = error(x, y);
      if (best.value.below(value)) best = { ...best, value, at: x };
      if (value.below(best.least)) best.least = value;
    }
  });
  return best;
}

/** The error at some places of each piece, times 4^(m+1), as floats: for drawing. */
function humps(m) {
  const { xs, ys } = floats(yarotsky(m));
  const [across, up] = [[], []];
  const fine = Math.max(4, Math.min(64, 4096 >> m));
  for (let i = 0; i + 1 < xs.length; i += 1) {
    for (let j = 0; j <= fine; j += 1) {
      const x = xs[i] + ((xs[i + 1] - xs[i]) * j) / fine;
      const y = ys[i] + ((ys[i + 1] - ys[i]) * j) / fine;
      across.push(x);
      up.push((y - x * x) * 4 ** (m + 1));
    }
  }
  return [across, up];
}
