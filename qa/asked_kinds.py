"""The kinds of things a question asks for, all of them, and whether some texts give them: …はいくらで、…は何%ですか."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.values import COUNTERS
from qa.prose_kinds import REASON, things
from qa.prose_reading import read
from qa.types import Operation, Question

Kind = tuple[str, str | None]
"""What is wanted, as `Question.wants`, and the unit it is counted in."""

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("money", re.compile(r"いくら|何(?:億|万|千)?円")),
    ("percent", re.compile(r"何(?:%|パーセント|割)")),
    ("people", re.compile(r"何(?:人|名)")),
    ("date", re.compile(r"いつ(?!も)|何(?:年度?|月|日)(?!間)")),
    ("clock", re.compile(r"何時(?![間点期])")),
    (
        "reason",
        re.compile(
            r"なぜ|どうして|(?:理由|原因|要因)(?:は|を|が|も)|(?:どのような|どんな|どういう|何の)(?:理由|原因|要因)"
        ),
    ),
    ("number", re.compile(r"どれ(?:だけ|くらい|ぐらい|ほど)|どの(?:くらい|ぐらい)")),
    ("person", re.compile(r"誰|だれ|どなた")),
)
# What a remark gives for a reason, said in a noun: 開催経費の増, 令和5年度をもって廃止, 事業完了.
_NOTED = re.compile(
    r"^[^。]{2,40}(?:(?:の|数|費|額|者|料)(?:皆)?[増減]|の?(?:増加|減少|廃止|終了|完了|開始|新設|休止|中止))(?:等|など)?[」。)]*$"
)
REASON_ASKED: Kind = ("reason", None)
_COUNTED = re.compile(rf"何(?P<unit>{COUNTERS})")
_OTHERWISE = frozenset(
    {"円", "%", "割", "人", "名", "年", "年度", "月", "日", "時", "か"}
)  # told by `_WORDS`, or no counter (何か)


@lru_cache(maxsize=1024)
def kinds(folded: str) -> tuple[Kind, ...]:
    """What a folded question asks for, in the order of its question words, a kind as often as it is asked for."""
    found: list[tuple[int, Kind]] = [(m.start(), (wants, None)) for wants, p in _WORDS for m in p.finditer(folded)]
    found += [
        (m.start(), ("count", m["unit"])) for m in _COUNTED.finditer(folded) if m["unit"] not in _OTHERWISE
    ]  # fmt: skip
    return tuple(kind for _, kind in sorted(found, key=lambda one: one[0]))


def lacks_reason(question: Question, texts: Sequence[str]) -> bool:
    """Whether a reason is asked for, alone or beside a figure, and none of the texts could give one."""
    if REASON_ASKED not in kinds(question.folded) or any(_NOTED.search(read(text).folded) for text in texts):
        return False
    return REASON.search(read(" ".join(texts)).folded) is None


def told(question: Question, texts: Sequence[str]) -> float:
    """The share of what a question asks for that some texts give, in [0, 1]; 1 where nothing shows what it asks for."""
    asked = kinds(question.folded)
    if not asked:
        return 1.0
    reading = read(" ".join(texts))
    given = 0
    for kind in set(asked):
        one = replace(question, operation=Operation.VALUE, wants=kind[0], unit=kind[1])
        given += min(asked.count(kind), len(things(one, reading) or ()))
    return given / len(asked)
