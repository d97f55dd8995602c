"""Networks shown in a notebook: what there is to know at a glance, and the nodes in order. Names
are foreign text, and escaped."""

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .network import Network

MOST_ROWS = 40


def html(network: "Network") -> str:
    """A table of the nodes (at most MOST_ROWS of them) under a line with the sizes and the hash."""
    sizes = network.sizes
    inputs, outputs = f"{network.input_size} inputs", f"{network.output_size} outputs"
    head = f"{inputs}, {network.units} units, {outputs}, depth {network.depth}"
    rows = ""
    for node in network.nodes[:MOST_ROWS]:
        sources = ", ".join(map(_name, node.inputs))
        cells = (_name(node.name), escape(node.op), sources, str(sizes[node.name]))
        rows += f"<tr><td>{'</td><td>'.join(cells)}</td></tr>"
    left_out = len(network.nodes) - MOST_ROWS
    more = f"<p>… and {left_out} more nodes</p>" if left_out > 0 else ""
    columns = "<tr><th>node</th><th>operation</th><th>inputs</th><th>size</th></tr>"
    table = f"<table><thead>{columns}</thead><tbody>{rows}</tbody></table>"
    return f"<div><p>{head}, SHA-256 <code>{network.sha256[:16]}…</code></p>{table}{more}</div>"


def _name(name: str) -> str:
    return escape("".join(map(_visible, name[:60])))


def _visible(character: str) -> str:
    return character if character.isprintable() else f"\\u{{{ord(character):04x}}}"
