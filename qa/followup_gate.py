"""What an answer to a turn can never be, however sure it is of the question it was found with.

A question made for a turn may be answered well and still not be what the turn asked: rows counted where pieces were
asked for, the largest of a figure that nobody named, a sentence without a figure where a number was asked for.
"""

from __future__ import annotations

import re

from corpus.folding import searchable
from corpus.values import find_periods, lone_quantity
from qa.followup import FollowUp, follow_up_grammar, only_a_step
from qa.followup_anchor import Anchor, place_of
from qa.followup_others import other_in
from qa.followup_rewrite import Candidate
from qa.followup_slots import names_a_measure, slots
from qa.followup_state import Understood
from qa.followup_steps import taken_in
from qa.labels import core
from qa.lookup import TextIndex, letters
from qa.money import SCALES
from qa.parts import labelled
from qa.runs import phrases
from qa.types import Answer, Question
from qa.understand import understand
from qa.wording import leaf

_FIGURES = frozenset({"money", "people", "percent", "number", "count"})
_HOW_MANY = re.compile(r"(?:何|なん|いくつの)(?P<unit>[一-龥ァ-ヶー]{1,4})")
_NUMBER_OF = re.compile(r"(?:の数|[人件回社校]数|金額|[^\s]額)(?:は|も|を|が|って|、|$|\?)")
_ROWS = frozenset({"件", "事業", "項目", "種類"})  # what rows may be counted in
_ITEM = re.compile(r"[(（〔]\s*[0-9]{1,2}\s*[)）〕]|[①-⑳]|(?<![0-9])[0-9]{1,2}[.．](?![0-9])")
_COUNTED = re.compile(r"[0-9]\s*(?P<unit>[一-龥ァ-ヶ]{1,3})")
_MONEY = re.compile(r"[費額円]|予算|決算|いくら")
_FIGURE_NAME = re.compile(r"[^\s][費額数率量]$|予算$|決算$")
_NUMBER_NAME = re.compile(r"(?P<unit>[件回校社])数$")
_WHEN = "年月日時曜度"  # what H30 and 5/1 tell, too
_ASKS_MORE = re.compile(r"どんな|どういう|どのような|どうして|なぜ|どうやって")
_SPAN = re.compile(r"[年月]間|全体|合計|総額")
_DONE_WITH = re.compile(r"[一-龥ァ-ヶー](?:できる|される|れる|する|した|[うくぐすつぬぶむる])[一-龥ァ-ヶー]{1,6}$")
_EXTREME = ("maximum", "minimum")
_CHOSEN_BY = re.compile(r"が「([^「」]+)」")  # as qa.tell says what rows were chosen by: 区分が「ラジオ」のもの
_PAIR = 2
_LONG_TEXT = 60  # letters
_NAMES = 0.6  # 配信 of 配信した, and heavier words


def sound(candidate: Candidate, given: Answer, read: FollowUp, at: Anchor | None, last: Understood) -> bool:
    """Whether an answer is of the kind that the turn asks for."""
    if candidate.composed or candidate.kind in ("topic", "source"):
        return candidate.kind != "slots" or _is_counted_so(given, read)
    if _definite(read) and candidate.kind == "complete":
        return False
    tied = taken_in(read)
    if tied is not None and (given.kind != "sum" or not _adds_to(tied["what"], last, given)):
        return False  # the figure of the one thing named is not what it comes to with the other
    if "sum" in read.steps and only_a_step(read.text) and not candidate.things and "subject" not in candidate.kept:
        return False  # 2年の合計 is of what was spoken of, no name to look for
    if candidate.kind == "complete" and at is not None and not at.holds(given) and _calls_the_last(read, at, given):
        return False
    of_last = candidate.kind == "complete" and not read.new and (at is not None or bool(last.subject))
    if of_last and _names_nothing_of_its_own(read, given, at):
        return False
    if candidate.kept and not _of_the_year_said(given, read):
        return False
    if not _counts_the_same(candidate, given, read, at, last):
        return False
    if _is_known(candidate, given, read, at, last):
        return False
    if given.kind in _EXTREME and candidate.kept and not _measure_named(candidate, given, at):
        return False
    if not _of_what_was_asked(candidate, given, read, last):
        return False
    return not (candidate.kept and asks_figure(read.question)) or has_figure(given)


def _counts_the_same(candidate: Candidate, given: Answer, read: FollowUp, at: Anchor | None, last: Understood) -> bool:
    """Whether an answer gives so many of what a turn asks for so many of, and a figure where one was asked for before."""
    dropped = (bool(candidate.kept) or candidate.kind == "slots") and _drops_how_many(candidate, read)
    figures = any(v.is_number for v in given.values)
    counted = any(
        _COUNTED.search(searchable(c.quote)) for c in given.citations
    )  # 「-」 of a column of people is an answer
    in_words = given.kind == "passage" or (given.kind == "value" and not figures and counted)
    if (dropped or candidate.same or in_words) and not _gives_as_many(given, read):
        return False
    if candidate.same and given.kind in ("list", "count") and (last.operation == "value" or not _beside(at, given)):
        return False
    return given.kind != "count" or _counts_what_is_asked(given, read)


def _of_what_was_asked(candidate: Candidate, given: Answer, read: FollowUp, last: Understood) -> bool:
    """Whether the figure asked for before is given of a thing that a turn only names.

    A name of what is asked now (対象は?) stands in the header of what is cited, that of a thing in the row or quote.
    """
    if not read.bare or _DONE_WITH.search(read.bare):
        return True  # 相談できる言語は is asked of the thing, no other thing
    if _FIGURE_NAME.search(read.bare) and candidate.kept:
        return has_figure(given) and _in_its_counter(read.bare, given)  # 管理費は is no sentence that only names it
    if names_a_measure(read.bare) or not asks_figure(understand(last.base)):
        return True
    named = letters(read.bare)
    headers = [letters(part) for c in given.citations for part in c.column if part]
    told = " ".join(f"{c.row or ''} {c.quote}" for c in given.citations)
    if not _stands_in(read, told) or any(named in header or header in named for header in headers):
        return True
    return has_figure(given) and ("attribute" in candidate.kept or last.kind != "refused")


def _in_its_counter(named: str, given: Answer) -> bool:
    """Whether an answer to 件数は gives a number, or quotes one of so many 件; True of other names."""
    match = _NUMBER_NAME.search(named)
    numbers = [v.unit for v in given.values if v.is_number]
    if match is None or any(unit is not None and unit.startswith(match["unit"]) for unit in numbers):
        return True
    quotes = searchable(given.citations[0].quote)  # those behind it only bear a condition out
    units = {m["unit"] for m in _COUNTED.finditer(quotes)}
    return any(unit.startswith(match["unit"]) for unit in units) or not units


def _stands_in(read: FollowUp, told: str) -> bool:
    """Whether the thing named stands in a text: as it is, or all of its words."""
    terms = read.question.terms if read.question else ()
    if letters(read.bare or "") in letters(told):
        return True
    index = TextIndex([told])
    return len(terms) > 1 and all(index.find(t) for t in terms)


def _adds_to(named: str, last: Understood, given: Answer) -> bool:
    """Whether a sum found in one place holds the figure that a thing named was to be added to (意匠も入れて合計)."""
    known = last.figure.value if last.figure else None
    several = len(re.split(r"と|、|や", named)) > 1
    return several or (known is not None and any(v.value == known for v in given.values))


def _calls_the_last(read: FollowUp, at: Anchor, given: Answer) -> bool:
    """Whether a turn is about 講座 or a part of the last name, by which nothing else that is found is called."""
    cut = slots(read.text)
    said = letters(cut.subject_text) if cut else ""
    called = {letters(part) for c in given.citations for part in (c.row or "", *c.heading)}
    mine = said in follow_up_grammar().classes or (said != letters(at.name) and said in letters(at.name))
    return bool(said) and mine and said not in called


def _names_nothing_of_its_own(read: FollowUp, given: Answer, at: Anchor | None) -> bool:
    """Whether a turn says one noun (会場はどこですか), and that stands in no name of what is found elsewhere: it is asked of the last."""
    q = read.question
    found = phrases(q) if q is not None and q.wants is not None and not q.periods else ()
    named = [p for p in found if p.terms[0].pos != "数詞" and not _SPAN.fullmatch("".join(w.surface for w in p.words))]
    said = "".join(word.surface for word in named[0].words) if len(named) == 1 else ""
    if not said or (at is not None and at.holds(given)) or (len(named[0].words) > 1 and not names_a_measure(said)):
        return False
    called = letters(" ".join(part for c in given.citations for part in (c.row or "", *c.heading[-1:])))
    chosen_by = (
        {letters(said) for said in _CHOSEN_BY.findall(given.answer)} if given.kind in ("list", "count") else set()
    )
    return letters(said) not in called and letters(said) not in chosen_by


def _is_known(candidate: Candidate, given: Answer, read: FollowUp, at: Anchor | None, last: Understood) -> bool:
    """Whether an answer only tells what was known before, or the like of it of a thing that nobody named."""
    of_other = other_in(read) and not candidate.same
    if of_other and (candidate.kept or candidate.subject or _holds_the_known(given, at, last)):
        return True  # ほかの事業は is not answered by what is known, nor by all of them
    another_year = (
        "attribute" in candidate.kept and "periods" not in candidate.kept and not _ASKS_MORE.search(read.text)
    )
    if at is None or given.kind not in ("value", "passage") or not given.citations or another_year:
        return False
    return _is_the_same_cell(given, read, at) or _of_a_sibling(candidate, given, read, at)


def quotes_it_all_again(given: Answer, at: Anchor) -> bool:
    """Whether a part of what was told is answered by all of the long text that told it."""
    if not given.citations:
        return False
    first = given.citations[0]
    again = (place_of(first), first.quote) in at.cells and len(first.quote) > _LONG_TEXT
    return again and letters(first.quote) in letters(given.answer)


def _of_a_sibling(candidate: Candidate, given: Answer, read: FollowUp, at: Anchor) -> bool:
    """Whether what was asked of the last row is answered from another row of its table, which the turn does not name."""
    first = given.citations[0]
    row = leaf((first.row,)) if first.row else ""
    if (
        not row
        or candidate.subject
        or "subject" not in candidate.kept
        or (first.document, first.heading) not in at.tables
    ):
        return False
    if letters(row) == letters(at.name) or place_of(first) in at.places or letters(row) in letters(candidate.text):
        return False
    index = TextIndex([" ".join(c.quote for c in given.citations[1:]) + " " + row])
    return at.is_row and not any(index.find(t) for t in (read.question.terms if read.question else ()))


def _holds_the_known(given: Answer, at: Anchor | None, last: Understood) -> bool:
    """Whether a list holds what others were asked for beside: ほかの事業は is not answered by all of them."""
    known = {letters(name) for name in (*last.focus, last.subject, at.name if at else "") if name}
    listed = given.kind in ("list", "count")
    return listed and any(letters(leaf((c.row,))) in known for c in given.citations if c.row)


def _is_the_same_cell(given: Answer, read: FollowUp, at: Anchor) -> bool:
    """Whether something named is answered by the cell that answered before, which does not tell of it.

    That a neighbouring cell of the row holds the word (会場は… in the remarks) makes no 参加者数 an answer to it.
    """
    first = given.citations[0]
    if not read.question or read.question.periods or (place_of(first), first.quote) not in at.cells:
        return False
    if not read.bare:  # what is it for? is not answered by the figure that was just told
        other = (read.question.wants is not None or _ASKS_MORE.search(read.text)) and not asks_figure(read.question)
        return bool(other) and lone_quantity(searchable(first.quote)) is not None
    if len(labelled(first.quote)) > 1:
        return False  # one of several figures may be meant, by a mark or a label that stands elsewhere
    index = TextIndex([" ".join((first.quote, first.row or "", *first.column, *first.heading))])
    named = [t for t in read.question.terms if t.weight >= _NAMES]
    return bool(named) and not all(index.find(t) for t in read.question.terms)


def _definite(read: FollowUp) -> bool:
    """Whether a step is asked of so many things as known: 3校の参加者を全部足して."""
    return bool(read.steps) and bool(follow_up_grammar().at("reference", "counted").match(read.text))


def _counts_what_is_asked(given: Answer, read: FollowUp) -> bool:
    """Whether the rows counted are what 何… asks for, not something in them: 何個作った is no number of rows."""
    asked = [m["unit"] for m in _HOW_MANY.finditer(read.text)]
    units = {v.unit for v in given.values if v.unit} | _ROWS | follow_up_grammar().classes
    one = [v.value for v in given.values] == [1]  # nobody asks how many 項目 of what is one thing
    units -= _ROWS - {"件", "事業"} if one else frozenset()
    if not asked or any(asked[-1].startswith(unit) for unit in units):
        return True
    if follow_up_grammar().at("step", "all").search(read.text):
        return False
    printed = [m["unit"] for c in given.citations for m in _COUNTED.finditer(searchable(c.quote))]
    return any(asked[-1].startswith(unit) for unit in printed)  # the one row that was found tells it


def _gives_as_many(given: Answer, read: FollowUp) -> bool:
    """Whether an answer gives a figure in what 何… asks for; True of turns that ask for none."""
    asked = [m["unit"] for m in _HOW_MANY.finditer(read.text)]
    told = letters(given.answer)
    said = [
        c for i, c in enumerate(given.citations) if not i or letters(c.quote) in told
    ]  # others bear a condition out
    printed = [m["unit"] for c in said for m in _COUNTED.finditer(searchable(c.quote))]
    units = [one.lstrip("万億千百").replace("名", "人") for one in [*(v.unit or "" for v in given.values), *printed]]
    wanted = [asked[-1].replace("名", "人")] if asked and asked[-1][0] not in _WHEN else []
    units = [unit for unit in units if unit]
    return not wanted or any(
        wanted[0].startswith(unit) or unit.startswith(wanted[0]) or unit.endswith(wanted[0]) for unit in units
    )  # 何語: 3言語


def _is_counted_so(given: Answer, read: FollowUp) -> bool:
    """Whether the figures given are in what 何… asks for; True of turns that ask for none, and of answers in words."""
    asked = [m["unit"] for m in _HOW_MANY.finditer(read.text)]
    units = [v.unit or "" for v in given.values if v.is_number]
    return not asked or not units or any(unit and asked[-1].startswith(unit) for unit in units)


def _drops_how_many(candidate: Candidate, read: FollowUp) -> bool:
    """Whether a turn asks for so many of something (何名) and the question made for it does not."""
    asked = [m["unit"] for m in _HOW_MANY.finditer(read.text)]
    return bool(asked) and not any(asked[-1].startswith(m["unit"]) for m in _HOW_MANY.finditer(candidate.text))


def _of_the_year_said(given: Answer, read: FollowUp) -> bool:
    """Whether an answer that is looked up stands in no column of other years than the turn says."""
    said = {p.year for p in read.question.periods} if read.question else set()
    columns = [" ".join(c.column) for c in given.citations]
    printed = {p.year for column in columns for p in find_periods(searchable(column))}
    return not said or not printed or given.kind not in ("value", "passage", "yesno") or bool(said & printed)


def _beside(at: Anchor | None, given: Answer) -> bool:
    """Whether an answer stands in the table of the last one."""
    return at is not None and any((c.document, c.heading) in at.tables for c in given.citations)


def _measure_named(candidate: Candidate, given: Answer, at: Anchor | None) -> bool:
    """Whether the column an extreme is taken of was named by the question, or is what was asked for before."""
    question = understand(candidate.text)
    if question.by_year:
        return True  # the oldest is so by the one column that dates it
    asked = letters(question.folded)
    for c in given.citations[:1]:
        header = core(c.column[-1]) if c.column else ""
        pairs = {header[i : i + _PAIR] for i in range(len(header) - 1)}
        if (at is not None and at.column == header) or not header or any(letters(pair) in asked for pair in pairs):
            return True
    units = {v.unit for v in given.values if v.unit}
    return any(unit in asked or (unit in SCALES and _MONEY.search(asked)) for unit in units)


def asks_figure(q: Question | None) -> bool:
    """Whether a question asks for a number."""
    return q is not None and (q.wants in _FIGURES or bool(q.unit) or bool(_NUMBER_OF.search(q.folded)))


def has_figure(given: Answer) -> bool:
    """Whether an answer gives a number, or quotes one that does not only count a list's items."""
    quotes = " ".join(searchable(c.quote) for c in given.citations)
    numbers = any(v.is_number for v in given.values)
    return numbers or bool(re.search(r"[0-9]", _ITEM.sub("", quotes)))
