// A network of one's own: its pieces counted in this page, exactly.

import { Chart, floats, roundTicks } from "../chart.js";
import { BadInput } from "../json.js";
import { MOST_BYTES, decoded, readNetwork, widths } from "../network.js";
import { Panel, brief, element, embedded } from "../page.js";
import { ONE, Rational, ZERO } from "../rational.js";
import { distance } from "../sawtooth.js";
import { traced } from "../sweep.js";

const DEEP = 10;
const MOST_LISTED = 200; // breakpoints in the table
const MOST_MEASURED = 400; // pieces of a function whose integrals are shown

export function ownPanel() {
  const panel = new Panel("own");
  const state = { k: 4, low: ZERO, high: ONE, name: "", network: null, found: null };
  const shelf = embedded.networks.map((it) => ({ ...it }));
  const choice = element("select", {
    id: "own-choice",
    onchange: () => choose(shelf[choice.selectedIndex]),
  });
  const file = element("input", { id: "own-file", type: "file", accept: ".json,application/json" });
  file.addEventListener("change", () => file.files.length && open(file.files[0]));
  const ends = ["from", "to"].map((word, i) => {
    const id = `own-${word}`;
    const it = element("input", {
      id,
      type: "text",
      size: 6,
      inputmode: "text",
      autocomplete: "off",
    });
    it.addEventListener("change", () => restrict(i === 0 ? "low" : "high", it.value.trim()));
    return { it, label: element("label", { for: id }, word) };
  });
  const drop = element(
    "div",
    { class: "drop" },
    element("label", { for: "own-file" }, "Open a relu-network file, or drop it here"),
    file,
  );
  panel.controls.append(
    element("div", { class: "field" }, element("label", { for: "own-choice" }, "network"), choice),
    element("div", { class: "field" }, ...ends.flatMap(({ label, it }) => [label, it])),
    drop,
  );
  panel.slider("beside Δ^k, k", {
    min: 1,
    max: DEEP,
    value: state.k,
    change: (k) => {
      state.k = k;
      show();
    },
  });
  const alert = element("p", { class: "alert", role: "alert" });
  panel.controls.append(alert);
  dropped(panel.section, drop, open);
  const chart = new Chart(panel.picture, {
    name: "Graph of the network; it is described below",
    x: { low: 0, high: 1, ticks: [] },
    y: { low: 0, high: 1, ticks: [], label: "f(x)" },
    draw: () => draw(),
  });
  const table = element("tbody");
  panel.picture.append(
    element(
      "details",
      { class: "table" },
      element("summary", {}, "The picture as a table"),
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, ...["breakpoint x", "f(x)"].map(heading))),
        table,
      ),
    ),
  );
  const line = chart.shape("curve c0");
  const kinks = chart.shape("kinks");

  function listed() {
    choice.replaceChildren(...shelf.map((it) => element("option", {}, it.name)));
  }

  async function open(given) {
    try {
      if (given.size > MOST_BYTES) throw new BadInput("", `more than ${MOST_BYTES} bytes`);
      const text = decoded(await given.arrayBuffer());
      const data = { name: given.name, text, on: ["0", "1"] };
      if (!load(data)) return;
      shelf.push(data);
      listed();
      choice.selectedIndex = shelf.length - 1;
    } catch (error) {
      complain(given.name, error);
    }
  }

  function choose(data) {
    load(data);
  }

  /** Takes a network, if it can be read and counted; what cannot is said, and the old one stays. */
  function load(data) {
    try {
      const network = readNetwork(data.text);
      const [low, high] = data.on.map(Rational.of);
      const found = traced(network, low, high);
      Object.assign(state, { network, low, high, found, name: data.name });
    } catch (error) {
      complain(data.name, error);
      return false;
    }
    alert.textContent = "";
    show();
    return true;
  }

  function restrict(end, text) {
    const wanted = { low: state.low, high: state.high };
    try {
      wanted[end] = Rational.of(text);
      if (!wanted.low.below(wanted.high))
        throw new BadInput("", "expected a lower end below the higher");
      Object.assign(state, wanted, { found: traced(state.network, wanted.low, wanted.high) });
      alert.textContent = "";
    } catch (error) {
      complain(state.name, error);
    }
    show();
  }

  function complain(name, error) {
    if (!(error instanceof BadInput || error instanceof RangeError)) throw error;
    alert.textContent = `${name}: ${error.message}`;
  }

  function show() {
    if (!state.found) return;
    ends[0].it.value = String(state.low);
    ends[1].it.value = String(state.high);
    panel.facts(facts(state));
    panel.say(words(state));
    table.replaceChildren(...rows(state.found.graph));
    draw();
  }

  function draw() {
    if (!state.found) return;
    const { xs, ys } = floats(state.found.graph);
    const [low, high] = extent(ys);
    const x = { low: state.low.number, high: state.high.number };
    chart.scale(
      { ...chart.x, ...x, ticks: roundTicks(x.low, x.high) },
      { ...chart.y, low, high, ticks: roundTicks(low, high) },
    );
    chart.line(line, xs, ys);
    const few = xs.length <= 200;
    kinks.setAttribute("d", few ? circles(chart, xs, ys) : "");
  }

  listed();
  if (shelf.length) choose(shelf[0]);
}

const heading = (text) => element("th", { scope: "col" }, text);

/** The function's breakpoints and values, exactly. */
function rows({ xs, ys }) {
  const cells = (...values) => values.map((it) => element("td", {}, String(it).replace("-", "−")));
  const whole = xs.slice(0, MOST_LISTED).map((x, i) => element("tr", {}, ...cells(x, ys[i])));
  if (xs.length <= MOST_LISTED) return whole;
  return [...whole, element("tr", {}, ...cells("…", `and ${xs.length - MOST_LISTED} more`))];
}

/** A little more than all the values. */
function extent(ys) {
  const low = Math.min(...ys);
  const high = Math.max(...ys);
  const room = (high - low || 1) * 0.06;
  return [low - room, high + room];
}

function circles(chart, xs, ys) {
  return [...xs]
    .slice(1, -1)
    .map((x, i) => `M${chart.X(x) - 3} ${chart.Y(ys[i + 1])}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`)
    .join("");
}

/** Files that are dropped on a section are opened. */
function dropped(section, mark, open) {
  const over = (event) => {
    event.preventDefault();
    mark.classList.toggle("over", event.type === "dragover");
  };
  section.addEventListener("dragover", over);
  section.addEventListener("dragleave", over);
  section.addEventListener("drop", (event) => {
    over(event);
    if (event.dataTransfer.files.length) open(event.dataTransfer.files[0]);
  });
}

export function facts({ network, low, high, found, k }) {
  const sizes = widths(network);
  const { graph, activationIntervals } = found;
  const product = sizes.reduce((all, m) => all * BigInt(m + 1), 1n);
  const measured = graph.pieces <= MOST_MEASURED;
  const unit = low.equals(ZERO) && high.equals(ONE);
  const whole = (n) => new Rational(BigInt(n));
  return {
    "units by depth": sizes.length ? sizes.join(" – ") : "none",
    "pieces of the function": whole(graph.pieces),
    "activation intervals of its units": whole(activationIntervals),
    "so wide, so deep: at most ∏ (m_i + 1)": new Rational(product),
    "largest value": graph.maximum.value,
    "least value": graph.minimum.value,
    "∫ f": measured ? graph.integral() : null,
    [`∫ |Δ^k − f|`]: unit && measured ? distance(k, graph) : null,
  };
}

function words({ name, low, high, found }) {
  const { graph, activationIntervals } = found;
  const pieces = graph.pieces === 1 ? "one piece" : `${graph.pieces} pieces`;
  const { minimum, maximum } = graph;
  return (
    `${name} on [${brief(low)}, ${brief(high)}] has exactly ${pieces}, ` +
    `and ${activationIntervals} activation ${plural(activationIntervals, "interval")}. ` +
    `Its values go from ${brief(minimum.value)} at ${brief(minimum.at)} ` +
    `to ${brief(maximum.value)} at ${brief(maximum.at)}.`
  );
}

const plural = (count, noun) => (count === 1 ? noun : `${noun}s`);
