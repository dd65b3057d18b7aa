"""What a speech is speaking of from sentence to sentence: an account (国民健康保険特別会計), its side (歳入), its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.values import find_periods
from qa.told_names import BEFORE_NAME, ERA_YEAR, ITSELF

_SIDE = re.compile(r"歳入(?!歳出)|(?<!歳入)歳出|収益的|資本的|収入(?!支出)|支出|(?:款|目的|性質|経費|財源)別")
_ACCOUNT = re.compile(
    rf"(?:(?P<year>{ERA_YEAR})の?)?(?P<name>[一-龥ァ-ヴー・々]*(?:一般|特別|企業|事業|全)会計(?:補正)?(?:予算|決算)?案?(?:\(?第[0-9]+[号回]\)?)?)"
    r"(?=(?<=[算案号回)])(?!に?対)|は|で(?:ござ|あり|す)|に(?:つ|おい|おき|おけ|関し)|の(?:総額|規模|概要|主な|歳)|[、,]|及び|並びに|など)"
)
_BILL = re.compile(r"(?:議案?|報告?|認定?|承認?|諮問?)第[0-9]+号")
IS_ACCOUNT = re.compile(r"(?:一般|特別|企業|事業|全)会計(?:補正)?(?:予算|決算)?案?(?:\([^()]*\))?$|^総計$")
_SIDE_NAMED = re.compile(
    r"(?<![入般計])(?P<side>歳入(?!歳出)|歳出)(?:予算|決算)?(?:の(?:主な(?:もの|内容)?|内訳|(?:款|目的|性質|経費)別[^、。]{0,6}))?(?:に(?:つ|おい|おき|関し)|では|は[、,]|を|のうち)"
)


@dataclass(frozen=True, slots=True)
class Speaking:
    """What a speech is speaking of before a sentence: the account, its side and its year that were named last, `topic` what
    it went on to speak of since; `name` is what the sentence right before told of, None where it told of nothing.
    """

    account: str = ""
    topic: str = ""
    side: str = ""
    year: int | None = None
    name: str | None = None


def belongs(topics: Sequence[tuple[int, str]], start: int, name: str, before: Speaking) -> tuple[str, str]:
    """The account and the side that a name belongs to, by the topics of its sentence and what was spoken of before."""
    open_ = [topic for end, topic in topics if end <= start and topic and not ITSELF.fullmatch(topic)]
    sides = [topic for topic in open_ if _SIDE.search(topic)]
    others = [topic for topic in open_ if not _SIDE.search(topic)]
    account = "" if IS_ACCOUNT.search(name) else others[-1] if others else before.topic or before.account
    if sides:
        return account, sides[-1]
    own = not name or others or IS_ACCOUNT.search(name)
    return account, "" if own else before.side


def spoken_of(text: str, before: Speaking) -> Speaking:
    """What is spoken of behind a text."""
    named = {BEFORE_NAME.sub("", m["name"]): m["year"] for m in _ACCOUNT.finditer(text)}
    sides = {m["side"] for m in _SIDE_NAMED.finditer(text)}
    account, topic, year = before.account, before.topic, before.year
    if _BILL.search(text):
        account = topic = ""
    if named:
        account, topic, said = "", "", next(iter(named.values()))
        if len(named) == 1:
            account = next(iter(named))
        year = find_periods(said)[0].year if said else year
    kept = before.side if account == before.account else ""
    return Speaking(account, topic, sides.pop() if len(sides) == 1 else kept, year, before.name)
