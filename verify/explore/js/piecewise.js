// Continuous piecewise-linear functions on a closed interval, by breakpoints and values. Exact.

import { ONE, Rational, ZERO, total } from "./rational.js";

const TWO = new Rational(2n);

export class PiecewiseLinear {
  /** The function through (xs[i], ys[i]), affine in between; xs increase strictly. */
  constructor(xs, ys) {
    if (xs.length < 2 || xs.length !== ys.length) {
      throw new RangeError("expected at least 2 breakpoints and as many values");
    }
    for (let i = 1; i < xs.length; i += 1) {
      if (!xs[i - 1].below(xs[i])) {
        throw new RangeError(`expected increasing breakpoints, found ${xs[i - 1]} before ${xs[i]}`);
      }
    }
    this.xs = xs;
    this.ys = ys;
  }

  /** From numerals, as the library writes them. */
  static of(xs, ys) {
    return new PiecewiseLinear(xs.map(Rational.of), ys.map(Rational.of));
  }

  /** The slope between every two consecutive breakpoints. */
  get slopes() {
    return this.xs.slice(1).map((x, i) => {
      return this.ys[i + 1].minus(this.ys[i]).dividedBy(x.minus(this.xs[i]));
    });
  }

  /** The same function with a breakpoint only where the slope changes, and at the ends. */
  merged() {
    const slopes = this.slopes;
    const last = this.xs.length - 1;
    const kept = [...this.xs.keys()].filter((i) => {
      return i === 0 || i === last || !slopes[i - 1].equals(slopes[i]);
    });
    if (kept.length === this.xs.length) return this;
    return new PiecewiseLinear(
      kept.map((i) => this.xs[i]),
      kept.map((i) => this.ys[i]),
    );
  }

  /** The number of maximal intervals on which the function is affine. */
  get pieces() {
    const slopes = this.slopes;
    return slopes.filter((slope, i) => i === 0 || !slope.equals(slopes[i - 1])).length;
  }

  /** The number of the breakpoint at which the piece with this point begins. */
  place(x) {
    let low = 0;
    let high = this.xs.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x.below(this.xs[middle])) high = middle;
      else low = middle;
    }
    return low;
  }

  /** The value at a point of the interval. */
  at(x) {
    const i = this.place(x);
    return between(this.xs[i], this.ys[i], this.xs[i + 1], this.ys[i + 1], x);
  }

  /** This function with breakpoints at these increasing points too. */
  refined(points) {
    const xs = [];
    const ys = [];
    let next = 0;
    this.xs.forEach((x, i) => {
      while (next < points.length && points[next].compare(x) <= 0) {
        if (i > 0 && points[next].below(x)) {
          xs.push(points[next]);
          ys.push(between(this.xs[i - 1], this.ys[i - 1], x, this.ys[i], points[next]));
        }
        next += 1;
      }
      xs.push(x);
      ys.push(this.ys[i]);
    });
    return new PiecewiseLinear(xs, ys);
  }

  minus(other) {
    const mine = this.refined(other.xs);
    const theirs = other.refined(this.xs);
    const ys = mine.ys.map((y, i) => y.minus(theirs.ys[i]));
    return new PiecewiseLinear(mine.xs, ys).merged();
  }

  plus(other) {
    return this.minus(other.times(ONE.negated()));
  }

  times(factor) {
    return new PiecewiseLinear(
      this.xs,
      this.ys.map((y) => y.times(factor)),
    );
  }

  /** change(f(x)), for a change that is affine between the levels, which increase. */
  through(levels, change) {
    const xs = [this.xs[0]];
    const ys = [this.ys[0]];
    for (let i = 1; i < this.xs.length; i += 1) {
      const [a, u, b, v] = [this.xs[i - 1], this.ys[i - 1], this.xs[i], this.ys[i]];
      const met = levels.filter((level) => u.compare(level) * v.compare(level) < 0);
      if (v.below(u)) met.reverse();
      for (const level of met) {
        xs.push(between(u, a, v, b, level));
        ys.push(level);
      }
      xs.push(b);
      ys.push(v);
    }
    return new PiecewiseLinear(xs, ys.map(change));
  }

  /** σ∘f. */
  relu() {
    return this.through([ZERO], relu).merged();
  }

  /** Δ∘f, for f with values in [0, 1]. */
  folded() {
    return this.through([new Rational(1n, 2n)], tent);
  }

  /** ∫ f over the interval: trapezoids. */
  integral() {
    return total(this.strips((a, u, b, v) => b.minus(a).times(u.plus(v)).dividedBy(TWO)));
  }

  /** ∫ |f| over the interval: trapezoids, and two triangles where the sign changes. */
  l1() {
    return total(this.strips(area));
  }

  /** What measure gives for each piece: of its ends (a, u) and (b, v), and its number. */
  strips(measure) {
    return this.xs.slice(1).map((b, i) => measure(this.xs[i], this.ys[i], b, this.ys[i + 1], i));
  }

  /** The largest value, and the first breakpoint with it. */
  get maximum() {
    let best = 0;
    this.ys.forEach((y, i) => {
      if (this.ys[best].below(y)) best = i;
    });
    return { value: this.ys[best], at: this.xs[best] };
  }

  get minimum() {
    const found = this.times(ONE.negated()).maximum;
    return { value: found.value.negated(), at: found.at };
  }

  /** Maximal intervals on which f − level keeps one strict sign, as {low, high, sign}. */
  sides(level) {
    const cut = this.through([level], (y) => y);
    const found = [];
    cut.strips((a, u, b, v) => {
      const sign = u.compare(level) || v.compare(level);
      const last = found[found.length - 1];
      if (!sign) return;
      if (last && last.sign === sign && last.high.equals(a) && !u.equals(level)) last.high = b;
      else found.push({ low: a, high: b, sign });
    });
    return found;
  }
}

export const relu = (y) => (y.sign > 0 ? y : ZERO);

/** Δ(y) = 2σ(y) − 2σ(2y − 1). */
export function tent(y) {
  const twice = y.times(TWO);
  return relu(twice).minus(relu(twice.minus(ONE)).times(TWO));
}

/** The value at x of the line through (a, u) and (b, v). */
export function between(a, u, b, v, x) {
  if (x.equals(a)) return u;
  if (x.equals(b)) return v;
  return u.plus(x.minus(a).times(v.minus(u)).dividedBy(b.minus(a)));
}

/** ∫ |·| of the line from (a, u) to (b, v). */
export function area(a, u, b, v) {
  const width = b.minus(a);
  if (u.sign * v.sign >= 0) return width.times(u.plus(v).absolute()).dividedBy(TWO);
  const steep = u.minus(v).absolute().times(TWO);
  return width.times(u.times(u).plus(v.times(v))).dividedBy(steep);
}
