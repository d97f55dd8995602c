"""Networks shown in a notebook: what there is to know at a glance, and the nodes in order. Names are foreign text, and escaped."""

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .network import Network

MOST_ROWS = 40


def html(network: "Network") -> str:
    """A table of the nodes (at most MOST_ROWS of them) under a line with the sizes and the hash."""
    sizes = network.sizes
    head = f"{network.input_size} inputs, {network.units} units, {network.output_size} outputs, depth {network.depth}"
    nodes = network.nodes[:MOST_ROWS]
    cells = [(_name(node.name), escape(node.op), ", ".join(map(_name, node.inputs)), str(sizes[node.name])) for node in nodes]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    more = f"<p>… and {len(network.nodes) - len(nodes)} more nodes</p>" if len(network.nodes) > len(nodes) else ""
    columns = "<tr><th>node</th><th>operation</th><th>inputs</th><th>size</th></tr>"
    table = f"<table><thead>{columns}</thead><tbody>{rows}</tbody></table>"
    return f"<div><p>{head}, SHA-256 <code>{network.sha256[:16]}…</code></p>{table}{more}</div>"


def _name(name: str) -> str:
    return escape("".join(c if c.isprintable() else f"\\u{{{ord(c):04x}}}" for c in name[:60]))
