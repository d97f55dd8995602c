// Puts the panels together: the first at once, the others as soon as the page has been seen.

import { closestPanel } from "./panels/closest.js";
import { complexPanel } from "./panels/complex.js";
import { facts, foldPanel } from "./panels/fold.js";
import { identityPanel } from "./panels/identity.js";
import { ownPanel } from "./panels/own.js";
import { reluPanel } from "./panels/relu.js";
import { sizesPanel } from "./panels/sizes.js";
import { squarePanel, yarotsky } from "./panels/square.js";
import { trianglesPanel } from "./panels/triangles.js";
import { bracket } from "./frontier.js";
import { decoded, readNetwork, widths } from "./network.js";
import { PiecewiseLinear } from "./piecewise.js";
import { Plane, affineText, serra } from "./plane.js";
import { Rational, decimal } from "./rational.js";
import { DEEPEST, distance, sawtooth } from "./sawtooth.js";
import { traced } from "./sweep.js";

const PANELS = [
  foldPanel,
  identityPanel,
  trianglesPanel,
  closestPanel,
  sizesPanel,
  reluPanel,
  squarePanel,
  ownPanel,
  complexPanel,
];

/** What is at hand in the console: the page's own arithmetic. */
globalThis.explorer = {
  Rational,
  decimal,
  decoded,
  PiecewiseLinear,
  sawtooth,
  distance,
  bracket,
  readNetwork,
  widths,
  traced,
  Plane,
  affineText,
  serra,
  yarotsky,
};

/** Runs the tasks one by one, with a pause for the browser after each. */
function inTurn(tasks, done) {
  if (!tasks.length) {
    done();
    return;
  }
  setTimeout(() => {
    tasks[0]();
    inTurn(tasks.slice(1), done);
  });
}

/** The deeper sawtooths ahead of time, so that a slider finds them ready. */
const ahead = Array.from({ length: DEEPEST + 1 }, (_, k) => () => facts(k));

PANELS[0]();
requestAnimationFrame(() => {
  inTurn(PANELS.slice(1), () => {
    document.documentElement.dataset.ready = "panels";
    inTurn(ahead, () => {
      document.documentElement.dataset.ready = "all";
    });
  });
});
