"""A question's text → a `Question`: operation, kind of thing wanted, periods, and the terms that must be explained.

The grammar is data (`grammar.toml`); what stands here only applies it, longest stretch first come first served.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.folding import searchable
from corpus.values import Period, Quantity, find_periods, find_quantities, fold_kanji_numbers
from index.words import Word, words
from qa.types import Operation, Question, Term, UnaskableQuestion

LONGEST = 1000
_GRAMMAR = Path(__file__).parent / "grammar.toml"
# Verbs and adjectives are said in other words more often than nouns, names and figures are.
_WEIGHTS = {"動詞": 0.4, "形容詞": 0.5, "副詞": 0.3, "形状詞": 0.6, "接尾辞": 0.3, "接頭辞": 0.3, "連体詞": 0.2}
_NAME_WEIGHT = 1.0
_NOUN_WEIGHT = 0.8
_SOFT_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of the grammar."""

    pattern: re.Pattern[str]
    operation: Operation | None
    wants: str | None
    keep: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of thing is recognised: by units, or by the shape of a cell."""

    name: str
    units: frozenset[str]
    shapes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The whole of `grammar.toml`."""

    cues: tuple[Cue, ...]
    kinds: dict[str, Kind]
    soft: frozenset[str]
    filler: frozenset[str]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar, read once."""
    raw = tomllib.loads(_GRAMMAR.read_text("utf-8"))
    cues = tuple(
        Cue(
            re.compile(c["pattern"]),
            Operation(c["operation"]) if "operation" in c else None,
            c.get("wants"),
            c.get("keep", False),
            c.get("last", False),
        )
        for c in raw["cue"]
    )
    kinds = {
        k["name"]: Kind(k["name"], frozenset(k.get("units", ())), frozenset(k.get("shapes", ()))) for k in raw["kind"]
    }
    return Grammar(
        cues,
        kinds,
        frozenset(raw["soft"]["words"]),
        frozenset(raw["filler"]["words"]) | frozenset(raw["filler"]["verbs"]),
    )


def understand(text: str) -> Question:
    """Understand one question by itself.

    Raises:
        UnaskableQuestion: empty, or longer than LONGEST characters.

    """
    if len(text) > LONGEST:
        raise UnaskableQuestion(f"質問が {len(text):,} 文字あります。{LONGEST:,} 文字以内に短くしてください。")
    folded = fold_kanji_numbers(searchable(text))
    if not any(c.isalnum() for c in folded):
        raise UnaskableQuestion("質問が空です。知りたいことを文か言葉で入れてください。")
    periods = find_periods(folded)
    used = [(p.start, p.end) for p in periods]
    operation, cue, wants, unit = Operation.VALUE, None, None, None
    for rule in grammar().cues:
        if rule.last and (wants or operation is not Operation.VALUE):
            continue
        for match in rule.pattern.finditer(folded):
            if match.start() == match.end() or _overlaps(match.start(), match.end(), used):
                continue
            if not rule.keep:
                used.append((match.start(), match.end()))
            if rule.operation and operation is Operation.VALUE:
                operation, cue = rule.operation, match.group()
            if rule.wants and wants is None:
                wants, unit = rule.wants, match.groupdict().get("unit")
    return Question(text, folded, operation, cue, wants, unit, periods, _terms(folded, used))


def _terms(folded: str, used: list[tuple[int, int]]) -> tuple[Term, ...]:
    """Content words and figures outside the cues and periods. A figure with its unit is one term."""
    figures = [q for q in find_quantities(folded) if not _overlaps(q.start, q.end, used)]
    terms = [_figure(folded, q) for q in figures]
    taken = [*used, *((t.start, t.end) for t in terms)]
    for word in words(folded):
        if word.is_content and not _overlaps(word.start, word.end, taken) and word.normal not in grammar().filler:
            terms.append(Term(word.surface, word.normal, word.reading, word.pos, word.start, word.end, _weight(word)))
    return tuple(sorted(terms, key=lambda term: term.start))


def _figure(folded: str, number: Quantity) -> Term:
    """A figure as a term; 第2 is another thing than 2."""
    start = number.start - (folded[number.start - 1 : number.start] == "第")
    surface = folded[start : number.end]
    return Term(surface, surface.replace(",", ""), "", "数詞", start, number.end, _NAME_WEIGHT)


def _weight(word: Word) -> float:
    if word.normal in grammar().soft or word.surface in grammar().soft:
        return _SOFT_WEIGHT
    if word.pos != "名詞":
        return _WEIGHTS.get(word.pos, 0.3)
    return _NAME_WEIGHT if word.subpos in ("固有名詞", "数詞") else _NOUN_WEIGHT


def _overlaps(start: int, end: int, used: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in used)


def mentions_period(period: Period, others: tuple[Period, ...]) -> bool:
    """Whether one of the other periods is the same, as far as both say: year, and month and day when both have them."""
    return any(
        period.year == other.year
        and (period.month is None or other.month is None or period.month == other.month)
        and (period.day is None or other.day is None or period.day == other.day)
        for other in others
    )
