"""What a header label says besides its name: years, units and remarks around it, and the year a cell consists of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import Document
from corpus.folding import searchable, tidy
from corpus.values import ERAS, Period, find_periods
from qa.lookup import letters

TOTAL = re.compile(
    r"(?:年度?間?)?(?:総|合|小|累)?計|総数|総額|全体|合計(?!特殊出生率).*"
)  # which is a rate by its name
_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]$")  # 計 (6事業)
_TOTAL_OF = re.compile(r".(?:合計|総計|小計|[\s　]計)$")  # 市税 合計, 総務部 計
_BRACKETS = re.compile(r"[(（\[［][^()（）\[\]［］]*[)）\]］]")
# Not in 前年度比 and 対前年度増減: what a change is counted from is no year of the figure.
_YEAR_OF_OTHERS = r"(?<!対)(?:本|当|今|前|昨|翌|来)の?\s?年\s?度(?!\s?(?:比|増減|対比|伸|からの))"
RELATIVE_YEAR = re.compile(  # 翌年度への繰越額 is this year's
    rf"{_YEAR_OF_OTHERS}(?!(?:に|へ)?(?:の)?繰り?越)|前の年(?!\s?度)|(?<!対)[前昨翌]年(?=[\s]|$|の|より|から|と)"
)
_YEAR_SAID = re.compile(rf"{_YEAR_OF_OTHERS}|{RELATIVE_YEAR.pattern}")
OFFSETS = {"本": 0, "当": 0, "今": 0, "前": -1, "昨": -1, "翌": 1, "来": 1}
# How a header says what it is reckoned from: 増減額 A-B = C, 執行率 F/E, 収入済額 C.
_FORMULA = re.compile(r"\s+[A-Z①-⑳](?:\s*[-+/×÷=]\s*[A-Z①-⑳])*(?=\s|$)")
# The whole of what a table counts by parts: 全市, 市総数, 町計.
ALL_OF = re.compile(
    r"(?:全|総)(?:市|町|村|区|県|都|府|体|域|地区)|(?:全)?(?:市|町|村|区|県|都|府|地区|市内|町内)(?:全体|総数|計|合計|全域)"
)
_COUNTED_FROM = re.compile(r"\s*(?:末|度)?\s*(?:からの|比(?![較率例])|対比|を(?:100|基準)|以来の|との(?:比較|差|増減))")
# 令和2年度末, 令和5年分, 令和6年4月1日現在.
_OF_YEAR = re.compile(r"[ 年度()]*(?:末|当初|中|分)?(?:現在|時点)?")
_AS_OF = re.compile(r"(?:末|分)?\s*(?:現在|時点)?$")
_SHORT_DIMENSION = 20
_COUNTED_ON = re.compile(r"[0-9]{1,2}(?:年度?)?")
_YEAR_CELL = re.compile(r"(?:1[89]|20)[0-9]{2}")


def says_total(text: str) -> bool:
    """Whether a label is a total's: 計, or that of something (市税 合計)."""
    bare = _REMARK.sub("", tidy(text))
    return bool(TOTAL.fullmatch(letters(bare)) or ALL_OF.fullmatch(letters(bare)) or _TOTAL_OF.search(bare))


def own_periods(folded: str) -> tuple[Period, ...]:
    """The years and months that a folded header is of; not those that it counts from (2005年度からの増加率, 平成30年比)."""
    return tuple(p for p in find_periods(folded) if not _COUNTED_FROM.match(folded, p.end))


def counted_from(folded: str) -> tuple[Period, ...]:
    """The years and months that a folded text counts from."""
    return tuple(p for p in find_periods(folded) if _COUNTED_FROM.match(folded, p.end))


def core(label: str) -> str:
    """A header label without years, units and remarks: `R3 当初予算額 (千円)` → `当初予算額`."""
    bare = _BRACKETS.sub("", searchable(label))
    for period in reversed(own_periods(bare)):
        bare = bare[: period.start] + bare[period.end :]
    bare = _FORMULA.sub("", _YEAR_SAID.sub("", bare))
    return re.sub(r"\s+", " ", bare).strip()


def year_of(text: str | None) -> int | None:
    """The year a cell consists of: `2018`, `令和3年度`, `R3年度 (2021)`; None when it says anything else."""
    if not text or len(text) > _SHORT_DIMENSION:
        return None
    folded = searchable(text).strip()
    if _YEAR_CELL.fullmatch(folded):
        return int(folded)
    periods = find_periods(_BRACKETS.sub("", folded)) or find_periods(folded)
    if len(periods) != 1 or periods[0].month:
        return None
    rest = _BRACKETS.sub("", folded).replace(periods[0].text, "").strip()
    return periods[0].year if _OF_YEAR.fullmatch(rest) else None


def years_counted_on(texts: Sequence[str | None]) -> list[int | None]:
    """The year that each cell of a column consists of; 平成27年, 28, 29, … 令和元年, 2 counts on."""
    found: list[int | None] = []
    for text in texts:
        year = year_of(text)
        before = found[-1] if found else None
        folded = searchable(text or "").strip()
        if year is None and before is not None and _COUNTED_ON.fullmatch(folded):
            counted = (before + 1 - base for base in ERAS.values())
            year = before + 1 if int(folded.rstrip("年度")) in counted else None
        found.append(year)
    return found


def years_back(texts: Sequence[str]) -> tuple[int, ...]:
    """The years that 前年度 and the like among a row's texts mean, counted from the row's own year (令和7年度)."""
    offsets = {
        OFFSETS[found.group()[0]] for text in texts if (found := RELATIVE_YEAR.fullmatch(searchable(text).strip()))
    }
    years = {year for text in texts if (year := year_of(text)) is not None}
    return tuple(sorted(year + offset for year in years for offset in offsets)) if len(years) == 1 else ()


def month_of(text: str | None) -> tuple[int, int] | None:
    """The western year and month that a cell consists of: `2020-04-30`, `令和2年4月`; None when it says anything else."""
    folded = searchable(text or "").strip()
    periods = find_periods(folded) if len(folded) <= _SHORT_DIMENSION else ()
    if len(periods) != 1 or periods[0].month is None or periods[0].text != _AS_OF.sub("", folded):
        return None
    return periods[0].year, periods[0].month


def header_years(label: str, base: int | None) -> tuple[int, ...]:
    """The years a header prints; 本年度 and 前年度 count from `base`, the year that 本年度 means there, None where that is each
    row's own.
    """
    folded = searchable(label)
    named = tuple(dict.fromkeys(p.year for p in own_periods(folded)))
    relative = RELATIVE_YEAR.search(folded)
    if named or not relative or base is None:
        return named
    return (base + OFFSETS[relative.group()[0]],)


def base_year(document: Document) -> int:
    """The year that 本年度 means in a document; 0 when it does not say."""
    return document.years[-1] if document.years else 0


def dated_before(labels: Sequence[str]) -> str:
    """The last of the headers that stand before one which says 本年度, 前年度 or the like; empty where none does."""
    return next((label for label in reversed(labels) if RELATIVE_YEAR.search(searchable(label))), "")


def mentions_period(period: Period, others: tuple[Period, ...]) -> bool:
    """Whether one of the other periods is the same, as far as both say: year, and month and day when both have them."""
    return any(
        period.year == other.year
        and (period.month is None or other.month is None or period.month == other.month)
        and (period.day is None or other.day is None or period.day == other.day)
        for other in others
    )
