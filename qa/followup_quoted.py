"""Figures that stand beside the last one in its own quote: 「23件、62,254,434円」 after 何件; 金額は?, 1件あたりは?

A turn that asks for nothing but another kind of figure (金額は, 何社ですか) means the one that was printed there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index import Store
from qa.followup import FollowUp, follow_up_grammar, read_follow_up, strong
from qa.followup_anchor import place_of
from qa.followup_compose import parse, place_asked
from qa.followup_narrow import step_of
from qa.followup_rewrite import Candidate, named_alone, operand, slot_changes
from qa.followup_slots import Slots, names_a_measure
from qa.followup_state import Conversation, Thing, Turn, Understood
from qa.money import SCALES
from qa.parts import parts
from qa.runs import Phrase
from qa.types import Question

_PEOPLE = ("人", "名")
_MEASURE = re.compile(r"の?(?!何|なん|いくら)(?P<name>[^\s、。?はがを]{1,12})(?:は|を|って|$|\?)")  # 1人あたりの予算は
_ITS_FIGURE = re.compile(r"(?P<name>.{2,}?)の(?P<measure>金額|総額|額|[人件回校社本個点台冊]数)")
_OF = re.compile(r"(?P<unit>.)数$")


def units_asked(counter: str | None, name: str | None) -> frozenset[str]:
    """The units in which a figure is asked for: 何名, 人数 → 人, 名; 金額 → those of money; 校数 → 校. Empty for no other."""
    of = _OF.search(name or "")
    unit = counter or (of["unit"] if of else "")
    if not unit or unit in SCALES:
        return frozenset(SCALES)
    return frozenset(_PEOPLE) if unit in _PEOPLE else frozenset({unit})


def beside(read: FollowUp, conversation: Conversation) -> Iterator[Candidate]:
    """金額は?, 何社ですか: a figure of that kind in the quote of the last one, which is of another."""
    match = follow_up_grammar().at("figure", "asked").search(read.text)
    turn = conversation.topics[-1] if conversation.topics else None
    if match is None or turn is None or not (match["name"] or match["counter"] or match["money"]):
        return
    last = turn.understood
    units = units_asked(match["counter"], match["name"])
    if last.whole and not _is_told(last, units):
        yield step_of(_asked(place_asked(last.whole), units), last, kind="slots")


def dated_by_name(read: FollowUp, conversation: Conversation) -> Iterator[Candidate]:
    """いつ開催されたの: the date in the name of the row that answered before, where nothing else tells it."""
    last = conversation.topics[-1].understood
    q = read.question
    if (
        q is not None
        and q.wants == "date"
        and last.whole
        and not any(strong(p) and not refers(p, q) for p in read.phrases)
    ):
        yield Candidate(f"「{place_asked(last.whole)}」の時期はいつですか。", "step", (), True, base=False)


def refers(phrase: Phrase, q: Question) -> bool:
    """Whether a phrase stands in それ, その事業 and the like."""
    g = follow_up_grammar()
    found = (m for name in ("that", "it") for m in g.at("reference", name).finditer(q.folded))
    return any(m.start() < phrase.end and phrase.start < m.end() for m in found)


def beside_of_another(read: FollowUp, conversation: Conversation, base: Slots, store: Store) -> Iterator[Candidate]:
    """Another thing named after such a figure (企業版は?): the same figure beside that thing's."""
    asked = parse(conversation.topics[-1].answer.standalone) if conversation.topics else None
    named = read.bare or named_alone(read.text)
    if asked is None or asked.kind != "beside" or not named or read.steps:
        return
    own = _ITS_FIGURE.fullmatch(named)  # 企業版の金額
    if names_a_measure(named) and own is None:
        return
    units = units_asked(None, own["measure"]) if own else units_asked(asked.match["unit"], None)
    named = own["name"] if own else named
    for one in slot_changes(read_follow_up(f"{named}は?"), base, store):
        if one.kind == "slots":
            yield Candidate(_asked(operand(one.text), units), "slots", (), True, base=False)


def per(read: FollowUp, conversation: Conversation, base: Slots, last: Understood) -> Iterator[Candidate]:
    """1回あたり何件: the last figure in 件 by that in 回, both of one thing, or both in one quote."""
    match = follow_up_grammar().at("step", "per").search(read.rest)
    turn = conversation.topics[-1]
    if match is None:
        return
    counted = units_asked(match["unit"], None)
    how_many = follow_up_grammar().at("figure", "how_many").search(read.rest[match.end() :])
    wanted = units_asked(how_many["counter"], None) if how_many else None
    known = [t.understood.figure for t in reversed(conversation.topics) if _is_of(t, turn) and t.understood.figure]
    tops = [f for f in known if not _counts(f, counted) and f.ask and (wanted is None or f.unit in wanted)]
    bases = [f for f in known if _counts(f, counted) and f.ask]
    if last.whole:  # one of the two may have been printed with the other, and not told
        at = place_asked(last.whole)
        tops += [Thing("", _asked(at, u).rstrip("。"), None, unit) for u, unit in _others(turn, counted, wanted)]
        bases += [Thing("", _asked(at, counted).rstrip("。"))] if _prints(turn, counted) else []
    named = _MEASURE.match(read.rest[match.end() :])
    if named and base.subject and names_a_measure(named["name"]):
        tops.insert(0, Thing("", f"{base.subject_text}の{named['name']}"))
    for top, by in zip(tops[:1], bases[:1], strict=False):
        yield step_of(f"「{top.ask}」を「{by.ask}」で割ると{_how_much(top.unit)}ですか。", last, (top, by))


def _how_much(unit: str | None) -> str:
    return "いくら" if unit is None or unit in SCALES else f"何{unit}"


def _asked(whole: str, units: frozenset[str]) -> str:
    unit = "円" if units & set(SCALES) else "人" if units & set(_PEOPLE) else next(iter(units))
    name, ends = ("金額", "いくらですか。") if unit == "円" else (f"{unit}数", f"何{unit}ですか。")
    return f"「{whole}」で、{name}は{ends}"


def _is_told(last: Understood, units: frozenset[str]) -> bool:
    """Whether the last figure is of the kind that is asked for now."""
    return last.figure is not None and last.figure.unit in units


def _is_of(turn: Turn, last: Turn) -> bool:
    """Whether a turn spoke of what the last one did, or was answered from where that is."""
    there = {place_of(c) for c in last.answer.citations}
    same = turn.understood.subject == last.understood.subject
    return same or any(place_of(c) in there for c in turn.answer.citations)


def _counts(figure: Thing, units: frozenset[str]) -> bool:
    """Whether a figure counts in a unit: printed with it, or asked for as 件数 where the table prints none."""
    named = figure.unit is None and figure.ask is not None and figure.ask.endswith(tuple(f"{u}数" for u in units))
    return figure.unit in units or named


def _prints(turn: Turn, units: frozenset[str]) -> bool:
    """Whether the quotes of an answer print just one figure in a unit."""
    return len(_in(turn, units)) == 1


def _in(turn: Turn, units: frozenset[str]) -> list[str]:
    return [p.unit for c in turn.answer.citations for p in parts(c.quote) if p.unit in units and p.unit]


def _others(turn: Turn, counted: frozenset[str], wanted: frozenset[str] | None) -> Sequence[tuple[frozenset[str], str]]:
    """The kinds of figures that the quotes print once, besides those counted: as they are asked for, with their unit."""
    printed = dict.fromkeys(p.unit for c in turn.answer.citations for p in parts(c.quote) if p.unit)
    kinds = ((units_asked(unit, None), unit) for unit in printed if unit not in counted)
    return [(units, unit) for units, unit in kinds if _prints(turn, units) and (wanted is None or unit in wanted)]
