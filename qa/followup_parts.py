"""Which labelled figure of a quote the words of a turn name: 県以外は, そのうち窓口は."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.folding import searchable
from corpus.values import find_periods, find_quantities
from qa.lookup import TextIndex, letters
from qa.parts import Part, labelled
from qa.types import Question, Term

_OTHER_THAN = re.compile(r"(?:以外|を除(?:く|いた)|ではない|でない)(?:の)?(?:もの|人|分)?$")
_DOT = re.compile(r"(?:^|\s)[・●○◆■▪◇□]\s*")
_TIED = re.compile(r"[のはが、:]+$")
_BRACKETS = re.compile(r"\([^()]*\)")
_AMONG = re.compile("^(?:うち|内)")
_AMONG_MANY = re.compile(
    r"うち[、,]?約?(?P<n>[0-9][0-9,]*)\s*(?P<unit>[一-龥ァ-ヶー]{1,5})[がはをに](?P<what>[^、。]{2,40})"
)
_SHORTEST, _TWO = 3, 2
_STRONG = 0.8  # nouns, names and figures weigh this or more


def without(named: str) -> str | None:
    """`県以外` → 県; None when nothing is excepted."""
    match = _OTHER_THAN.search(named)
    return named[: match.start()] if match else None


def choose(
    found: Sequence[Part], asked: Question, must: Sequence[Term] = (), unit: str | None = None, around: str = ""
) -> Part | None:
    """The one labelled figure whose label holds what is asked for; None where none or several do.

    The label must hold the terms `must`, and at least one name, noun or year of the question; those it does not hold
    must stand in what is `around` it (its quote, its row, its headings).
    """
    fits = []
    for part in found:
        if not part.label or (unit and part.unit and unit != part.unit):
            continue
        how = _fit(part.label, asked, must, around)
        if how is not None:
            fits.append((how, part))
    if not fits:
        short = [p for p in found if (not unit or not p.unit or p.unit == unit) and _is_short_for(p.label, asked)]
        return short[0] if len(short) == 1 and not must else None
    best = max(how for how, _ in fits)
    winners = [part for how, part in fits if how == best]
    return winners[0] if len(winners) == 1 else None


def _is_short_for(label: str, asked: Question) -> bool:
    """Whether a label (うち県内生) is what is asked for (県内の生徒) with letters left out, none of them the first of a word."""
    short, words = _AMONG.sub("", letters(label)), [letters(t.surface) for t in asked.terms]
    if len(short) < _SHORTEST or len(words) < _TWO or not all(words):
        return False
    rest = iter(letters(asked.folded))
    return all(letter in rest for letter in short) and all(word[0] in short for word in words)


def items(quote: str) -> tuple[str, ...]:
    """What a quote lists under dots, each by itself; () where it lists nothing."""
    found = [one.strip() for one in _DOT.split(searchable(quote)) if one.strip()]
    return tuple(found) if len(found) > 1 else ()


def in_its_item(quote: str, asked: Question, unit: str | None, around: str) -> Part | None:
    """The one figure in a unit that stands in the one listed item which alone holds words asked for; None elsewhere.

    The words that tell items apart must all stand in that item, the others there or in what is `around`.
    """
    listed = items(quote)
    if not listed or unit is None:
        return None
    at, ground = TextIndex(listed), TextIndex([around])
    where = {t: set(at.find(t)) for t in asked.terms if t.weight >= _STRONG and t.pos != "数詞"}
    telling = [ids for ids in where.values() if 0 < len(ids) < len(listed)]
    one = set.intersection(*telling) if telling else set()
    if len(one) != 1 or any(not ids and not ground.find(t) for t, ids in where.items()):
        return None
    item = listed[one.pop()]
    found = [p for p in _of_item(item) if p.unit == unit]
    if len(found) != 1 or not any(TextIndex([item[: found[0].end]]).find(t) for t, ids in where.items() if ids):
        return None  # all that was asked for stands behind the figure
    return found[0]


def among_told(quote: str, asked: Question, unit: str | None) -> Part | None:
    """The one figure that a sentence gives of some among many, by what became of them: そのうち7テーマが…事業化された."""
    told = [m for m in _AMONG_MANY.finditer(searchable(quote)) if not unit or m["unit"] == unit]
    words = [t for t in asked.terms if t.pos != "数詞"]
    fits = [m for m in told if words and all(TextIndex([m["what"]]).find(t) for t in words)]
    if len(fits) != 1:
        return None
    one = fits[0]
    label = one["what"] if one["what"][-1] not in "たるい" else f"{one['what']}もの"
    text = f"{one['n']}{one['unit']}"
    counted = find_quantities(text)[0].unit  # None of 7テーマ, as of the 10テーマ that they are among
    return Part(label, Decimal(one["n"].replace(",", "")), counted, text, *one.span("n"))


def called(quote: str, value: Decimal, unit: str | None) -> str:
    """What a quote calls the one figure of this value: its label, or what its item says before it; else ""."""
    listed = items(quote)
    found = [p for item in listed for p in _of_item(item)] if listed else list(labelled(quote))
    told = [p.label for p in found if p.value == value and p.unit == unit]
    return _TIED.sub("", told[0]) if len(told) == 1 else ""


def _of_item(item: str) -> list[Part]:
    """The figures of an item, each called by all that the item says before it."""
    said = ((p, _BRACKETS.sub("", item[: p.start])) for p in labelled(item))
    return [replace(p, label=label.replace("(", " ").strip(" :、")) for p, label in said]


def _fit(label: str, asked: Question, must: Sequence[Term], ground: str) -> tuple[float, float] | None:
    """How much of the question a label holds, and how much of the label that is; None where it does not fit."""
    at, around = TextIndex([label]), TextIndex([ground])
    years = {p.year for p in find_periods(searchable(label))}
    dated = [p for p in asked.periods if p.year in years]
    words = [t for t in asked.terms if at.find(t)]
    if any(t not in words for t in must) or (years and len(dated) < len(asked.periods)):
        return None
    said = sum(len(letters(t.surface)) for t in words) + sum(p.end - p.start for p in dated)
    whole = min(1.0, said / max(1, len(letters(label))))
    if not dated and sum(t.weight for t in words) < _STRONG and not must and whole < 1.0:
        return None
    if any(t.weight >= _STRONG and not around.find(t) for t in asked.terms if t not in words):
        return None
    return sum(t.weight for t in words) + len(dated), whole
