"""A question and a sentence → readable features: what is explained by what, and whether what is asked for is there."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec
from msgspec.structs import replace as changed

from corpus.values import COUNTERS, find_quantities
from index import Encoder
from qa.boundaries import only_denied
from qa.explain import DENIED, literal
from qa.file_names import place_names, spells
from qa.opposites import or_the_other_way
from qa.prose_candidates import Candidate
from qa.prose_figures import Word, pulls
from qa.prose_kinds import asked_noun, by_how_much, resolved, things
from qa.prose_periods import period_fit
from qa.prose_reading import Reading, Spot, nearness, read
from qa.types import Explained, Operation, Question, Term

# What a place is worth as an explanation of a word: the sentence itself proves most, the document's title least.
PLACES = {
    "sentence": 1.0,
    "heading": 0.9,
    "lead": 0.85,
    "matter": 0.85,
    "before": 0.6,
    "opener": 0.6,
    "after": 0.4,
    "earlier": 0.45,
    "document": 0.6,
}
_BESIDE = ("before", "opener", "after", "earlier")
_NAME = 1.0  # terms that weigh this are names and figures
_NOUN = 0.8
_LIKE = 0.62  # cosine of two words from which on they may mean the same (qa/explain.py)
FEATURES = (
    "in_sentence", "in_heading", "in_near", "in_title", "meant", "lost", "lost_names", "lost_figures", "lost_nouns",
    "lost_count", "lost_elsewhere", "lost_quoted", "first", "last", "compound", "compound_least", "compounds", "letters",
    "kind", "kind_near", "kind_clear", "kind_many", "asks_figure", "asks_date", "asks_name", "asks_why", "asks_noun", "period",
    "period_other", "novel", "length", "item", "opens_list", "rank", "score", "dense", "words", "bigrams", "terms",
    "near_lost", "near_least",
)  # fmt: skip
_NUMBER_OF = re.compile(rf"(?P<unit>{COUNTERS})数")
_MEASURE = re.compile(r"^(?:予算|決算|執行|残高|限度|補助率|.+(?:額|率|費))$")
# What a common noun of running text may name as well as a proper one: 園庭, 樹木医.
_NAMED_SO = ("person", "place", "venue", "name")
_COMMON = 0.3  # what a word still weighs that nearly every candidate holds
_LEAST_OTHERS = 0.1
_QUOTED = re.compile(r"[「『\"“]([^「」『』\"“”]{2,40})[」』\"”]")
_END_OF_LIST = re.compile(r"(?:以下|次|下記|下表)の(?:とおり|通り)|:$|…$")


_Remembered = tuple[dict[str, float], ...]
_MOST_TERMS = 512  # words of questions for which it is kept how well texts explain them
_MOST_TEXTS = 2_000  # texts kept for each


@dataclass(frozen=True, slots=True)
class Asked:
    """A question prepared for comparing: the share of each term in all that must be explained, and its compounds.

    A compound is a run of terms with nothing between them: 旅券 + 申請 + 件数. `known` says of each term whether any
    candidate holds it, `quoted` are the names the question puts in brackets. `pairs` are the letters beside each other in
    its stretches of terms, `forms` the terms' normal forms, `runs` for each compound the letters of its runs of words, longest first, each with its share.
    `named` is the name of the place that a term is part of, by the term's number.
    `remembered` keeps for each term how far texts explain it by their letters, `explained` the accounts given so far.
    """

    question: Question
    shares: tuple[float, ...]
    known: tuple[bool, ...]
    quoted: tuple[str, ...]
    compounds: tuple[tuple[int, int], ...]
    pairs: tuple[str, ...]
    runs: tuple[tuple[tuple[str, float], ...], ...]
    forms: frozenset[str]
    named: dict[int, str] = field(compare=False)
    remembered: _Remembered = field(compare=False, repr=False)
    explained: dict[tuple[int, float, str], Explained] = field(compare=False, repr=False)

    def strength(self, number: int, text: str) -> float:
        """How far a text explains a term by its letters."""
        found = self.remembered[number].get(text)
        return _remember(self.question.terms[number], text, self.remembered[number]) if found is None else found

    def account(self, number: int, strength: float, place: str) -> Explained:
        """That a place explains a term so far; the few different ones there are of a question are made once."""
        key = (number, strength, place)
        found = self.explained.get(key)
        if found is None:
            found = self.explained[key] = Explained(self.question.terms[number], strength, place)
        return found


class Compared(msgspec.Struct, frozen=True):
    """A candidate with the accounting of each term, its features, and where the things asked for stand in it."""

    candidate: Candidate
    accounts: tuple[Explained, ...]
    features: dict[str, float]
    spots: tuple[Spot, ...]


def prepare(question: Question, found: Sequence[Candidate]) -> Asked:
    """Weigh the terms: one that every candidate holds tells them apart by nothing, one that none holds by most."""
    question = by_how_much(resolved(question))
    terms = question.terms
    remembered = tuple(_remembered(t.surface, t.normal, t.reading, t.pos, t.weight) for t in terms)
    holders = [0] * len(terms)
    for i, (term, known) in enumerate(zip(terms, remembered, strict=True)):
        for one in found:
            strength = known.get(one.text)
            if strength is None:
                strength = _remember(term, one.text, known)
            holders[i] += strength > 0.0
    first = {term.normal: i for i, term in reversed(list(enumerate(question.terms)))}
    weights = [
        # a word that is asked with twice (two sentences about one thing) need be explained once
        term.weight * (_COMMON + math.log(1 + (len(found) + 1) / (n + 0.5))) * (first[term.normal] == i)
        for i, (term, n) in enumerate(zip(question.terms, holders, strict=True))
    ]
    total = sum(weights) or 1.0
    joined = compounds(terms)
    return Asked(
        question,
        shares=tuple(w / total for w in weights),
        known=tuple(n > 0 for n in holders),
        quoted=tuple(_QUOTED.findall(question.folded.lower())),
        compounds=joined,
        pairs=tuple({a + b for text in _stretches(question) for a, b in itertools.pairwise(text)}),
        runs=tuple(_runs(terms[a:b]) for a, b in joined),
        forms=frozenset(term.normal for term in terms),
        named=place_names(question),
        remembered=remembered,
        explained={},
    )


@lru_cache(maxsize=_MOST_TERMS)
def _remembered(surface: str, normal: str, reading: str, pos: str, weight: float) -> dict[str, float]:
    """What was found out about a word, wherever it stands in a question: every way of answering, and every part of a
    question, asks about the same texts.
    """
    return {}


def _remember(term: Term, text: str, known: dict[str, float]) -> float:
    if len(known) >= _MOST_TEXTS:
        known.clear()
    found = known[text] = _strength(term, text)
    return found


def compare(asked: Asked, one: Candidate) -> Compared:
    """All features of one candidate but those that need the meaning of words."""
    question, reading = asked.question, read(one.text)
    places = {
        "sentence": one.text, "heading": " ".join(one.heading), "lead": one.lead, "matter": one.matter, "before": one.before, "opener": one.opener,
        "after": one.after, "earlier": one.earlier, "document": one.title,
    }  # fmt: skip
    accounts = _accounts(asked, places, one.document)
    if question.operation is Operation.YESNO:
        accounts = or_the_other_way(accounts, reading)
    spots = things(question, reading)
    fit = period_fit(question, one)
    words = matched(asked, reading)
    if one.kind == "item":
        words += [
            Word(i, asked.shares[i], (0, 0)) for i, a in enumerate(accounts) if a.by in ("heading", "lead", "matter")
        ]
    features = {
        **_coverage(asked, accounts, one.kind == "item"),
        **_focus(question.terms, accounts),
        **_wholeness(asked, places),
        **_kind(asked, reading, spots, words, one.kind),
        "period": max(0.0, fit),
        "period_other": max(0.0, -fit),
        "novel": _novel(asked, reading),
        "length": min(1.0, len(reading.folded) / 200),
        "item": float(one.kind == "item"),
        "opens_list": float(bool(_END_OF_LIST.search(reading.folded))),
        "rank": 1.0 / one.rank,
        "score": one.score,
        "dense": one.parts.get("dense", 0.0),
        "words": one.parts.get("words", 0.0),
        "bigrams": one.parts.get("bigrams", 0.0),
        "terms": min(1.0, len(question.terms) / 12),
        "near_lost": 0.0,
        "near_least": 1.0,
    }
    return Compared(one, accounts, features, spots or ())


def with_meaning(asked: Asked, one: Compared, encoder: Encoder) -> Compared:
    """The same, words that nothing explains also compared by meaning. It takes longest, so only the best get it."""
    meant = [0.0 if a.strength > 0.0 else _meant(a, one.candidate, encoder) for a in one.accounts]
    if not any(meant):
        return one
    return changed(one, features=one.features | _near(asked, one.accounts, meant))


def _strength(term: Term, text: str) -> float:
    """How far a text explains a term by its letters: as `literal`, but quick for the word as it stands."""
    if text and term.pos != "数詞" and term.weight < _NAME and term.normal in read(text).forms:
        denied = len(term.surface) > 1 and only_denied(term.surface, read(text).folded)
        return DENIED if denied else 1.0
    return literal(term, text) or float(_counts(term.surface, text))


def _counts(asked: str, text: str) -> bool:
    """Whether a text tells a number of what is counted: 241棟 for 棟数."""
    counted = _NUMBER_OF.fullmatch(asked)
    return counted is not None and any(q.unit == counted["unit"] for q in read(text).figures)


def _accounts(asked: Asked, places: dict[str, str], document: str) -> tuple[Explained, ...]:
    """How each term is explained by the place that explains it best, the first of equally good ones."""
    terms = asked.question.terms
    strengths, by = [0.0] * len(terms), [""] * len(terms)
    sentence = places["sentence"]
    for place, text in places.items():
        if not text:
            continue
        worth = PLACES[place]
        for i, known in enumerate(asked.remembered):
            strength = strengths[i]
            if strength >= worth:
                continue
            found = known.get(text)
            if found is None:
                found = _remember(terms[i], text, known)
            beside = place in _BESIDE and (_figure_differs(terms[i], sentence) or _told_there(terms[i], text))
            if found * worth > strength and not beside:
                strengths[i], by[i] = found * worth, place
    return tuple(
        asked.account(i, PLACES["document"], "document")
        if not place and _of_its_file(terms[i], asked.named.get(i, ""), document)
        else asked.account(i, strength, place)
        for i, (strength, place) in enumerate(zip(strengths, by, strict=True))
    )


def _of_its_file(term: Term, name: str, document: str) -> bool:
    """Whether a document's file name spells a word, or the name of the place that it is part of."""
    return (term.pos == "名詞" and spells(document, term.surface)) or (name != "" and spells(document, name))


def _told_there(term: Term, beside: str) -> bool:
    """Whether a measure (予算, 執行率) stands in a sentence beside with a figure of its own: what it comes to is told there."""
    return _MEASURE.search(term.surface) is not None and bool(read(beside).figures)


def _figure_differs(term: Term, sentence: str) -> bool:
    """Whether a figure of the question is another one in the sentence: 2.43平方メートルの区画 is not that of 4.86平方メートル."""
    if term.pos != "数詞" or term.surface.startswith("第"):
        return False
    asked = find_quantities(term.surface)
    units = {q.unit for q in asked if q.unit}
    return bool(units) and any(q.unit in units for q in read(sentence).figures)


def _meant(account: Explained, one: Candidate, encoder: Encoder) -> float:
    """The nearest meaning of a word of the sentence to a word that nothing explains, as a cosine; names mean themselves."""
    if account.term.weight >= _NAME or account.term.pos == "数詞":
        return 0.0
    return nearness(one.text, account.term.surface, encoder, whole=False)


def _coverage(asked: Asked, accounts: Sequence[Explained], item: bool) -> dict[str, float]:
    """Shares of the question explained by the sentence and by what stands around it, and what nothing explains by kind of word.

    A list item leaves out what its heading and its introduction say: their words count as its own. The words that only
    the document's title explains choose the document, not the sentence: the shares are of the other words. Nothing is
    explained by meaning as far as `_near` has not looked.
    """
    shares = dict.fromkeys(PLACES, 0.0)
    unexplained: list[tuple[float, Term, bool]] = []
    titled = 0.0
    for share, account, known in zip(asked.shares, accounts, asked.known, strict=True):
        if account.by:
            shares[account.by] += share * account.strength
            titled += share if account.by == "document" else 0.0
        elif share:
            unexplained.append((share, account.term, known))
    others = max(_LEAST_OTHERS, 1.0 - titled)
    around, scale = shares["heading"] + shares["lead"] + shares["matter"], 1 / others
    lost = names = figures = nouns = elsewhere = count = 0.0
    for share, term, known in unexplained:
        part = share / others
        lost += part
        names += part if term.weight >= _NAME else 0.0
        figures += term.pos == "数詞"
        nouns += part if _NOUN <= term.weight < _NAME else 0.0
        elsewhere += part if known else 0.0
        count += term.weight >= _NOUN
    return {
        "in_sentence": (shares["sentence"] + (around if item else 0.0)) * scale,
        "in_heading": 0.0 if item else around * scale,
        "in_near": sum(shares[place] / PLACES[place] for place in _BESIDE) * scale,
        "in_title": shares["document"],
        "meant": 0.0,
        "lost": lost,
        "lost_names": names,
        "lost_figures": figures,
        "lost_nouns": nouns,
        "lost_elsewhere": elsewhere,
        "lost_count": min(4.0, count),
    }


def _others(asked: Asked, accounts: Sequence[Explained]) -> float:
    """The share of the question that is more than the document's title says; not less than a tenth."""
    titled = sum(share for share, a in zip(asked.shares, accounts, strict=True) if a.by == "document")
    return max(_LEAST_OTHERS, 1.0 - titled)


def _near(asked: Asked, accounts: Sequence[Explained], meant: Sequence[float]) -> dict[str, float]:
    """What of the lost a word of near meaning stands for; `meant` gives the nearest meaning of each term in the sentence."""
    others = _others(asked, accounts)
    rows = zip(asked.shares, accounts, meant, strict=True)
    lost = [(share / others, a.term, m) for share, a, m in rows if a.strength == 0.0 and share]
    nouns = [m for _, t, m in lost if t.weight >= _NOUN]
    return {
        "meant": sum(s * m for s, _, m in lost if m >= _LIKE),
        "near_lost": sum(s * max(0.0, m) for s, _, m in lost),
        "near_least": max(0.0, min(nouns, default=1.0)),
        "lost_count": min(4.0, sum(1.0 for _, t, m in lost if t.weight >= _NOUN and m < _LIKE)),
    }


def _focus(terms: Sequence[Term], accounts: Sequence[Explained]) -> dict[str, float]:
    """How far the first noun (mostly what is asked about) and the last (mostly what is asked of it) are explained.

    A name that only the document's title explains says whose document it is (小樽市の…), and is neither.
    """
    nouns = [a.strength for t, a in zip(terms, accounts, strict=True) if t.weight >= _NOUN and a.by != "document"]
    return {"first": nouns[0] if nouns else 1.0, "last": nouns[-1] if nouns else 1.0}


def compounds(terms: Sequence[Term], least: int = 2) -> tuple[tuple[int, int], ...]:
    """Runs of at least so many terms without anything between them, no verbs among them, as ranges of terms."""
    runs, start = [], 0
    for i in range(len(terms) + 1):
        verb = i < len(terms) and terms[i].pos in ("動詞", "形容詞")
        if i == len(terms) or verb or (i > start and terms[i].start != terms[i - 1].end):
            if i - start >= least:
                runs.append((start, i))
            start = i + 1 if verb else i
    return tuple(runs)


def _stretches(question: Question) -> tuple[str, ...]:
    """The question's terms with the particles between them, for comparing letter by letter."""
    text = question.folded.lower()
    found, start, end = [], None, 0
    for term in question.terms:
        if start is not None and term.start - end <= 2:
            end = term.end
            continue
        if start is not None:
            found.append(text[start:end])
        start, end = term.start, term.end
    if start is not None:
        found.append(text[start:end])
    return tuple(found)


def _wholeness(asked: Asked, places: dict[str, str]) -> dict[str, float]:
    """Whether the names of several words stand together as asked, and how many letters in a row agree."""
    texts = [read(places[p]).lower for p in ("sentence", "heading", "lead") if places[p]]
    joined = "\n".join(texts)  # no word goes over the end of a text
    shares = [next((share for run, share in runs if run in joined), 0.0) for runs in asked.runs]
    held = sum(map(texts[0].__contains__, asked.pairs)) if texts else 0
    return {
        "compound": sum(shares) / len(shares) if shares else 1.0,
        "compound_least": min(shares, default=1.0),
        "compounds": min(1.0, len(shares) / 3),
        "letters": held / len(asked.pairs) if asked.pairs else 0.0,
        "lost_quoted": float(sum(not any(name in text for text in texts) for name in asked.quoted)),
    }


def _runs(terms: Sequence[Term]) -> tuple[tuple[str, float], ...]:
    """The letters of every run of a compound's words, longest run first, each as a share of the compound's letters."""
    surfaces = [t.surface.lower() for t in terms]
    total = sum(map(len, surfaces))
    found = []
    for size in range(len(surfaces), 0, -1):
        for start in range(len(surfaces) - size + 1):
            run = "".join(surfaces[start : start + size])
            found.append((run, len(run) / total))
    return tuple(found)


def matched(asked: Asked, reading: Reading) -> list[Word]:
    """Where the terms of the question stand in the sentence."""
    found = []
    for i, term in enumerate(asked.question.terms):
        spots = reading.forms.get(term.normal)
        if spots is None and term.surface.lower() in reading.lower:
            at = reading.lower.index(term.surface.lower())
            spots = ((at, at + len(term.surface)),)
        found += [Word(i, asked.shares[i], spot) for spot in spots or ()]
    return found


def _kind(
    asked: Asked, reading: Reading, spots: tuple[Spot, ...] | None, words: Sequence[Word], kind: str
) -> dict[str, float]:
    """Whether a thing of the kind asked for is there, and how near to the words of the question one of them stands."""
    wants = asked.question.wants
    shaped = float(wants not in (None, "thing", "manner") or spots is not None)
    pulled = pulls(reading, words, spots or ())
    return {
        "kind": 1.0 if spots else -1.0 if shaped and (wants not in _NAMED_SO or kind == "cell") else 0.0,
        "kind_near": max(pulled, default=0.0),
        "kind_clear": _clear(pulled),
        "kind_many": min(1.0, len(spots or ()) / 5),
        "asks_figure": float(wants in ("money", "people", "percent", "span", "number", "count")),
        "asks_date": float(wants in ("date", "month", "day", "clock")),
        "asks_name": float(wants in ("person", "place", "venue", "name")),
        "asks_why": float(wants in ("reason", "manner")),
        "asks_noun": float(not shaped and asked_noun(asked.question) is not None),
    }


def _clear(pulled: Sequence[float]) -> float:
    """By how much the figure that belongs most is ahead of the next, as a share; 1 where there is only one."""
    if not pulled:
        return 0.0
    first, *rest = sorted(pulled, reverse=True)
    return (first - rest[0]) / first if rest and first else float(bool(first))


def _novel(asked: Asked, reading: Reading) -> float:
    """Words of the sentence that the question does not hold, up to 10, as a share of 10."""
    return min(1.0, len(reading.forms.keys() - asked.forms) / 10)
