"""When a thing began, as a condition: 昭和に始まった, 平成10年代に設置された, 開始年度が令和2年度の.

Read from a question as bounds (`started`), settled in a frame that has a column of such years (`column_of`, `meets`).
A frame without one leaves the words to be explained like any others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.folding import searchable
from corpus.values import ERA_LETTERS, ERAS, Period, find_periods
from qa.frames import Frame
from qa.labels import year_of
from qa.lookup import letters
from qa.synonyms import synonyms_of
from qa.types import Comparison

BEGINNING = "開始"
_NAMES = "|".join(ERAS)
# What follows a time when it says that something began then; not when the sentence only asks whether it did.
_NOUNS = "開始|着手|設置|設立|創設|新設|開設|開館|開校|開園|建設|建築|竣工|完成|制定|発足|導入|策定|締結|スタート"
_BEGAN = (
    rf"(?:(?P<noun>{_NOUNS})(?:し(?:た|ている|ていた)|する|され(?:た|て(?:い)?る)|の(?!は))"
    r"|始ま(?:った|る|って(?:い)?(?:る|た))|始め(?:た|る|られた|て(?:い)?る)|でき(?:た|て(?:い)?る))"
    r"(?!の?(?:です|でしょう|か(?![らつ])|\?)|\s*$|[よね、]|まし)"
)
_BETWEEN = r"(?:の?(?:時代|年間|期|頃|ころ))?(?:(?:の)?(?:うち|間|あいだ|中)に|に(?:入って(?:から)?|なって(?:から)?)?|から|より|中に|まで(?:の(?:間|あいだ))?に)?(?:は)?[、\s]*(?:新しく|新たに|新規[にで])?"
_GOING_ON = r"(?:ずっと)?(?=続(?:い|く|け))"  # 昭和から続いている: that it goes on is another condition
_THING = r"(?:もの|事業|施設|制度|取り?組み?|項目)"
_ERA = re.compile(
    rf"(?<![一-龥])(?P<era>{_NAMES})(?:(?P<edge>以降|以後|より(?:も)?前|より(?:も)?後)(?:に)?[、\s]*)?"
    rf"(?:{_BETWEEN}{_BEGAN}|(?:の?(?:時代|頃|ころ))?から{_GOING_ON}|(?:の?時代)?(?:の|生まれの)(?={_THING}))"
)
_DECADE = re.compile(
    rf"(?:(?P<era>{_NAMES})(?P<ten>[1-6]0)|(?P<west>(?:18|19|20)[0-9]0))年代(?:{_BETWEEN}{_BEGAN}|から{_GOING_ON}|の(?={_THING}))"
)
_AFTER_YEAR = re.compile(rf"{_BETWEEN}{_BEGAN}|から{_GOING_ON}")
_EDGE = re.compile(r"(?P<edge>以降|以後|以前|より(?:も)?(?:前|後))(?:に)?[、\s]*(?:新しく|新たに)?" + _BEGAN)
_WESTERN = re.compile(r"(?<![0-9])(?P<year>(?:18|19|20)[0-9]{2})年度?" + _EDGE.pattern)
_HEAD = re.compile(r"(?P<head>[一-龥]{2,6}?)(?:の?(?:年度|年月日|年月|年|時期))?(?:が|は)\s*$")
_TAIL = re.compile(
    r"(?:の時代|時代|年代)?(?:の|で|である|になって(?:い)?る|と(?:なって(?:い)?る|ある))(?=[^すしか、。?\s])"
)
_HEADED_ERA = re.compile(rf"(?:(?P<era>{_NAMES})|(?P<letter>[MTSHR])(?![A-Za-z0-9]))(?P<ten>[1-6]0年代)?")
_UNIT = re.compile(r"(?:年度?)?")
_TO = re.compile(r"\s*(?:から|~|-)\s*")
_SIGNS = {"以降": ">=", "以後": ">=", "以前": "<="}
_ENOUGH = 0.6


def started(folded: str, periods: tuple[Period, ...]) -> tuple[Comparison, ...]:
    """The bounds that a folded question sets on when things began, each over the whole stretch that says so."""
    found = [*_eras(folded), *_decades(folded), *_headed(folded, periods), *_western(folded)]
    for i, period in enumerate(periods):
        if any(one.start < period.end and period.start < one.end for one in found) or period.month:
            continue
        unit = _unit_end(folded, period.end)
        rest = folded[unit:]
        edge, after = _EDGE.match(rest), _AFTER_YEAR.match(rest)
        match = edge or after
        if match is None:
            continue
        about = match.groupdict().get("noun") or BEGINNING
        if edge:
            found.append(_bound(_sign(edge["edge"]), period.year, period.start, unit + edge.end(), about))
            continue
        before = periods[i - 1] if i else None
        if before is not None and _TO.fullmatch(
            folded[_unit_end(folded, before.end) : period.start]
        ):  # from one year to another
            found.append(_bound("in", before.year, before.start, unit + match.end(), about, until=period.year))
        else:
            found.append(_bound("in", period.year, period.start, unit + match.end(), about, until=period.year))
    return tuple(sorted(found, key=lambda one: one.start))


def _unit_end(folded: str, end: int) -> int:
    """Where the 年 or 年度 behind a year ends; a bound keeps it out of the period itself."""
    match = _UNIT.match(folded, end)
    return match.end() if match else end


def _bound(
    sign: str, year: int, start: int, end: int, about: str, until: int | None = None, era: str | None = None
) -> Comparison:
    return Comparison(sign, None, None, year, start, end, until, era, about)


def _sign(edge: str) -> str:
    return _SIGNS.get(edge) or ("<" if edge.endswith("前") else ">")


def _of_era(era: str) -> tuple[int, int]:
    """The first and the last year that an era's own years count."""
    later = sorted(base for base in ERAS.values() if base > ERAS[era])
    return ERAS[era] + 1, later[0] if later else 9999


def _eras(folded: str) -> Iterator[Comparison]:
    for match in _ERA.finditer(folded):
        first, last = _of_era(match["era"])
        about = match["noun"] or BEGINNING
        if match["edge"]:
            sign = _sign(match["edge"])
            yield _bound(sign, last if sign == ">" else first, match.start(), match.end(), about)
        else:
            yield _bound("in", first, match.start(), match.end(), about, last, match["era"])


def _western(folded: str) -> Iterator[Comparison]:
    """2000年以降に: a western year right before a bound."""
    for match in _WESTERN.finditer(folded):
        yield _bound(_sign(match["edge"]), int(match["year"]), match.start(), match.end(), match["noun"] or BEGINNING)


def _decades(folded: str) -> Iterator[Comparison]:
    for match in _DECADE.finditer(folded):
        first = int(match["west"]) if match["west"] else ERAS[match["era"]] + int(match["ten"])
        yield _bound("in", first, match.start(), match.end(), match["noun"] or BEGINNING, first + 9)


def _headed(folded: str, periods: tuple[Period, ...]) -> Iterator[Comparison]:
    """開始年度が昭和の, 設置年が平成10年の: the header said in front."""
    times = [(p.start, p.end, p.year, p.year, None) for p in periods if not p.month]
    for match in _HEADED_ERA.finditer(folded):
        era = match["era"] or ERA_LETTERS[match["letter"]]
        first, last = _of_era(era)
        ten = match["ten"]
        if ten:
            times.append((match.start(), match.end(), ERAS[era] + int(ten[:2]), ERAS[era] + int(ten[:2]) + 9, None))
        else:
            times.append((match.start(), match.end(), first, last, era))  # type: ignore[arg-type]
    for start, end, first, last, era in times:
        head, tail = _HEAD.search(folded[:start]), _TAIL.match(folded[end:])
        if head and tail:
            yield _bound("in", first, head.start(), end + tail.end(), head["head"], last, era)


def column_of(frame: Frame, bound: Comparison) -> int | None:
    """The column that holds the year in which what a bound speaks of happened; None when a frame has none."""
    names = synonyms_of(bound.about or BEGINNING)
    return next(
        (c for c in year_columns(frame) if any(name in letters(frame.columns[c].label) for name in names)), None
    )


def year_columns(frame: Frame) -> list[int]:
    """Columns most of whose filled cells are a year, alone or at the head of a stretch of time."""
    return [
        c.index for c in frame.columns
        if c.place is not None and c.role == "data" and c.kind in ("date", "number", "text") and _holds_years(frame, c.index)
    ]  # fmt: skip


def _holds_years(frame: Frame, column: int) -> bool:
    filled = [r for r in range(len(frame)) if not frame.says_nothing(r, column)]
    dated = [r for r in filled if (text := frame.cells[r][column]) and len(text) <= 20 and when(text) is not None]
    return bool(filled) and len(dated) >= _ENOUGH * len(filled)


def when(text: str | None) -> tuple[int, int, int] | None:
    """Year, month and day (0 where not printed) that a cell begins with."""
    folded = searchable(text or "")
    periods = find_periods(folded)
    if periods:
        return periods[0].year, periods[0].month or 0, periods[0].day or 0
    year = year_of(text)
    return (year, 0, 0) if year is not None else None


def meets(text: str | None, bound: Comparison) -> bool:
    """Whether a cell's year satisfies a bound; S63 is of 昭和 because it says so, 1988 because of its figure."""
    at = when(text)
    if at is None or bound.year is None:
        return False
    year = at[0]
    if bound.sign == "in":
        printed = _era_printed(text or "")
        if bound.era and printed:
            return printed == bound.era
        return bound.year <= year <= (bound.until or bound.year)
    return {">=": year >= bound.year, ">": year > bound.year, "<=": year <= bound.year, "<": year < bound.year}[
        bound.sign
    ]


def _era_printed(text: str) -> str | None:
    periods = find_periods(searchable(text))
    own = periods[0].text if periods else ""
    return next((era for era in ERAS if own.startswith(era)), ERA_LETTERS.get(own[:1].upper()))
