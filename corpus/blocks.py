"""Lines of a plain text → blocks: headings, table lines and paragraphs, each with its place.

Comes in: the text and its lines. Goes out: blocks in reading order; every non-blank line is in exactly one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.drawn_tables import drawn_tables
from corpus.folding import fold, fold_with_origins, searchable, tidy
from corpus.gaps import double_spaced, ends_in_figure, gap_tables
from corpus.lines import (
    MARKS,
    QUESTION,
    SENTENCE_END,
    begins_item,
    is_indented,
    is_note,
    is_rule,
    is_short,
    margin,
    names_a_bill,
    stands_above,
)
from corpus.spaced import spaced_tables
from corpus.types import Line, Span
from corpus.units import is_unit_line
from corpus.values import UNIT_ONLY, find_periods
from corpus.wrapped_names import wrapped_names

# Japanese administrative numbering, outermost first (公用文作成の考え方, 項目の細別と階層). The pattern's group is the ordinal.
# Ranks 1 to 6 are left to the levels of marked-up headings (<h1>, #, 見出し 1), which stand above any numbering.
BRACKET = 19  # 【…】: no rank of its own in the numbering
_NUMBERING: tuple[tuple[int, re.Pattern[str]], ...] = (
    (11, re.compile(r"第\s?([0-9]{1,3})\s?(?:編|部|表)(?:\s+\S|[一-鿿ァ-ヶ])")),
    (12, re.compile(r"第\s?([0-9]{1,3})\s?章(?:\s+\S|[一-鿿ァ-ヶ])")),
    (13, re.compile(r"第\s?([0-9]{1,3})\s?節(?:\s+\S|[一-鿿ァ-ヶ])")),
    (14, re.compile(r"第?\s?([0-9]{1,3})\s?款\s+\S")),
    (15, re.compile(r"第?\s?([0-9]{1,3})\s?項\s+\S")),
    (16, re.compile(r"第?\s?([0-9]{1,3})\s?目\s+\S")),
    (17, re.compile(r"第\s?([0-9]{1,3})\s+\S")),
    (18, re.compile(r"(I{1,3}|IV|VI{0,3}|IX|X)[.\s]\s*[々-〇぀-ヿ㐀-鿿]")),
    (BRACKET, re.compile(r"[【〔]([^】〕、,。]{1,60})[】〕]$")),
    (BRACKET, re.compile(r"[<〈《](?=[^<>]*[ぁ-んァ-ヶ一-鿿])([^<>〉》、,。]{1,60})[>〉》]$")),
    (20, re.compile(r"([0-9]{1,2})[.\s]\s*[^\s0-9,.~]")),
    (21, re.compile(r"[0-9]{1,2}-([0-9]{1,2})\s?[^\s0-9]")),
    (22, re.compile(r"\(([0-9]{1,2})\)\s*\S")),
    (23, re.compile(r"([0-9]{1,2})\)\s*\S")),
    (24, re.compile(r"([①-⑳])\s*\S")),
    (25, re.compile(r"([アイウエオカキクケコサシスセソ])\s+\S")),
    (26, re.compile(r"\(([アイウエオカキクケコサシスセソ])\)\s*\S")),
)
# ■, ◆, … before a short line of its own that stands alone above what it is about; in a row they are the items of a list.
_MARKED = re.compile(r"(?P<mark>[■◆●▼◎□◇])\s*(?=[^\s■◆●▼◎□◇])")
_MARKED_BELOW = re.compile(rf"[{MARKS}]\s*(?=[^\s{MARKS}])")
PART = 10  # the title of a part, at the top of a page
PLAIN = 17  # a line that only its place shows to be a heading
MARKED = 18  # above 【…】, below what is numbered by chapters
TOPIC, ASKED = 27, 28  # of questions; a question that a reply follows (corpus/turns.py)
_MOST_NUMBERED = 2  # headings; in a document with more of them no line without a number or mark is one
_MARKED_LIMIT = 30
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_CHAIN = re.compile(r"(?:第?[0-9]{1,3}\s?[款項目]\s+[^\s0-9]\S*\s*){2,}$")  # 7款 商工費 1項 商工費
_CHAIN_LINK = re.compile(r"第?[0-9]{1,3}\s?[款項目]\s")
_FIGURE_TOLD = re.compile(r"[::]|[0-9]\s*(?:[兆億万千百]*円|人|件|%)")
_LABEL_TOLD = re.compile(r"[::]|[0-9]\s*(?:[兆億万千百]*円|%)")
_LED = re.compile(
    r"[^…‥.\s]\s*(?:…+|‥+|\.{3,})\s*[^…‥.\s]"
)  # 交付額…623,557円: a label led to its value, also to its page
_SEVERAL = re.compile(rf"[{MARKS}]|…|\u3000\u3000")  # items or labels beside each other
_HEADING_LIMIT = 60
_MOST_BESIDE = 2
_BESIDE_UNIT = re.compile(r"^\(|(?:現在|時点)\)?$")  # what stands beside a unit above a table: (案), 各年10月1日現在
_LONG_LINE, _SHORTEST_LINE = 20, 8
_LOOKED_BELOW = 3  # lines
_QUESTION = re.compile(rf"{QUESTION}|【")
# Not （55件）、, which goes on with what the line above counts.
_BEGINS_ANEW = re.compile(
    r"(?![（(][0-9０-９,，.．]+[^）)\s]{0,3}[）)][、,がのでをはとに])[（(【〔][^）)】〕\s]{1,8}[）)】〕]|(?:問|答|質問|回答|質疑|答弁|[QAＱＡ])[0-9０-９]{0,3}[\s.．:：)）（(]"
)
# …であり、予算現額1兆957億 / 1,453万円に対する割合は: a figure of running text that is cut at the end of its line.
_CUT_FIGURE = re.compile(r"[ぁ-ん].*[0-9]\s*[兆億万千]\s*$")
_GOES_ON = re.compile(r"(?:[0-9][0-9,]*\s*)?[億万千百]*\s*円[^\s0-9]")
_PAGE = re.compile(r"^[-―—－]\s*[0-9]{1,4}\s*[-―—－]$")
_LABELLED = re.compile(r"[一-龥ァ-ヶー]{2,8}(?:[\s\u3000]+|[:：／])\S")
_BANNER = re.compile(r"[^0-9。、:…]*[一-龥ァ-ヶ][^。、:…]*")
_BULLET = re.compile(r"^(?:[-*]\s+)?[・※●○◎■□◆◇▼]|^[-*]\s+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: `rank` is its numbering's place in the hierarchy, `ordinal` 1-based (0 when unnumbered), `figure` the
    amount of it that is printed elsewhere.
    """

    rank: int
    ordinal: int
    span: Span
    figure: Span | None = None


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table: the cells' raw spans, None for an empty cell. `first` is True after a blank line.

    `inherited` are the columns whose span is that of a merged cell begun in a line above; `header` is True where the
    format itself says that the line is a header, `headless` where it says that the table has none. `more` are further pieces of cells, by column, in order.
    """

    cells: tuple[Span | None, ...]
    span: Span
    first: bool
    inherited: frozenset[int] = frozenset()
    header: bool = False
    headless: bool = False
    more: tuple[tuple[int, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose lines that belong together; `item` is True for a list item or note."""

    span: Span
    item: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of signs that parts what stands above from what stands below, perhaps with a page's number in it."""

    span: Span


Block = Heading | TableLine | Paragraph | Rule


def split_blocks(text: str, lines: tuple[Line, ...]) -> tuple[Block, ...]:
    """Classify each non-blank line; join prose lines that one sentence runs over."""
    blocks: list[Block] = []
    after_blank = True
    wrapped = wrapped_names(text, lines)
    spacing = double_spaced(text, lines)
    tables = gap_tables(text, lines, {*wrapped, *spacing})
    tables |= {
        at: (_alone(text, lines[at], tables[at + 1][0]), False)
        for at, row in wrapped.items()
        if at == row and {at - 1, at + 1} <= set(tables)
    }
    wrapped = {at: row for at, row in wrapped.items() if row in tables and at not in tables}
    tables |= spaced_tables(text, lines, tables)
    drawn, going_on = drawn_tables(text, lines)
    tables = {i: own for i, own in tables.items() if not _within(i, drawn)} | drawn
    raw = [text[line.start : line.end] for line in lines]
    full, unnumbered = margin(text, lines), _is_unnumbered(text, lines)
    inside = _rules_inside(raw, tables)
    begun: Span | None = None  # a name whose row is the next line
    for number, line in enumerate(lines):
        span = trim(text, line.start, line.end)
        if span is None:
            after_blank = True
            continue
        if is_rule(raw[number]):
            if number not in inside:
                blocks.append(Rule(span))
                after_blank = True
            continue
        if number in wrapped and number not in tables:
            if wrapped[number] > number:
                begun = span
            else:
                row = blocks[-1]
                assert isinstance(row, TableLine)  # the line above is its row
                blocks[-1] = replace(row, span=Span(row.span.start, span.end), more=((0, span),))
            continue
        if number in tables:
            cells, header = tables[number]
            over = next(i for i in range(number - 1, -2, -1) if i not in spacing)
            above = over - (over in wrapped)
            begins = above not in tables and over not in inside and number not in going_on
            own = TableLine(cells, span, begins, header=header)
            if begun is not None:  # its name is all of its own in front of the figures
                at = next((i for i, cell in enumerate(cells) if cell), 0)
                more = tuple((0, cell) for cell in cells[: at + 1] if cell)
                own = replace(
                    own, cells=(begun, *(None,) * at, *cells[at + 1 :]), span=Span(begun.start, span.end), more=more
                )
                begun = None
            blocks.append(own)
            after_blank = False
            continue
        below = raw[number + 1 : number + 1 + _LOOKED_BELOW]
        opens = after_blank or _ended(text, blocks)
        marked = _marked(text, span, below, after_blank, full) if opens else None
        if marked is None and after_blank and _ends_page(text, blocks) and _opens_part(raw, number):
            marked = Heading(PART, 0, span)
        plain = marked is None and opens and unnumbered and bool(blocks) and classify_heading(text, span) is None
        if plain and stands_above(raw[number], below, full):
            marked = Heading(PLAIN, 0, span)
        blocks.extend(_chain(text, span) or [marked or _classify(text, line, span, after_blank, blocks)])
        if isinstance(blocks[-1], Paragraph) and not after_blank:
            _join_last(text, blocks, is_indented(raw[number]) and is_short(raw[number - 1], full))
        after_blank = False
    return tuple(_banners(text, blocks))


def _alone(text: str, line: Line, below: Sequence[Span | None]) -> tuple[Span | None, ...]:
    """The cells of a line that holds only the name of the rows below."""
    return (trim(text, line.start, line.end), *(None for _ in below[1:]))


def _rules_inside(raw: Sequence[str], tables: Mapping[int, tuple[tuple[Span | None, ...], bool]]) -> set[int]:
    """The lines that draw a rule inside a table: between its header and its rows, or between rows."""
    return {
        i for i, line in enumerate(raw)
        if i - 1 in tables and i + 1 in tables and not tables[i + 1][1]
        and len(tables[i - 1][0]) == len(tables[i + 1][0]) and is_rule(line)
    }  # fmt: skip


def _banners(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, a name between two rules as the title of the part that it begins: ====, 総務部, ====."""
    found = list(blocks)
    for i in range(1, len(blocks) - 1):
        block = blocks[i]
        between = isinstance(blocks[i - 1], Rule) and isinstance(blocks[i + 1], Rule)
        if not between or not isinstance(block, Paragraph) or block.item:
            continue
        shown = fold(tidy(text[block.span.start : block.span.end]))
        if len(shown) <= _MARKED_LIMIT and shown.count(" ") < 2 and _BANNER.fullmatch(shown):
            found[i] = Heading(PART, 0, block.span)
    return found


def _ends_page(text: str, blocks: Sequence[Block]) -> bool:
    """Whether what stands last is a rule, or the number of a page."""
    last = blocks[-1] if blocks else None
    return isinstance(last, Rule) or (
        isinstance(last, Paragraph) and _PAGE.match(fold(text[last.span.start : last.span.end])) is not None
    )


def _opens_part(raw: Sequence[str], number: int) -> bool:
    """Whether the first line of a page, or below a rule, stands alone as the title of a part: a name with a year in it, that is no running title."""
    title = fold(tidy(raw[number]))
    alone = number + 1 < len(raw) and not raw[number + 1].strip() and len(title) <= _HEADING_LIMIT
    named = re.search(r"[一-龥ァ-ヶ)]$", title) is not None and bool(find_periods(title)) and not is_unit_line(title)
    return alone and named and sum(line.strip() == raw[number].strip() for line in raw) == 1


def _within(number: int, drawn: Mapping[int, object]) -> bool:
    """Whether a line stands among those of a table of drawn-out names, which reads all of its lines itself."""
    return any(i in drawn for i in range(number - 2, number + 1)) and any(i in drawn for i in range(number, number + 3))


def _classify(text: str, line: Line, span: Span, after_blank: bool, before: list[Block]) -> Block:
    raw = text[line.start : line.end]
    if "\t" in raw:
        cells = split_cells(text, line.start, line.end)
        filled = [cell for cell in cells if cell]
        # A line with a single cell in its first column is a heading set into the table, if it looks like one.
        if len(filled) > 1 or cells[0] is None:
            return TableLine(cells, span, after_blank or not (before and isinstance(before[-1], TableLine)))
    heading = classify_heading(text, span)
    if heading and not ends_in_figure(text, line):
        return heading
    if "\t" in raw:
        return TableLine(split_cells(text, line.start, line.end), span, after_blank)
    return Paragraph(span, is_item(text, span))


def is_item(text: str, span: Span) -> bool:
    """Whether a stretch begins with the mark of a list item or note."""
    return _BULLET.match(text[span.start : span.end]) is not None


def headed_inside(text: str, block: Block, heading: Heading) -> list[Block]:
    """A block with a heading that is a stretch of it: what stands before it and behind it are paragraphs of their own."""
    around = ((block.span.start, heading.span.start), (heading.span.end, block.span.end))
    before, after = ([Paragraph(span, False)] if (span := trim(text, a, b)) else [] for a, b in around)
    return [*before, heading, *after]


def lone_line(shown: str, span: Span) -> Heading | Paragraph:
    """What a line with a single cell among table lines is: a numbered heading, or a title or note beside the table."""
    heading = classify_heading(shown, Span(0, len(shown))) if shown.strip() else None
    return Heading(heading.rank, heading.ordinal, span) if heading else Paragraph(span, False)


def beside_table(texts: Sequence[str], width: int) -> bool:
    """Whether the filled cells of a line `width` columns wide are notes, or a unit beside a title or remark, rather than
    cells of a row: where most columns are blank, what stands beside a unit heads no column.
    """
    if len(texts) > _MOST_BESIDE:
        return False
    units = [is_unit_line(searchable(text)) for text in texts]
    if UNIT_ONLY.match(searchable(texts[0])):
        units[0] = False  # 区分, 年度, 団体 in front head a column; a unit stands at the right
    remarks = all(unit or _BESIDE_UNIT.search(searchable(text)) for unit, text in zip(units, texts, strict=True))
    title = len(texts) * 2 <= width and all(len(text) <= _HEADING_LIMIT for text in texts)
    noted = (
        len(texts) == _MOST_BESIDE and _BESIDE_UNIT.search(searchable(texts[1])) is not None
    )  # 第1表 …, (4月1日現在)
    return is_note(texts[0]) or (any(units) and (remarks or title)) or (noted and title)


def _chain(text: str, span: Span) -> list[Block]:
    """The headings of a line that prints several of them one after another, outermost first; else nothing."""
    raw = text[span.start : span.end]
    folded = fold_with_origins(raw)
    if not _CHAIN.match(folded.text):
        return []
    starts = [folded.raw(m.start(), m.end())[0] for m in _CHAIN_LINK.finditer(folded.text)]
    ends = [*starts[1:], len(raw)]
    pieces = [trim(text, span.start + a, span.start + b) for a, b in zip(starts, ends, strict=True)]
    return [heading for piece in pieces if piece and (heading := classify_heading(text, piece))]


def classify_heading(text: str, span: Span) -> Heading | None:
    """The heading a line is by its numbering (第2, 1, (1), ①, ア, 【…】); None for a sentence or anything long."""
    shown = fold(tidy(text[span.start : span.end]))
    if len(shown) > _HEADING_LIMIT or SENTENCE_END.search(shown) or shown.endswith("、") or _LED.search(shown):
        return None
    for rank, pattern in _NUMBERING:
        match = pattern.match(shown)
        if match:
            return Heading(rank, _ordinal(match.group(1)), span)
    return None


def _is_unnumbered(text: str, lines: Sequence[Line]) -> bool:
    """Whether hardly any line is a heading by a number: then layout and marks alone tell what is one."""
    spans = (span for line in lines if (span := trim(text, line.start, line.end)))
    numbered = (h for span in spans if (h := classify_heading(text, span)) and h.rank != BRACKET)
    return len(list(itertools.islice(numbered, _MOST_NUMBERED + 1))) <= _MOST_NUMBERED


def _ended(text: str, blocks: Sequence[Block]) -> bool:
    """Whether what stands above a line has come to its end: a heading, or a sentence with its full stop."""
    if not blocks or isinstance(blocks[-1], Heading | Rule):
        return True
    last = blocks[-1]
    return isinstance(last, Paragraph) and bool(SENTENCE_END.search(text[last.span.start : last.span.end]))


def _marked(text: str, span: Span, below: Sequence[str], after_blank: bool, full: int) -> Heading | None:
    """The heading that a line with a mark is: short, no sentence, and above something that has not the same mark.

    Among other lines it is one only if what stands right below begins as a paragraph or with another mark.
    """
    raw = text[span.start : span.end]
    if names_a_bill(raw, below):
        return Heading(MARKED, 0, span)
    shown = fold(tidy(raw))
    following = next((line for line in below if line.strip()), "")
    if "\t" in raw or _SEVERAL.search(raw.rstrip(raw[0])[1:]) or not following or following.lstrip()[0] == raw[0]:
        return None
    opened = is_indented(following) or _QUESTION.match(following) or _MARKED_BELOW.match(following)
    if (
        below[0].strip()
        and opened
        and _MARKED_BELOW.match(shown)
        and is_short(raw, full)
        and not _LABEL_TOLD.search(shown)
    ):
        return Heading(MARKED, 0, span)
    return Heading(MARKED, 0, span) if after_blank and heads_by_mark(shown) else None


def heads_by_mark(shown: str) -> bool:
    """Whether a folded line begins with a mark and is a name, no sentence and no figure."""
    if not _MARKED.match(shown) or len(shown) > _MARKED_LIMIT or _FIGURE_TOLD.search(shown):
        return False
    return not SENTENCE_END.search(shown) and not shown.endswith("、")


def _ordinal(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    if mark in _ROMAN:
        return _ROMAN.index(mark) + 1
    if "①" <= mark <= "⑳":
        return ord(mark) - ord("①") + 1
    kana = "アイウエオカキクケコサシスセソ"
    return kana.index(mark) + 1 if len(mark) == 1 and mark in kana else 0


def _join_last(text: str, blocks: list[Block], begins: bool) -> None:
    """Join the last paragraph to the one before it when that one broke off in mid sentence, unless it `begins` as one."""
    if len(blocks) < 2 or begins:
        return
    last, before = blocks[-1], blocks[-2]
    if not isinstance(last, Paragraph) or not isinstance(before, Paragraph) or last.item:
        return
    shown, above = text[last.span.start : last.span.end], text[before.span.start : before.span.end]
    if _BEGINS_ANEW.match(shown) or (_LABELLED.match(shown) and _LABELLED.match(above)):
        return
    end = above.rsplit("\n", 1)[-1]
    cut = _CUT_FIGURE.search(fold(end)) and _GOES_ON.match(fold(shown))
    if begins_item(shown, end) or not (cut or _breaks_off(end)):
        return
    blocks[-2:] = [Paragraph(Span(before.span.start, last.span.end), before.item)]


def _breaks_off(line: str) -> bool:
    """Whether a line reads like prose that goes on: no end of sentence, and kana in it, or a comma at its end.

    Lines of figures and names that only stand below each other have neither, and stay apart.
    """
    line = line.strip()
    if SENTENCE_END.search(line):
        return False
    kana = sum("ぁ" <= c <= "ん" for c in line)
    prose = kana * (10 if len(line) >= _LONG_LINE else 3) >= len(line) >= _SHORTEST_LINE
    return prose or line.endswith(("、", ",", "，"))


def split_cells(text: str, start: int, end: int) -> tuple[Span | None, ...]:
    """The cells of a tab-separated line, blanks and stray tags at their ends left out."""
    cells: list[Span | None] = []
    at = start
    for piece in text[start:end].split("\t"):
        cells.append(trim(text, at, at + len(piece)))
        at += len(piece) + 1
    return tuple(cells)


_LEADING = re.compile(r"(?:\s|</?[A-Za-z][^<>]{0,200}>)*")
_TRAILING = re.compile(r"(?:\s|</?[A-Za-z][^<>]{0,200}>)+$")


def trim(text: str, start: int, end: int) -> Span | None:
    """A stretch of a text without the blanks and stray tags at its ends; None where nothing is left."""
    piece = text[start:end]
    lead = _LEADING.match(piece)
    start += lead.end() if lead else 0
    tail = _TRAILING.search(text[start:end])
    end = start + tail.start() if tail else end
    return Span(start, end) if start < end else None
