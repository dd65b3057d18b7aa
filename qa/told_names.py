"""What a phrase of a speech names: 市税, 第8款教育費, 議会費の補正予算額 with the measure that is told of it, and of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.values import find_periods

ADDED = "補正額"
ERA_YEAR = r"(?:令和|平成)\s*(?:[0-9]+|元)\s*年度"
BY = r"(?:に(?:つ(?:いて|きまして)|関し(?:て|まして)|おいて|おきまして)は?|では|には|は)"
_TOPIC = re.compile(rf"(?P<name>[^、。,]+?)(?P<by>{BY})[、,]")
_PLACE = re.compile(r"に(?:おいて|おきまして)は?|では|には")  # where something is, not what is told of
# What a name does not reach back over.
_CUT = re.compile(
    r"につ(?:きまして|いて)は?|に(?:おいて|おきまして|参りまして|より)|のうち|として|ものの|[をがはで](?=.)|^(?:また|なお|次に|まず)"
)
# With what stands before these it is another thing: 保険料軽減に係る公費負担金, 補助及び交付金.
_NARROWED = re.compile(r"に(?:よる|係る|対する|おける|関する|伴う|対し)|ための|などの|及び|並びに|の[増減]|や")
BEFORE_NAME = re.compile(
    rf"^(?:[0-9]+(?:ページ|頁)(?:から[0-9]+(?:ページ|頁))?(?:にかけて)?の)?(?:(?:議案|認定|報告|議|認|報)第[0-9]+号(?:の|議案)?[\s、]*|号)?(?:{ERA_YEAR}(?:の|末の)?|年度末の)?(?:合わせた|含めた)?同?"
)
_NAME = re.compile(r"[一-龥ァ-ヴー々ヶA-Za-z0-9・ぁ-ん()]{2,40}")
_NO_NAME = re.compile(
    r"[たなるいすっ](?=[一-龥ァ-ヴ0-9])|[ぁ-ん]{5}|^[ぁ-ん]|^(?:本|当|同|両|各)[一-龥]{1,2}$|^今|^補正後|^第?[0-9]+[号回]|年度末?$|末$|現在$|か年$|(?:こと|もの|とき|ところ|ほか|うち|ため|結果|[ぁ-ん])$|^(?:これ|それ|この|その)"
)
_KIND = r"(?:当初|補正後?の?|最終|総)?(?:予算|決算|財政)?"
_MEASURE = re.compile(
    rf"の?(?P<said>{_KIND}(?:総額|規模|補正額|積立額|残高|現在高|合計|総計)|(?<=の){_KIND}額|(?:補正)?予算額|決算額)$"
)
ITSELF = re.compile(
    r"(?:第[0-9]+条|今回の)?(?:当初|補正後の?|補正)?(?:歳入歳出|収入支出)?の?(?:当初|補正|総)?(?:予算|決算|財政)?(?:の?(?:補正額|額|総額|規模|案|補正))?"
)


def topics_of(text: str, told_of: bool = False) -> list[tuple[int, str]]:
    """What a sentence says it is speaking of, in order, each with its end; or only what it tells of (`told_of`)."""
    found = (m for m in _TOPIC.finditer(text) if not told_of or not _PLACE.fullmatch(m["by"]))
    return [(m.end(), cleaned(m["name"])) for m in found]


def cleaned(phrase: str) -> str:
    """The name at the end of a phrase; "" where there is none that stands by itself."""
    name = re.split(r"[、。,「」\s]", phrase.strip("、。 "))[-1]
    name = BEFORE_NAME.sub("", _CUT.split(name)[-1])
    last = _NARROWED.split(name)[-1]
    if ITSELF.fullmatch(last):
        return last
    return name if last == name and _NAME.fullmatch(name) and not _NO_NAME.search(name) else ""


def year_of_name(text: str, name: str) -> int | None:
    """The fiscal year that stands right before a name: 令和4年度の実質収支."""
    said = re.search(rf"(?P<year>{ERA_YEAR})(?:末)?の?{re.escape(name)}", text) if name else None
    return find_periods(said["year"])[0].year if said else None


def subjects(text: str) -> list[str]:
    """What a sentence says that it tells of."""
    return [name for _, name in topics_of(text, told_of=True)]


def split_measure(name: str) -> tuple[str, str]:
    """A name and the measure of it that is told: 議会費の補正予算額, 歳入歳出予算の総額 (of what is spoken of)."""
    if name and ITSELF.fullmatch(name):
        return "", ADDED if name.endswith("補正") else name
    match = _MEASURE.search(name)
    return (name[: match.start()], match["said"]) if match and match.start() > 1 else (name, "")


def measure_of(topics: Sequence[tuple[int, str]], start: int) -> str:
    """The measure that a topic before a figure names: 財政規模は、一般会計では."""
    said = [name for end, name in topics if end <= start and name and ITSELF.fullmatch(name)]
    return said[-1] if said else ""
