"""Figures that are of something else than what is asked: what is missing, another rate, what only causes it, another count."""

from __future__ import annotations

import re

from corpus.folding import searchable
from corpus.values import fold_kanji_numbers
from qa.lookup import letters
from qa.money import SCALES
from qa.offers import Offer
from qa.put_first import QUOTED
from qa.synonyms import synonyms_of
from qa.types import Draft, Operation, Question

_MISSING = re.compile(r"(?P<figure>[0-9][0-9,.億万千百]*円)の(?P<side>赤字|損失|不足)")
_RATE_ASKED = re.compile(
    r"(?P<rate>[一-龥ァ-ヶー]{2,}率)(?:は|が)(?:約)?(?:何(?:%|パーセント|割)|いくら|どのくらい|どれ(?:だけ|くらい))"
)
_RATE_TOLD = re.compile(r"(?P<rate>[一-龥ァ-ヶー]{2,}率)")
_SHORT_OF = re.compile(r"(?P<figure>[0-9][0-9,.億万千百]*円)の不足")
_ASKS_SHORT = re.compile(r"不足|足り|赤字|穴")
# 総務費は79億円で、周年記念事業などにより増: the figure is of 総務費.
_CAUSED = re.compile(
    r"^(?P<topic>[^。]*?)(?:は|が|につきましては)[、]?(?P<figure>[^。は]*?[0-9][0-9,.億万千]*(?:円|%|人|件)[^。、]{0,8})[、](?P<cause>[^。]*?)(?:に(?:より|よる|よって|伴)|のため|から[、])"
)
_ANNIVERSARY = re.compile(r"[0-9]周年")
_FIGURE, _SIGNS, _MANY, _FEW = re.compile(r"[0-9][0-9,.]*"), re.compile(r"[0-9\s,.△▲()%-]"), 3, 3
_NAMED_WITH_DOTS = re.compile(r"[^、。?\s・]{2,}(?:・[^、。?\s・]{2,}){2,}")  # 市道の改良・橋りょうの長寿命化・除雪
_IN_SCALE = re.compile(r"何[百千万億]{1,2}[^円]")
_FIGURES_ASKED = ("money", "percent", "people", "count", "number")
_FIRM = 0.8
# 何人の応募が: what is counted.
_OF_WHAT = re.compile(r"何(?:人|名|件|社|団体|世帯|組)の(?P<what>[一-龥ァ-ヶー]{2,6})(?:が|は|を)")

_RATE_NAMED = re.compile(r"[一-龥ァ-ヶー]率(?=[はをがの、?]|\s|$)(?!.*(?:額|金|費|円|いくら))")
_MOST_TOLD = re.compile(r"最も[^「」]{1,8}のは「[^」]*(?:[者件人回]数|総数|合計|総額|[^会統]計)」")
_WHERE_MOST = re.compile(
    r"(?:地区|地域|施設|校|館|課|部|市町村|団体|会社|店)(?:は|って)?(?:どこ|どれ)|どの[一-龥]{1,4}|どこ|誰|だれ"
)
_NEXT = re.compile(r"(?:^|[、のは])次(?:回)?の?(?=[一-龥ァ-ヶー])|次回")
_WAS_HELD = re.compile(r"(?:しました|いたしました|れました|した|された)。?$")
_TO_COME = re.compile(r"次|今後|予定|決定|来年|翌年|見込")


def of_another_figure(question: Question, offer: Offer, draft: Draft) -> bool:
    """Whether what is told is a figure of something else, as far as the words around it say."""
    if _leaves_its_side_out(question, draft) or _of_another_rate(question, draft) or _of_no_rate(question, draft):
        return True
    if _measure_for_a_place(question, draft) or _of_the_last_time(question, draft):
        return True
    if _IN_SCALE.search(question.folded) and draft.values and all(v.is_number and not v.unit for v in draft.values):
        return True  # 何千トン: nothing says of what the 15 are
    if offer.way not in QUOTED:
        return False
    told = searchable(draft.text)
    if _ANNIVERSARY.search(told) and question.wants == "date" and "周年" not in question.folded:
        return True  # 提携してから60周年を迎えた: when that was, not when they began
    if len(_FIGURE.findall(told)) >= _MANY and len(_SIGNS.sub("", told)) <= _FEW:
        return True  # 計 3,019,107 2,692,209 326,898: no sentence
    if question.operation is Operation.SUM and _adds_fewer(question, draft):
        return True
    return _of_what_it_causes(question, draft) or _counts_something_else(question, draft)


def _adds_fewer(question: Question, draft: Draft) -> bool:
    """Whether the sum of three things or more, named with ・ between them, is made of fewer figures."""
    named = _NAMED_WITH_DOTS.search(question.folded)
    steps = searchable(draft.calculation or "").split(" = ")[0].split(" + ")
    return named is not None and draft.calculation is not None and len(steps) <= named.group().count("・")


def _of_what_it_causes(question: Question, draft: Draft) -> bool:
    """Whether the thing asked for is only why the figure of another thing is as it is."""
    if question.operation is not Operation.VALUE or question.wants not in _FIGURES_ASKED or draft.kind != "passage":
        return False
    said = _CAUSED.match(fold_kanji_numbers(searchable(draft.text)))
    if said is None:
        return False
    firm = [t.surface for t in question.terms if t.weight >= _FIRM and t.pos != "数詞"]
    in_cause = [word for word in firm if word in said["cause"]]
    return len(in_cause) > 1 and not any(word in said["topic"] or word in said["figure"] for word in in_cause)


def _counts_something_else(question: Question, draft: Draft) -> bool:
    """Whether it is asked how many of something there were (何人の応募が), and nothing that is told speaks of it."""
    asked = _OF_WHAT.search(question.folded)
    if asked is None or draft.kind not in ("passage", "value"):
        return False
    around = (part for c in draft.citations for part in (c.quote, c.row or "", *c.column, *c.heading))
    told = letters(f"{draft.text} {' '.join(around)}")
    return not any(letters(word) in told for word in {asked["what"], *synonyms_of(asked["what"])})


def _leaves_its_side_out(question: Question, draft: Draft) -> bool:
    """Whether a figure is told bare of which the quote says that it is missing: 約4億6,000万円の赤字."""
    told = searchable(draft.text)
    if question.wants == "money" and _SHORT_OF.search(told) and not _ASKS_SHORT.search(question.folded):
        return True
    missing = (m for c in draft.citations for m in _MISSING.finditer(searchable(c.quote)))
    return any(m["figure"] in told and m["side"] not in told for m in missing)


def _of_another_rate(question: Question, draft: Draft) -> bool:
    """Whether it is asked how high a rate is (プレミアム率は何%), and what is told is called another rate, and nowhere that one."""
    asked = _RATE_ASKED.search(question.folded)
    if asked is None or draft.calculation:
        return False
    told = letters(
        f"{draft.text} {' '.join(part for c in draft.citations for part in (c.quote, c.row or '', *c.column))}"
    )
    others = {m["rate"] for m in _RATE_TOLD.finditer(told)}
    return bool(others) and letters(asked["rate"]) not in told and not any(one in asked["rate"] for one in others)


def _of_no_rate(question: Question, draft: Draft) -> bool:
    """Whether a rate is asked for by its name (活用率), and all that a table tells are amounts that no header calls a rate."""
    if question.operation is not Operation.VALUE or draft.kind != "value" or draft.calculation or not draft.values:
        return False
    asked = _RATE_NAMED.search(question.folded)
    if asked is None or not all(value.is_number and value.unit in SCALES for value in draft.values):
        return False
    return not any("率" in part for c in draft.citations for part in (*c.column, c.row or "", c.quote))


def _measure_for_a_place(question: Question, draft: Draft) -> bool:
    """Whether it is asked where or who has most, and what is told to have it is a measure (延べ利用者数)."""
    told = _MOST_TOLD.search(searchable(draft.text)) if draft.kind in ("maximum", "minimum") else None
    return told is not None and _WHERE_MOST.search(question.folded) is not None


def _of_the_last_time(question: Question, draft: Draft) -> bool:
    """Whether it is asked when the next one is, and a text only tells of one that was held."""
    if question.wants not in ("date", "month", "day", "place") or not _NEXT.search(question.folded):
        return False
    told = searchable(draft.text)
    return draft.kind == "passage" and _WAS_HELD.search(told) is not None and not _TO_COME.search(told)
