"""Headings, headers and cells as a reader says them. Nothing is added: only numbering, brackets and blanks go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.folding import BREAK, fold_with_origins, join_cut_figures, runs_on, searchable, tidy
from corpus.units import MONTH
from corpus.values import era_name, find_periods, find_quantities, lone_quantity
from qa import phrases
from qa.types import Evidence

if TYPE_CHECKING:
    from qa.frames import Frame

_NUMBERING = re.compile(
    r"^(?:第\s?[0-9０-９]+\s?[章節編部表款項目]?(?=\s(?![期回次子種号弾版]))|[0-9０-９]{1,2}-[0-9０-９]{1,2}(?![-0-9０-９])|[0-9０-９]{1,2}(?:[.．]|(?=[\s「『]))"
    r"|[(（][^()（）]{1,3}[)）]|[①-⑳]|[ア-ソ](?=\s))\s*"
)
_YEAR_ONLY = re.compile(r"(?:(?:明治|大正|昭和|平成|令和)(?:元|[0-9]{1,2})|[0-9]{4})年?度?")
_YEAR_HEADS = ("年", "年度", "西暦", "調査年", "year")
CIRCLED = re.compile(r"[①-⑳]")
# Where a line ends in a figure, with its unit and bracket, and where the next begins with a mark: it does not run on.
_BREAK = re.compile(
    r"(?:(?<=[0-9０-９％%)）」])|(?<=[0-9０-９][人名件回社校円個台本点冊館店戸組者])"
    r"|(?<=[0-9０-９](?:団体|施設|千円|世帯|か所|カ所|箇所|法人)))"
    rf"[^\S\n{BREAK}]*[\n{BREAK}]\s*(?=[^\s(（ぁ-ん])|[^\S\n{BREAK}]*[\n{BREAK}]\s*(?=[①-⑳・※●○■□◆◇])"
)
_MARK = re.compile(r"[①-⑳・※●○■□◆◇◎▸▶-]")
_LEADER = re.compile(r"\s*(?:[…‥]+|[.．]{3,}|・{3,})\s*(?=約?[0-9０-９])")
_REMARK = re.compile(r"[(（][^()（）]{9,}[)）]")
_UNIT_BRACKET = re.compile(r"\s*[(（](?:単位\s*[::：]?\s*)?(?:千円|百万円|億円|万円|円|%|％)[)）]")
_ERA_SHORT = re.compile(r"(?<![A-Za-z])[RＲHＨSＳ][0-9０-９]{1,2}(?:年度)?")


def quoted(printed: str) -> str:
    """A text in one line as it is put into a sentence: `tidy`, with marks and line breaks that keep figures apart.

    ① becomes (1), because a reader that folds it takes ①20人 for 120人; a line break behind a figure or before a mark of a
    list becomes " / "; dots that lead to a figure (会費……500円) become a blank.
    """
    whole = join_cut_figures(printed)
    shown = _LEADER.sub(" ", tidy(_BREAK.sub(lambda m: "" if _goes_on(whole, m) else " / ", whole)))
    return CIRCLED.sub(lambda m: f"({circled(m.group())})", shown)


def _goes_on(text: str, line_break: re.Match[str]) -> bool:
    """Whether a sentence goes on behind a line break, as far as that can be seen: no mark begins an item there."""
    return runs_on(text, line_break.start()) and _MARK.match(text, line_break.end()) is None


def circled(mark: str) -> int:
    """③ → 3."""
    return ord(mark) - ord("①") + 1


def leaf(path: Sequence[str]) -> str:
    """The last heading of a path without its numbering: `(2) 広報活動` → `広報活動`."""
    return _NUMBERING.sub("", path[-1]).strip() or path[-1] if path else ""


def attribute_phrase(one: Evidence, with_period: bool = True) -> str:
    """A header path as a reader says it: `R3 当初予算額 (千円)` → `令和3年度当初予算額`."""
    labels = []
    for label in one.attribute:
        shown = _REMARK.sub("", _UNIT_BRACKET.sub("", tidy(label))).strip()
        shown = _ERA_SHORT.sub(lambda m: _era(m.group()) if with_period else "", shown)
        shown = re.sub(r"(?<=年度)\s+", "", shown).strip()
        if shown:
            labels.append(shown)
    return "の".join(labels) or phrases.NO_LABEL


def _era(short: str) -> str:
    periods = find_periods(searchable(short))
    return era_name(periods[0].year) if periods else short


def with_unit(printed: str, unit: str | None) -> str:
    """A cell's text in one line, with the unit that governs it behind its number: `7,585 (注)`, 千円 → `7,585千円(注)`."""
    text = quoted(printed)
    lone = lone_quantity(searchable(printed))
    if not unit or not lone or lone.unit:
        return text
    folded = fold_with_origins(text)
    number = find_quantities(folded.text)[0]
    _, end = folded.raw(number.start, number.end)
    return text[:end] + unit + text[end:].lstrip()


def told_as(heading: str) -> tuple[str, ...]:
    """A heading as people say it: whole, and without the label set in front of it (重点分野1 子ども・若者への投資)."""
    label, blank, rest = heading.partition(" ")
    return (heading, rest) if blank and label[-1:].isdigit() else (heading,)


def is_year(name: str) -> bool:
    """Whether a name says nothing but a year."""
    return _YEAR_ONLY.fullmatch(searchable(name)) is not None


def of_year(frame: Frame, column: int, name: str) -> str:
    """A bare number under a header that says it is a year or a month, as a reader says it: 2015 → 2015年, 3 → 3月."""
    head = searchable(frame.columns[column].core)
    if frame.columns[column].unit == MONTH and name.isdecimal():
        return f"{name}月"
    bare = re.fullmatch(r"(?:1[89]|20)[0-9]{2}", searchable(name)) is not None
    return f"{name}{'年度' if head == '年度' else '年'}" if bare and head in _YEAR_HEADS else name
