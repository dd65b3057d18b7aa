"""The lines of a statement → its pieces, each cut where only one cut makes thousands separators right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.blocks import Block, Heading, Paragraph, split_blocks
from corpus.folding import fold, fold_with_origins
from corpus.statements.layout import Heads, emit
from corpus.statements.parts import Budgeted, Part, Piece, orders, settle
from corpus.statements.sums import Figure
from corpus.types import Line, Span
from corpus.values import UNIT_ONLY, parse_number

_FIGURE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3})"
_NAME = r"[^\s0-9,△▲-]\S*?"
_ITEM = re.compile(rf"(?P<amount>{_FIGURE})(?P<label>0[0-9]{{2}} \S.*)$")  # 19,477006 国際友好交流費
_CODED = re.compile(rf"(?P<label>0[0-9]{{2}} \S.*?)(?: (?P<amount>{_FIGURE}))?$")  # 001 海外都市交流事業費 19,477
_CLASS = re.compile(rf"(?P<amount>{_FIGURE})(?P<label>{_NAME})(?P<number>[1-9][0-9]?)$")  # 4,385報酬1
_NO_AMOUNT = (
    r"[1-9][0-9]?(?:[かカヶ]月|号|歳|次|級|階|丁目|回目)"  # 1か月児健康診査, 2号炉: the name begins with a figure
)
_LEAF = re.compile(rf"(?!{_NO_AMOUNT})(?P<amount>{_FIGURE})(?P<label>{_NAME}(?: \S+)*)$")  # 600国際交流事業費補助金
_NAMED = re.compile(rf"(?P<label>[^\s0-9△▲-].*?) (?P<amount>{_FIGURE})$")  # 市預託金 7,000
_LONE = re.compile(rf"(?P<amount>{_FIGURE})$")
_RAISED = re.compile(rf"{_FIGURE}(?:千円|円|百万円)$")  # the amount of a 款 or 項, on a line of its own
_PAGE = re.compile(r"^-\s*[0-9]{1,4}\s*-$")
_LINE_NAME = re.compile(r"(?:(?<=,[0-9]{3})|^|(?<=\s))(?P<label>[0-9]{1,2} [^\s0-9,△▲-]\S*)\s|(?P<total>計)\s")
_FIGURES = re.compile(r"[△▲-]?[0-9]{1,3}(?:,[0-9]{3})+|[△▲-]?[0-9]{1,3}(?![0-9])")
_WHOLE_NAME = re.compile(
    r"[費金料税債計)当償酬]$"
)  # names of amounts end so; with another ending the name goes on below
# The heads of the form, as 地方自治法施行規則 別記 prints them.
_FORM = re.compile(
    r"(?:款|項|目|節|本年度予算額の財源内訳|本年度予算額|前年度予算額|本年度|前年度|比較|財源内訳|特定財源|国県支出金|国支出金|県支出金"
    r"|国\(都?道?府?県\)支出金|地方債|その他|一般財源|区分|金額|説明)+$"
)
_ENDS_IN_AMOUNT = re.compile(r"[0-9]円?$|円$")
# ４款 衛生費 計 1,896,214 1,844,824 51,390
_WHOLE = re.compile(r"(?:[0-9]{1,2}[款項] )?(?P<name>[^\s0-9,△▲-]{2,} 計) [△▲0-9,\s-]+$")
_OF_A_TOTAL = 3  # figures: of this year, of the year before, the difference
_FEWEST, _REPEATS, _SHORT = 4, 3, 2
# The classes (節) that 地方自治法施行規則 第15条第2項 別記 lays down for every municipality, past ones included.
CLASSES = (
    "報酬", "給料", "職員手当等", "共済費", "災害補償費", "恩給及び退職年金", "賃金", "報償費", "旅費", "交際費", "需用費",
    "役務費", "委託料", "使用料及び賃借料", "工事請負費", "原材料費", "公有財産購入費", "備品購入費", "負担金、補助及び交付金",
    "扶助費", "貸付金", "補償、補塡及び賠償金", "償還金、利子及び割引料", "投資及び出資金", "積立金", "寄附金", "公課費", "繰出金",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Source:
    """A line with its folded text, and back."""

    folded: str
    origins: tuple[int, ...]
    start: int
    end: int

    def span(self, start: int, end: int) -> Span:
        """Where `folded[start:end]` stands in the text."""
        return Span(self.start + self.origins[start], self.start + self.origins[end - 1] + 1)


def is_statement(text: str) -> bool:
    """Whether a text is such a statement: its column heads, and amounts glued to codes and to numbered classes."""
    if "予算" not in text or not {"説", "明", "節"} <= set(text):
        return False
    lines = [fold(line).strip() for line in text.split("\n")]
    heads = " ".join(line.replace(" ", "") for line in lines)
    if not ("本年度予算額" in heads and "説明" in heads and "金額" in heads):
        return False
    return sum(bool(_ITEM.match(line) or _class_of(line.split(" ")[0])) for line in lines) >= _FEWEST


def _class_of(piece: str) -> re.Match[str] | None:
    """A 節 with its amount and number, its name whole or broken off at the end of the line."""
    match = _CLASS.match(piece)
    return match if match and any(name.startswith(match["label"]) for name in CLASSES) else None


def read_statement(text: str, lines: Sequence[Line]) -> tuple[tuple[Block, ...], tuple[Span, ...]]:
    """The blocks of a statement, and the column heads and page numbers that are none of its content."""
    sources = [_source(text, line) for line in lines if text[line.start : line.end].strip()]
    heads = _heads(sources)
    reader = _Reader(_known_names(sources), _frequent_names(sources))
    furniture: list[Span] = []
    kept = [line for line in lines if text[line.start : line.end].strip()]
    for source, line in zip(sources, kept, strict=True):
        if source.folded in heads or _PAGE.match(source.folded) or _is_units(source.folded):
            furniture.append(Span(source.start, source.end))
            continue
        if reader.whole(source):
            continue
        headings = [b for b in split_blocks(text, (line,)) if isinstance(b, Heading)]
        if headings and headings[0].rank in _BUDGET_RANKS:
            if not reader.head(text, headings):
                furniture.append(Span(source.start, source.end))
        elif source.folded in reader.figures or (_RAISED.match(source.folded) and reader.raised(source)):
            furniture.append(Span(source.start, source.end))
        else:
            reader.line(source)
    columns = _column_heads(sources)
    blocks: list[Block] = []
    told = orders(reader.parts)
    for part in reader.parts:
        settle(part, told)
        first = part.headings[0].span.start if part.headings else 0
        blocks.extend(Paragraph(span, False) for span in part.stray if span.start < first)
        blocks.extend(emit(part, columns))
        blocks.extend(Paragraph(span, False) for span in part.stray if span.start >= first)
    return tuple(blocks), tuple(furniture)


_BUDGET_RANKS = frozenset((14, 15, 16))


def _source(text: str, line: Line) -> _Source:
    raw = text[line.start : line.end]
    lead = len(raw) - len(raw.lstrip())
    bare = raw.strip()
    folded = fold_with_origins(bare)
    return _Source(folded.text, folded.origins, line.start + lead, line.start + lead + len(bare))


def _is_units(folded: str) -> bool:
    pieces = folded.split()
    return all(UNIT_ONLY.match(p) or re.fullmatch(r"(?:千円|円|百万円)+", p) for p in pieces)


def _heads(sources: Sequence[_Source]) -> frozenset[str]:
    """The lines that head the columns: at the top of pages, without figures, and the same again on others."""
    counts: Counter[str] = Counter()
    top = True
    for source in sources:
        content = re.search(r"[0-9]", source.folded) and not re.search(r"[0-9][款項]|円$", source.folded)
        top = bool(_PAGE.match(source.folded)) or (top and not content)
        counts[source.folded] += top and not re.search(r"[0-9]", source.folded)
    words = " ".join(line.replace(" ", "") for line, count in counts.items() if count >= _REPEATS)
    form = {source.folded for source in sources if _FORM.match(source.folded.replace(" ", ""))}
    return frozenset(line for line, count in counts.items() if count and line.replace(" ", "") in words) | form


def _known_names(sources: Sequence[_Source]) -> frozenset[str]:
    """Names of parts of a 節 that some line shows to be one: an amount with a code or another amount stands behind it."""
    names = set()
    for source in sources:
        first, _, rest = source.folded.partition(" ")
        leaf = _LEAF.match(first)
        if leaf and rest and not _class_of(first) and (_ITEM.match(rest) or _CODED.match(rest) or _LEAF.match(rest)):
            names.add(leaf["label"])
    return frozenset(names)


def _frequent_names(sources: Sequence[_Source]) -> frozenset[str]:
    """Names that stand behind an amount at the beginning of several lines."""
    firsts = (_LEAF.match(source.folded.split(" ")[0]) for source in sources)
    counts = Counter(first["label"] for first in firsts if first)
    return frozenset(name for name, count in counts.items() if count > 1)


class _Reader:
    """Takes the lines one by one and sorts their pieces into columns."""

    def __init__(self, known: frozenset[str], frequent: frozenset[str]) -> None:
        self.parts: list[Part] = [Part()]
        self.figures: set[str] = set()
        self._known, self._frequent = known, frequent
        self._open: Piece | Budgeted | None = None  # whose name may go on in the next line
        self._rest = ""  # of a standard name broken off at the end of its line
        self._broken: Piece | None = None

    def head(self, text: str, headings: Sequence[Heading]) -> bool:
        """A chain of headings; False when it only repeats those that are open."""
        part = self.parts[-1]
        shown = [fold(text[h.span.start : h.span.end]) for h in headings]
        # The heading's figure, printed once more on a line of its own, says nothing new.
        self.figures |= {line.split(" ")[-1] for line in shown if _ENDS_IN_AMOUNT.search(line)}
        titles = [" ".join(line.split(" ")[:2]) for line in shown]
        if all(title in part.titles for title in titles):
            for heading, line, title in zip(headings, shown, titles, strict=True):
                last = _RAISED.search(line.rpartition(" ")[2])
                if last:
                    self._amount_of(
                        part.titles.index(title), Span(heading.span.end - len(last.group()), heading.span.end)
                    )
            return False
        if part.budgeted or part.flow:
            self.parts.append(part := Part())
        part.priced |= {len(part.headings) + i for i, line in enumerate(shown) if _ENDS_IN_AMOUNT.search(line)}
        part.headings += headings
        part.titles += titles
        return True

    def raised(self, source: _Source) -> bool:
        """Take a line that is only an amount as that of the first open heading without one; False where each has its own."""
        places = range(len(self.parts[-1].headings)) if not self.parts[-1].flow else ()
        return any(self._amount_of(i, Span(source.start, source.end)) for i in places)

    def _amount_of(self, i: int, amount: Span) -> bool:
        """Give a heading of the part the amount that is printed elsewhere, where it has none."""
        headings = self.parts[-1].headings
        if headings[i].figure is not None or i in self.parts[-1].priced:
            return False
        headings[i] = replace(headings[i], figure=amount)
        return True

    def whole(self, source: _Source) -> bool:
        """Take a line that gives the total of a 款 or 項 by its name, with what it was and the difference."""
        match = _WHOLE.match(source.folded)
        if match is None:
            return False
        figures = [
            _figure(source, found, i) for i, found in enumerate(_FIGURES.finditer(source.folded, match.end("name")))
        ]
        if len(figures) != _OF_A_TOTAL or figures[0].value - figures[1].value != figures[2].value:
            return False
        self.parts[-1].wholes.append(Budgeted([source.span(*match.span("name"))], match["name"], figures, True))
        return True

    def line(self, source: _Source) -> None:
        """One line of content."""
        text, at = source.folded, 0
        if self._broken and self._rest and text.startswith(self._rest):
            self._broken.name.append(source.span(0, len(self._rest)))
            self._broken.label += self._rest
            at = len(self._rest) + (text[len(self._rest) :][:1] == " ")
            self._broken, self._rest = None, ""
        if at >= len(text) or self._budget_line(source, at):
            return
        rest = text[at:]
        if _ITEM.match(rest) or (_CODED.match(rest)):
            self._item(source, at)
            return
        first, blank, behind = rest.partition(" ")
        match = _class_of(first)
        leaf = _LEAF.match(first)
        if match:
            self._class(source, at, match)
        elif leaf and (leaf["label"] in self._known or (blank and _begins(behind))):
            self._leaf(source, at, leaf, "class" if blank and _begins(behind) else "open")
        elif leaf and blank and (leaf["label"] in self._frequent or _WHOLE_NAME.search(leaf["label"])):
            self._leaf(source, at, leaf, "open")
        else:
            self._described(source, at)
            return
        if behind:
            self._described(source, at + len(first) + 1)

    def _budget_line(self, source: _Source, at: int) -> bool:
        match = _LINE_NAME.search(source.folded + " ", at)
        if not match:
            return False
        group = "label" if match["label"] else "total"
        start, end = match.span(group)
        before = list(_FIGURES.finditer(source.folded, at, start))
        after = list(_FIGURES.finditer(source.folded, end))
        if (
            len(before) + len(after) < 3
            or not after
            or re.search(r"[^0-9,\s△▲-]", source.folded[at:start] + source.folded[end:])
        ):
            return False
        figures = [_figure(source, m, i - len(before)) for i, m in enumerate(before)]
        figures += [_figure(source, m, i + 1) for i, m in enumerate(after)]
        line = Budgeted([source.span(start, end)], match[group], figures, group == "total")
        self.parts[-1].budgeted.append(line)
        self._open = None if _WHOLE_NAME.search(line.label) else line
        return True

    def _item(self, source: _Source, at: int) -> None:
        glued = _ITEM.match(source.folded, at)
        match = glued or _CODED.match(source.folded, at)
        if match:
            self.parts[-1].flow.append(_piece(source, match, "item", 0 if glued else 1))
            self._open = None

    def _class(self, source: _Source, at: int, first: re.Match[str]) -> None:
        match = _CLASS.match(source.folded, at, at + first.end())
        if not match:
            return
        piece = _piece(source, match, "class", 0)
        piece.number = source.span(*match.span("number"))
        self.parts[-1].flow.append(piece)
        whole = next((n for n in CLASSES if n.startswith(piece.label) and n != piece.label), piece.label)
        broken = piece.label not in CLASSES
        self._broken, self._rest = (piece, whole[len(piece.label) :]) if broken else (None, "")

    def _leaf(self, source: _Source, at: int, first: re.Match[str], column: str) -> None:
        match = _LEAF.match(source.folded, at, at + first.end())
        if match:
            piece = _piece(source, match, column, 2)
            piece.known = piece.label in self._known
            self.parts[-1].flow.append(piece)
            if not _WHOLE_NAME.search(piece.label):
                self._open = piece

    def _described(self, source: _Source, at: int) -> None:
        """A piece of the explanations, or one that may be a part of a 節: which, `settle` says."""
        part, rest = self.parts[-1], source.folded[at:]
        if _ITEM.match(rest) or _CODED.match(rest):
            self._item(source, at)
            return
        lone = _LONE.match(rest)
        span = source.span(at, len(source.folded))
        items = [piece for piece in part.flow if piece.column != "class"]
        if lone:
            waiting = next((piece for piece in reversed(items) if piece.level < 2), None)
            if waiting and waiting.amount is None:
                waiting.amount, waiting.value = span, int(parse_number(lone["amount"]))
            else:
                part.stray.append(span)
            return
        match = _LEAF.match(source.folded, at) or _NAMED.match(source.folded, at)
        if match:
            alone = at == 0 and " " not in match["label"]
            part.flow.append(_piece(source, match, "open" if alone else "item", 2))
            self._open = None if _WHOLE_NAME.search(match["label"]) else part.flow[-1]
        elif self._open is not None:
            self._open.name.append(span)
            self._open.label += rest
            self._open = None
        elif rest.startswith("(") and items and items[-1].level == 2:
            items[-1].name.append(span)
        elif items or part.headings:
            part.flow.append(Piece("item", 2, [span], rest))
        else:
            part.stray.append(span)  # above the first heading: the title


def _begins(text: str) -> bool:
    """Whether a text begins with an amount or a code: what stands before it is of the column on the left."""
    return bool(_ITEM.match(text) or _CODED.match(text) or _LEAF.match(text))


def _figure(source: _Source, match: re.Match[str], at: int) -> Figure:
    text = match.group()
    value = int(parse_number(text.lstrip("△▲-")))
    return Figure(-value if text[0] in "△▲-" else value, source.span(match.start(), match.end()), at)


def _piece(source: _Source, match: re.Match[str], column: str, level: int) -> Piece:
    piece = Piece(column, level, [source.span(match.start("label"), match.end("label"))], match["label"])
    if match["amount"]:
        piece.amount = source.span(match.start("amount"), match.end("amount"))
        piece.value = int(parse_number(match["amount"]))
    return piece


def _column_heads(sources: Sequence[_Source]) -> Heads:
    """Where the heads of the columns and their units are printed."""
    heads: dict[str, list[Span]] = {}
    units: list[Span] = []
    for source in sources:
        for name in ("目", "本年度予算額", "前年度予算額", "比較", "節", "区分", "説明", "金額"):
            spelled = r"\s?".join(name)
            match = re.search(rf"(?:^|\s){spelled}(?=$|\s)", source.folded)
            if match:
                start = match.end() - len(match.group().lstrip())
                heads.setdefault(name, []).append(source.span(start, match.end()))
        unit = re.match(r"(千円|円|百万円)(?=$|\s)", source.folded)
        if unit:
            units.append(source.span(*unit.span()))
    return Heads(heads, units)
