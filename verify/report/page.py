"""The page of theorems: one self-contained HTML file from the ledger, readable from disk, in dark and light."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

SEMANTICS = (
    "Every statement is about the exact real functions that the given rational weights define, not about their execution in float32. "
    "Reading a network from ONNX or another foreign format is outside the certificates."
)
GRADES = {
    "KERNEL": "the checker re-validated a certificate; no solver is trusted",
    "COQ": "coqc accepted it",
    "SOLVER": "z3 says unsat",
    "INSTANCES": "checked exactly for the listed cases only",
    "CITED": "in the literature",
    "OPEN": "not settled here",
}
STYLE = """
:root { color-scheme: light dark; --ink: #1c1917; --paper: #fff; --line: #d6d3d1; --soft: #f5f5f4; --link: #1b5e9c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e5e4; --paper: #171614; --line: #44403c; --soft: #262321; --link: #7ab8f5; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
a { color: var(--link); } h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; } caption { text-align: left; padding: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
code, .grade { font-family: ui-monospace, monospace; font-size: .88em; } .grade { white-space: nowrap; }
.gloss { color: inherit; opacity: .75; } section { border-top: 1px solid var(--line); } dl { display: grid; grid-template-columns: 9rem 1fr; gap: .2rem 1rem; }
dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; } pre { background: var(--soft); padding: .6rem; overflow-x: auto; font-size: .85em; }
@media print { body { max-width: none; } section { break-inside: avoid; } }
"""


def page(ledger: Mapping[str, Any]) -> str:
    """The page; the same ledger gives the same bytes."""
    theorems = ledger["theorems"]
    body = [
        "<h1>depthproof: the statements of the lecture, and what stands behind each</h1>",
        f"<p>{escape(SEMANTICS)}</p>",
        _summary(theorems),
        *(_section(theorem) for theorem in theorems),
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>depthproof: theorems</title>'
    return f'<!doctype html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head><body><main>\n' + "\n".join(body) + "\n</main></body></html>\n"


def _summary(theorems: Iterable[Mapping[str, Any]]) -> str:
    rows = "".join(
        f'<tr><td><a href="#{escape(t["name"], quote=True)}"><code>{escape(t["name"])}</code></a></td>'
        f'<td>{escape(t["statement"])}</td><td class="grade">{escape(t["label"])}</td></tr>'
        for t in theorems
    )
    meanings = "; ".join(f"<b>{grade}</b> {escape(meaning)}" for grade, meaning in GRADES.items())
    caption = f"<caption>Grades, best first: {meanings}. REFUTED: an exact counterexample, with the grade of its evidence.</caption>"
    head = "<thead><tr><th scope=col>name</th><th scope=col>statement</th><th scope=col>grade</th></tr></thead>"
    return f"<table>{caption}{head}<tbody>{rows}</tbody></table>"


def _section(theorem: Mapping[str, Any]) -> str:
    facts = [("grade", theorem["label"]), ("source", theorem["source"])]
    facts += [("the slide prints", theorem["says"])] if theorem["says"] else []
    facts += [("rests on", ", ".join(theorem["rests_on"]))] if theorem["rests_on"] else []
    facts += [("note", theorem["note"])] if theorem["note"] else []
    for seen in theorem["evidence"]:
        facts.append((seen["grade"], f"{seen['verdict'].lower()}: {seen['detail']}"))
        facts += [("counterexample", ", ".join(f"{name} = {value}" for name, value in seen["counterexample"].items()))] * bool(seen["counterexample"])
    facts += [("certificate", f"{item['path']}, {item['bytes']} bytes, sha256 {item['sha256']}") for item in theorem["certificates"]]
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    checked = "".join(f"<pre>{escape(text)}</pre>" for text in theorem["checked"])
    name = theorem["name"]
    title = f'<section id="{escape(name, quote=True)}"><h2><code>{escape(name)}</code></h2>'
    return f"{title}<p>{escape(theorem['statement'])}</p><dl>{rows}</dl>{checked}</section>"
