"""An answered turn → what is remembered of it: its slots, the things it found, the figure it gave."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from corpus.folding import searchable, tidy
from corpus.values import find_periods
from index import Store
from qa.followup import follow_up_grammar, only_a_step, read_follow_up
from qa.followup_compose import parse
from qa.followup_inside import around, beside, counts, figure_in, groups_of
from qa.followup_rewrite import Candidate, operand
from qa.followup_slots import Slots, only_a_date, slots
from qa.followup_state import Conversation, Thing, Understood
from qa.lookup import TextIndex, letters
from qa.pipeline import answer
from qa.results import number
from qa.types import Answer, Citation, UnaskableQuestion, Value
from qa.understand import understand
from qa.wording import leaf

_MOST_THINGS = 60
_LONGEST_NAME = 60
_SAID_MOST = re.compile(r"のは「(.+?)」で、")  # as qa.tell says an extreme
_OFFICE = re.compile(r"[一-龥ァ-ヶー々・A-Za-z0-9]{1,20}(?:課|部|局|室|係|署|校|社|団体|施設|センター|会|館)")
_STRONG = 0.8  # nouns, names and figures weigh this or more
_LOOKED_AT = 6
_SENTENCES = 40
_EITHER = re.compile(
    r"(?P<one>[^、。?]{2,40}?)と、?(?P<other>[^、。?]{2,40}?)(?:のうち|の中|では|で|、|は、?(?=どちら|どっち)|の(?=どちら|どっち))"
)
_LACKS = re.compile(r"(?P<names>「.+?」)については、")  # as qa.refuse says it
_EXTREME = ("maximum", "minimum")
_INSIDE = ("breakdown", "part", "part_maximum", "part_minimum", "part_ranked")


def remembered(candidate: Candidate, given: Answer, conversation: Conversation, store: Store) -> Understood:
    """What later turns may refer to; nothing of small talk and refusals."""
    if given.kind == "chat":
        return Understood("chat")
    if given.kind == "clarify":
        return replace(_refused(candidate, given, conversation), kind="clarify")
    if not given.answered:
        return _refused(candidate, given, conversation)
    last = conversation.topics[-1].understood if conversation.topics else None
    if candidate.kind == "source" and last is not None:
        return Understood("source")
    kind = candidate.kind if last is not None else "topic"
    topic = conversation.asked if kind in ("complete", "topic") or last is None else last.topic
    if last is not None and (not candidate.base or candidate.composed):
        return _of_step(candidate, given, last, topic)
    cut = slots(given.standalone, _named(store, given, given.standalone)) or slots(given.standalone)
    if cut is None:
        return Understood("refused")
    subject = candidate.subject or cut.subject_text or (last.subject if last and candidate.kept else "")
    names = names_found(given)
    listed = given.kind in ("list", "count")
    whole = _ask(store, given) if not listed else None
    figure = _figure(store, given, subject, whole) if whole else None
    return Understood(
        kind, cut.text, subject, cut.attribute_text, tuple(cut.said(p) for p in cut.periods), given.kind,
        things=tuple(Thing(name) for name in names) if listed else _several(given, cut) or _set_beside(given, cut.text),
        focus=names if listed or given.kind in _EXTREME else (),
        whole=whole, figure=figure, kept=candidate.kept, topic=topic, beside=_offices(store, given),
    )  # fmt: skip


def _refused(candidate: Candidate, given: Answer, conversation: Conversation) -> Understood:
    """Nothing; but where another thing was asked for, that it was, so that what comes next is not said of the one before."""
    present = conversation.present
    cut = slots(candidate.text) if candidate.kind not in ("source", "none") and not candidate.composed else None
    read = read_follow_up(candidate.text)
    own_extreme = bool(read.steps & set(_EXTREME)) and candidate.kind in ("complete", "topic")
    if (own_extreme and not only_a_step(candidate.text)) or (
        not read.steps and follow_up_grammar().at("reference", "which").search(read.text)
    ):
        return Understood("refused", operation="which")
    own = candidate.subject or (cut.subject_text if cut and candidate.kind in ("complete", "topic", "slots") else "")
    if (
        cut is None
        or only_a_step(candidate.text)
        or not own
        or only_a_date(own)
        or (present is not None and letters(own) == letters(present.subject))
    ):
        return Understood("refused")
    a_thing = cut.attribute_text.endswith(tuple(follow_up_grammar().classes))
    if cut.subject and cut.attribute and a_thing and letters(cut.attribute_text) in letters(_missing(given)):
        own = cut.text[cut.subject[0] : cut.attribute[1]]  # 市民活動の大学連携補助金: what is lacking is the thing
    return Understood("refused", cut.text, own, cut.attribute_text, tuple(cut.said(p) for p in cut.periods))


def _missing(given: Answer) -> str:
    """The names that a refusal says the documents lack; empty where it says none."""
    match = _LACKS.match(given.answer)
    return match["names"] if match else ""


def _of_step(candidate: Candidate, given: Answer, last: Understood, topic: int) -> Understood:
    """A step leaves the question it started from as it is; it may find one of the things, or narrow them."""
    things, focus = candidate.things or last.things, last.focus
    names = names_found(given)
    asked = parse(given.standalone) if candidate.composed else None
    if asked is not None and asked.kind == "beside":
        return _of_beside(asked.operands[0], candidate, given, last, topic)
    others = asked is not None and asked.kind == "except"
    if asked is not None and asked.kind == "sorted":
        things = _in_order(things, asked.operands, given)
        focus = tuple(t.name for t in things)
    elif given.kind == "list" and (candidate.within is not None or others):
        things, focus = tuple(Thing(name) for name in names), names
    elif given.kind in _EXTREME:
        focus = tuple(name for name in _winner(given, things) or names if not only_a_date(name))
    inner = candidate.near or (asked is not None and asked.kind in _INSIDE)
    numbers = [v for v in given.values if isinstance(v.value, int | float)]
    ask = given.standalone.rstrip("?？。 ")
    figure = Thing("", ask, numbers[0].value, numbers[0].unit) if len(numbers) == 1 else None  # type: ignore[arg-type]
    share = asked is not None and asked.kind in ("ratio", "rate")  # no whole that could be broken down
    whole = last.whole if inner or share else ask if figure else last.whole
    if others and len(names) == 1:  # now spoken of
        return Understood(candidate.kind, f"{names[0]}は?", names[0], operation=given.kind, focus=names, topic=topic)
    return Understood(
        candidate.kind, last.base, last.subject, last.attribute, last.periods, given.kind,
        things=() if inner else things, focus=() if inner else focus, whole=whole,
        figure=figure if inner or given.kind in (*_EXTREME, "sum", "average", "difference") else last.figure,
        parts=inner, kept=("subject", "attribute", "periods"), topic=topic,
    )  # fmt: skip


def _in_order(things: tuple[Thing, ...], operands: tuple[str, ...], given: Answer) -> tuple[Thing, ...]:
    """Things put in the order that an answer gives them in, by their figures where known, else by their names."""
    told = [v.value for v in given.values]
    by_figure = [next((i for i, v in enumerate(told) if v == t.value), None) for t in things]
    by_name = [
        next((i for i, v in enumerate(given.values) if letters(t.name) in letters(v.text)), None) for t in things
    ]
    place = [a if a is not None else b for a, b in zip(by_figure, by_name, strict=True)]
    known = len(things) == len(operands) and None not in place
    return tuple(t for _, t in sorted(zip(place, things, strict=True), key=lambda p: p[0] or 0)) if known else things


def _of_beside(place: str, candidate: Candidate, given: Answer, last: Understood, topic: int) -> Understood:
    """Another figure of the quote that answers `place`: of the same thing, which stays what is changed by later turns."""
    cut = slots(place)
    ask = given.standalone.rstrip("?？。 ")
    subject = (cut.subject_text if cut else "") or last.subject
    one = given.values[0]
    figure = Thing(subject, ask, one.value, one.unit) if isinstance(one.value, int | float) else None
    periods = tuple(cut.said(p) for p in cut.periods) if cut else last.periods
    return Understood(
        "slots", f"{place}?", subject, cut.attribute_text if cut else last.attribute, periods, whole=ask, figure=figure,
        kept=candidate.kept, topic=topic,
    )  # fmt: skip


def _winner(given: Answer, things: tuple[Thing, ...]) -> tuple[str, ...]:
    """The things whose figure the answer gives, by the name its sentence says."""
    said = letters(given.answer)
    return tuple(t.name for t in things if t.name and letters(t.name) in said)


def borne_out(subject: str, given: Answer, store: Store, with_years: bool = False, least: float = _STRONG) -> bool:
    """Whether what an answer cites is of the subject: each name and noun of it stands in the quotes or around them.

    `with_years`: each of its years stands in the quotes, too. `least` is the weight of words that have to.
    """
    try:
        asked = understand(subject)
    except UnaskableQuestion:
        return False
    ground = " ".join(part for c in given.citations[:_LOOKED_AT] for part in (around(store, c), _section(store, c)))
    index = TextIndex([ground])
    if with_years:
        printed = {p.year for c in given.citations for t in (c.quote, *c.column) for p in find_periods(searchable(t))}
        if not all(p.year in printed for p in asked.periods):
            return False
    return bool(asked.terms) and all(index.find(t) for t in asked.terms if t.weight >= least and t.pos != "数詞")


def in_its_year(text: str, given: Answer) -> bool:
    """Whether a date asked for within a year is of that year; a fiscal year ends in the next. True for other questions."""
    asked = understand(text)
    if asked.wants not in ("date", "month", "day") or not asked.periods:
        return True
    years = {p.year for p in asked.periods} | {p.year + 1 for p in asked.periods}
    said = {p.year for v in given.values for p in find_periods(searchable(v.text))}
    return not said or bool(said & years)


def _section(store: Store, citation: Citation) -> str:
    """The sentences under a citation's heading."""
    passages = store.documents[citation.document].passages
    beside = (p for p in passages if p.section and tidy(p.section[-1]) == (citation.heading or ("",))[-1])
    return " ".join(store.documents[citation.document].quote(p.span) for p in islice(beside, _SENTENCES))


def names_found(given: Answer) -> tuple[str, ...]:
    """The names of what an answer found: of the things listed, of the rows it cites, or the words it quotes."""
    listed = given.kind in ("list", "count")
    rows = dict.fromkeys(leaf((c.row or (tidy(c.quote) if listed else ""),)) for c in given.citations)
    if given.kind == "list" and len(rows) != len(given.values):
        names = [leaf((tidy(v.text),)) for v in given.values]
    elif given.kind in _EXTREME and (said := _SAID_MOST.findall(given.answer)):
        names = said
    else:
        names = list(rows)
    short = (searchable(n) for n in names if n and len(n) <= _LONGEST_NAME)
    return tuple(dict.fromkeys(short))[:_MOST_THINGS]


def _named(store: Store, given: Answer, text: str) -> str:
    """The longest name of a cited row or heading that the question says; empty when it says none.

    With the groups of its row that the question says before it: of namesakes, they tell which.
    """
    said = understand(text).folded
    names = {searchable(leaf((part,))).strip("「」") for c in given.citations for part in (c.row or "", *c.heading)}
    name = max((n for n in names if len(n) > 1 and n in said and not find_periods(n)), key=len, default="")
    at = said.find(name)
    end = _through_row(said, at + len(name), given)
    groups = [searchable(group) for c in given.citations[:1] for group in groups_of(store, c)] if name else []
    for group in reversed(groups):
        before = re.search(rf"{re.escape(group)}[の\s]*$", said[:at])
        at = before.start() if before else at
    return said[at:end]


def _through_row(said: str, end: int, given: Answer) -> int:
    """Where a name ends that goes on to the row told of, with more asked of that: 写真展の第2回 of 写真展の第2回の応募数."""
    rows = {searchable(leaf((c.row,))) for c in given.citations if c.row}
    for row in rows:
        if row and said.startswith(f"の{row}の", end):
            return end + 1 + len(row)
    return end


def _offices(store: Store, given: Answer) -> tuple[str, ...]:
    """The offices and bodies that the one row of an answer names in cells of their own: what 同課 may mean."""
    if len({(c.document, c.line_start, c.row) for c in given.citations if c.row}) != 1:
        return ()
    cells = (searchable(tidy(c.quote)) for c in beside(store, given.citations[0]))
    return tuple(dict.fromkeys(text for text in cells if _OFFICE.fullmatch(text)))


def _several(given: Answer, cut: Slots) -> tuple[Thing, ...]:
    """The things of an answer that gives one figure for each of several rows."""
    rows = [leaf((c.row,)) for c in given.citations if c.row]
    numbers = [v for v in given.values if isinstance(v.value, int | float)]
    if len(set(rows)) < 2 or len(rows) != len(numbers) or len(set(rows)) != len(rows):
        return ()
    about = cut.attribute_text
    lead = f"{cut.period_text}の" if cut.periods else ""
    return tuple(
        Thing(searchable(r), f"{searchable(r)}の{lead}{about}" if about else None, v.value, v.unit)  # type: ignore[arg-type]
        for r, v in zip(rows, numbers, strict=True)
    )


def _set_beside(given: Answer, text: str) -> tuple[Thing, ...]:
    """The two things of which a question asks which one it is (AとBではどちらが先に), one of them being the answer."""
    match = _EITHER.match(text) if given.kind in _EXTREME else None
    names = [match["one"].strip(), match["other"].strip()] if match else []
    found = {letters(name) for name in names_found(given)}
    return tuple(map(Thing, names)) if any(letters(name) in found for name in names) else ()


def _ask(store: Store, given: Answer) -> str:
    """The question as it stands between brackets: as a name where that gets the same answer, else in full."""
    short, full = operand(given.standalone), given.standalone.rstrip("?？。 ")
    ways = [*([short] if short != full else []), *([full] if full.endswith("は") else [])]  # …は alone may name a text
    for way in ways:
        again = answer(way, store)
        if (again.values, again.citations) == (given.values, given.citations):
            return way
    return f"{full}?" if full.endswith("は") else full


def _figure(store: Store, given: Answer, subject: str, ask: str) -> Thing | None:
    """The one figure an answer gives, or quotes under the words of its question."""
    numbers: list[Value] = [v for v in given.values if isinstance(v.value, int | float)]
    if len(numbers) == 1 and counts(numbers[0].unit, understand(ask).wants):
        one = numbers[0]
        return Thing(subject, ask, one.value, one.unit)  # type: ignore[arg-type]
    found = figure_in(store, given, ask) if not numbers or given.kind == "value" else None
    if found is None:
        return None
    return Thing(subject, ask, float(number(found[1].value).replace(",", "").replace("−", "-")), found[1].unit)
