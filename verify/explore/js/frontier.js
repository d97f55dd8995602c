// The frontier e(k, p): between which bounds the least ∫|Δ^k − g| over g with p pieces lies.

import { embedded } from "./page.js";
import { PiecewiseLinear } from "./piecewise.js";
import { QUARTER, Rational, ZERO } from "./rational.js";
import { lastBound, leaver, sawtooth, sharp, tight, tightBound } from "./sawtooth.js";

/**
 * {lower, lowerBy, upper, upperBy, graph}: as the library's `bracket`, and a g that attains upper.
 */
export function bracket(k, pieces) {
  const most = 2 ** k;
  const count = Math.min(pieces, most);
  const row = embedded.frontier.find((it) => it.k === k && it.pieces === count);
  if (row) {
    return {
      lower: Rational.of(row.lower),
      lowerBy: row.by,
      upper: Rational.of(row.upper),
      upperBy: "a network; the button above takes it",
      graph: PiecewiseLinear.of(row.points, row.values),
    };
  }
  if (k >= 2 && count === most - 1) {
    const [end, name] = [lastBound(k), "separation.frontier.last"];
    return { lower: end, lowerBy: name, upper: end, upperBy: name, graph: leaver(k) };
  }
  const graph = count < most ? tight(count, k) : sawtooth(k);
  if (count === 1) {
    const [lowerBy, upperBy] = ["separation.duality", "separation.optimal"];
    return { lower: QUARTER, lowerBy, upper: QUARTER, upperBy, graph };
  }
  const upper = count < most ? tightBound(count, k) : ZERO;
  const names = { lowerBy: "separation.sharp", upperBy: "separation.sharp.tight" };
  return { lower: sharp(count, k), upper, ...names, graph };
}
