"""The value of a cell, in base units: 千円 and 百万円 multiplied out, % as a fraction, ▲ and △ as minus.

Everything here reads folded text (see `corpus.folding.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from corpus.values import find_periods, is_nothing, parse_number

# A note mark beside a figure: ※1, *2, (注)3, 注1,2. Its own numbers stand right after it, the figure after a blank.
_NOTE = r"(?:\(?(?:※|\*|注)\s?(?:\(?\d{1,2}\)?)?\)?\d{0,2}(?:\s?[,、]\s?(?:※|\*|注)?\s?\d{1,2}(?![\d,.]))*\s*[,、]?)"
_UNIT = (
    r"才|百万円|百万米ドル|百万ドル|千円|億円|万円|円|千株|百株|株|千米ドル|千ドル|米ドル|ドル|%|ポイント|単元|"
    r"個|名|人|倍|期|銭|件|社|棟|銘柄|歳|か?月|年|m2|㎡"
)
_NUMBER = r"(?:0(?![\d,])|[1-9][\d,]*)(?:\s?\.\s?\d+)?"  # 03(1234)5678 is no figure
_REMARK = rf"(?:\s*{_NOTE}?\s*[(\[〔<{{].*[)\]〕>}}])?"
_FIGURE = re.compile(
    rf"^(?:{_NOTE}\s+)*[(\[〔<{{]?\s*(?:約|外|内|うち|年|[△▲+-]?\s?)?\s?(?P<sign>[△▲+-]\s*)?(?P<number>{_NUMBER})\s*"
    rf"\(?(?P<unit>{_UNIT})?\)?\s*[)\]〕>}}]?{_REMARK}\s*(?:{_NOTE}\s*)*$"
)
_MINUS = re.compile(rf"^(?:{_NOTE}\s+)*[(\[〔<{{]?\s*[△▲-]")
_SCALE = {"百万": 6, "億": 8, "万": 4, "千": 3, "百": 2, "%": -2}
_PLAIN = r"円|株|米ドル|ドル|ユーロ|元|ポンド|%|人|名|個|倍|単元|銭|社|歳|才|銘柄|件|日|月|か月|ヶ月|年|時間|回|台|t|kg|㎡|m2|ha"
_UNIT_NAME = rf"(?:(?P<scale>百万|億|万|千|百)\s?)?(?P<base>{_PLAIN})"
_ALONE = re.compile(rf"^[(\[〔<]?\s*{_UNIT_NAME}(?:\s?[・,、/]?\s?銭)?\s*[)\]〕>]?$")
_BRACKETED = re.compile(rf"[(\[〔<]\s*(?:単位\s*[:;]?\s*)?(?:[^()\[\]]*[:、,])?\s*{_UNIT_NAME}\s*[)\]〕>]")
_STATED = re.compile(rf"単位\s*[:;]?\s*{_UNIT_NAME}")
_EACH = re.compile(r"1株当たり|1人当たり|1口当たり|(?:数|年齢|年令)$")
_YEN_AND_SEN = re.compile(r"^(?P<yen>\d[\d,]*)\s?円\s?(?P<sen>\d{2})\s?銭$")
DITTO = ("〃", "同上", '"')


def says_nothing(text: str) -> bool:
    """Whether a folded cell text is a mark for nothing, a line drawn through the cell among them."""
    return is_nothing(text) or bool(re.fullmatch(r"[─━]+", text))


def is_figure(text: str) -> bool:
    """Whether a folded cell text is one figure, its sign, unit, note marks and a remark in brackets aside."""
    return bool(_FIGURE.match(text))


def figure(text: str) -> tuple[Decimal, str] | None:
    """The number of a folded cell text, its sign applied, and the unit printed with it ("" for none)."""
    match = _FIGURE.match(text)
    if match is None:
        return None
    try:
        value = parse_number(re.sub(r"\s", "", match["number"]).strip(","))
    except ValueError:
        return None
    return (-value if _MINUS.match(text) else value), match["unit"] or ""


def scale_of(text: str) -> Decimal | None:
    """What the unit in a folded label multiplies a figure by: (百万円) → 1,000,000; None when it names no unit.

    A unit counts where it stands alone, in brackets or after 単位; in running words (新株予約権) it is no unit. What is
    counted for each share or head, and a number of things, is never in thousands or millions unless it says so.
    """
    found = _ALONE.match(text) or _STATED.search(text)
    if found is None:
        # The last one: 従業員数 (外、平均臨時従業員数) (人).
        found = next(reversed(list(_BRACKETED.finditer(text))), None)
    if found is None:
        return Decimal(1) if _EACH.search(re.sub(r"\([^()]*\)", "", text)) else None
    if found["base"] == "%":
        return Decimal("0.01")
    return Decimal(10) ** _SCALE.get(found["scale"] or "", 0)


def stated_scale(text: str) -> Decimal | None:
    """The scale of the last unit that running text states: `… (単位:百万円)` just before a table."""
    last = None
    for match in re.finditer(
        rf"単位\s*[:;]?\s*{_UNIT_NAME}|[(\[]\s*{_UNIT_NAME.replace('?P<scale>', '').replace('?P<base>', '')}\s*[)\]]",
        text,
    ):
        last = match
    return scale_of(last.group()) if last else None


def normalised(text: str, scales: Iterable[Decimal | None]) -> str:
    """A cell's value in base units; `scales` are those of the labels that may govern it, the nearest first.

    A date becomes YYYY-MM-DD, a mark for nothing －, any other text that is no figure stays as it is.
    """
    bare = text.strip("()[]〔〕 ")
    if says_nothing(bare):
        return "－"
    coins = _YEN_AND_SEN.match(bare)
    if coins:
        return f"{coins['yen'].replace(',', '')}.{coins['sen']}"
    periods = find_periods(text)
    if len(periods) == 1 and periods[0].day and len(text) - len(periods[0].text) <= 3:
        day = periods[0]
        return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"
    found = figure(text) if not periods else None
    if found is None:
        return text
    value, unit = found
    scale = scale_of(unit) if unit else None
    if scale is None:
        scale = next((s for s in scales if s is not None), Decimal(1))
    scaled = value * scale
    return str(int(scaled)) if scaled == scaled.to_integral_value() and "." not in str(value) else f"{scaled:f}"
