// Networks in relu-network/1, read as strictly as the library reads them.

import { BadInput, refuse, strictJson } from "./json.js";
import { OPERATIONS } from "./operations.js";
import { Rational, ZERO } from "./rational.js";

export const MOST_BYTES = 2_000_000;
const LONGEST_NAME = 200;
const MOST_ENTRIES = 100_000;
const READERS = { matrix, vector, rational };

/** The text of a file's bytes, which must be UTF-8. */
export function decoded(bytes) {
  if (bytes.byteLength > MOST_BYTES) throw new BadInput("", `more than ${MOST_BYTES} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BadInput("", "expected UTF-8, found something else");
  }
}

/**
 * The network that the text writes: its inputs, its nodes in an order of their data, its output.
 */
export function readNetwork(text) {
  if (text.length > MOST_BYTES) throw new BadInput("", `more than ${MOST_BYTES} characters`);
  const value = strictJson(text);
  keys(value, "/", ["format", "inputs", "nodes", "output"]);
  const format = value.get("format");
  if (format !== "relu-network/1") refuse("/format", '"relu-network/1"', format);
  const inputs = list(value.get("inputs"), "/inputs").map((it, i) => input(it, `/inputs/${i}`));
  const nodes = list(value.get("nodes"), "/nodes").map((it, i) => node(it, `/nodes/${i}`));
  return network(inputs, nodes, name(value.get("output"), "/output"));
}

function network(inputs, nodes, output) {
  if (!inputs.length) refuse("/inputs", "at least one input", "none");
  const places = new Map();
  for (const it of [...inputs, ...nodes]) {
    if (places.has(it.name)) refuse(`${it.where}/name`, "a new name", it.name);
    places.set(it.name, it);
  }
  for (const it of nodes) {
    it.inputs.forEach((source, i) => {
      if (!places.has(source)) refuse(`${it.where}/inputs/${i}`, "the name of a value", source);
    });
  }
  if (!places.has(output)) refuse("/output", "the name of an input or node", output);
  const sizes = new Map(inputs.map((it) => [it.name, it.size]));
  const order = ordered(inputs, nodes);
  for (const it of order) {
    sizes.set(it.name, sized(it, sizes));
    if (sizes.get(it.name) > MOST_ENTRIES) {
      const found = `a value of ${sizes.get(it.name)} entries`;
      throw new BadInput(it.where, `${found}; at most ${MOST_ENTRIES} are computed with here`);
    }
  }
  return { inputs, nodes: pruned(order, output), output, sizes };
}

/** The nodes in an order in which each reads only earlier values. */
function ordered(inputs, nodes) {
  const ready = new Set(inputs.map((it) => it.name));
  const order = [];
  let waiting = nodes;
  while (waiting.length) {
    const rest = [];
    for (const it of waiting) {
      if (it.inputs.every((source) => ready.has(source))) {
        ready.add(it.name);
        order.push(it);
      } else rest.push(it);
    }
    if (rest.length === waiting.length) refuse(`${rest[0].where}/inputs`, "no cycle", rest[0].name);
    waiting = rest;
  }
  return order;
}

/** Those nodes that some path leads from to the output. */
function pruned(nodes, output) {
  const alive = new Set([output]);
  for (const it of [...nodes].reverse()) {
    if (alive.has(it.name)) it.inputs.forEach((source) => alive.add(source));
  }
  return nodes.filter((it) => alive.has(it.name));
}

/** Units at depth 1, 2, …: a unit is one Relu of the form in affine maps and Relu. */
export function widths({ inputs, nodes, sizes }) {
  const depth = new Map(inputs.map((it) => [it.name, 0]));
  const found = [];
  const count = (at, units) => {
    found[at - 1] = (found[at - 1] ?? 0) + units;
  };
  for (const it of nodes) {
    const depths = it.inputs.map((source) => depth.get(source));
    let here = Math.max(...depths);
    const { units, isChain } = OPERATIONS[it.op];
    if (isChain) {
      here = depths[0];
      for (const other of depths.slice(1)) {
        here = Math.max(here, other) + 1;
        count(here, sizes.get(it.name));
      }
    } else if (units) {
      here += 1;
      count(here, units * sizes.get(it.name));
    }
    depth.set(it.name, here);
  }
  return found;
}

function input(item, where) {
  keys(item, where, ["name", "size"]);
  const size = item.get("size");
  if (!Number.isInteger(size) || size < 1)
    refuse(`${where}/size`, "an integer of at least 1", size);
  return { name: name(item.get("name"), `${where}/name`), size, where };
}

function node(item, where) {
  if (!(item instanceof Map)) refuse(where, "an object", item);
  const op = item.get("op");
  const known = typeof op === "string" && Object.hasOwn(OPERATIONS, op);
  const operation = known ? OPERATIONS[op] : null;
  if (!operation) refuse(`${where}/op`, `one of ${Object.keys(OPERATIONS).join(", ")}`, op);
  keys(item, where, ["name", "op", "inputs", ...Object.keys(operation.parameters)]);
  const inputs = list(item.get("inputs"), `${where}/inputs`);
  const found = {
    name: name(item.get("name"), `${where}/name`),
    op,
    inputs: inputs.map((it, i) => name(it, `${where}/inputs/${i}`)),
    where,
  };
  for (const [key, kind] of Object.entries(operation.parameters)) {
    found[key] = READERS[kind](item.get(key), `${where}/${key}`);
  }
  return found;
}

function sized(it, sizes) {
  const { arity, size } = OPERATIONS[it.op];
  if (it.inputs.length < arity[0] || it.inputs.length > arity[1]) {
    const wanted = arity[0] === arity[1] ? `${arity[0]}` : `at least ${arity[0]}`;
    refuse(`${it.where}/inputs`, `${wanted} for ${it.op}`, it.inputs.length);
  }
  return size(
    it,
    it.inputs.map((source) => sizes.get(source)),
  );
}

function keys(item, where, wanted) {
  if (!(item instanceof Map)) refuse(where, "an object", item);
  const missing = wanted.find((key) => !item.has(key));
  if (missing) refuse(where, `the key "${missing}"`, [...item.keys()].join(", ") || "none");
  const other = [...item.keys()].find((key) => !wanted.includes(key));
  if (other !== undefined) refuse(where, `only the keys ${wanted.join(", ")}`, other);
}

function list(value, where, fewest = 0) {
  if (!Array.isArray(value) || value.length < fewest) {
    refuse(where, fewest ? "a list that is not empty" : "a list", value);
  }
  return value;
}

function name(value, where) {
  if (typeof value !== "string" || !value || [...value].length > LONGEST_NAME) {
    refuse(where, `a name of 1 to ${LONGEST_NAME} characters`, value);
  }
  if (!value.isWellFormed()) refuse(where, "text", "a lone surrogate");
  return value;
}

function matrix(value, where) {
  return list(value, where, 1).map((row, i) => vector(row, `${where}/${i}`));
}

function vector(value, where) {
  return list(value, where, 1).map((it, i) => rational(it, `${where}/${i}`));
}

function rational(value, where) {
  try {
    return typeof value === "string"
      ? Rational.of(value)
      : refuse(where, "a rational in quotes", value);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(where, error.message);
  }
}

/** Affine maps with Relu between them, none after the last; a layer is [weight, bias]. */
export function dense(layers) {
  const nodes = [];
  let source = "x";
  layers.forEach(([weight, bias], i) => {
    nodes.push({ name: `z${i}`, op: "Gemm", inputs: [source], weight, bias, where: "" });
    source = `a${i}`;
    if (i + 1 < layers.length)
      nodes.push({ name: source, op: "Relu", inputs: [`z${i}`], where: "" });
  });
  const size = layers[0][0][0].length;
  return network([{ name: "x", size, where: "" }], nodes, nodes[nodes.length - 1].name);
}

/**
 * A network with ∏ (m_i + 1) pieces, all its breakpoints in (0, 1); each width at least 3. Every
 * layer is a zigzag whose pieces each run over [0, 1]: slopes a, −b, c, −c, …, the third unit
 * active on the left. Then a = 2c, and 1/a + 1/b + (m − 1)/c = 1; c = 2m.
 */
export function zigzag(sizes) {
  const layers = [];
  let value = [[new Rational(1n)], ZERO];
  for (const m of sizes) {
    const c = BigInt(2 * m);
    const slopes = [new Rational(2n * c), new Rational(-2n * c, c + 1n)];
    for (let i = 0; i < m - 1; i += 1) slopes.push(new Rational(i % 2 ? -c : c));
    const kinks = [];
    let x = ZERO;
    for (const slope of slopes.slice(0, -1)) {
      x = x.plus(new Rational(1n).dividedBy(slope.absolute()));
      kinks.push(x);
    }
    const signs = kinks.map((_, i) => new Rational(i === 2 ? -1n : 1n));
    const weight = signs.map((sign) => value[0].map((w) => w.times(sign)));
    layers.push([weight, kinks.map((kink, i) => value[1].minus(kink).times(signs[i]))]);
    value = [slopes.slice(1).map((s, i) => s.minus(slopes[i])), slopes[0].times(kinks[2])];
  }
  return dense([...layers, [[value[0]], [value[1]]]]);
}
