"""Where the last answer stands, in the documents' own words, and what a turn may ask of that place.

A question's own words are often no name (「職員が出す補助金の事業」); the row that answered it has one. Questions about
that name are understood alone, and whether they were answered at that place again can be seen by their citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.folding import searchable, tidy
from corpus.values import era_name, find_periods
from qa.followup import FollowUp, follow_up_grammar
from qa.followup_slots import Slots, asks_since_when, attached, is_measure, names_a_measure
from qa.followup_state import Conversation
from qa.labels import core, year_of
from qa.lookup import letters
from qa.types import Answer, Citation
from qa.wording import leaf

_REMARK = re.compile(r"\s*[(（][^()（）]{9,}[)）]\s*$")
_CALLED = re.compile(r"[^「」]{2,20}「(?P<name>[^「」]{4,})」")
_LONGEST = 60
_SHORTEST = 3  # letters of a name that says by itself where something stands
_SHORT_YEAR = re.compile(r"(?<![0-9.一-龥ァ-ヶA-Za-z])(?P<n>元|[0-9]{1,2})(?=年度(?!間|連続|分|目|ぶり))")
_IN_ERA = re.compile(r"(?:元|[0-9]+)(?=年)")

Place = tuple[str, int | None, str | None, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The one row, or the one heading, that an answer is cited from.

    `name` and `column` are what the documents call it and what was asked of it ("" where a sentence says it); `years`
    those its header or row prints, `units` those of its figures, `headings` the names above it, outermost first;
    `is_row` is True where it is a row. `places` are the lines cited, `cells` these with what is quoted there, `tables` the document with the headings they
    stand under.
    """

    name: str
    column: str
    years: tuple[int, ...]
    units: frozenset[str | None]
    headings: tuple[str, ...]
    places: frozenset[Place]
    tables: frozenset[tuple[str, tuple[str, ...]]]
    cells: frozenset[tuple[Place, str]]
    is_row: bool

    def holds(self, given: Answer) -> bool:
        """Whether all that an answer cites stands in this row, or under or beside this very name."""
        return bool(given.citations) and all(self._is_near(c) for c in given.citations)

    def here(self, given: Answer) -> bool:
        """Whether all that an answer cites stands in this very row or line."""
        return all(place_of(c) in self.places for c in given.citations)

    def _is_near(self, c: Citation) -> bool:
        if place_of(c) in self.places:
            return True
        mine = letters(self.name)
        above = [letters(part) for part in c.heading]
        beside = [] if (c.document, c.heading) in self.tables else [letters(c.row or "")]  # there it is a namesake
        return len(mine) >= _SHORTEST and any(mine in one for one in (*above, *beside))

    def of_same_sort(self, given: Answer) -> bool:
        """Whether an answer could be one to the same question about another thing: same column, or same units."""
        return core(_last(given.citations[0])) == self.column or bool(self.units & _units(given))


def topic_above(base: Slots, at: Anchor) -> str:
    """The heading that a row answered for, where the row's name is what was asked (監督 under アニメ制作); else "".

    Such rows are no things but what is told of the one above them: that is what a turn goes on about.
    """
    asked, name = letters(base.attribute_text), letters(at.name)
    tells = at.is_row and len(name) > 1 and bool(follow_up_grammar().at("reference", "told").match(at.column))
    is_label = tells and (name in asked or (asked in name and len(asked) >= len(name) / 2))
    return at.headings[-1] if is_label and at.headings and letters(at.headings[-1]) != name else ""


def anchor(conversation: Conversation) -> Anchor | None:
    """Where the last answer stands; None when it stands in several places, or another thing was asked for since.

    A step on several answers leaves what was spoken of before it where it stands.
    """
    topics = conversation.topics
    if not topics or conversation.present is not topics[-1].understood:
        return None
    for turn in reversed(topics):
        found = anchor_of(turn.answer)
        if found is not None or turn.understood.kind != "step":
            return found
    return None


def anchor_of(given: Answer) -> Anchor | None:
    """Where an answer stands; None when it stands in several places or in one without a name."""
    if not given.citations or len({(c.document, c.row, c.heading) for c in given.citations}) != 1:
        return None
    if len({place_of(c) for c in given.citations}) != 1 and not given.citations[0].row:
        return None
    c = given.citations[0]
    headings = tuple(_name(part) for part in c.heading)
    row = _name(c.row or "")
    dated = year_of(row) if row else None
    name = row if row and dated is None else (headings[-1] if headings else "")
    if not name or len(name) > _LONGEST or not re.search(r"[^\W\d_]", name):
        return None
    years = tuple(dict.fromkeys(p.year for label in c.column for p in find_periods(searchable(label))))
    return Anchor(
        name, core(_last(c)), (dated,) if dated is not None else years, _units(given), headings,
        frozenset(place_of(one) for one in given.citations), frozenset({(c.document, c.heading)}),
        frozenset((place_of(one), one.quote) for one in given.citations), bool(row) and name == row,
    )  # fmt: skip


def place_of(c: Citation) -> Place:
    """The row or line that a citation begins in."""
    return (c.document, c.page, c.sheet, c.line_start)


def _name(text: str) -> str:
    name = searchable(_REMARK.sub("", leaf((tidy(text),)))).strip() if text else ""
    called = _CALLED.fullmatch(name)
    if called is not None:
        return called["name"]  # 県広報番組 「…」: what kind of thing, and its name
    name = name.strip(" 「」")
    return name if name.count("「") == name.count("」") else name.replace("「", "").replace("」", "")


def _last(c: Citation) -> str:
    return c.column[-1] if c.column else ""


def _units(given: Answer) -> frozenset[str | None]:
    return frozenset(v.unit for v in given.values if isinstance(v.value, int | float) and v.unit)


@dataclass(frozen=True, slots=True)
class Anchored:
    """A question about the place: `same` when nothing but what was asked before is asked of another thing."""

    text: str
    kept: tuple[str, ...]
    years: frozenset[int] = frozenset()
    same: bool = False
    subject: str = ""
    condition: str = ""
    base: bool = True


def with_era(text: str, base: Slots | None, at: Anchor | None) -> str:
    """3年度 in the era last spoken of: 令和3年度."""
    known = [p.year for p in base.question.periods if p.year] if base else []
    years = known or (list(at.years) if at else [])
    if not years or find_periods(text):
        return text
    era = era_name(years[-1])
    return _SHORT_YEAR.sub(lambda m: _IN_ERA.sub(m["n"], era)[:-2], text) if _IN_ERA.search(era) else text


def in_year(year: str, base: Slots, at: Anchor) -> Iterator[Anchored]:
    """What was asked, for another year."""
    asked = base.attribute_text if is_measure(base.attribute_text) else at.column
    if asked:
        yield Anchored(f"{at.name}の{year}の{asked}は?", ("subject", "attribute"))


def of_another(named: str, base: Slots, at: Anchor, known: bool) -> Iterator[Anchored]:
    """What was asked, of a part of the same or of another thing; else the thing named as what is asked now.

    `known`: the documents call something by that name, so that it is hardly a part of something else.
    """
    if any(follow_up_grammar().at("reference", name).match(named) for name in ("years_before", "years_after")):
        return  # 前年度 where no year was spoken of
    lead = f"{base.period_text}の" if base.periods and not find_periods(named) else ""
    other = Anchored(f"{named}の{lead}{at.column}は?", ("attribute", "periods"), same=True, subject=named)
    kept = ("subject", "attribute", "periods")
    part = Anchored(f"{at.name}の{named}の{lead}{at.column}は?", kept, same=True, condition=named)
    measure = names_a_measure(named)
    above = topic_above(base, at)
    if above:
        yield Anchored(f"{above}の{named}は?", ("subject",), subject=above)
        return
    if letters(named) in letters(at.name):
        yield from [other] if at.column else []  # 水道 is no part of 下水道
        return
    if at.column and not measure:
        yield from (other, part) if known else (part, other)
    bound = "" if measure else named
    yield Anchored(f"{at.name}の{lead}{named}は?", ("subject", "periods"), condition=bound)
    if at.column and measure:
        yield other  # 館の運営費は may be the figure of one thing, or what was asked before of a thing so called


def likewise(named: str, said: str, at: Anchor) -> Iterator[Anchored]:
    """`北館は何回?` after the same was asked of another row: in that column of the row of this name."""
    if find_periods(named):
        return  # R3予算はいくら: another year, no other thing
    if at.column and said.startswith(named) and letters(named) not in letters(at.name):
        yield Anchored(f"{named}の{at.column}{said[len(named) :]}", ("attribute",), same=True, subject=named)
        yield Anchored(f"{named}の{at.column}は?", ("attribute",), same=True, subject=named)


def asked_of(read: FollowUp, base: Slots, at: Anchor) -> Iterator[Anchored]:
    """A turn with a predicate, asked of the same: for the year spoken of, then for any."""
    question = read.question
    if question is None:
        return
    above = topic_above(base, at)
    if above:
        yield Anchored(attached(above, "", question), ("subject",), subject=above)
    if base.periods and not question.periods and not asks_since_when(question):
        years = frozenset(p.year for p in base.question.periods)
        yield Anchored(attached(at.name, base.period_text, question), ("subject", "periods"))
        yield Anchored(attached(at.name, "", question), ("subject",), years)
    else:
        yield Anchored(attached(at.name, "", question), ("subject",))


def narrowed(rest: str, at: Anchor) -> Iterator[Anchored]:
    """そのうち…: the same place asked for what is a part of it."""
    said = rest.rstrip("?。 ")
    yield Anchored(f"{at.name}の{said}?", ("subject",), base=False)
    yield Anchored(f"{at.name}で{said}?", ("subject",), base=False)
    if at.column:
        yield Anchored(f"{at.name}の{at.column}の{said}?", ("subject", "attribute"), base=False)


def called(conversation: Conversation, noun: str) -> str:
    """The name of the row or heading last cited that holds a word: PJ → 人材育成PJ. Empty when there is none."""
    wanted = letters(noun)
    for turn in conversation.topics[:-3:-1]:
        for c in turn.answer.citations:
            names = [_name(part) for part in (c.row or "", *reversed(c.heading))]
            found = next((n for n in names if wanted in letters(n) and len(n) <= _LONGEST), "")
            if found:
                return found
    return ""
