"""The stages an amount goes through in an account, by the words people say: いくら入りましたか is 収入済額, not 予算現額.

A table that gives an amount at several stages is asked without naming its headers. Said in everyday verbs, the stage still
chooses the column; where none is said, what came in or went out in the end is meant.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.folding import searchable
from qa.frames import Frame
from qa.types import Evidence, Explained, Question
from qa.understand import LOOK_UPS

# Figures of one thing at different stages; each line tells two that exclude each other.
_STAGES = (
    (re.compile(r"予算"), re.compile(r"決算|実績|支出済|執行|実際")),
    (re.compile(r"当初"), re.compile(r"補正")),
    (re.compile(r"月額|毎月|ひと月|1か月"), re.compile(r"年額|年間(?!の予)")),
)
# What comes in and what goes out; 国庫支出金 comes in.
_SIDES = (re.compile(r"歳入|収入(?!未済|印紙)"), re.compile(r"歳出|支出(?!金)"))
_REMARK = re.compile(r"\([^()]*\)")
_STOCK = re.compile(r"(?:年度?末)?(?:の)?(?:現在|残)(?:高|額)")
_AT_THE_END = re.compile(r"(?:年度?|月)末(?:$|[\s(（現残])")
_EXPLAINED = 0.8
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: how headers call it, how people say it, and whether it is meant where nothing is said."""

    name: str
    header: re.Pattern[str]
    said: re.Pattern[str]
    default: bool


@lru_cache(maxsize=1)
def stages() -> tuple[Stage, ...]:
    """All stages, in the order in which their words are looked for."""
    raw = tomllib.loads((Path(__file__).parent / "stages.toml").read_text("utf-8"))
    return tuple(
        Stage(one["name"], re.compile(one["header"]), re.compile(one["said"]), one.get("default", False))
        for one in raw["stage"]
    )


@lru_cache(maxsize=256)
def stage_said(folded: str) -> Stage | None:
    """The stage that a folded question says; None where it says none, or several beside each other."""
    found: list[tuple[Stage, re.Match[str]]] = []
    for stage in stages():
        match = stage.said.search(folded)
        if match and not any(match.start() < other.end() and other.start() < match.end() for _, other in found):
            found.append((stage, match))
    return found[0][0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def stages_of(header: str) -> tuple[Stage, ...]:
    """The stages that a header may give an amount at: 決算額 is what came in, or what was spent."""
    own = searchable(header)
    return tuple(stage for stage in stages() if stage.header.search(own))


def of_another_stage(folded: str, header: str) -> bool:
    """Whether a header gives an amount at stages none of which is the one that a question says."""
    said, given = stage_said(folded), stages_of(header)
    return said is not None and bool(given) and said not in given


def of_stage(
    frame: Frame, folded: str, sets: Sequence[tuple[tuple[int, ...], bool]]
) -> list[tuple[tuple[int, ...], bool]]:
    """Of sets of columns, each with whether it was guessed, those guessed that are of the stage said; the columns named stay.

    Where no stage is said, those of the end of the account come first.
    """
    given = {c.index: stages_of(c.core) for c in frame.columns if c.role == "data" and c.kind == "number"}
    if len({stage.name for own in given.values() for stage in own}) < _FEWEST:
        return list(sets)
    said = stage_said(folded)
    staged = [one for one in sets if one[1] and one[0] and all(given.get(c) for c in one[0])]
    if not staged:
        return list(sets)
    if said is None:
        return sorted(sets, key=lambda one: one in staged and not any(s.default for c in one[0] for s in given[c]))
    meant = [(columns, False) for columns, _ in staged if any(said in given[c] for c in columns)]
    return [*meant, *(one for one in sets if one not in staged)] or [((), True)]


def with_stock(
    accounts: Sequence[Explained], frame: Frame, columns: Sequence[int], folded: str
) -> tuple[Explained, ...]:
    """The accounts, 残高 or 現在高 explained by a header that gives what there is at the end of a year (令和5年度末)."""
    found = _STOCK.search(folded)
    if found is None or not columns or not all(_AT_THE_END.search(frame.columns[c].label) for c in columns):
        return tuple(accounts)
    return _explained(accounts, found, "header by its time")


def with_stage(
    accounts: Sequence[Explained], frame: Frame, columns: Sequence[int], folded: str
) -> tuple[Explained, ...]:
    """The accounts, the words of the stage said explained by a header of it."""
    said = stage_said(folded)
    found = said.said.search(folded) if said is not None else None
    if said is None or found is None:
        return tuple(accounts)
    told = any(said in stages_of(frame.columns[c].core) for c in columns)
    around = columns and not any(stages_of(frame.columns[c].core) for c in columns)  # 金額 of a table of what was spent
    if not told and not (around and any(said in stages_of(part) for part in frame.context)):
        return tuple(accounts)
    return _explained(accounts, found, "header by its stage")


def _explained(accounts: Sequence[Explained], said: re.Match[str], by: str) -> tuple[Explained, ...]:
    """The accounts, words that stand where something is said explained so, unless they are otherwise."""
    return tuple(
        Explained(a.term, _EXPLAINED, by) if not a.strength and said.start() <= a.term.start < said.end() else a
        for a in accounts
    )


def of_other_stage(question: Question, evidence: Evidence) -> bool:
    """Whether the header gives another stage than the question asks for: what was planned for what was settled, 補正後 for 当初."""
    name = _REMARK.sub("", searchable(evidence.name or ""))  # 土地(調定見込額 8,178,000) names no stage of its figure
    given = " ".join((*evidence.attribute, name))
    side = " ".join((*evidence.subject, given))
    other = any(_excluded(question.folded, given, *pair) for pair in _STAGES) or _excluded(
        question.folded, side, *_SIDES
    )
    return other or (question.operation in LOOK_UPS and of_another_stage(question.folded, given))


def _excluded(asked: str, given: str, one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    meant, told = ((bool(one.search(text)), bool(other.search(text))) for text in (asked, given))
    return meant in ((True, False), (False, True)) and told == (meant[1], meant[0])
