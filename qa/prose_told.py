"""Does quoting a sentence answer, or would something have to be calculated or chosen first?"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.values import find_quantities
from qa.prose_features import Compared, matched
from qa.prose_figures import pulls, quantity_at
from qa.prose_kinds import tells_which_way, things, which_way
from qa.prose_operations import TOLD, items
from qa.prose_rank import Ranking
from qa.prose_reading import Reading, Spot, read
from qa.types import Operation, Question
from qa.understand import EXTREMES, NUMERIC

_CALCULATIONS = frozenset({Operation.SUM, Operation.DIFFERENCE, Operation.RATIO, Operation.AVERAGE})
_CHANGE = re.compile(
    r"^\s*分?(?:の|を|ほど|程度)?\s*(?:増|減|伸び|縮減|縮小|拡大|上回|下回|上昇|低下|引き?上げ|引き?下げ|アップ|ダウン|多|少な)"
)
POINTS = re.compile(
    r"(?P<count>[2-9]|1[0-9])\s*(?:つの?|点の|項目の|本の)\s*(?:[一-龥ぁ-ヶー]{1,12}?の)?(?P<noun>[一-龥ァ-ヶー]{1,8})"
)
_NAMED = re.compile(r"[、・,/]|及び|並びに|」")
_TITLE = re.compile(
    r"(?:比較|集計|一覧|内訳|推移|状況)表$|(?:一覧|目次|の概要|の推移|の状況|について)$"
)  # of a table or a text
_BILL = re.compile(
    r"(?:[一-龥]{1,3}に[、,])?(?:議案?|報告?|認定?|諮問?|承認?|同意?)第?\s?[0-9]+\s?号(?:は|に(?:つきまして|ついて)は)?[、,]?"
)
_NOVEL = 0.15  # one new word is a particle of the text rather than an answer
_NAMES = re.compile(rf"{_NAMED.pattern}|と(?=[一-龥ァ-ヶA-Za-z「])|[①-⑳]|\s")
_KIND_LISTED = re.compile(r"(?:[ぁ-ん]|^)(?P<kind>[一-龥ァ-ヶー]{2,8})を(?:すべて|全て|全部|ぜんぶ|列挙|挙げ)")
_MANY = 20
_SIGN = re.compile(r"[▲△+−-]\s*$")
_TOTAL = re.compile(r"(?:合計|総額|総計|(?<!会)計|延べ|のべ)[はがでの::(\s]*$")
_OF_WHOLE = ("のうち", "の中で", "に占める")  # says what the whole is, not what comes of it


def says_nothing(question: Question, one: Compared) -> bool:
    """Whether a sentence only repeats the question, or announces the points that are asked for without naming them."""
    reading = read(one.candidate.text)
    if not one.spots and (one.features["novel"] < _NOVEL or _only_its_number(question, reading)):
        return True
    if _TITLE.search(reading.folded) and not one.spots and question.operation in (Operation.LIST, *NUMERIC):
        return True
    match = POINTS.search(question.folded)
    if match is None or question.wants not in (None, "thing"):
        return False
    announced = re.search(
        rf"{match['count']}\s*(?:つの?|点の|項目の|本の)?\s*(?:[^、。]{{1,12}}?の)?{re.escape(match['noun'])}",
        reading.folded,
    )
    return announced is not None and len(_NAMED.split(reading.folded)) <= int(match["count"])


def _only_its_number(question: Question, reading: Reading) -> bool:
    """Whether all that a sentence adds to the question is which bill it speaks of: 認第2号は、補正予算(第9回)であります。"""
    match = _BILL.match(reading.folded)
    if match is None:
        return False
    asked = {term.normal for term in question.terms}
    rest = [w for w in reading.words if w.start >= match.end() and not w.is_number]
    return all(w.normal in asked or w.surface in question.folded for w in rest)


def only_counts(question: Question, text: str) -> bool:
    """Whether of the things to be listed (県立高校4校をすべて) a text says how many there are, and does not name as many."""
    if question.operation is not Operation.LIST:
        return False
    asked, reading = question.folded, read(text)
    if (match := _KIND_LISTED.search(asked)) is not None and reading.folded.count(kind := match["kind"]) == 1:
        many = r"(?<!の)(?<![0-9])(?:[2-9]|1[0-9])(?:つ|[^\s0-9]{1,2})の"
        counted = re.search(rf"{many}{re.escape(kind)}(?!\(|「|は|:|、|が|である|として|とは|の「)", reading.folded)
        if counted is not None:
            return True  # 3つの小学校の体育館に: of them no name
    several = {(q.value, q.unit) for q in find_quantities(asked) if q.unit and 1 < q.value < _MANY}
    told = [q for q in reading.figures if (q.value, q.unit) in several]
    return bool(told) and len(_NAMES.split(reading.folded)) < max(q.value for q in told)


def is_told(question: Question, one: Compared, ranking: Ranking) -> bool:
    """Whether the sentence prints what is asked for, so that nothing has to be calculated or chosen.

    It prints it where it has the words that asked for it (最高額, 割合), a change beside 増 or 減, or a total. The total
    of things that the question names one by one is calculated even where another total is printed.
    """
    if question.operation not in _CALCULATIONS | EXTREMES or question.wants in TOLD:
        return True
    if question.operation is Operation.SUM and items(question):
        return False
    reading = read(one.candidate.text)
    if which_way(question):
        return tells_which_way(reading.folded)
    around = read(" ".join((*one.candidate.heading[-1:], one.candidate.lead))).folded
    if question.cue and question.cue not in _OF_WHOLE and question.cue in f"{reading.folded} {around}":
        return True
    if question.operation in EXTREMES:
        return False
    spots = things(question if question.wants else replace(question, wants="number"), reading) or ()
    pulled = pulls(reading, matched(ranking.asked, reading), spots)
    return any(pull > 0.0 and _prints(question, reading, spot) for spot, pull in zip(spots, pulled, strict=True))


def _prints(question: Question, reading: Reading, spot: Spot) -> bool:
    """Whether a figure is of the kind that would be calculated."""
    start, end = spot
    if question.operation is Operation.SUM:
        return bool(_TOTAL.search(reading.folded[:start]))
    if question.operation is Operation.RATIO:
        quantity = quantity_at(reading, spot)
        return quantity is not None and quantity.unit in ("%", "割", "倍")
    return bool(_CHANGE.match(reading.folded[end : end + 12]) or _SIGN.search(reading.folded[:start]))
