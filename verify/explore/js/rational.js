// Exact rationals: BigInt over BigInt, always reduced. The same numbers as the library's Fractions.

const NUMERAL = /^(0|-?[1-9][0-9]*)(?:\/([1-9][0-9]*))?$/;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
export const MOST_DIGITS = 20000;

export const magnitude = (n) => (n < 0n ? -n : n);

/** The greatest common divisor of two whole numbers, at least 0. */
export function gcd(a, b) {
  a = magnitude(a);
  b = magnitude(b);
  while (b > SAFE) [a, b] = [b, a % b];
  if (b === 0n) return a;
  let x = Number(b);
  let y = Number(a % b);
  while (y !== 0) [x, y] = [y, x % y];
  return BigInt(x);
}

export const lcm = (a, b) => (a / gcd(a, b)) * b;

export class Rational {
  /** over / under, reduced; under is not 0. */
  constructor(over, under = 1n) {
    if (under === 0n) throw new RangeError("a fraction over 0");
    const common = under === 1n ? 1n : gcd(over, under);
    const sign = under < 0n ? -1n : 1n;
    this.over = (sign * over) / common;
    this.under = (sign * under) / common;
  }

  /** The rational that a whole number, or a reduced numeral such as "-3/4", is. */
  static of(value) {
    if (value instanceof Rational) return value;
    if (typeof value === "bigint") return new Rational(value);
    if (Number.isInteger(value)) return new Rational(BigInt(value));
    const match = typeof value === "string" ? NUMERAL.exec(value) : null;
    if (!match) throw new RangeError(`expected a rational such as "-3/4", found ${quoted(value)}`);
    if (match[1].length + (match[2] ?? "").length > MOST_DIGITS) {
      throw new RangeError(`a number of more than ${MOST_DIGITS} digits`);
    }
    const found = new Rational(BigInt(match[1]), BigInt(match[2] ?? "1"));
    if (found.toString() !== value) {
      throw new RangeError(`expected the reduced numeral "${found}", found ${quoted(value)}`);
    }
    return found;
  }

  /** The multiple of 1 / parts that is nearest to a float: where a pointer is. */
  static nearest(float, parts) {
    return new Rational(BigInt(Math.round(float * parts)), BigInt(parts));
  }

  plus(other) {
    if (this.under === other.under) return new Rational(this.over + other.over, this.under);
    const over = this.over * other.under + other.over * this.under;
    return new Rational(over, this.under * other.under);
  }

  minus(other) {
    return this.plus(other.negated());
  }

  times(other) {
    return new Rational(this.over * other.over, this.under * other.under);
  }

  dividedBy(other) {
    return new Rational(this.over * other.under, this.under * other.over);
  }

  negated() {
    return new Rational(-this.over, this.under);
  }

  absolute() {
    return this.over < 0n ? this.negated() : this;
  }

  get sign() {
    if (this.over === 0n) return 0;
    return this.over > 0n ? 1 : -1;
  }

  /** −1, 0 or 1: whether this is less than, equal to, or more than the other. */
  compare(other) {
    const difference = this.over * other.under - other.over * this.under;
    if (difference === 0n) return 0;
    return difference > 0n ? 1 : -1;
  }

  equals(other) {
    return this.over === other.over && this.under === other.under;
  }

  below(other) {
    return this.compare(other) < 0;
  }

  /** The greatest whole number that is at most this, as a BigInt. */
  floor() {
    const quotient = this.over / this.under;
    return this.over < 0n && quotient * this.under !== this.over ? quotient - 1n : quotient;
  }

  /** The nearest float, or one beside it: for drawing only. */
  get number() {
    const over = Number(this.over);
    const under = Number(this.under);
    if (Number.isFinite(over) && Number.isFinite(under)) return over / under;
    const scale = 10n ** 18n;
    return Number((this.over * scale) / this.under) / 1e18;
  }

  toString() {
    return this.under === 1n ? `${this.over}` : `${this.over}/${this.under}`;
  }
}

export const ZERO = new Rational(0n);
export const ONE = new Rational(1n);
export const HALF = new Rational(1n, 2n);
export const QUARTER = new Rational(1n, 4n);

export const least = (a, b) => (b.below(a) ? b : a);
export const greatest = (a, b) => (a.below(b) ? b : a);

/** The sum of rationals, added in pairs: the cost is then about that of the last addition. */
export function total(terms) {
  let sums = terms;
  while (sums.length > 1) {
    const next = [];
    for (let i = 0; i + 1 < sums.length; i += 2) next.push(sums[i].plus(sums[i + 1]));
    if (sums.length % 2) next.push(sums[sums.length - 1]);
    sums = next;
  }
  return sums.length ? sums[0] : ZERO;
}

/** The first digits of the decimal expansion, cut, not rounded, with … where it goes on. */
export function decimal(value, digits = 16) {
  const scale = 10n ** BigInt(digits);
  const scaled = (magnitude(value.over) * scale) / value.under;
  const goesOn = scaled * value.under !== magnitude(value.over) * scale;
  const sign = value.sign < 0 ? "−" : "";
  const rest = `${scaled % scale}`.padStart(digits, "0");
  if (goesOn) return `${sign}${scaled / scale}.${rest}…`;
  const kept = rest.replace(/0+$/, "");
  return kept ? `${sign}${scaled / scale}.${kept}` : `${sign}${scaled / scale}`;
}

/** Some foreign value, short and on one printable line, for an error message. */
export function quoted(value) {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Map) return "an object";
  const text = typeof value === "string" ? `"${value}"` : String(value);
  const shown = [...text].slice(0, 60).map(printable).join("");
  return text.length > 60 ? `${shown}…` : shown;
}

function printable(letter) {
  if (letter === " " || !/[\p{C}\p{Z}]/u.test(letter)) return letter;
  return `\\u{${letter.codePointAt(0).toString(16).padStart(4, "0")}}`;
}
