
// The section "Check it here" of a page: its button re-checks every certificate in the page (with
// recheck.js, which comes before), marks each where it is shown, and says what was found.
(function () {
  "use strict";
  var section = document.getElementById("recheck");
  var button = section.querySelector("button"), bar = section.querySelector("progress");
  var line = section.querySelector(".line"), summary = section.querySelector(".said");
  var places = Array.from(document.querySelectorAll("[data-certificate]"));
  var running = false;

  function embedded(id) { return JSON.parse(document.getElementById(id).textContent); }

  function items(data) {
    return data.items.map(function (item) {
      var networks = {};
      item.networks.forEach(function (hash) {
        if (hash in data.networks) networks[hash] = data.networks[hash];
      });
      return {
        name: item.name, claim: item.claim, certificate: item.certificate, networks: networks,
      };
    });
  }

  function element(name, kind, text) {
    var made = document.createElement(name);
    made.className = kind;
    made.textContent = text;
    return made;
  }

  // One place where a certificate is shown: whether it holds, and prints what is shown there.
  function mark(place, answer) {
    var shown = place.querySelector("pre").textContent;
    var holds = answer.code === 0, same = answer.lines.join("\n") === shown;
    var good = holds && same, words = "does not hold";
    if (holds) words = same ? "holds" : "holds, but as another text than is shown here";
    var said = element("p", good ? "mark good" : "mark bad", "");
    said.append(element("strong", "", (good ? "✓ " : "✗ ") + words));
    said.append(" depthcheck in this browser, " + answer.milliseconds + " ms: ");
    said.append(element("code", "", answer.lines[0]));
    place.append(said);
    return good;
  }

  function clear() {
    document.querySelectorAll(".mark").forEach(function (old) { old.remove(); });
    places.forEach(function (place) { place.removeAttribute("id"); });
    summary.className = "said";
    summary.textContent = "";
    bar.value = 0;
    bar.hidden = false;
  }

  // Links to the certificates of this list.
  function linked(found) {
    found.forEach(function (one, number) {
      if (number) summary.append(", ");
      if (!one.place) return summary.append(one.name);
      one.place.id = "bad-" + number;
      var link = element("a", "", one.name);
      link.href = "#" + one.place.id;
      return summary.append(link);
    });
  }

  function conclude(count, rejected, differing, seconds) {
    var good = count > 0 && !rejected.length && !differing.length;
    var held = count - rejected.length;
    summary.className = good ? "said good" : "said bad";
    summary.textContent = (good ? "✓ All " + count : "✗ " + held + " of " + count) +
      " certificates hold: so says depthcheck, in this browser, in " + seconds + " s.";
    if (good) summary.append(" What it printed of each is the text shown in this page.");
    if (rejected.length) {
      summary.append(" These do not: ");
      linked(rejected);
      summary.append(".");
    }
    if (differing.length) {
      summary.append(" It printed another text than this page shows of: ");
      linked(differing);
      summary.append(".");
    }
    line.textContent = "";
  }

  function fault(error) {
    summary.className = "said bad";
    summary.textContent = "✗ Not checked: the checker could not be run here (" + error + ").";
    line.textContent = "";
  }

  function run() {
    var start = Date.now(), all = items(embedded("embedded-certificates"));
    var rejected = [], differing = [];
    line.textContent = "0 of " + all.length;
    summary.textContent = "Re-checking.";
    function said(item, answer, done) {
      var here = places.filter(function (place) {
        return place.dataset.certificate === item.name;
      });
      var wrong = here.filter(function (place) { return !mark(place, answer); });
      var one = { name: item.name, place: here[0] };
      if (answer.code !== 0) rejected.push(one);
      else if (!here.length || wrong.length) differing.push(one);
      bar.value = done;
      line.textContent = done + " of " + all.length + ": " + item.name;
    }
    return recheck(embedded("embedded-checker"), all, said).then(function () {
      conclude(all.length, rejected, differing, ((Date.now() - start) / 1000).toFixed(1));
    });
  }

  // The button keeps the focus while it runs, so it is not disabled, but says that it is.
  button.addEventListener("click", function () {
    if (running) return;
    running = true;
    button.setAttribute("aria-disabled", "true");
    clear();
    Promise.resolve().then(run).catch(fault).then(function () {
      running = false;
      button.removeAttribute("aria-disabled");
    });
  });
  button.hidden = false;
})();
