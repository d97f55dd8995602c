// The operations of relu-network/1: what a node may be, and what it is in affine maps and σ.
//
// A row holds the least and most inputs, the parameters with their kinds, the size of the value,
// how many units an entry of it has, and the meaning on the columns of a sweep (sweep.js).
// `isChain`: n values have n − 1 units, one behind the other.

import { refuse } from "./json.js";
import { Rational, ZERO } from "./rational.js";

const MANY = 1_000_000;
const ONE = new Rational(1n);

export const OPERATIONS = {
  Gemm: {
    arity: [1, MANY],
    parameters: { weight: "matrix", bias: "vector" },
    size: gemmSize,
    meaning: (sweep, node, inputs) => sweep.affine(node.weight, node.bias, inputs),
  },
  Relu: {
    arity: [1, 1],
    parameters: {},
    size: sameSize,
    units: 1,
    meaning: (sweep, node, [z]) => sweep.relu(z),
  },
  Add: {
    arity: [1, MANY],
    parameters: {},
    size: sameSize,
    meaning: (sweep, node, inputs) => sweep.mixed(inputs.map((it) => [ONE, it])),
  },
  Sub: {
    arity: [2, 2],
    parameters: {},
    size: sameSize,
    meaning: (sweep, node, [a, b]) =>
      sweep.mixed([
        [ONE, a],
        [ONE.negated(), b],
      ]),
  },
  Neg: {
    arity: [1, 1],
    parameters: {},
    size: sameSize,
    meaning: (sweep, node, [z]) => sweep.mixed([[ONE.negated(), z]]),
  },
  Mul: {
    arity: [1, 1],
    parameters: { factor: "vector" },
    size: factorSize,
    meaning: (sweep, node, [z]) =>
      sweep.affine(
        diagonal(node.factor),
        node.factor.map(() => ZERO),
        [z],
      ),
  },
  Concat: {
    arity: [1, MANY],
    parameters: {},
    size: (node, sizes) => sum(sizes),
    meaning: (sweep, node, inputs) => sweep.beside(inputs),
  },
  Abs: {
    arity: [1, 1],
    parameters: {},
    size: sameSize,
    units: 1,
    meaning: (sweep, node, [z]) =>
      sweep.mixed([
        [Rational.of(2), sweep.relu(z)],
        [ONE.negated(), z],
      ]),
  },
  LeakyRelu: {
    arity: [1, 1],
    parameters: { alpha: "rational" },
    size: sameSize,
    units: 1,
    meaning: (sweep, { alpha }, [z]) =>
      sweep.mixed([
        [ONE.minus(alpha), sweep.relu(z)],
        [alpha, z],
      ]),
  },
  Max: {
    arity: [1, MANY],
    parameters: {},
    size: sameSize,
    isChain: true,
    meaning: (sweep, node, inputs) => larger(sweep, inputs, ONE),
  },
  Min: {
    arity: [1, MANY],
    parameters: {},
    size: sameSize,
    isChain: true,
    meaning: (sweep, node, inputs) => larger(sweep, inputs, ONE.negated()),
  },
  Clip: {
    arity: [1, 1],
    parameters: { min: "rational", max: "rational" },
    size: clipSize,
    units: 2,
    meaning: (sweep, { min, max }, [z]) => {
      const above = sweep.relu(sweep.mixed([[ONE, z]], min.negated()));
      const beyond = sweep.relu(sweep.mixed([[ONE, z]], max.negated()));
      return sweep.mixed(
        [
          [ONE, above],
          [ONE.negated(), beyond],
        ],
        min,
      );
    },
  },
};

const sum = (sizes) => sizes.reduce((all, size) => all + size, 0);

function gemmSize(it, sizes) {
  it.weight.forEach((row, i) => {
    if (row.length !== sum(sizes)) {
      refuse(`${it.where}/weight/${i}`, `${sum(sizes)} entries (the inputs' sizes)`, row.length);
    }
  });
  if (it.bias.length !== it.weight.length) {
    refuse(`${it.where}/bias`, `${it.weight.length} entries (the rows of weight)`, it.bias.length);
  }
  return it.weight.length;
}

function sameSize(it, sizes) {
  const other = sizes.find((size) => size !== sizes[0]);
  if (other) refuse(`${it.where}/inputs`, "values of one size", `${sizes[0]} + ${other}`);
  return sizes[0];
}

function factorSize(it, sizes) {
  if (it.factor.length !== sizes[0]) {
    refuse(`${it.where}/factor`, `${sizes[0]} entries (the input's size)`, it.factor.length);
  }
  return sizes[0];
}

function clipSize(it, sizes) {
  if (it.max.below(it.min)) refuse(`${it.where}/min`, `at most max = ${it.max}`, it.min);
  return sizes[0];
}

const diagonal = (factor) => factor.map((f, i) => factor.map((_, j) => (i === j ? f : ZERO)));

function larger(sweep, inputs, sign) {
  return inputs.reduce((result, other) => {
    const over = sweep.relu(
      sweep.mixed([
        [sign, other],
        [sign.negated(), result],
      ]),
    );
    return sweep.mixed([
      [ONE, result],
      [sign, over],
    ]);
  });
}
