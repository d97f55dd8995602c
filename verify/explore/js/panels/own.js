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
  const own = new Own(new Panel("own"));
  own.list();
  if (own.shelf.length) own.load(own.shelf[0]);
  else own.panel.say("There is no network here yet: open one.");
}

class Own {
  constructor(panel) {
    this.panel = panel;
    this.state = { k: 4, low: ZERO, high: ONE, name: "", network: null, found: null };
    this.shelf = [...embedded.networks];
    this.controls();
    this.picture();
  }

  controls() {
    const { panel } = this;
    this.choice = element("select", { id: "own-choice" });
    this.choice.addEventListener("change", () => {
      if (this.shelf.length) this.load(this.shelf[this.choice.selectedIndex]);
    });
    this.ends = { low: this.end("low", "from"), high: this.end("high", "to") };
    const file = element("input", { id: "own-file", type: "file", accept: ".json" });
    file.addEventListener("change", () => file.files.length && this.open(file.files[0]));
    const says = "Open a relu-network file, or drop it here";
    const drop = element("div", { class: "drop" }, label("own-file", says), file);
    panel.controls.append(
      element("div", { class: "field" }, label("own-choice", "network"), this.choice),
      element(
        "div",
        { class: "field" },
        label("own-from", "from"),
        this.ends.low,
        label("own-to", "to"),
        this.ends.high,
      ),
      drop,
    );
    const change = (k) => this.show({ k });
    panel.slider("beside Δ^k, k", { min: 1, max: DEEP, value: this.state.k, change });
    this.alert = element("p", { class: "alert", role: "alert" });
    panel.controls.append(this.alert);
    dropped(panel.section, drop, (given) => this.open(given));
  }

  /** A field for an end of the interval. */
  end(which, word) {
    const it = element("input", { id: `own-${word}`, type: "text", size: 6, autocomplete: "off" });
    it.addEventListener("change", () => this.restrict(which, it.value.trim()));
    return it;
  }

  picture() {
    this.chart = new Chart(this.panel.picture, {
      name: "Graph of the network; it is described below",
      x: { low: 0, high: 1, ticks: [] },
      y: { low: 0, high: 1, ticks: [], label: "f(x)" },
      draw: () => this.draw(),
    });
    this.line = this.chart.shape("curve c0");
    this.kinks = this.chart.shape("kinks");
    const head = ["breakpoint x", "f(x)"].map((text) => element("th", { scope: "col" }, text));
    this.table = element("tbody");
    const table = element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head)),
      this.table,
    );
    const summary = element("summary", {}, "The picture as a table");
    this.panel.picture.append(element("details", { class: "table" }, summary, table));
  }

  list() {
    this.choice.replaceChildren(...this.shelf.map((it) => element("option", {}, it.name)));
  }

  async open(given) {
    try {
      if (given.size > MOST_BYTES) throw new BadInput("", `more than ${MOST_BYTES} bytes`);
      const text = decoded(await given.arrayBuffer());
      const data = { name: given.name, text, on: ["0", "1"] };
      if (!this.load(data)) return;
      this.shelf.push(data);
      this.list();
      this.choice.selectedIndex = this.shelf.length - 1;
    } catch (error) {
      this.complain(given.name, error);
    }
  }

  /** Takes a network, if it can be read and counted; what cannot is said, and the old one stays. */
  load(data) {
    try {
      const network = readNetwork(data.text);
      const [low, high] = data.on.map(Rational.of);
      this.show({ network, low, high, found: traced(network, low, high), name: data.name });
    } catch (error) {
      this.complain(data.name, error);
      return false;
    }
    this.alert.textContent = "";
    return true;
  }

  restrict(which, text) {
    const { network, low, high, name } = this.state;
    if (!network) return;
    const wanted = { low, high };
    try {
      wanted[which] = Rational.of(text);
      if (!wanted.low.below(wanted.high)) {
        throw new BadInput("", "expected a lower end below the higher");
      }
      this.show({ ...wanted, found: traced(network, wanted.low, wanted.high) });
      this.alert.textContent = "";
    } catch (error) {
      this.complain(name, error);
      this.show({});
    }
  }

  complain(name, error) {
    if (!(error instanceof BadInput || error instanceof RangeError)) throw error;
    this.alert.textContent = `${name}: ${error.message}`;
  }

  show(change) {
    const { state } = this;
    Object.assign(state, change);
    if (!state.found) return;
    this.ends.low.value = String(state.low);
    this.ends.high.value = String(state.high);
    this.panel.facts(facts(state));
    this.panel.say(words(state));
    this.table.replaceChildren(...rows(state.found.graph));
    this.draw();
  }

  draw() {
    const { found, low, high } = this.state;
    if (!found) return;
    const { chart } = this;
    const { xs, ys } = floats(found.graph);
    const [left, right] = [low.number, high.number];
    const [bottom, top] = extent(ys);
    chart.scale(
      { ...chart.x, low: left, high: right, ticks: roundTicks(left, right) },
      { ...chart.y, low: bottom, high: top, ticks: roundTicks(bottom, top) },
    );
    chart.line(this.line, xs, ys);
    this.kinks.setAttribute("d", xs.length <= MOST_LISTED ? circles(chart, xs, ys) : "");
  }
}

const label = (id, text) => element("label", { for: id }, text);

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
