"""PDF with text → blocks, by pdfplumber: ruled tables as tables, the rest as lines; running heads left out.

The text is laid out anew, page by page: a line of prose is a line, a table row is a line with its cells set apart by
tabs, whatever number of printed lines it takes. Line numbers count printed lines from the top of the page.
"""

from __future__ import annotations

import io
import itertools
import logging
import re
from dataclasses import dataclass, replace
from typing import Any

from corpus.blocks import Block, Heading, Paragraph, TableLine, classify_heading
from corpus.drawn_out import joined
from corpus.errors import UnreadableDocument
from corpus.folding import BREAK, as_shown, fold, searchable
from corpus.readers.base import Content, TextBuilder
from corpus.readers.pdf_columns import in_columns
from corpus.readers.pdf_lines import (
    PAGE_NUMBER,
    SENTENCE_END,
    Heights,
    PrintedLine,
    PrintedRow,
    Stretch,
    dated_pattern,
    heading_ranks,
    line_pattern,
    running_heads,
    turning_heads,
    usual_height,
)
from corpus.readers.pdf_stacked import unstacked
from corpus.readers.pdf_text_columns import bands, in_reading_order, moved
from corpus.types import Span
from corpus.units import is_unit_line
from corpus.values import UNIT_ONLY

Box = tuple[float, ...]  # left, top, right, bottom in points from the page's upper left

MAX_PAGES = 2000
_SAME_LINE = 3.0  # points: words whose tops differ by less stand on one line
_WIDE = 1.6  # a gap of this many letter widths sets words apart
_INDENT = 8  # letters by which lines of one paragraph may begin apart
_LONG = 0.6  # of the width of a page's text
_CLOSED, _SHORTEST_RULE, _FEWEST_RULES = 3, 8.0, 3  # points, points, rules
_SLIVER = 5.0  # points
_WHOLE_WIDTH = 0.9  # a lone cell this wide, as a share of its table, is a title ruled in with it


class PdfReader:
    """Reads .pdf that holds text; a scanned page holds none."""

    def read(self, data: bytes, name: str) -> Content:
        """See `Reader.read`."""
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import PdfminerException

        logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells of each font that it must guess at
        try:
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                if len(pdf.pages) > MAX_PAGES:
                    raise UnreadableDocument(name, f"{MAX_PAGES:,} ページを超えています。分割してください")
                read = [_page_parts(page) for page in pdf.pages]
                pages = [parts for parts, _ in read]
        except UnreadableDocument:
            raise
        except PdfminerException as error:
            locked = error.args and isinstance(error.args[0], PDFPasswordIncorrect)
            reason = (
                "パスワードがかかっています。解除してください"
                if locked
                else "PDF として壊れています。作り直してください"
            )
            raise UnreadableDocument(name, reason) from error
        except Exception as error:
            raise UnreadableDocument(
                name, f"PDF として壊れています({type(error).__name__})。作り直してください"
            ) from error
        heads = running_heads(pages)
        usual = usual_height([height for _, heights in read for height in heights])
        ranks = heading_ranks([(parts, usual_height(heights)) for parts, heights in read], usual, heads)
        builder = TextBuilder()
        blocks: list[Block] = []
        furniture: list[Span] = []
        head = _Heads(heads, turning_heads(pages, heads), {})
        for number, parts in enumerate(pages, 1):
            blocks.extend(_page_blocks(parts, head, ranks, builder, number, furniture))
        if not blocks:
            raise UnreadableDocument(name, "文字がありません(画像だけの PDF)。文字を認識させてから入れてください")
        return Content(builder.text(), tuple(builder.lines), tuple(blocks), furniture=tuple(furniture))


def _page_parts(page: Any) -> tuple[list[PrintedLine | PrintedRow], Heights]:
    """The lines and table rows of a page from top to bottom, and how high its letters are."""
    words = [w | {"text": as_shown(w["text"])} for w in page.extract_words(x_tolerance=2, y_tolerance=2)]
    cut = _cut_ends(page)
    settings = {"explicit_horizontal_lines": cut} if cut else {}
    tables = [t for t in page.find_tables(settings) if _columns(t) >= (2 if len(t.rows) >= 2 else 3)]
    outside = [w for w in words if not any(_inside(w, t.bbox) for t in tables)]
    lines = _lines(outside)
    found = bands(lines)
    pieces = in_reading_order(outside, found, _lines) if found else [lines]
    parts: list[PrintedLine | PrintedRow] = [part for piece in pieces for part in in_columns(piece)]
    for box, whole in _side_by_side([(table.bbox, _rows(table, words)) for table in tables]):
        titles, rows = _titles(box, whole, [w for w in words if _inside(w, box)])
        down = moved(box[1], found)
        parts += [replace(one, top=one.top + down) for one in titles]
        parts += [replace(one, top=one.top + down, table_top=one.table_top + down) for one in rows]
    heights = [(part.height, sum(map(len, _texts(part)))) for part in parts]
    page.close()
    return sorted(parts, key=lambda part: part.table_top if isinstance(part, PrintedRow) else part.top), heights


def _cut_ends(page: Any) -> list[float]:
    """Where a page cuts a table off: several of its upright rules end there, and no level one closes it."""
    upright: dict[int, set[int]] = {}
    level: set[int] = set()
    for edge in page.edges:
        if edge["orientation"] == "h":
            if edge["x1"] - edge["x0"] > _SHORTEST_RULE:  # the end of an upright rule is no level one
                level.update(range(round(edge["top"]) - _CLOSED, round(edge["top"]) + _CLOSED + 1))
        elif edge["bottom"] - edge["top"] > _SHORTEST_RULE:
            for end in (edge["top"], edge["bottom"]):
                upright.setdefault(round(end), set()).add(round(edge["x0"]))
    ends = sorted(y for y, places in upright.items() if len(places) >= _FEWEST_RULES and y not in level)
    return [float(y) for y in ends if y in (ends[0], ends[-1])]


def _texts(part: PrintedLine | PrintedRow) -> list[str]:
    return [part.text] if isinstance(part, PrintedLine) else [text for cell in part.cells if cell for text in cell]


def _titles(
    box: Box, rows: list[PrintedRow], words: list[dict[str, Any]]
) -> tuple[list[PrintedLine], list[PrintedRow]]:
    """The lines above a table's header that were ruled in with it (its title, its unit), and the rows that are left.

    A frame around lines of which none has two cells is no table at all.
    """
    alone = [sum(cell is not None for cell in row.cells) == 1 and not row.units for row in rows]
    count = len(rows) if all(alone) else alone.index(False)
    while count and count < len(rows) and not _is_title(box, rows[count - 1]):
        count -= 1
    if not count:
        return [], rows
    bottom = rows[count].top if count < len(rows) else box[3] + _SAME_LINE
    above = [w for w in words if (w["top"] + w["bottom"]) / 2 < bottom]
    return _lines(above), [replace(row, first=i == 0, table_top=bottom) for i, row in enumerate(rows[count:])]


def _is_title(box: Box, row: PrintedRow) -> bool:
    """Whether a row with a single filled cell is a title: as wide as the table, numbered like a heading, or a unit."""
    text = " ".join(_texts(row))
    wide = row.widest >= _WHOLE_WIDTH * (box[2] - box[0])
    return wide or is_unit_line(searchable(text)) or classify_heading(text, Span(0, len(text))) is not None


def _columns(table: Any) -> int:
    return max(sum(1 for cell in row.cells if cell) for row in table.rows)


def _inside(word: dict[str, Any], box: Box) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _lines(words: list[dict[str, Any]]) -> list[PrintedLine]:
    """Words → printed lines, wide gaps kept as two blanks."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (w["top"], w["x0"])):
        if rows and _on_one_line(rows[-1][0], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row = joined(sorted(row, key=lambda w: w["x0"]))
        pieces = [Stretch(row[0]["text"], row[0]["x0"], row[0]["x1"])]
        for before, word in itertools.pairwise(row):
            letter = before.get("letter", (before["x1"] - before["x0"]) / max(1, len(before["text"])))
            if word["x0"] - before["x1"] > _WIDE * letter:
                pieces.append(Stretch(word["text"], word["x0"], word["x1"]))
            else:
                pieces[-1] = Stretch(f"{pieces[-1].text} {word['text']}", pieces[-1].left, word["x1"])
        height = max(w["bottom"] - w["top"] for w in row)
        text = "  ".join(piece.text for piece in pieces)
        lines.append(PrintedLine(text, row[0]["top"], row[0]["x0"], row[-1]["x1"], height, tuple(pieces)))
    return lines


def _on_one_line(first: dict[str, Any], word: dict[str, Any]) -> bool:
    """Whether two words stand on one line: each has its middle beside the other, whatever font they are set in."""
    a, b = ((w["top"] + w["bottom"]) / 2 for w in (first, word))
    return bool(word["top"] <= a <= word["bottom"] and first["top"] <= b <= first["bottom"])


def _rows(table: Any, words: list[dict[str, Any]]) -> list[PrintedRow]:
    boxes = [box for row in table.rows for box in row.cells if box]
    held: dict[tuple[float, ...], list[dict[str, Any]]] = {}
    for word in words:
        # Cells of a table with merged cells overlap; a word belongs to the smallest that holds it.
        around = [box for box in boxes if _inside(word, box)]
        if around:
            held.setdefault(min(around, key=_area), []).append(word)
    slivers = _slivers(table)
    found: list[PrintedRow] = []
    for row in table.rows:
        cells: list[list[PrintedLine]] = []
        height, widest = 0.0, 0.0
        for i, box in enumerate(row.cells):
            cells.append(_lines(held.get(box, [])) if box else [])
            if box and cells[i]:
                height, widest = max(height, *(line.height for line in cells[i])), max(widest, box[2] - box[0])
            if i and i - 1 in slivers and not cells[i] and cells[i - 1]:
                cells[i - 1 : i + 1] = [[], cells[i - 1]]
        if any(cells):
            # A line of units above the figures (千円) is a row of its own.
            if any(len(c) > 1 and UNIT_ONLY.match(c[0].text) for c in cells):
                units = tuple((c[0].text,) if c and UNIT_ONLY.match(c[0].text) else None for c in cells)
                found.append(PrintedRow(units, row.bbox[1], table.bbox[1], not found, True))
                cells = [c[1:] if u else c for c, u in zip(cells, units, strict=True)]
            whole = (row.bbox[1] + 0.01, [tuple(line.text for line in c) or None for c in cells])
            for top, texts in unstacked(cells) or [whole]:
                found.append(
                    PrintedRow(tuple(texts), top, table.bbox[1], not found, height=round(height, 1), widest=widest)
                )
    # Rules drawn twice make columns without a single word; the same table on the next page may be ruled otherwise.
    used = [
        i
        for i in range(max((len(r.cells) for r in found), default=0))
        if any(r.cells[i : i + 1] != (None,) and r.cells[i : i + 1] for r in found)
    ]
    return [replace(r, cells=tuple(r.cells[i] if i < len(r.cells) else None for i in used)) for r in found]


def _slivers(table: Any) -> set[int]:
    """Columns of less than a letter's width, left between rules drawn twice: what begins there belongs on the right."""
    narrow: dict[int, float] = {}
    for row in table.rows:
        for i, box in enumerate(row.cells):
            if box:
                narrow[i] = min(narrow.get(i, box[2] - box[0]), box[2] - box[0])
    return {i for i, width in narrow.items() if width < _SLIVER}


def _side_by_side(tables: list[tuple[Box, list[PrintedRow]]]) -> list[tuple[Box, list[PrintedRow]]]:
    """Tables that stand beside each other between the same two lines are one table that a gap was drawn through."""
    done: list[tuple[Box, list[PrintedRow]]] = []
    for box, rows in sorted(tables, key=lambda item: item[0][0]):
        twin = next((i for i, (other, _) in enumerate(done) if _beside(other, box)), None)
        if twin is None:
            done.append((box, rows))
        else:
            left, theirs = done[twin]
            done[twin] = ((left[0], left[1], box[2], left[3]), _joined(theirs, rows))
    return done


def _beside(left: Box, right: Box) -> bool:
    return left[2] <= right[0] and abs(left[1] - right[1]) < _SAME_LINE and abs(left[3] - right[3]) < _SAME_LINE


def _joined(left: list[PrintedRow], right: list[PrintedRow]) -> list[PrintedRow]:
    """Rows of two tables put together by their tops; where only one has a row, the other's cells are None."""
    widths = [max((len(row.cells) for row in rows), default=0) for rows in (left, right)]
    lines: list[tuple[float, bool, list[PrintedRow | None]]] = []
    for side, rows in enumerate((left, right)):
        for row in rows:
            same = (line for line in lines if abs(line[0] - row.top) < _SAME_LINE and line[1] == row.units)
            line = next((one for one in same if one[2][side] is None), None)
            if line is None:
                line = (row.top, row.units, [None, None])
                lines.append(line)
            line[2][side] = row
    lines.sort(key=lambda line: (round(line[0]), not line[1]))
    joined: list[PrintedRow] = []
    for top, units, pair in lines:
        halves = [
            (*row.cells, *([None] * (width - len(row.cells)))) if row else (None,) * width
            for row, width in zip(pair, widths, strict=True)
        ]
        height = max(row.height for row in pair if row)
        joined.append(PrintedRow((*halves[0], *halves[1]), top, left[0].table_top, not joined, units, height))
    return joined


@dataclass(frozen=True, slots=True)
class _Heads:
    """The running heads of a document, those of them whose year turns from page to page, and what each said last."""

    running: frozenset[str]
    turning: frozenset[str]
    last: dict[str, str]

    def says(self, text: str, page: int, position: int, count: int) -> str:
        """What a page's line is: furniture, the heading of another year than the page before had, or a text."""
        if position not in (0, count - 1):
            return "text"
        pattern = line_pattern(text)
        if PAGE_NUMBER.match(fold(text)):
            return "furniture"
        if pattern not in self.running:
            return "text"
        if pattern in self.turning and position == 0:
            told = dated_pattern(text)
            before, self.last[pattern] = self.last.get(pattern), told
            return "furniture" if before == told else "heading"
        return "text" if (page, position) == (1, 0) else "furniture"


def _page_blocks(
    parts: list[PrintedLine | PrintedRow],
    heads: _Heads,
    ranks: dict[int, int],
    builder: TextBuilder,
    page: int,
    furniture: list[Span],
) -> list[Block]:
    blocks: list[Block] = []
    tops = sorted({round(part.top) for part in parts})
    right = _margin([part for part in parts if isinstance(part, PrintedLine)])
    before: PrintedLine | None = None
    for position, part in enumerate(parts):
        number = tops.index(round(part.top)) + 1
        if isinstance(part, PrintedRow):
            blocks.append(_table_line(part, builder, number, page))
            before = None
            continue
        start = builder.line(part.text, number, page)
        span = Span(start, start + len(part.text))
        said = heads.says(part.text, page, position, len(parts))
        if said == "furniture":
            furniture.append(span)
            continue
        if said == "heading":
            blocks.append(Heading(1, 0, span))
            before = None
            continue
        line = _gap_line(part, span, blocks)
        margin = part.margin or right
        full = part.right >= margin - 3 * (part.right - part.left) / max(1, len(part.text))
        heading = None if line or full else classify_heading(part.text, Span(0, len(part.text)))
        if line:
            blocks.append(line)
        elif heading:
            blocks.append(type(heading)(heading.rank, heading.ordinal, span))
        elif id(part) in ranks:
            blocks.append(Heading(ranks[id(part)], 0, span))
        else:
            _add_prose(blocks, before, part, span, margin)
        before = None if isinstance(blocks[-1], Heading | TableLine) else part
    return blocks


def _margin(lines: list[PrintedLine]) -> float:
    """The right edge of a page's text: the furthest that its long lines reach; a box in a corner stands out alone."""
    left, right = min((p.left for p in lines), default=0.0), max((p.right for p in lines), default=0.0)
    return max((p.right for p in lines if p.right - p.left > _LONG * (right - left)), default=right)


def _gap_line(part: PrintedLine, span: Span, blocks: list[Block]) -> TableLine | None:
    """An unruled table row: pieces set apart by wide gaps, at least one of them a figure."""
    pieces = [m.span() for m in re.finditer(r"\S(?:.*?\S)?(?=\s{2,}|$)", part.text)]
    if len(pieces) < 2 or not any(
        re.fullmatch(r"[▲△-]?[0-9,.]+", fold(part.text[a:b]).replace(" ", "")) for a, b in pieces
    ):
        return None
    cells = tuple(Span(span.start + a, span.start + b) for a, b in pieces)
    return TableLine(cells, span, not (blocks and isinstance(blocks[-1], TableLine)))


def _add_prose(blocks: list[Block], before: PrintedLine | None, part: PrintedLine, span: Span, right: float) -> None:
    """A line goes on with the paragraph above when that one ran to the right margin without ending."""
    last = blocks[-1] if blocks else None
    letter = (part.right - part.left) / max(1, len(part.text))
    if (
        before is not None
        and isinstance(last, Paragraph)
        and not SENTENCE_END.search(before.text)
        and before.right >= right - 3 * letter
        and before.left - part.left <= _INDENT * letter  # not a box in the corner
    ):
        blocks[-1] = Paragraph(Span(last.span.start, span.end), last.item)
    else:
        blocks.append(Paragraph(span, part.text.lstrip().startswith(("・", "※", "○"))))


def _table_line(row: PrintedRow, builder: TextBuilder, number: int, page: int) -> TableLine:
    texts = [BREAK.join(cell) if cell else "" for cell in row.cells]
    start = builder.line("\t".join(texts), number, page)
    cells: list[Span | None] = []
    for text in texts:
        cells.append(Span(start, start + len(text)) if text else None)
        start += len(text) + 1
    own = [c for c in cells if c]
    return TableLine(tuple(cells), Span(own[0].start, own[-1].end), row.first, header=row.header)
