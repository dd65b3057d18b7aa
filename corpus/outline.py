"""Headings → the heading path that holds at each block, and figures printed on or under a heading.

Comes in: blocks in reading order. Goes out: for each block the path it stands under, the sections, and the facts
such as 決算額 in any of its layouts (after the heading, on its own line, label and value on two lines).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from corpus.blocks import ASKED, BRACKET, MARKED, Block, Heading, Paragraph, Rule
from corpus.folding import fold_with_origins, searchable, tidy
from corpus.graded import graded
from corpus.itemized import itemized
from corpus.labelled import labelled_facts
from corpus.lines import MARKS
from corpus.recurring import recurring
from corpus.side_by_side import side_by_side
from corpus.types import Fact, Section, Span
from corpus.values import COUNTERS

_AMOUNT = rf"(?:約\s*)?[▲△-]?[0-9][0-9,.]*(?:[兆億万千][0-9,]*)*\s*(?:{COUNTERS})"
_LETTER = r"[^\s0-9()「」、。・:]"
_LABEL = rf"(?:{_LETTER}{{2,14}}|(?:{_LETTER} ){{1,13}}{_LETTER})"  # also spelled letter by letter
_TAIL_FACT = re.compile(rf"^(?P<title>.*\S)\s+(?P<label>{_LABEL})\s+(?P<value>{_AMOUNT})$")
_BUDGET_RANKS = frozenset((14, 15, 16))  # 1項 商工費 3,384,221千円: the figure is the heading's own
_BUDGET_FACT = re.compile(rf"^(?P<title>\S+\s+(?P<label>\S+))\s+(?P<value>{_AMOUNT})$")
_NUMBERED_AMOUNT = re.compile(
    rf"^[^\w\s]*(?:[0-9]{{1,2}}|[①-⑳]|[ア-ン])[^\w\s]*\s+{_LABEL}\s+{_AMOUNT}$"
)  # 3 空き家改修補助金 10,029千円
_LINE_FACT = re.compile(rf"^(?P<label>{_LABEL})\s*[::]?\s+(?P<value>{_AMOUNT})$")
# ◇道路の整備 7億2,310万円, ◇道路の整備<b>(3,000千円)</b>: the amount is the heading's own.
_OWN_AMOUNT = re.compile(
    r"^(?P<title>[^\w\s(「【<]*\s*(?P<label>[^\s<]*[^\s0-9:<][^\s:<]))(?:\s|<[^<>]*>)+(?P<open>[(])?"
    r"(?P<value>(?:約\s*)?[0-9][0-9,.]*(?:[兆億万千][0-9,]*)*\s*[千百]?万?円)(?(open)[)])(?:\s|<[^<>]*>)*$"
)
_LONGEST_RUN = 20  # items
_LABEL_ONLY = re.compile(r"^[^\s0-9()「」、。・:]{2,10}$")
_VALUE_ONLY = re.compile(rf"^{_AMOUNT}$")


_Printed = tuple[str, str, Span]  # a label, a figure as printed, and where both stand


@dataclass(frozen=True, slots=True)
class Outline:
    """`paths[i]` is the heading path of block i; `consumed` are the blocks that became facts."""

    paths: tuple[tuple[str, ...], ...]
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    consumed: frozenset[int]


def build_outline(text: str, blocks: tuple[Block, ...], sheets: Collection[int] = ()) -> Outline:
    """Walk the blocks once, keeping the stack of open headings; `sheets` are the blocks that begin a sheet, where none is open."""
    stack: list[tuple[float, int, str]] = []
    below, marks_of = recurring(text, blocks), graded(text, blocks)
    lowest = frozenset(below.values())
    paths: list[tuple[str, ...]] = []
    sections: list[Section] = []
    facts: list[Fact] = []
    consumed: set[int] = set()
    marks: list[str] = []  # of headings, the outermost first: what stands higher is met first
    for i, block in enumerate(blocks):
        if i in sheets:
            stack.clear()
        if isinstance(block, Rule):  # what a mark or bracket heads ends with the page, what a chapter does goes on
            while stack and stack[-1][0] in (MARKED, BRACKET, ASKED):
                stack.pop()
        if isinstance(block, Heading):
            marked = marks_of.get(i)
            named = replace(block, span=Span(block.span.start, marked.end)) if marked else block
            title, span, printed = _split_heading(text, named)
            if marked:
                printed.append((marked.label, text[marked.value.start : marked.value.end], marked.span))
            own = below.get(i, block.rank)
            if any(_same(shown, title) and rank == own for rank, _, shown in stack):
                consumed.add(i)  # a running head repeats the heading that is already open
                paths.append(_path(stack))
                continue
            if block.rank == MARKED and title[0] in MARKS and title[0] not in marks:
                marks.append(title[0])
            _close(stack, own, block.ordinal, title, marks)
            stack.append((own, block.ordinal, title))
            sections.append(Section(_path(stack), len(stack), span))
            facts.extend(Fact(_path(stack), *one) for one in printed)
        elif isinstance(block, Paragraph) and stack and stack[-1][0] in lowest and _labels(text, block, stack[-1][2]):
            stack.pop()  # 【実績】 on a line of its own ends where 【評価】 A begins
        paths.append(_path(stack))
        if isinstance(block, Paragraph) and i in marks_of and paths[-1]:
            mark = marks_of[i]
            consumed.add(i)
            facts.append(Fact(paths[-1], mark.label, text[mark.value.start : mark.value.end], block.span))
        elif isinstance(block, Paragraph):
            facts.extend(_paragraph_facts(text, blocks, i, _path(stack), consumed))
    facts.extend(labelled_facts(text, blocks, paths, consumed))
    facts.extend(side_by_side(text, blocks, paths, consumed))
    facts.extend(itemized(text, blocks, paths, consumed))
    return Outline(tuple(paths), tuple(sections), tuple(facts), frozenset(consumed))


def _labels(text: str, block: Block, above: str) -> bool:
    """Whether a paragraph begins with a label in the brackets that the heading above it stands in."""
    raw = text[block.span.start : block.span.end]
    return not above[0].isalnum() and raw[0] == above[0] and above[-1] in raw[1:16]


def _same(one: str, other: str) -> bool:
    return one.replace(" ", "") == other.replace(" ", "")


def _path(stack: list[tuple[float, int, str]]) -> tuple[str, ...]:
    return tuple(title for _, _, title in stack)


def _close(stack: list[tuple[float, int, str]], rank: float, ordinal: int, title: str, marks: Sequence[str]) -> None:
    """Close the headings that end where this one begins.

    An unnumbered bracket heading has no rank of its own in the numbering; it ends where a numbering inside it starts
    again from 1. Under a heading with a mark stand those whose marks come later in `marks`.
    """
    same = next((entry for entry in reversed(stack) if entry[0] == rank), None)
    restarts = ordinal == 1 and same is not None and rank != BRACKET
    while stack and stack[-1][0] >= rank:
        above = stack[-1][2][0]
        if stack[-1][0] == rank and {above, title[0]} <= set(marks) and marks.index(above) < marks.index(title[0]):
            break
        stack.pop()
    if restarts and stack and stack[-1][0] == BRACKET:
        stack.pop()


def _split_heading(text: str, heading: Heading) -> tuple[str, Span, list[_Printed]]:
    """A heading's title and its place, and the figures printed behind it: `(2) 事務所運営 決算額 15,351 千円`, `1目 総務費 予算現額 12千円 決算額 9千円`."""
    raw = text[heading.span.start : heading.span.end]
    folded = fold_with_origins(raw)
    if heading.figure is not None:
        printed = text[heading.figure.start : heading.figure.end]
        return tidy(raw), heading.span, [(tidy(raw).rsplit(" ", 1)[-1], printed, heading.figure)]
    own = heading.rank in _BUDGET_RANKS or _NUMBERED_AMOUNT.match(folded.text) is not None
    found: list[_Printed] = []
    whole: re.Match[str] | None = None
    while (match := _figure_behind(folded.text[: whole.end("title")] if whole else folded.text, own)) is not None:
        its_own = match.re is _OWN_AMOUNT or (own and match.re is _BUDGET_FACT)
        start, end = folded.raw(match.start("value" if its_own else "label"), match.end("value"))
        value_start, value_end = folded.raw(match.start("value"), match.end("value"))
        span = Span(heading.span.start + start, heading.span.start + end)
        found.insert(0, (tidy(match["label"]), raw[value_start:value_end], span))
        whole = match
        if its_own:
            break
    if whole is None:
        return tidy(raw), heading.span, []
    title_start, title_end = folded.raw(whole.start("title"), whole.end("title"))
    title = Span(heading.span.start + title_start, heading.span.start + title_end)
    return tidy(raw[title_start:title_end]), title, found


def _figure_behind(text: str, own: bool) -> re.Match[str] | None:
    """The last figure of a heading with its label, or one that is the heading's own."""
    return (_BUDGET_FACT.match(text) if own else None) or _TAIL_FACT.match(text) or _OWN_AMOUNT.match(text)


def holds_figure(text: str, heading: Heading) -> bool:
    """Whether a figure with its label is printed behind a heading's title, so that it is a fact of its own."""
    return bool(_split_heading(text, heading)[2])


def _among_sentences(text: str, blocks: tuple[Block, ...], i: int) -> bool:
    """Whether a list item stands beside items of its list that are no label with a figure: all of them stay items then."""
    block = blocks[i]
    if not isinstance(block, Paragraph) or not block.item:
        return False
    for step in (-1, 1):
        at = i + step
        while 0 <= at < len(blocks) and abs(at - i) <= _LONGEST_RUN:
            other = blocks[at]
            if not isinstance(other, Paragraph) or not other.item:
                break
            if not _LINE_FACT.match(searchable(text[other.span.start : other.span.end])):
                return True
            at += step
    return False


def _paragraph_facts(
    text: str, blocks: tuple[Block, ...], i: int, path: tuple[str, ...], consumed: set[int]
) -> list[Fact]:
    block = blocks[i]
    if i in consumed or not path:
        return []
    raw = text[block.span.start : block.span.end]
    folded = fold_with_origins(raw)
    match = _LINE_FACT.match(folded.text)
    if match and not _among_sentences(text, blocks, i):
        start, end = folded.raw(match.start("value"), match.end("value"))
        consumed.add(i)
        return [Fact(path, tidy(match["label"]), raw[start:end], block.span)]
    after = blocks[i + 1] if i + 1 < len(blocks) else None
    if isinstance(after, Paragraph) and _LABEL_ONLY.match(searchable(raw)):
        below = text[after.span.start : after.span.end]
        if _VALUE_ONLY.match(searchable(below)):
            consumed.update((i, i + 1))
            return [Fact(path, tidy(raw), below, Span(block.span.start, after.span.end))]
    return []
