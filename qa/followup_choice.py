"""Which of the questions that a turn may stand for was meant: by how likely each is answered rightly, and where.

An answer's confidence is the probability that it answers its question; the turn is taken for the question where that,
times how likely it was the one meant, is greatest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.folding import searchable
from corpus.values import find_periods, find_quantities
from index import Store
from qa.file_names import says_whose
from qa.followup import FollowUp, follow_up_grammar, read_follow_up, strong, topics
from qa.followup_anchor import Anchor
from qa.followup_gate import has_figure, quotes_it_all_again, sound
from qa.followup_inside import around, beside, row_names
from qa.followup_memory import borne_out, in_its_year, names_found
from qa.followup_rewrite import Candidate
from qa.followup_slots import is_measure, slots
from qa.followup_state import Understood
from qa.grammar import grammar
from qa.languages import ASKS_LANGUAGES, lists_languages
from qa.lookup import TextIndex, letters
from qa.runs import Phrase, phrases
from qa.synonyms import other_words
from qa.types import Answer, Citation, Operation, Term
from qa.understand import RELATIVE_YEAR, understand

EACH_LATER = 0.95  # how likely a candidate is beside the one before it
_ELSEWHERE = 0.85  # what goes on from an answer stays most often where that stands
_OTHER_SORT = 0.6  # another figure than was asked for before
_UNSAID = 0.5  # a candidate answered by a text that holds none of the turn's own names
_LOOKED_AT = 4
_ROWS_LOOKED_AT = 12
_DONE = 0.6  # 終了 of 終了した, and heavier words
_MOST_OF = 0.6  # of a name's letters
_LONG_NAME = 8  # letters
_SURE = 0.9  # a question that says a long name in full is answered as anybody's question is
_REFERRING = ("that", "first", "same", "nth")
_NUMBER_OF_ANOTHER = re.compile(r"[一-龥ァ-ヶー]数[ :は約]*$")  # 配信回数 tells not how often it was watched
_STRONG_NOUN = 0.8
_SURE_OF_IT = 0.5
_AGAIN = 0.9
_BACK = (*_REFERRING, "earlier", "years_before", "years_after")
_A_TEXT = 30  # letters of a quote that says something by itself
ENOUGH = 0.45  # of what goes on from an answer, less is not said

_OF_ITSELF = re.compile(r"(?P<name>[^のはがを、。]{2,})の(?P=name)[はがを]")


def likelihood(
    candidate: Candidate, given: Answer, rank: int, read: FollowUp, at: Anchor | None, store: Store
) -> float:
    """How likely a candidate is the one that was meant, in [0, 1]; it is answered and fits."""
    if _OF_ITSELF.match(candidate.text):
        return 0.0  # 参加者の参加者は何人: of nothing that was spoken of, and another answer when it is asked alone
    if candidate.composed:  # every word of the turn went into it; a part of what was said is as sure as that was
        return (1.0 if candidate.near else given.confidence) * EACH_LATER**rank
    instead = candidate.kind == "correction" and bool(read.no) and _under_header(read.yes or "", given)
    said = 1.0 if instead or _of_another_year(candidate, read) else _said(read, given, store)
    sure = given.confidence * said
    if at is not None:
        stays = not candidate.kept or at.holds(given) or _is_called(candidate.subject, given)
        stays = stays or _refers_elsewhere(candidate, at)
        sure *= 1.0 if stays else _ELSEWHERE
        sure *= _OTHER_SORT if candidate.same and at.units and not at.of_same_sort(given) else 1.0
    sure *= 1.0 if not candidate.kept or has_figure(given) or _told_itself(read, given) else _ELSEWHERE
    sure *= _AGAIN if read.among and at is not None and quotes_it_all_again(given, at) else 1.0
    if candidate.kind not in ("complete", "topic") and (sure < ENOUGH or said <= _UNSAID):
        return 0.0
    return sure * EACH_LATER**rank


def _refers_elsewhere(candidate: Candidate, at: Anchor) -> bool:
    """Whether a reference means another thing than the one last told of (同課: its office)."""
    mine, other = letters(at.name), letters(candidate.subject)
    return candidate.kind == "reference" and bool(other) and other not in mine and mine not in other


def _told_itself(read: FollowUp, given: Answer) -> bool:
    """Whether what is cited, or its header, says anything that the turn names; True where the turn names nothing.

    A word in a neighbouring cell (サイト beside 継続) shows where the answer stands, not that it is one.
    """
    q = read.question
    named = [p for p in phrases(q) if strong(p) and not _refers(p, q.folded)] if q else []
    told = Told(" ".join(part for c in given.citations for part in (c.quote, c.row or "", *c.column)))
    return not named or any(told.holds(t) for p in named for t in p.terms)


def _of_another_year(candidate: Candidate, read: FollowUp) -> bool:
    """Whether a turn names nothing but a year, so that all else is kept."""
    return "attribute" in candidate.kept and "periods" not in candidate.kept and not (candidate.same or read.among)


def _is_called(name: str, given: Answer) -> bool:
    """Whether what an answer cites is called by a name, not only by a longer one that holds it."""
    wanted = letters(name)
    called = [letters(part) for c in given.citations[:1] for part in (c.row or "", *c.heading)]
    return bool(wanted) and any(wanted in one and len(wanted) >= _MOST_OF * len(one) for one in called)


def _said(read: FollowUp, given: Answer, store: Store) -> float:
    """How far the names that the turn itself says stand where the answer does: 1 for all of them, _UNSAID for none."""
    q = read.question
    if given.kind == "yesno":
        return 1.0  # what is denied stands nowhere
    named = [p for p in topics(q) if strong(p) and not _refers(p, q.folded)] if q else []
    return _UNSAID + (1 - _UNSAID) * _standing(read, named, given, store)


def _standing(read: FollowUp, named: Sequence[Phrase], given: Answer, store: Store) -> float:
    """The share of phrases that stand where an answer does; 1 where there are none.

    Figures and words of one letter (人, 子, 方) do not count.
    """
    named = [p for p in named if any(t.pos != "数詞" and len(t.surface) > 1 for t in p.terms) or len(p.terms) > 1]
    named = [p for p in named if not _is_whose_it_is(p, given, store)]
    if not named or read.question is None:
        return 1.0
    if given.kind == "difference":
        return 1.0  # what is left when a part is taken off is called otherwise than anything printed (県内, 県外)
    ground = _told(store, given)
    told = Told(ground)
    said = [letters(read.question.folded[p.start : p.end]) for p in named]
    whole = [
        text in told.letters
        or _by_words(p, told)
        or _counted_so(text, given)
        or (bool(ASKS_LANGUAGES.search(text)) and lists_languages(ground))
        for p, text in zip(named, said, strict=True)
    ]
    return sum(whole) / len(whole)


def _is_whose_it_is(phrase: Phrase, given: Answer, store: Store) -> bool:
    """Whether a phrase only says whose documents these are: 高原市 of those of 高原市, which call it 本市."""
    said = letters("".join(word.surface for word in phrase.words))
    cited = {c.document for c in given.citations}
    return bool(cited) and all(says_whose(store.documents[one], said, phrase.words) for one in cited)


def _refers(phrase: Phrase, said: str) -> bool:
    """Whether a phrase stands for something said before (この会, 最初 of 最初の事業, もう一方), so that no answer need hold it; with the
    noun where that says only what kind of thing it is (そのイベント).
    """
    other = follow_up_grammar().at("step", "other").search(said)
    if other is not None and other.start() < phrase.end and phrase.start < other.end():
        return True
    found = (m for name in _REFERRING for m in follow_up_grammar().at("reference", name).finditer(said))
    kinds = follow_up_grammar().classes
    return any(
        m.start() < phrase.end
        and phrase.start < (m.end("noun") if m["noun"] in kinds else max(m.start("noun"), m.start() + 1))
        for m in found
    )


def _under_header(meant: str, given: Answer) -> bool:
    """Whether what is meant instead (事業費) is the header of all that is cited."""
    heads = [letters(c.column[-1]) for c in given.citations if c.column]
    return len(heads) == len(given.citations) > 0 and all(len(head) > 1 and head in letters(meant) for head in heads)


def _tells_what_is_meant(candidate: Candidate, read: FollowUp, given: Answer, store: Store) -> bool:
    """Whether an answer after 「AではなくてB」 tells anything of B, and one to 講師は誰 of a 講師; any word of other turns."""
    of_last = "subject" in candidate.kept and not candidate.composed
    if candidate.kind == "correction" and read.no and _under_header(read.yes or "", given):
        return True
    if of_last and not (_says_anything(read, given, store) and _own_thing_borne_out(read, given, store)):
        return False
    if candidate.kind == "correction" and read.no:
        meant = read_follow_up(read.yes or "")
        if not _standing(meant, [p for p in meant.phrases if strong(p)], given, store):
            return False
    return not candidate.kept or _names_the_person(read, given, store)


def _names_the_person(read: FollowUp, given: Answer, store: Store) -> bool:
    """Whether an answer to 講師は誰 tells of what was asked for, not only of the thing spoken of; True of other turns."""
    q = read.question
    if q is None or q.wants != "person":
        return True
    return _standing(read, [p for p in topics(q) if strong(p)][-1:], given, store) > 0


def _told(store: Store, given: Answer) -> str:
    """What an answer's citations tell: the quotes and what they belong to; beside short ones the row's other cells.

    Those narrow a figure or a name down; a text is given for what it says itself, not for what a neighbouring cell or
    the heading above several such texts does.
    """
    cited = given.citations[:_LOOKED_AT]
    texts = [c for c in cited if len(letters(c.quote)) >= _A_TEXT and letters(c.quote) in letters(given.answer)]
    if given.kind not in ("value", "passage") or not texts:
        return " ".join(around(store, c) for c in cited)
    return " ".join(part for c in texts for part in (c.quote, c.row or "", *c.column))


def _counted_so(text: str, given: Answer) -> bool:
    """Whether a phrase asks how many by the counter in which the answer tells them: 放送回数 of 番組 20回."""
    told = " ".join(part for c in given.citations for part in (c.quote, *c.column))
    units = {value.unit for value in given.values if value.unit and f"{value.unit}数" not in told}
    return any(text.endswith(f"{unit}数") for unit in units)


def _by_words(phrase: Phrase, told: Told) -> bool:
    """Whether every word of a phrase stands in a text; a single letter of it says nothing by itself (県 of 県外)."""
    named = [t for t in phrase.terms if t.pos != "接尾辞"]
    return bool(named) and all(len(t.surface) > 1 and told.holds(t) for t in named)


class Told:
    """What an answer tells, to be asked for a turn's words: as they are, or as documents write them (始まった, 開始)."""

    def __init__(self, text: str) -> None:
        self.letters = letters(text)
        self._index = TextIndex([text])

    def holds(self, term: Term) -> bool:
        """Whether a word, or another for the same thing, stands there."""
        others = other_words(term.surface, term.normal)
        return bool(self._index.find(term)) or any(word in self.letters for group in others for word in group)


def _asks(read: FollowUp) -> bool:
    """Whether a turn says anything that could be asked of a thing: a word, a year, a kind of answer, a step."""
    q = read.question
    return q is not None and bool(
        q.terms
        or q.periods
        or q.wants
        or q.unit
        or q.operation is Operation.COUNT
        or read.steps
        or RELATIVE_YEAR.search(read.text)
    )


def _says_anything(read: FollowUp, given: Answer, store: Store) -> bool:
    """Whether what is cited, or its row, holds any word of the turn: 配信された how is not told where 配信 is not.

    True of turns without such a word, and of what was calculated.
    """
    q, soft = read.question, grammar().soft
    back = [
        m.span() for name in _BACK for m in follow_up_grammar().at("reference", name).finditer(q.folded if q else "")
    ]
    own = [
        t for t in (q.terms if q else ())
        if t.weight >= _DONE and t.pos not in ("数詞", "接尾辞") and len(t.surface) > 1
        and not {t.normal, t.surface} & soft and not any(a < t.end and t.start < b for a, b in back)
    ]  # fmt: skip
    if not own or given.kind not in ("value", "passage"):
        return True
    if _only_counts_doing(own, given, q.folded if q else "", q.unit if q else None):
        return True
    told = Told(" ".join(around(store, c) for c in given.citations[:_LOOKED_AT]))
    return any(told.holds(t) for t in own)


def _only_counts_doing(own: Sequence[Term], given: Answer, asked: str, unit: str | None) -> bool:
    """Whether a turn only asks how often something was done (何回放送された, 放送回数), and a sure answer tells one figure so counted."""
    counted = f"{unit}数"  # 放送回数 as 何回放送された
    doing = all(t.weight < _STRONG_NOUN or asked.startswith(counted, t.end) for t in own)
    quote = searchable(given.citations[0].quote) if given.citations else ""
    told = [q for q in find_quantities(quote) if q.unit == unit]
    if not doing or unit is None or len(told) != 1 or given.confidence < _SURE_OF_IT or counted in quote:
        return False  # 申請件数 is how often something else was done
    return _NUMBER_OF_ANOTHER.search(quote[: told[0].start]) is None


def _answers_the_turn(read: FollowUp, given: Answer, store: Store) -> bool:
    """Whether an answer found by the name of what was spoken of also holds something that the turn itself names."""
    question = read.question
    own = [p for p in phrases(question) if any(t.normal not in grammar().soft for t in p.terms)] if question else []
    terms = [t for p in own for t in p.terms]
    if question is not None and _only_counts_doing(terms, given, question.folded, question.unit):
        return True
    return _standing(read, own, given, store) > 0


def fits(
    candidate: Candidate, given: Answer, last: Understood, read: FollowUp, at: Anchor | None, store: Store
) -> bool:
    """Whether an answer is one to what was meant: within what was found before, and not of another year.

    `last` is what was spoken of before the turn.
    """
    if (candidate.kinds and given.kind not in candidate.kinds) or not sound(candidate, given, read, at, last):
        return False
    if not _tells_what_is_meant(candidate, read, given, store) or _is_told_of_another(candidate.subject, given, store):
        return False
    if candidate.kept and not in_its_year(candidate.text, given):
        return False
    if candidate.condition and not _each_borne_out(candidate.condition, given, store):
        return False
    if candidate.within is not None and not _within(candidate.within, given):
        return False
    if candidate.kind == "slots" and "subject" in candidate.kept and not _asks(read):
        return False
    if candidate.near:
        says = _of_another_year(candidate, read) or _answers_the_turn(read, given, store)
        if at is None or not at.holds(given) or not says:
            return False
        if read.among and not at.column and not at.here(given):
            return False  # of what a sentence tells, only it tells parts
    elif ("subject" in candidate.kept or candidate.subject) and not _named_in_full(candidate):
        wanted = candidate.subject or last.subject
        there = not candidate.subject and at is not None and at.holds(given)
        there = there or (
            given.confidence >= _SURE and len(letters(wanted)) >= _LONG_NAME and wanted in candidate.text
            and (not candidate.subject or _is_part_told(wanted, given, store))
        )  # fmt: skip
        if wanted and not there and not borne_out(wanted, given, store):
            return False
    return not candidate.years or bool(candidate.kinds) or _in_years(candidate.years, given)


def _is_told_of_another(name: str, given: Answer, store: Store) -> bool:
    """Whether another row of the table that answers is called by all words of a thing named, and the one that answers is not."""
    first = given.citations[0] if name and given.citations else None
    names = row_names(store, first) if first is not None and first.row else ()
    words = [t for t in understand(name).terms if t.weight >= _DONE and len(t.surface) > 1] if names else []
    if first is None or not names or not words:
        return False
    if any(letters(cell.quote) == letters(name) for cell in beside(store, first)):
        return False  # 図書館 in a cell of the row itself

    def called(row: str) -> bool:
        index = TextIndex([row])
        return all(index.find(t) for t in words)

    return not called(first.row or "") and any(called(row) for row in names)


def _is_part_told(name: str, given: Answer, store: Store) -> bool:
    """Whether what is cited, or its row, holds every word of a thing that a turn names."""
    told = Told(" ".join(around(store, c) for c in given.citations[:_LOOKED_AT]))
    words = [t for t in understand(name).terms if t.weight >= _DONE and t.pos != "数詞" and len(t.surface) > 1]
    return all(told.holds(t) for t in words)


def _own_thing_borne_out(read: FollowUp, given: Answer, store: Store) -> bool:
    """Whether the thing of its own that a turn names with a measure (…事業の予算額は) stands where an answer of the last one does."""
    whole = slots(read.bare) if read.bare and read.question and read.question.periods else None
    if whole is None or not whole.subject or not whole.attribute or not is_measure(whole.attribute_text):
        return True
    back = follow_up_grammar()
    if whole.subject_text in back.classes:
        return True  # そのイベントの予算
    if any(back.at("reference", name).fullmatch(whole.subject_text) for name in _BACK):
        return True  # 最初の事業 is put into words elsewhere
    return borne_out(whole.subject_text, given, store)


def _each_borne_out(condition: str, given: Answer, store: Store) -> bool:
    """Whether a condition is borne out: by each of the rows listed, else by what is cited."""
    rows: dict[str, list[Citation]] = {}
    for c in given.citations if given.kind in ("list", "count") else ():
        rows.setdefault(c.row or "", []).append(c)
    if len(rows) < 2:
        return borne_out(condition, given, store, with_years=True)
    each = (replace(given, citations=tuple(cited)) for cited in list(rows.values())[:_ROWS_LOOKED_AT])
    return all(borne_out(condition, one, store, with_years=True, least=_DONE) for one in each)


def _named_in_full(candidate: Candidate) -> bool:
    """Whether a reference was put into so long a name that the question alone says what is meant."""
    return candidate.kind == "reference" and len(letters(candidate.subject)) >= _LONG_NAME


def _within(names: frozenset[str], given: Answer) -> bool:
    found = [letters(name) for name in names_found(given)]
    return bool(found) and all(any(n in w or w in n for w in names) for n in found)


def _in_years(years: frozenset[int], given: Answer) -> bool:
    """Whether no cell that an answer cites is of another year; words without a figure or date hold for any, said of theirs."""
    in_words = given.kind in ("value", "passage") and not any(v.is_number for v in given.values)
    if in_words and not any(re.search(r"[0-9]", searchable(c.quote)) for c in given.citations[:1]):
        return True
    for citation in given.citations:
        printed = {p.year for label in (*citation.column, citation.row or "") for p in find_periods(searchable(label))}
        if printed and not printed & years:
            return False
    return True
