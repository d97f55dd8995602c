// The exact function of a one-input network: all values are carried along at points between which
// everything so far is affine, and each unit adds the points at which it is zero.
//
// A point is a row of whole numbers over one denominator, x and all values alike. Where a unit has
// the values u < 0 < v at two neighbours, the point at which it is zero is their mean with weights
// v and −u: of x and of every value at once.

import { BadInput } from "./json.js";
import { OPERATIONS } from "./operations.js";
import { PiecewiseLinear } from "./piecewise.js";
import { Rational, ZERO, gcd, lcm } from "./rational.js";

export const MOST_POINTS = 5_001;
export const MOST_WORK = 15_000_000; // multiplications of words

/** The function of the network on [low, high], and how many activation intervals its units have. */
export function traced(network, low, high) {
  if (network.inputs.length !== 1 || network.inputs[0].size !== 1) {
    const size = network.inputs.reduce((all, it) => all + it.size, 0);
    throw new BadInput("", `expected a network with one input, found ${size}`);
  }
  if (network.sizes.get(network.output) !== 1) {
    const size = network.sizes.get(network.output);
    throw new BadInput("", `expected a network with one output, found ${size}`);
  }
  const sweep = new Sweep(low, high);
  const values = new Map([[network.inputs[0].name, sweep.input()]]);
  for (const node of network.nodes) {
    const inputs = node.inputs.map((source) => values.get(source));
    values.set(node.name, OPERATIONS[node.op].meaning(sweep, node, inputs));
  }
  const output = values.get(network.output);
  return { graph: sweep.graph(output), activationIntervals: sweep.activationIntervals() };
}

/**
 * A column is the values of one node: {place, scale, size}; at a row they are cells / (over ·
 * scale).
 */
class Sweep {
  constructor(low, high) {
    this.rows = [low, high].map((x) => ({ over: x.under, x: x.over, columns: [] }));
    this.patterns = [0n]; // of each segment, a bit for each unit: whether it is active
    this.units = 0n;
    this.work = 0;
  }

  /** The column of the input itself. */
  input() {
    return this.column(1, 1n, (row) => [row.x]);
  }

  column(size, scale, cells) {
    const place = this.rows[0].columns.length;
    for (const row of this.rows) row.columns.push(cells(row));
    return { place, scale, size };
  }

  spend(operations) {
    this.work += operations;
    if (this.work > MOST_WORK) {
      throw new BadInput("", "more work than this page does; depthproof pieces counts it");
    }
  }

  /** Columns one below the other, over one scale. */
  beside(inputs) {
    const scale = inputs.reduce((all, it) => lcm(all, it.scale), 1n);
    const size = inputs.reduce((all, it) => all + it.size, 0);
    return this.column(size, scale, (row) => {
      return inputs.flatMap((it) => row.columns[it.place].map((n) => (n * scale) / it.scale));
    });
  }

  /** weight · (the inputs, one below the other) + bias. */
  affine(weight, bias, inputs) {
    const whole = inputs.length === 1 ? inputs[0] : this.beside(inputs);
    const entries = [...weight.flat(), ...bias];
    const over = entries.reduce((all, it) => lcm(all, it.under), 1n);
    const integer = (it) => it.over * (over / it.under);
    const weights = weight.map((row) => row.map(integer));
    const biases = bias.map((it) => integer(it) * whole.scale);
    this.spend(this.rows.length * entries.length * (1 + this.length(over)));
    return this.column(weight.length, whole.scale * over, (row) => {
      const values = row.columns[whole.place];
      return weights.map((line, i) => {
        let sum = biases[i] * row.over;
        line.forEach((w, j) => {
          if (w) sum += w * values[j];
        });
        return sum;
      });
    });
  }

  /** Σ factor · column + constant, entry by entry. */
  mixed(terms, constant = ZERO) {
    const unders = terms.map(([factor, it]) => factor.under * it.scale);
    const scale = [...unders, constant.under].reduce(lcm, 1n);
    const factors = terms.map(([factor], i) => factor.over * (scale / unders[i]));
    const shift = constant.over * (scale / constant.under);
    const size = terms[0][1].size;
    this.spend(this.rows.length * size * terms.length * (1 + this.length(scale)));
    return this.column(size, scale, (row) => {
      return Array.from({ length: size }, (_, j) => {
        return terms.reduce((sum, [, it], i) => {
          return sum + factors[i] * row.columns[it.place][j];
        }, shift * row.over);
      });
    });
  }

  /** Words in the longest numbers so far, roughly. */
  length(scale) {
    const { over, columns } = this.rows[this.rows.length >> 1];
    const last = columns[columns.length - 1][0];
    return (scale.toString(16).length + over.toString(16).length + last.toString(16).length) >> 4;
  }

  /** σ of a column: a point is added wherever one of its units is zero between two others. */
  relu(z) {
    for (let unit = 0; unit < z.size; unit += 1) this.cut(z.place, unit);
    return this.column(z.size, z.scale, (row) => {
      return row.columns[z.place].map((n) => (n > 0n ? n : 0n));
    });
  }

  cut(place, unit) {
    const rows = [this.rows[0]];
    const patterns = [];
    const bit = (active) => (active ? 1n << this.units : 0n);
    this.spend(this.rows.length * (1 + (Number(this.units) >> 6)));
    for (let i = 1; i < this.rows.length; i += 1) {
      const [a, b] = [this.rows[i - 1], this.rows[i]];
      const [u, v] = [a.columns[place][unit], b.columns[place][unit]];
      const before = this.patterns[i - 1];
      if ((u < 0n && v > 0n) || (u > 0n && v < 0n)) {
        rows.push(u < 0n ? mean(a, v, b, -u) : mean(a, -v, b, u));
        patterns.push(before | bit(u > 0n));
      }
      patterns.push(before | bit(v > 0n || (v === 0n && u > 0n)));
      rows.push(b);
    }
    if (rows.length > MOST_POINTS) {
      throw new BadInput("", `more than ${MOST_POINTS} points; depthproof pieces counts it`);
    }
    this.rows = rows;
    this.patterns = patterns;
    this.units += 1n;
  }

  /** The exact function, a breakpoint only where its slope changes. */
  graph(column) {
    const xs = this.rows.map((row) => new Rational(row.x, row.over));
    const ys = this.rows.map((row) => {
      return new Rational(row.columns[column.place][0], row.over * column.scale);
    });
    return new PiecewiseLinear(xs, ys).merged();
  }

  activationIntervals() {
    return this.patterns.filter((it, i) => i === 0 || it !== this.patterns[i - 1]).length;
  }
}

/** The row a · weight + b · other, in lowest terms. */
function mean(a, weight, b, other) {
  const both = (n, m) => n * weight + m * other;
  const over = both(a.over, b.over);
  const x = both(a.x, b.x);
  const columns = a.columns.map((cells, i) => cells.map((n, j) => both(n, b.columns[i][j])));
  let common = gcd(over, x);
  for (const cells of columns) {
    for (const n of cells) {
      if (common === 1n) return { over, x, columns };
      common = gcd(common, n);
    }
  }
  const lowest = (n) => n / common;
  return { over: over / common, x: x / common, columns: columns.map((it) => it.map(lowest)) };
}
