// The lecture's count: half triangles of Δ^k on the other side of ½ from g.

import { Chart, floats, ticks } from "../chart.js";
import { Handles } from "../handles.js";
import { Panel, brief } from "../page.js";
import { PiecewiseLinear } from "../piecewise.js";
import { HALF, Rational, ZERO, greatest } from "../rational.js";
import { areaOver, distance, halfTriangles, opposite, sawtooth } from "../sawtooth.js";

const DEEP = 8;

export function trianglesPanel() {
  const panel = new Panel("triangles");
  let k = 3;
  let g = PiecewiseLinear.of(["0", "5/16", "11/16", "1"], ["1/8", "7/8", "1/4", "3/4"]);
  panel.slider("k", {
    min: 1,
    max: DEEP,
    value: k,
    change: (to) => {
      k = to;
      draw();
    },
  });
  panel.button("One breakpoint more", () => handles.add());
  panel.button("One fewer", () => handles.remove());
  const chart = new Chart(panel.picture, {
    name: "Half triangles over and under one half, and g with its breakpoints",
    x: { low: 0, high: 1, ticks: ticks(0, 1, 4) },
    y: { low: 0, high: 1, ticks: ticks(0, 1, 2), label: "y" },
    draw: () => {
      draw();
      handles.move();
    },
  });
  const same = chart.shape("area same");
  const other = chart.shape("area other");
  const half = chart.shape("level");
  const saw = chart.shape("curve c0 thin");
  const line = chart.shape("curve c1");
  panel.legend([
    ["c0", "Δ^k"],
    ["c1", "g"],
    ["other", "half triangles on the other side of ½"],
    ["same", "the others"],
  ]);
  const handles = new Handles(chart, g, (to) => {
    g = to;
    draw();
  });

  function draw() {
    const { xs, ys } = floats(sawtooth(k));
    chart.line(saw, xs, ys);
    chart.line(half, [0, 1], [0.5, 0.5]);
    chart.line(line, ...Object.values(floats(g)));
    const found = counted(k, g);
    const marked = new Set(found.opposite);
    same.setAttribute(
      "d",
      shapes(
        chart,
        found.triangles.filter((it) => !marked.has(it)),
      ),
    );
    other.setAttribute("d", shapes(chart, found.opposite));
    panel.facts(found.facts);
    panel.say(found.words);
  }

  draw();
}

function shapes(chart, triangles) {
  return triangles
    .map(({ low, high, sign }) => {
      const [a, b] = [low.number, high.number];
      return `${chart.path([a, (a + b) / 2, b], [0.5, 0.5 + sign / 2, 0.5])}Z`;
    })
    .join("");
}

/** In how many intervals g − ½ keeps its sign. */
export function signIntervals(g) {
  const signs = g.sides(HALF).map((it) => it.sign);
  return 1 + signs.filter((sign, i) => i > 0 && sign !== signs[i - 1]).length;
}

export function counted(k, g) {
  const triangles = halfTriangles(k);
  const across = opposite(triangles, g);
  const intervals = signIntervals(g);
  const whole = (n) => new Rational(BigInt(n));
  const room = (n) => greatest(ZERO, whole(n).times(HALF));
  const each = areaOver(k, triangles[0]);
  const away = distance(k, g);
  const bound = each.times(whole(across.length));
  return {
    triangles,
    opposite: across,
    facts: {
      "half triangles N_f": whole(triangles.length),
      "intervals N_g on which g − ½ keeps its sign": whole(intervals),
      "half triangles on the other side": whole(across.length),
      "at least (N_f − N_g)/2": room(triangles.length - intervals),
      "the slide: at least (N_f − 2 N_g)/2": room(triangles.length - 2 * intervals),
      "area of each": each,
      together: bound,
      "∫ |Δ^k − g|": away,
    },
    words:
      `Of ${triangles.length} half triangles, ${across.length} lie on the other side of ½ ` +
      `from g. Their area together, ${brief(bound)}, is a part of the distance, ${brief(away)}.`,
  };
}
