// The sawtooth Δ^k, and how far a function is from it: whole laps in whole numbers, so that it can
// be dragged at k = 12.

import { PiecewiseLinear, area } from "./piecewise.js";
import { HALF, ONE, QUARTER, Rational, ZERO, greatest, magnitude, total } from "./rational.js";

export const DEEPEST = 12;
const known = [new PiecewiseLinear([ZERO, ONE], [ZERO, ONE])];

/** Δ^k on [0, 1], made by folding: Δ^k = Δ∘Δ^(k−1). */
export function sawtooth(k) {
  while (known.length <= k) known.push(known[known.length - 1].folded());
  return known[k];
}

/** ∫₀¹ |Δ^k − g|, exactly, for g on [0, 1]. */
export function distance(k, g) {
  const parts = [];
  g.strips((a, u, b, v) => parts.push(...strip(1n << BigInt(k), a, u, b, v)));
  return total(parts);
}

/**
 * The same over [a, b], where g is the line from (a, u) to (b, v), as terms of a sum.
 * Scaled by N = 2^k the sawtooth is i mod 2 at each whole number i.
 */
function strip(N, a, u, b, v) {
  const size = new Rational(N);
  const slope = v.minus(u).dividedBy(b.minus(a));
  const line = (x) => u.plus(x.minus(a).times(slope));
  const first = a.times(size).negated().floor() * -1n; // the first whole number at or above a N
  const last = b.times(size).floor();
  const lap = (x, y) => area(x, height(N, x).minus(line(x)), y, height(N, y).minus(line(y)));
  const at = (i) => new Rational(i, N);
  if (first > last) return [lap(a, b)];
  const ends = [];
  if (a.below(at(first))) ends.push(lap(a, at(first)));
  if (at(last).below(b)) ends.push(lap(at(last), b));
  return [...ends, ...wholeLaps(N, first, last, slope, line(ZERO))];
}

/** Laps first … last. One that g does not cross is a trapezoid; others share two denominators. */
function wholeLaps(N, first, last, slope, start) {
  const under = slope.under * start.under * N; // f − g at i / N is a whole number over this
  const step = slope.over * start.under;
  const begin = start.over * slope.under * N;
  const crossed = [0n, 0n]; // Σ (u² + v²), of rising and falling laps
  let straight = 0n;
  let u = (first % 2n) * under - step * first - begin;
  let falling = Number(first % 2n);
  for (let i = first; i < last; i += 1n) {
    const v = u - step + (falling ? -under : under);
    if (u < 0n === v < 0n) straight += magnitude(u + v);
    else crossed[falling] += u * u + v * v;
    u = v;
    falling = 1 - falling;
  }
  const found = [new Rational(straight, 2n * under * N)];
  [under - step, under + step].forEach((steep, parity) => {
    if (crossed[parity]) {
      found.push(new Rational(crossed[parity], 2n * under * N * magnitude(steep)));
    }
  });
  return found;
}

/** Δ^k(x) for x in [0, 1], N = 2^k: the distance of N x to the nearest even number. */
export function height(N, x) {
  const scaled = x.times(new Rational(N));
  const low = scaled.floor();
  const part = scaled.minus(new Rational(low));
  return low % 2n === 0n ? part : ONE.minus(part);
}

/** ¼ (1 − p / 2^k), or 0 where that is negative: separation.sharp. */
export function sharp(pieces, k) {
  const room = ONE.minus(new Rational(BigInt(pieces), 1n << BigInt(k)));
  return greatest(ZERO, room.times(QUARTER));
}

/** ¼ (1 − (p − 3/2) / 2^k) for 2 ≤ p < 2^k: what `tight` attains. */
export function tightBound(pieces, k) {
  const over = new Rational(2n * BigInt(pieces) - 3n, 2n << BigInt(k));
  return ONE.minus(over).times(QUARTER);
}

/** The g of separation.sharp.tight: Δ^k for p − 1 pieces, up to the middle of the last; then ½. */
export function tight(pieces, k) {
  if (pieces < 2) return new PiecewiseLinear([ZERO, ONE], [HALF, HALF]);
  const N = 1n << BigInt(k);
  const laps = BigInt(pieces) - 1n;
  const whole = [...Array(Number(laps)).keys()].map(BigInt);
  const xs = [...whole.map((i) => new Rational(i, N)), new Rational(2n * laps - 1n, 2n * N), ONE];
  return new PiecewiseLinear(xs, [...whole.map((i) => new Rational(i % 2n)), HALF, HALF]);
}

/** 5/9 2^−k: how near a g with 2^k − 1 pieces comes, k ≥ 2: separation.frontier.last. */
export function lastBound(k) {
  return new Rational(5n, 9n << BigInt(k));
}

/** The g of separation.frontier.last: Δ^k up to 20/(9 N) before the end, then a line up to 2/3. */
export function leaver(k) {
  const N = 1n << BigInt(k);
  const whole = [...Array(2 ** k - 2).keys()].map(BigInt);
  const leaves = new Rational(9n * N - 20n, 9n * N);
  const xs = [...whole.map((i) => new Rational(i, N)), leaves, ONE];
  const end = [new Rational(2n, 9n), new Rational(2n, 3n)];
  return new PiecewiseLinear(xs, [...whole.map((i) => new Rational(i % 2n)), ...end]);
}

/**
 * The half triangles of Δ^k over ½: between consecutive points where it is ½, as {low, high, side}.
 */
export function halfTriangles(k) {
  return sawtooth(k)
    .sides(HALF)
    .filter((it) => it.low.sign > 0 && it.high.below(ONE));
}

/** Those of them over whose base g stays on the other side of ½, or on it. */
export function opposite(triangles, g) {
  return triangles.filter((it) => {
    const inside = g.xs.filter((x) => it.low.below(x) && x.below(it.high));
    return [it.low, ...inside, it.high].every((x) => g.at(x).minus(HALF).sign * it.sign <= 0);
  });
}

/** The area between a half triangle's graph and ½. */
export function areaOver(k, triangle) {
  const N = 1n << BigInt(k);
  const middle = triangle.low.plus(triangle.high).times(HALF);
  const tip = height(N, middle).minus(HALF);
  return area(triangle.low, ZERO, middle, tip).plus(area(middle, tip, triangle.high, ZERO));
}
