// Width and depth: how many pieces a network can have, by the lecture, by the product, and one that
// is counted.

import { Chart, ticks } from "../chart.js";
import { Panel } from "../page.js";
import { dense, zigzag } from "../network.js";
import { ONE, Rational, ZERO } from "../rational.js";
import { traced } from "../sweep.js";

const WIDEST = 12;
const DEEP = 8;
const MOST_COUNTED = 1500;
const STEPS_AHEAD = 4; // powers of 2 from one label to the next, at least

export function sizesPanel() {
  const panel = new Panel("sizes");
  const state = { width: 4, depth: 3 };
  panel.slider("width m", {
    min: 1,
    max: WIDEST,
    value: state.width,
    change: (width) => update({ width }),
  });
  panel.slider("depth L", {
    min: 1,
    max: DEEP,
    value: state.depth,
    change: (depth) => update({ depth }),
  });
  const chart = new Chart(panel.picture, {
    name: "Bounds to the number of pieces by depth; they are listed below",
    x: { low: 0.5, high: DEEP + 0.5, ticks: ticks(1, DEEP, 1), label: "depth L" },
    y: { low: 0, high: 10, ticks: [], label: "pieces" },
    draw: () => draw(),
  });
  const lecture = chart.shape("curve c1");
  const product = chart.shape("curve c0");
  const here = chart.shape("level");
  const counted = Array.from({ length: DEEP }, () => chart.shape("mark c2", "circle"));

  panel.legend([
    ["c1", "the lecture’s bound"],
    ["c0", "the product"],
    ["c2 dot", "counted in this page"],
  ]);

  function update(change) {
    Object.assign(state, change);
    draw();
  }

  function draw() {
    const { width, depth } = state;
    const depths = Array.from({ length: DEEP }, (_, i) => i + 1);
    const log = (n) => Math.log2(Number(n));
    const top = Math.max(
      4,
      Math.ceil(log(bounds(width, DEEP).lecture) / STEPS_AHEAD) * STEPS_AHEAD,
    );
    chart.scale(chart.x, { ...chart.y, high: top, ticks: powers(top) });
    chart.line(
      lecture,
      depths,
      depths.map((L) => log(bounds(width, L).lecture)),
    );
    chart.line(
      product,
      depths,
      depths.map((L) => log(bounds(width, L).product)),
    );
    chart.line(here, [depth, depth], [0, top]);
    counted.forEach((dot, i) => {
      dot.setAttribute("r", i + 1 === depth ? 6 : 4);
      const found = attained(width, i + 1);
      chart.dot(dot, found ? i + 1 : null, found ? log(found.pieces) : 0);
    });
    const found = facts(width, depth);
    panel.facts(found);
    panel.say(words(width, depth, found));
  }

  draw();
}

/** Labels 1, 2^4, 2^8, …, at their logarithms. */
function powers(top) {
  const step = top > 24 ? 2 * STEPS_AHEAD : STEPS_AHEAD;
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => ({
    number: i * step,
    toString: () => (i === 0 ? "1" : `2^${i * step}`),
  }));
}

/** The lecture's bound and the product, as BigInts. */
export function bounds(width, depth) {
  const m = BigInt(width);
  const L = BigInt(depth);
  return { lecture: 2n ** (L - 1n) * (m + 1n) * m ** (L - 1n), product: (m + 1n) ** L };
}

const known = new Map();
/**
 * A network of this size with as many pieces as we know, counted here; null where it is too large.
 */
export function attained(width, depth) {
  const key = `${width} ${depth}`;
  if (!known.has(key)) known.set(key, counted(width, depth));
  return known.get(key);
}

function counted(width, depth) {
  const most = bounds(width, depth).product;
  if (most > BigInt(MOST_COUNTED)) return null;
  const found = example(width, depth);
  if (!found) return null;
  const [low, high] = [Rational.of(-1), Rational.of(2)];
  return { pieces: traced(found.network, low, high).graph.pieces, name: found.name };
}

const rationals = (rows) => rows.map((row) => row.map(Rational.of));

/**
 * The zigzag for widths of at least 3; kinks side by side for one layer; what is known for 1 and 2.
 */
function example(width, depth) {
  if (width >= 3) return { network: zigzag(Array(depth).fill(width)), name: "the zigzag" };
  if (depth === 1) {
    const kinks = Array.from({ length: width }, (_, i) => new Rational(BigInt(-i), BigInt(width)));
    const weight = kinks.map(() => [ONE]);
    return {
      network: dense([
        [weight, kinks],
        [[kinks.map(() => ONE)], [ZERO]],
      ]),
      name: "kinks side by side",
    };
  }
  if (width === 1) {
    const flat = [rationals([["-1"]]), [ONE]];
    const copies = Array.from({ length: depth - 2 }, () => [[[ONE]], [ZERO]]);
    const layers = [[[[ONE]], [ZERO]], flat, ...copies, [[[ONE]], [ZERO]]];
    return { network: dense(layers), name: "σ(1 − σ(x))" };
  }
  const outer = [
    rationals([
      ["2", "-2"],
      ["4", "-4"],
    ]),
    [ZERO, ONE.negated()],
  ];
  const first = [rationals([["1"], ["2"]]), [ZERO, ONE.negated()]];
  const layers = [first, ...Array(depth - 1).fill(outer), [rationals([["2", "-2"]]), [ZERO]]];
  return { network: dense(layers), name: "the sawtooth" };
}

/**
 * Half of the answer to "is there any point to depth?": what one hidden layer of as many nodes has.
 */
export function facts(width, depth) {
  const { lecture, product } = bounds(width, depth);
  const found = attained(width, depth);
  const settled = found && BigInt(found.pieces) === product;
  const counted = found
    ? `${found.pieces}, ${found.name} on [−1, 2]${settled ? ": the most there can be" : ""}`
    : `${MOST_COUNTED} pieces are the most that is counted here`;
  const shallow = BigInt(width * depth + 1);
  return {
    nodes: new Rational(BigInt(width * depth)),
    "the lecture: at most 2^(L−1) (m+1) m^(L−1)": new Rational(lecture),
    "the product: at most (m+1)^L": new Rational(product),
    counted: counted,
    "pieces with all nodes in one layer: at most": new Rational(shallow),
    "least k with ∫ |Δ^k − g| ≥ 1/32 for all such g": new Rational(BigInt(leastK(product))),
    "the lecture’s k, for at most 2^L nodes": lectureK(width, depth),
  };
}

/** The least k with ¼ (1 − P/2^k) ≥ 1/32: 7 · 2^k ≥ 8 P. */
export function leastK(product) {
  let k = 1;
  while (7n << BigInt(k) < 8n * product) k += 1;
  return k;
}

/** 2L² + 2, where the lecture's theorem speaks. */
function lectureK(width, depth) {
  if (width * depth > 2 ** depth) return `none: there are more than 2^${depth} nodes`;
  return new Rational(BigInt(2 * depth ** 2 + 2));
}

function words(width, depth, found) {
  const layers = depth === 1 ? "one hidden layer" : `${depth} hidden layers`;
  return (
    `With ${layers} of ${width} ${width === 1 ? "unit" : "units"}: at most ` +
    `${found["the product: at most (m+1)^L"]} pieces (the lecture: ` +
    `${found["the lecture: at most 2^(L−1) (m+1) m^(L−1)"]}). Counted: ${found.counted}.`
  );
}
