"""What speaks for and against an offer, as readable numbers that mean the same whichever way it was found.

Nothing here knows a document: the numbers say how the words of the question are accounted for, whether what is given
is of the kind asked for and of the year asked for, and how the offer stands beside the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.folding import searchable, tidy
from corpus.values import COUNTERS, find_periods, is_nothing, lone_quantity
from index import Hit, Store
from qa.asked_kinds import kinds, lacks_reason, told
from qa.cell_kinds import REASONS, counted_in
from qa.framing import table_frame
from qa.lookup import letters, pairs
from qa.measures import measures, whole_of_parts
from qa.offers import Offer
from qa.printed_totals import CHANGES, adds_up, names_the_total, prints_what_is_asked
from qa.prose import ProseAnswer
from qa.prose_candidates import candidate_at
from qa.prose_kinds import asks_change, by_how_much, tells_which_way, things, told_as_change, which_way
from qa.prose_reading import nearness, read
from qa.restate import known
from qa.roles import is_soft
from qa.stages import of_other_stage
from qa.summed import SummedFrame
from qa.tabular import Proposal
from qa.types import Evidence, Explained, Operation, Question, Term
from qa.understand import EXTREMES, NUMERIC
from qa.yesno import Verdict

_MOST_CELLS = 8
_EXTREME = re.compile(r"最[も多大高長小少低短古新]|一番|いちばん|トップ|首位|筆頭|(?<![0-9])1位|第1位")
_NAMING = ("maximum", "minimum")
_NAME, _NOUN = 1.0, 0.8
_WELL = 0.8
# How an account says that a word is explained by what the evidence stands in, not by itself.
AROUND = ("context", "file name", "document", "heading", "lead", "matter")
_WHOLE = ("document", "file name")
_FIGURE_KINDS = frozenset({"money", "people", "percent", "span", "number", "count"})
_OPERATIONS = {
    "op_list": (Operation.LIST,),
    "op_count": (Operation.COUNT,),
    "op_calculated": (Operation.SUM, Operation.AVERAGE, Operation.RATIO, Operation.DIFFERENCE),
    "op_extreme": EXTREMES,
    "op_yesno": (Operation.YESNO,),
    "op_each": (Operation.EACH,),
}
_OF_PROSE = (
    "in_sentence", "in_heading", "in_near", "in_title", "first", "last", "compound", "compound_least", "letters",
    "kind_near", "kind_clear", "kind_many", "novel", "item", "opens_list", "label", "named", "strange", "carried", "parts",
)  # fmt: skip
_CHANGE = re.compile(
    rf"[0-9][兆億万千百]*(?:{COUNTERS})?分?\s*(?:\([^()]*\))?\s*(?:の|を|ほど|程度|も)?\s*(?:増|減|伸び|縮減|縮小|拡大|上回|下回|上昇|低下|引き?上げ|引き?下げ|多|少な)"
)
_HOW = re.compile(r"どの?よ?う(?:に|な)?(?:変わ|変化|変更|見直|改)")  # in words, not by how much
_CHANGED = re.compile(r"変更|変わ|改め|改[正定]|移行|見直|切り?替|廃止|統合|新設|導入")

Features = dict[str, float]


def features(store: Store, question: Question, hits: Sequence[Hit], found: Sequence[Offer]) -> list[Features]:
    """The features of each offer, in order; every value is a finite number, most in [0, 1]."""
    by_place = _hits_by_place(hits)
    held = {term: known(store, term) for term in {account.term for one in found for account in one.accounts}}
    asked = pairs(_without_place_and_year(question, found)) | _number_of(question)
    kind = _asked(question)
    added = any(adds_up(question, one) for one in found)
    described = [_of_one(store, question, one, by_place, held, asked, kind, added) for one in found]
    lines = [line_of(store, one) for one in found]
    years = [_years(one) if kind["asks_date"] else frozenset[int]() for one in found]
    for i, (one, own) in enumerate(zip(found, described, strict=True)):
        own |= _beside(found, lines, years, i, one)
    return described


def _number_of(question: Question) -> frozenset[str]:
    """The letters by which a header names what is counted: 何話 is told under 話数."""
    return frozenset({f"{question.unit[-1]}数"} if question.wants in ("count", "number") and question.unit else ())


def _years(offer: Offer) -> frozenset[int]:
    """The years an offer tells."""
    return frozenset(period.year for text in _texts(offer) for period in find_periods(searchable(text)))


def _of_one(
    store: Store, question: Question, offer: Offer, by_place: dict[tuple[object, ...], Hit], held: dict[Term, bool],
    asked: frozenset[str], kind: Features, added: bool,
) -> Features:  # fmt: skip
    evidence = offer.evidence
    hit = by_place.get(_place(evidence))
    texts = _texts(offer)
    given = _of_source(question, offer)
    printed = prints_what_is_asked(question, offer) or _counts_persons(question, offer)
    printed = printed or (not added and names_the_total(question, offer))
    as_told = _told_as_such(question, offer)
    return {
        f"way_{offer.way}": 1.0,
        "way_fact": float(evidence.kind == "fact"),
        "own": offer.own,
        "plain": float(offer.reading.operation is not question.operation and not printed),
        "terms": min(1.0, len(offer.reading.terms) / 12),
        **(_asked(offer.reading) if printed else _asked(as_told) if as_told is not None else kind),
        **_accounted(store, offer, held),
        **_letters(asked, question, evidence, _header(offer), _cited(offer), _lead(store, evidence)),
        "other_stage": float(of_other_stage(question, evidence)),
        "asks_several": min(2.0, max(0.0, len(kinds(question.folded)) - 1.0)),
        "told_all": told(question, texts),
        "no_reason": float(lacks_reason(question, texts) and not REASONS.search(" ".join(evidence.attribute))),
        **given,
        "change_given": _change_given(question, evidence, texts, given["worked_out"])
        * _most_given(question, offer, texts),
        "hit_rank": 1.0 / hit.rank if hit else 0.0,
        "hit_dense": hit.parts.get("dense", 0.0) if hit else 0.0,
        "hit_words": hit.parts.get("words", 0.0) if hit else 0.0,
        "hit_bigrams": hit.parts.get("bigrams", 0.0) if hit else 0.0,
    }


def _told_as_such(question: Question, offer: Offer) -> Question | None:
    """The question as a mere look-up, where a sentence itself tells the change (3億円減の135億円, コースを変更した), the total
    (総額を59億円とする) or the mean that it asks for; None where it does not.
    """
    if not isinstance(offer.source, ProseAnswer) or offer.way != "prose" or offer.source.calculation is not None:
        return None
    told = read(offer.evidence.value)
    asked = by_how_much(question)
    if which_way(question):
        printed = tells_which_way(told.folded)
    elif asks_change(question):
        printed = set(things(asked, told) or ()) & told_as_change(told) != set()
    elif question.operation is Operation.DIFFERENCE and _HOW.search(question.folded):
        printed = _CHANGED.search(told.folded) is not None
    else:
        named = question.operation in (Operation.SUM, Operation.AVERAGE) and bool(question.cue)
        printed = named and f"{question.cue}" in told.folded
    return replace(asked, operation=Operation.VALUE) if printed else None


def _counts_persons(question: Question, offer: Offer) -> bool:
    """Whether how many persons there are is asked and the rows of persons are counted."""
    return question.wants == "people" and offer.reading.operation is Operation.COUNT


def _asked(question: Question) -> Features:
    wants = question.wants
    return {
        **{name: float(question.operation in operations) for name, operations in _OPERATIONS.items()},
        "asks_figure": float(wants in _FIGURE_KINDS),
        "asks_date": float(wants in ("date", "month", "day", "clock")),
        "asks_name": float(wants in ("person", "place", "venue", "name")),
        "asks_why": float(wants in ("reason", "manner")),
        "asks_thing": float(wants == "thing"),
        "dated": float(bool(question.periods)),
        "claims": float(question.claim is not None),
    }


def _accounted(store: Store, offer: Offer, held: dict[Term, bool]) -> Features:
    """How the words of the question are explained, and what kind of words are not."""
    accounts = tuple({a.term.normal: a for a in sorted(offer.accounts, key=lambda a: a.strength)}.values())
    accounts = tuple(sorted(accounts, key=lambda a: a.term.start))  # a word asked with twice need be explained once
    accounts = tuple(a for a in accounts if not _of_whole_document(a)) or accounts
    total = sum(a.term.weight for a in accounts) or 1.0
    firm = [a for a in accounts if a.term.weight >= _NOUN and not is_soft(a.term)]
    lost = [a for a in accounts if a.strength == 0.0]
    lost_firm = [a for a in firm if a.strength == 0.0]
    meant = [_meant(store, a.term, offer.evidence) for a in lost_firm]
    return {
        "covered": sum(a.term.weight * a.strength for a in accounts) / total,
        "lost": sum(a.term.weight for a in lost) / total,
        "lost_names": float(sum(a.term.weight >= _NAME and a.term.pos != "数詞" for a in lost)),
        "lost_figures": float(sum(a.term.pos == "数詞" for a in lost)),
        "lost_nouns": float(sum(a.term.weight < _NAME for a in lost_firm)),
        "lost_verbs": float(sum(a.term.weight < _NOUN and not is_soft(a.term) for a in lost)),
        "lost_soft": float(sum(is_soft(a.term) for a in lost)),
        "lost_unknown": float(sum(not held[a.term] for a in lost_firm)),
        "contradicted": float(sum(_contradicted(store, offer.evidence, a.term) for a in lost)),
        "meant_least": min(meant, default=1.0),
        "weakly": sum(a.term.weight for a in firm if a.strength < _WELL) / total,
        "around": sum(a.term.weight for a in accounts if a.strength and a.by.startswith(AROUND)) / total,
        "first_strength": firm[0].strength if firm else 1.0,
        "last_strength": firm[-1].strength if firm else 1.0,
    }


def _of_whole_document(account: Explained) -> bool:
    """Whether a name only says which document is meant (the city, the prefecture): it tells no two offers of it apart."""
    return account.strength > 0.0 and account.by.startswith(_WHOLE) and account.term.weight >= _NAME


def _without_place_and_year(question: Question, found: Sequence[Offer]) -> str:
    """The folded question without its years, which are weighed by themselves, and without the documents' own names."""
    places = {(a.term.start, a.term.end) for one in found for a in one.accounts if _of_whole_document(a)}
    text = question.folded
    for start, end in (*places, *((period.start, period.end) for period in question.periods)):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _contradicted(store: Store, evidence: Evidence, term: Term) -> bool:
    """Whether other rows of the same table consist of a word in a column where this row says something else (廃止, 継続)."""
    if evidence.table is None:
        return False
    frame = table_frame(store.documents[evidence.document], evidence.table)
    word = letters(term.surface)
    for i in frame.texts.holding(word):
        if frame.texts.texts[i] == word:
            here = {r for r in range(len(frame)) if frame.refs[r][frame.key].position == evidence.position}
            columns = {c for _, c in frame.places[i] if frame.columns[c].role == "data"}
            return any(not frame.says_nothing(r, c) for r in here for c in columns)
    return False


def _meant(store: Store, term: Term, evidence: Evidence) -> float:
    """The nearest meaning of a word among those of the evidence and what it belongs to, as a cosine."""
    if term.pos == "数詞":
        return 0.0
    text = " ".join((*evidence.subject[-2:], evidence.name or "", *evidence.attribute, evidence.value))
    return nearness(text, term.surface, store.encoder, whole=True)


def _header(offer: Offer) -> str | None:
    """The header that says what an offer gives: of a change that the table prints, that of the figures that changed.

    None where it need not be said: the whole of its parts (年度計 beside 4月, 5月, …) or the only amount of its table to reckon with,
    when every word of the question is explained by something else; and that a change is one.
    """
    evidence = offer.evidence.attribute
    if isinstance(offer.source, ProseAnswer):
        return " ".join(evidence)
    proposal = offer.source.proposal if isinstance(offer.source, Verdict) else offer.source
    plan = proposal.plan
    if plan.guessed and not any(a.strength == 0.0 for a in offer.accounts):
        only = offer.reading.operation in NUMERIC and bool(plan.columns) and measures(plan.frame) == {plan.columns[0]}
        whole = len(plan.columns) == 1 and whole_of_parts(plan.frame, plan.columns[0])
        if only or whole or proposal.result.note.startswith("printed"):
            return None
    changed = proposal.result.note.startswith("printed") and not plan.guessed
    return " ".join((*evidence, *(plan.frame.columns[c].label for c in plan.columns if changed)))


def _letters(
    asked: frozenset[str], question: Question, evidence: Evidence, header: str | None, texts: Sequence[str], lead: str
) -> Features:
    """How far question and evidence agree letter by letter: name, header, what is said, and all of it with what leads to it."""
    name = evidence.name or (evidence.subject[-1] if evidence.subject else "")
    said = " ".join(texts)
    around = " ".join((*evidence.subject, name, header or "", said, lead))
    return {
        "name_asked": _share(pairs(name), asked),
        "name_whole": float(len(name) > 1 and letters(name) in letters(question.folded)),
        "header_asked": _share(pairs(header), asked) if header is not None else 1.0,
        "asked_held": _share(asked, pairs(around)),
        "asked_in_value": _share(asked, pairs(said)),
    }


def _lead(store: Store, evidence: Evidence) -> str:
    """What introduces a sentence, or what it goes on from."""
    if evidence.kind != "passage" or evidence.position < 0:
        return ""
    return candidate_at(store.documents[evidence.document], evidence.position, 1).lead


def _change_given(question: Question, evidence: Evidence, texts: Sequence[str], worked_out: float) -> float:
    """Whether a change that is asked for is worked out or printed (3.0%の増, a column 増減); 1 where none is asked for."""
    if question.operation is not Operation.DIFFERENCE or worked_out:
        return 1.0
    if which_way(question):
        return float(tells_which_way(searchable(" ".join(texts))))
    printed = _CHANGE.search(searchable(" ".join(texts))) or CHANGES.search(" ".join(evidence.attribute))
    return float(printed is not None)


def _most_given(question: Question, offer: Offer, texts: Sequence[str]) -> float:
    """Whether a text says that something is the most, where that is asked for; 1 where it is not, or a table answers."""
    if question.operation not in EXTREMES or offer.way not in ("prose", "cell"):
        return 1.0
    return float(_EXTREME.search(searchable(" ".join((*offer.evidence.subject, *texts)))) is not None)


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _of_source(question: Question, offer: Offer) -> Features:
    value = tidy(offer.evidence.value)
    given = {
        "nothing": float(not value or is_nothing(searchable(value))),
        "length": min(1.0, math.log1p(len(value)) / 7),
    }
    if isinstance(offer.source, ProseAnswer):
        return given | _of_sentence(question, offer.source)
    proposal = offer.source.proposal if isinstance(offer.source, Verdict) else offer.source
    return given | _of_plan(question, proposal)


def _of_sentence(question: Question, made: ProseAnswer) -> Features:
    own = made.features
    return {
        **{name: own.get(name, 0.0) for name in _OF_PROSE},
        "kind": own.get("kind", 0.0),
        "year": _year(question, own),
        "worked_out": float(made.calculation is not None),
        "reworded": float(made.text is not None),
        "pieces": min(1.0, len(made.evidence) / 10),
    }


def _year(question: Question, own: Features) -> float:
    """1 where a sentence speaks of a year asked for, or none is; -1 where of others only."""
    other = own.get("period_other", 0.0)
    return own.get("period", 0.0) - other if question.periods else 1.0 - 2.0 * other


def _cited(offer: Offer) -> tuple[str, ...]:
    """The texts that an offer rests on: of sentences all, of a table the first cell."""
    if isinstance(offer.source, ProseAnswer):
        return tuple(one.value for one in offer.source.evidence)
    return (offer.evidence.value,)


def _texts(offer: Offer) -> tuple[str, ...]:
    """What an offer says: its own sentence, else the texts it gives, each with the unit that governs it."""
    if isinstance(offer.source, ProseAnswer):
        return (offer.source.text,) if offer.source.text else tuple(one.value for one in offer.source.evidence)
    proposal = offer.source.proposal if isinstance(offer.source, Verdict) else offer.source
    frame, result = proposal.plan.frame, proposal.result
    cells = (frame.evidence(o.row, o.column) for o in result.operands[:_MOST_CELLS])
    named = tuple(frame.label(row) or "" for row in result.things[:1]) if result.kind in _NAMING else ()
    headers = (frame.columns[o.column].core for o in result.operands[:_MOST_CELLS])
    figures = (f"{one.value}{one.unit or _counted(one.value, head)}" for one, head in zip(cells, headers, strict=True))
    return (*named, *figures, result.written or "")


def _counted(value: str, header: str) -> str:
    """The unit that a header gives a bare figure: 1,130 under 件数; "" where it gives none."""
    lone = lone_quantity(searchable(value))
    return (counted_in(header) or "") if lone is not None and lone.unit is None else ""


def _of_plan(question: Question, proposal: Proposal) -> Features:
    plan, result = proposal.plan, proposal.result
    frame = plan.frame
    kinds = [frame.columns[c].kind for c in plan.columns]
    return {
        "kind": plan.features["kind"],
        "year": min(plan.years, default=1.0 if not question.periods else 0.0),
        "guessed": float(plan.guessed),
        "met": plan.features["met"],
        "narrowed": plan.features["narrowed"],
        "fits": plan.features["fits"],
        "explained": plan.features["explained"],
        "by_name": float(frame.key in plan.at),
        "turned": float(frame.turned),
        "summed": float(isinstance(frame, SummedFrame)),
        "rows": min(1.0, math.log1p(len(plan.rows)) / 5),
        "one_row": float(len(plan.rows) == 1),
        "columns": min(1.0, len(plan.columns) / 5),
        "in_words": float("text" in kinds),
        "given": min(1.0, len(result.operands) / 10),
        "rivals": float(len(proposal.rivals) > 0),
        "missing": float(len(proposal.missing)),
        "left_out": float(bool(result.left_out)),
        "worked_out": float(result.written is not None),
        "whole_table": float(not plan.at and not plan.features["narrowed"]),
    }


def _beside(
    found: Sequence[Offer], lines: Sequence[object], years: Sequence[frozenset[int]], i: int, one: Offer
) -> Features:
    """How an offer stands beside the others: ahead of its own way's next, agreed with or outdone by other ways.

    Another place that tells the same year where a date is asked for agrees as well.
    """
    alike = [lines[j] == lines[i] or (len(years[i]) == 1 and years[j] == years[i]) for j in range(len(found))]
    same = [o.own for j, o in enumerate(found) if j != i and o.way == one.way and lines[j] != lines[i]]
    others = [o.own for j, o in enumerate(found) if o.way != one.way and not alike[j]]
    agree = [o.own for j, o in enumerate(found) if o.way != one.way and alike[j]]
    return {
        "place": 1.0 / (1 + one.place),
        "ahead": one.own - max(same, default=0.0),
        "outdone": max(others, default=0.0),
        "agreed": max(agree, default=0.0),
    }


def line_of(store: Store, offer: Offer) -> object:
    """Where the evidence stands, so that a fact and a sentence on one line are the same place."""
    evidence = offer.evidence
    document = store.documents[evidence.document]
    if evidence.kind == "fact":
        return evidence.document, document.place(document.facts[evidence.position].span).line_start
    if evidence.kind == "passage":
        return evidence.document, document.place(document.passages[evidence.position].span).line_start
    if evidence.kind == "heading":
        return evidence.document, document.place(document.sections[evidence.position].span).line_start
    assert evidence.table is not None
    return evidence.document, document.place(document.tables[evidence.table].rows[evidence.position].span).line_start


def _hits_by_place(hits: Sequence[Hit]) -> dict[tuple[object, ...], Hit]:
    found: dict[tuple[object, ...], Hit] = {}
    for hit in hits:
        found.setdefault((hit.entry.document, hit.entry.kind, hit.entry.table, hit.entry.position), hit)
    return found


def _place(evidence: Evidence) -> tuple[object, ...]:
    kind = "row" if evidence.kind == "cell" else evidence.kind
    return evidence.document, kind, evidence.table, evidence.position
