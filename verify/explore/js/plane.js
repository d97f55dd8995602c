// A network with two inputs: its cells as the library found them, and the affine map at a point.

import { ONE, Rational, ZERO } from "./rational.js";

export class Plane {
  /**
   * From what the library wrote: numerals, cells by numbers of their corners in the order around.
   */
  constructor(data) {
    this.data = data;
    this.points = data.points.map((point) => point.map(Rational.of));
    this.maps = data.maps.map((map) => map.map(Rational.of));
    this.sides = data.sides.map((side) => side.map(Rational.of));
    this.floats = this.points.map((point) => point.map((it) => it.number));
    this.boxes = data.cells.map((cell) => this.box(cell));
  }

  /** Floats around a cell, a little wider than it: only to leave out what is far. */
  box(cell) {
    const xs = cell.map((i) => this.floats[i][0]);
    const ys = cell.map((i) => this.floats[i][1]);
    const wide = (low, high) => 1e-9 * (Math.abs(low) + Math.abs(high) + 1e-300);
    const [left, right, low, high] = [...ends(xs), ...ends(ys)];
    const [dx, dy] = [wide(left, right), wide(low, high)];
    return [left - dx, right + dx, low - dy, high + dy];
  }

  /** The numbers of the cells that hold the point, their edges included. Exact. */
  cellsAt(x, y) {
    const [a, b] = [x.number, y.number];
    return this.data.cells.flatMap((cell, i) => {
      const [left, right, low, high] = this.boxes[i];
      const near = left <= a && a <= right && low <= b && b <= high;
      return near && this.holds(cell, x, y) ? [i] : [];
    });
  }

  /** Whether the point is on no edge's other side than the cell is. */
  holds(cell, x, y) {
    const sides = cell.map((corner, i) => {
      const [ax, ay] = this.points[corner];
      const [bx, by] = this.points[cell[(i + 1) % cell.length]];
      const one = bx.minus(ax).times(y.minus(ay));
      return one.compare(by.minus(ay).times(x.minus(ax)));
    });
    return !(sides.includes(1) && sides.includes(-1));
  }

  /** The map of the cell that holds the point: its number, coefficients, and value there. */
  mapAt(x, y) {
    const cells = this.cellsAt(x, y);
    if (!cells.length) return null;
    const number = this.data.map[cells[0]];
    const [a, b, c] = this.maps[number];
    return { cells, number, map: [a, b, c], value: a.times(x).plus(b.times(y)).plus(c) };
  }
}

function ends(numbers) {
  return [Math.min(...numbers), Math.max(...numbers)];
}

/** "1/2 x − 3 y + 1/4" */
export function affineText([a, b, c]) {
  const terms = [
    [a, " x"],
    [b, " y"],
    [c, ""],
  ].filter(([it]) => it.sign !== 0);
  if (!terms.length) return "0";
  return terms
    .map(([it, letter], i) => {
      const size = it.absolute();
      const shown = letter && size.equals(ONE) ? letter.trim() : `${size}${letter}`;
      if (i === 0) return it.below(ZERO) ? `−${shown}` : shown;
      return it.below(ZERO) ? `− ${shown}` : `+ ${shown}`;
    })
    .join(" ");
}

/** S(d; m_1, …, m_L) of regions.serra: at most so many activation patterns. */
export function serra(dimension, [width, ...rest]) {
  if (width === undefined) return 1n;
  let sum = 0n;
  let ways = 1n; // C(width, j)
  for (let j = 0; j <= Math.min(dimension, width); j += 1) {
    sum += ways * serra(Math.min(dimension, width - j), rest);
    ways = (ways * BigInt(width - j)) / BigInt(j + 1);
  }
  return sum;
}
