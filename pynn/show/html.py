"""Tables for a notebook: as HTML, and as plain text for where nothing draws that."""

from html import escape

from pynn.show.items import Compared, Diagram
from pynn.show.terminal import DIAGRAM_HEAD, aligned, compared_name, diagram_rows, is_numeral


def html_table(head: list[str], rows: list[list[str]], name: str = "") -> dict[str, str]:
    """Columns of numbers to the right, others to the left, each with its head."""
    numbers = [all(map(is_numeral, filter(None, column))) for column in zip(*rows, strict=True)]
    sides = ["right" if number else "left" for number in numbers] or ["left"] * len(head)
    lines = ["<table>"]
    if name:
        lines.append(f"<caption>{escape(name)}</caption>")
    if head:
        lines.append(f"<thead>{_row('th', head, sides)}</thead>")
    lines += ["<tbody>", *(_row("td", row, sides) for row in rows), "</tbody>", "</table>"]
    plain = aligned([head, *rows] if head else rows)
    return {"text/html": "\n".join(lines), "text/plain": plain}


def _row(kind: str, texts: list[str], sides: list[str]) -> str:
    cells = (
        f'<{kind} style="text-align: {side}">{escape(text)}</{kind}>'
        for text, side in zip(texts, sides, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def diagram_table(diagram: Diagram) -> dict[str, str]:
    return html_table(DIAGRAM_HEAD, diagram_rows(diagram))


def compared_table(results: list[Compared]) -> dict[str, str]:
    rows = [[compared_name(one.name, one.at), one.published or "-", one.here] for one in results]
    return html_table(["", "published", "here"], rows)
