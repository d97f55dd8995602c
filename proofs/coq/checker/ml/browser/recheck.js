// Re-checks certificates in the reader's browser: offline, from disk, in a worker, so that the page
// stays responsive. To embed: this file, and the text of depthcheck.js as a string.
//
//   recheck(source, items, said)    a promise of the number of items that do not hold
//
// `source` is the text of depthcheck.js. An item is {name, claim, certificate, networks}: texts, and
// networks by their hashes. said(item, answer, done) is called after each item, in their order; an
// answer is {code, lines, milliseconds}. Code 0: it holds. 2 malformed, 3 over budget, 10 rejected,
// 4 a fault of the checker itself: show red whatever is not 0.
function recheck(source, items, said) {
  "use strict";
  var answering = "onmessage = function (event) {\n" +
    "  var item = event.data, start = Date.now(), answer;\n" +
    "  try { answer = depthcheck(item.claim, item.certificate, item.networks); }\n" +
    "  catch (error) { answer = { code: 4, lines: ['OWN FAULT ' + error] }; }\n" +
    "  answer.milliseconds = Date.now() - start;\n" +
    "  postMessage(answer);\n" +
    "};\n";
  var program = new Blob([source, "\n;\n", answering], { type: "text/javascript" });
  var address = URL.createObjectURL(program);
  var worker = null;

  function asked(item) {
    return new Promise(function (resolve) {
      worker = worker || new Worker(address);
      worker.onmessage = function (event) { resolve(event.data); };
      worker.onerror = function (event) { // the worker is gone: the next item gets a new one
        event.preventDefault();
        worker.terminate();
        worker = null;
        var fault = "OWN FAULT " + (event.message || "the worker ended");
        resolve({ code: 4, lines: [fault], milliseconds: 0 });
      };
      var networks = item.networks || {};
      worker.postMessage({ claim: item.claim, certificate: item.certificate, networks: networks });
    });
  }

  function from(number, failed) {
    if (number == items.length) {
      if (worker) worker.terminate();
      URL.revokeObjectURL(address);
      return Promise.resolve(failed);
    }
    return asked(items[number]).then(function (answer) {
      said(items[number], answer, number + 1);
      return from(number + 1, failed + (answer.code === 0 ? 0 : 1));
    });
  }
  return from(0, 0);
}
