"""Text of documents and users → text that no browser, template or spreadsheet runs."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Sequence

# What a template of the page's components would take for its own: `{{name}}`, `${code}`.
_TEMPLATE = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;"})
# A cell that begins with one of these is a formula or a command to some spreadsheet (OWASP: CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FIGURE = frozenset("0123456789,.%")


def escaped(text: str) -> str:
    """Text to stand in HTML, in an attribute's quotes too."""
    return html.escape(text).translate(_TEMPLATE)


def safe_cell(text: str) -> str:
    """A text as a CSV cell that a spreadsheet shows and never runs: formulas get an apostrophe, figures (-1,200) stay."""
    bare = text.lstrip(" \u3000")
    if not bare.startswith(_FORMULA) or (len(bare) > 1 and bare[0] in "-+" and set(bare[1:]) <= _FIGURE) or bare == "-":
        return text
    return f"'{text}"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV file with a byte order mark, so that Excel reads it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(label) for label in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
