"""Labels and their figures side by side on one line, the same under heading after heading: 予算額 312,400 決算額 308,770.

Reports of results give the amounts of each project so. Read as facts they can be asked like a table: whose 決算額 is the
largest, what they come to. What stands under one heading only stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.blocks import Block, Paragraph
from corpus.folding import fold_with_origins, searchable, tidy
from corpus.types import Fact, Span
from corpus.units import governed
from corpus.values import COUNTERS

_LABEL = r"[^\s0-9()「」、。・:▲△%-][^\s0-9「」、。:]{1,11}"
_FIGURE = rf"(?:[▲△-]?\s?[0-9][0-9,]*(?:\.[0-9]+)?\s?(?:{COUNTERS})?|[-―—－](?=\s|$))"  # － where there is none
_BRACKETED = r"[【〔\[][^】〕\]0-9]{2,14}[】〕\]]"
_PAIR = re.compile(rf"(?:(?P<label>{_BRACKETED})\s*|(?P<plain>{_LABEL})(?:\s*:\s*|\s+))(?P<value>{_FIGURE})(?=\s|$)")
_LINE = re.compile(rf"^(?P<lead>(?:{_BRACKETED}\s*|{_LABEL}\s+))?(?:{_LABEL}(?:\s*:\s*|\s+){_FIGURE}(?:\s+|$))+$")
_ALONE = re.compile(
    rf"^(?P<label>{_BRACKETED})\s*(?P<value>{_FIGURE})(?P<plain>)(?:\s*\([^()]*\).*)?$"
)  # 【事 業 費】 68,425 (59,873)
_STATED = re.compile(
    rf"単位\s*(?::|は)[^。\n]{{0,16}}?(?P<unit>{COUNTERS})(?:です|と(?:する|し)|である|で|。|[)）\]」、]|\s|$)"
)
_LABEL_ALONE, _FIGURE_ALONE, _WORD = re.compile(_LABEL), re.compile(_FIGURE), re.compile(r"\S+")
_FEWEST_SECTIONS, _FEWEST_LABELS = 3, 3


def side_by_side(
    text: str, blocks: Sequence[Block], paths: Sequence[tuple[str, ...]], consumed: set[int]
) -> list[Fact]:
    """The facts of such lines; the blocks they stand in are added to `consumed`."""
    items = [
        (i, one) for i, block in enumerate(blocks)
        if isinstance(block, Paragraph) and i not in consumed and paths[i] for one in _pairs(text, block)
    ]  # fmt: skip
    for i, (above, block) in enumerate(pairwise(blocks), 1):
        if (
            isinstance(above, Paragraph)
            and isinstance(block, Paragraph)
            and i not in consumed
            and paths[i] == paths[i - 1] != ()
        ):
            items += [(i, one) for one in _below(text, above, block)]
    sections: dict[str, set[tuple[str, ...]]] = {}
    for i, (label, _, _) in items:
        sections.setdefault(label, set()).add(paths[i])
    shared = {label for label, under in sections.items() if len(under) >= _FEWEST_SECTIONS}
    once = Counter((paths[i], label) for i, (label, _, _) in items)
    lines = {i for i, (label, _, _) in items if label in shared and once[paths[i], label] == 1}
    unit = _stated(text)
    facts = []
    for i, (label, value, span) in items:
        if i in lines and once[paths[i], label] == 1:
            consumed.add(i)
            facts.append(Fact(paths[i], label, value, span, governed(label, value, unit)))
    return facts


def _pairs(text: str, block: Paragraph) -> list[tuple[str, str, Span]]:
    """The labels of a line with their figures as printed and where both stand; none where anything else is told there."""
    raw = text[block.span.start : block.span.end]
    folded = fold_with_origins(raw)
    line, alone = _LINE.match(folded.text), _ALONE.match(folded.text)
    led = tidy(line["lead"]) if line is not None and line["lead"] else ""
    pairs: list[re.Match[str] | None] = [alone]
    if line is not None:
        pairs = [*_PAIR.finditer(folded.text, line.end("lead") if led else 0)]
    found = []
    for match in filter(None, pairs):
        start, end = folded.raw(match.start(), match.end("value"))
        value_start, value_end = folded.raw(match.start("value"), match.end("value"))
        span = Span(block.span.start + start, block.span.start + end)
        label = f"{_bare(led)} {_bare(match['label'] or match['plain'])}".strip()
        found.append((label, raw[value_start:value_end].strip(), span))
    return found


def _below(text: str, heads: Paragraph, figures: Paragraph) -> list[tuple[str, str, Span]]:
    """The labels of a line with the figures of the next one, as many; a label more in front leads them (財源内訳 国庫支出金 …)."""
    labels = _WORD.findall(searchable(text[heads.span.start : heads.span.end]))
    values = [(m.group(), m.span()) for m in _WORD.finditer(text[figures.span.start : figures.span.end])]
    more = len(labels) - len(values)
    if len(values) < _FEWEST_LABELS or more not in (0, 1) or not all(_LABEL_ALONE.fullmatch(label) for label in labels):
        return []
    if not all(_FIGURE_ALONE.fullmatch(searchable(value)) for value, _ in values):
        return []
    lead = f"{labels[0]} " if more else ""
    return [
        (f"{lead}{label}", value, Span(figures.span.start + a, figures.span.start + b))
        for label, (value, (a, b)) in zip(labels[more:], values, strict=True)
    ]


def _bare(label: str) -> str:
    """A label without brackets and the blanks that draw it out: 【事 業 費】 is 事業費."""
    inside = label.strip().strip("【】〔〕[]")
    return tidy(inside).replace(" ", "") if inside != label.strip() else tidy(inside)


def _stated(text: str) -> str | None:
    """The one unit that a text says its figures are in; None where it says none, or several."""
    stated = {match["unit"] for match in _STATED.finditer(searchable(text))}
    return stated.pop() if len(stated) == 1 else None
