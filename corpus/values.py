"""Numbers, units, eras, dates and "nothing" marks, as Japanese administrative documents print them.

Everything here reads folded text (see `corpus.folding.fold`).
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from corpus.caching import remembered

# Era → the western year before its first: 令和元年 = 2018 + 1. Source: 元号法 and the calendars in force before it.
ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ERA_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}

_DIGIT = re.compile(r"[0-9]")
_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}

# A run of kanji numerals is a number only before one of these (三人, 五か年): 一部 and 千葉 are words.
_KANJI_COUNTERS = "年度|年|月|日|人|名|件|回|社|か国|カ国|ヵ国|か所|カ所|円|割|万|億|兆"
_KANJI_MEASURES = "(?:平方)?(?:キロ|センチ)?メートル|ヘクタール|トン|キロ"
# These count as well where running text writes its figures out: 二十四時間, 三つの柱, 第百二十九号; a single one (一つ, 一本化) counts nothing.
_KANJI_WRITTEN_OUT = (
    "時間|分間|週間|か月|カ月|か年|カ年|%|ポイント|倍|歳|台|校|団体|施設|世帯|議席|項目|号|頭|つ|点(?!字)|本の|本柱|本目|"
    "棟|戸|枚|冊|隻|種類|"
    f"{_KANJI_MEASURES}"
)
COUNTERS = (
    "千円|百万円|億円|万円|円|ドル|元|か国|カ国|ヵ国|ヶ国|か所|カ所|箇所|ヶ所|か年|カ年|ヵ年|か月|カ月|ヵ月|ヶ月|"
    "事業所|事業者|事業|法人|施設|団体|会場|区分|市町村|世帯|番組|セット|サービス|シーン|ポイント|"
    "(?:平方|立方)?(?:キロ|センチ|ミリ)?メートル|ヘクタール|アール|(?:キロ|ミリ)?(?:リットル|グラム|ワット(?!時))|"
    "人|名|社|者|件|回|部|本|点|台|校|局|話|頭|体|個|枚|冊|館|園(?![芸児舎])|店|戸|棟|組(?![織合])|票|議席|か(?!ら)|歳(?![入出])|才|泊|便|"
    "年度|周年|年間|年|月|日間|日|時間|時|分|秒|週|%|割|倍|位|番|号|条|款|項|目|トン|隻|種類|羽|床|席|"
    "t-CO2|kWh|MWh|kW|MW|GJ|mg/L|mg|ppm|dB|km|m2|㎡|m3|cm|mm|kg|t|ha|km2|m|g|L|GB|MB"
)
UNIT_ONLY = re.compile(rf"^(?:{COUNTERS})$")  # a cell or a line that is nothing but a unit
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_ON = r"(?:\s(?=[0-9]{1,3},[0-9]{3}(?![0-9,])|[1-9]千円))?"  # 13万 6,000 and 13万 6千円 are one figure, 3万 5 are two
_THOUSANDS = r"(?:[0-9]{1,2}千(?=[0-9]{1,3}(?![0-9,])))?"  # 4千734万2千円, 5千400円
_SCALED = rf"(?:{_THOUSANDS}{_NUMBER}\s?(?:千|百)?[兆億万]{_ON})+(?:{_THOUSANDS}{_NUMBER}千?)?|{_NUMBER}千(?=人|名|件|台|部|本|回|社)|{_THOUSANDS}{_NUMBER}"
_QUANTITY = re.compile(
    rf"(?P<sign>[▲△]\s?|(?<![0-9A-Za-z~\-])-)?(?<![A-Za-z0-9])(?<![0-9],)(?<!(?<!\.)\.)(?P<number>{_SCALED})(?:\s*(?P<unit>{COUNTERS}))?(?:(?<=[ぁ-ヿ一-鿿])|(?![A-Za-z0-9]))"
)
_QUALIFIER = re.compile(r"(約|およそ|概ね|延べ|のべ|延|計|各|全|平均|最大|最小|最長)\s*$")
_KANJI_NUMBER = re.compile(
    rf"(?<![0-9,.何])(?:(?<![百千])(?!一円)[〇一二三四五六七八九十][〇一二三四五六七八九十百千]*(?={_KANJI_COUNTERS})"
    rf"|(?<!数)[百千][一二三四五六七八九十百]*(?={_KANJI_COUNTERS})(?!円|万|億|兆)|(?<![一二三四五六七八九十])[百千][一二三四五六七八九十百]+(?=円)"
    rf"|(?<!・)(?:[二三四五六七八九十][〇一二三四五六七八九十百千]*|[一百千][〇一二三四五六七八九十百千]+)(?={_KANJI_WRITTEN_OUT}))"
)
# Amounts written out, as speeches print them: 六千八十五万千円, 十五億千万円, 一一・四%. 百万円 and 千円 are units; 市内一円 is none.
_KANJI_SECTION = "[一二三四五六七八九十百千]+"
_KANJI_FIRST = "(?:[一二三四五六七八九十][一二三四五六七八九十百千]*[兆億万]|[百千][一二三四五六七八九十百千]*[兆億]|[百千][一二三四五六七八九十百千]+万)"
_KANJI_SECTIONS = rf"{_KANJI_FIRST}(?:{_KANJI_SECTION}[兆億万])*(?:{_KANJI_SECTION})?"
_KANJI_DECIMAL = "[〇一二三四五六七八九十]+[・.][〇一二三四五六七八九]+"
_KANJI_WRITTEN = re.compile(
    rf"(?<![0-9,.数何])(?:{_KANJI_SECTIONS}(?={_KANJI_COUNTERS})|{_KANJI_DECIMAL}(?=%|割|倍|ポイント|{_KANJI_MEASURES}))"
)
_KANJI_QUANTITY = re.compile(
    rf"(?<![0-9,.一二三四五六七八九十百千万億兆数何])(?P<number>{_KANJI_SECTIONS}(?=円)|[二三四五六七八九十][一二三四五六七八九十百千]*(?=円)"
    rf"|一[十百千][一二三四五六七八九十百千]*(?=円)|{_KANJI_DECIMAL}(?=%|ポイント)|[〇一二三四五六七八九十]+(?=%|ポイント))(?P<unit>円|%|ポイント)"
)
_NOTHING = re.compile(r"^(?:-+|—+|ー|―+|…+|\.{3,}|・|\*|1/0/1900)$")  # the last is a workbook's empty date
_ERA_NAMES = "|".join(ERAS)
_ERA_YEAR = re.compile(
    rf"(?:(?P<era>{_ERA_NAMES})\s*|(?<![A-Za-z0-9])(?P<letter>[MTSHR]|(?:r|[hs](?!0))(?=[0-9]{{1,2}}(?![0-9A-Za-z])))\s?\.?)(?P<year>[0-9]{{1,2}}|元)(?![0-9])"
    r"(?:(?P<nendo>\s*年 ?度)|(?:\s*年|[./])\s*(?P<month>1[0-2]|0?[1-9])(?![0-9])(?:(?:\s*月|[./])\s*(?P<day>[12][0-9]|3[01]|0?[1-9])?(?![0-9])日?)?|年(?!間|以|前|後))?"
)
_WEST_YEAR = re.compile(
    r"(?<![0-9,.])(?P<year>1[89][0-9]{2}|20[0-9]{2})(?:(?P<nendo>\s*年 ?度)|(?:\s*年|[./-])\s*(?P<month>1[0-2]|0?[1-9])(?![0-9])"
    r"(?:(?:\s*月|[./-])\s*(?P<day>[12][0-9]|3[01]|0?[1-9])?(?![0-9])日?)?|年(?!間|以|前|後))"
)
# 3/31/2002, as a workbook set up abroad writes its dates out.
_MONTH_FIRST = re.compile(
    r"(?<![0-9/.])(?P<month>1[0-2]|0?[1-9])/(?P<day>[12][0-9]|3[01]|0?[1-9])/(?P<year>(?:19|20)[0-9]{2})(?![0-9/])"
)

# What goes on after a date: ~31, ~8.14, ・11月. A month, with or without its day, is a date in any place; so is ~8.14.
_RANGE_END = re.compile(r"(?:\s*[~・,、-]\s*(?:[0-9]{1,2}\s*[./月]\s*)?[0-9]{1,2}(?![0-9,.])\s*(?:月|日(?!間))?)+")
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"
_MONTH_DAY = re.compile(
    rf"(?<![0-9.,/])(?:{_MONTH}\s*[,~・、]\s*)*{_MONTH}月(?:\s*{_DAY}日(?!間))?"
    rf"(?:\s*~\s*(?:{_MONTH}月)?(?:\s*{_DAY}日(?!間))?)?"
    rf"|^\s*~\s*{_MONTH}[./]{_DAY}(?![0-9])|(?<![0-9.,/]){_MONTH}/{_DAY}(?=\([月火水木金土日])"
)


class Quantity(msgspec.Struct, frozen=True):
    """A number as printed. `value` counts in `unit`, except that 万・億・兆 written in the number are multiplied out.

    `qualifier` is the word before it that says how it is meant: 約, 延べ, 計, 平均, 最大 …
    """

    value: Decimal
    unit: str | None
    text: str
    start: int
    end: int
    qualifier: str | None = None


class Period(msgspec.Struct, frozen=True):
    """A year, month or day. `year` is western. `fiscal` is True for 年度, False for 年 and dates, None when not said."""

    year: int
    month: int | None
    day: int | None
    fiscal: bool | None
    text: str
    start: int
    end: int


def fold_kanji_numbers(text: str) -> str:
    """三年度 → 3年度, 百二十人 → 120人. Words with numeral characters (一部, 千葉) stay as they are."""

    def replace(match: re.Match[str]) -> str:
        return str(_kanji_value(match.group()))

    return _KANJI_NUMBER.sub(replace, _KANJI_WRITTEN.sub(lambda m: _in_digits(m.group()), text))


def _in_digits(text: str) -> str:
    """六千八十五万千 → 6085万1千, 十五億千五百万 → 15億1500万, 一一・四 → 11.4."""
    if not any(c in _LARGE for c in text):
        whole, *tenths = re.split(r"[・.]", text)
        return f"{_kanji_value(whole)}{'.' if tenths else ''}{''.join(str(_KANJI_DIGITS[c]) for c in ''.join(tenths))}"
    tail = re.fullmatch(r"(.*[兆億万])([一二三四五六七八九]?)千", text)
    if tail:
        return f"{_in_digits(tail[1])}{_kanji_value(tail[2] or '一')}千"
    return re.sub(_KANJI_SECTION, lambda m: str(_kanji_value(m.group())), text)


def _kanji_value(text: str) -> int:
    if not any(c in _SMALL for c in text):
        return int("".join(str(_KANJI_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in _SMALL:
            total += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            digit = _KANJI_DIGITS[char]
    return total + digit


def parse_number(text: str) -> Decimal:
    """The value of a folded number with thousands separators and 千・万・億・兆.

    Raises:
        ValueError: `text` is not such a number.

    """
    text = text.replace(" ", "")
    plain = text.replace(",", "")
    if plain.isdecimal() and plain.isascii() and "," not in (text[:1], text[-1:]):
        return Decimal(plain)
    if not re.fullmatch(rf"(?:{_NUMBER}[千百]?[兆億万]?)+", text):
        raise ValueError(f"not a number: {text!r}")
    total = section = Decimal(0)
    for number, small, large in re.findall(rf"({_NUMBER})([千百]?)([兆億万]?)", text):
        section += Decimal(number.replace(",", "")) * _SMALL.get(small, 1)
        if large:
            total, section = total + section * _LARGE[large], Decimal(0)
    return total + section


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All numbers in folded text with the counter or unit that follows them, left to right."""
    found: list[Quantity] = []
    if "円" in text or "%" in text or "ポイント" in text:
        for match in _KANJI_QUANTITY.finditer(text):
            value = parse_number(_in_digits(match["number"]))
            found.append(
                Quantity(value, match["unit"], match.group(), match.start(), match.end(), _said(text, match.start()))
            )
    if not _DIGIT.search(text):
        return tuple(found)
    for match in _QUANTITY.finditer(text):
        value = parse_number(match["number"])
        if match["sign"]:
            value = -value
        start = match.start("sign") if match["sign"] else match.start("number")
        unit, end = match["unit"], match.end()
        if unit and _numbers_a_name(text, match):
            unit, end = None, match.end("number")
        found.append(Quantity(value, unit, text[start:end], start, end, _said(text, start)))
    return tuple(sorted(found, key=lambda q: q.start))


def _said(text: str, start: int) -> str | None:
    """The word right before a number that says how it is meant (約, 延べ)."""
    before = _QUALIFIER.search(text, max(0, start - 6), start)
    return before.group(1) if before and before.end() == start else None


def _numbers_a_name(text: str, match: re.Match[str]) -> bool:
    """Whether a number only numbers the name behind it (`6 法人事業税`), which begins with letters of a unit."""
    apart = match.end("number") < match.start("unit")
    before, after = text[: match.start("number")].rstrip()[-1:], text[match.end() : match.end() + 1]
    opens = before in _OPENS or (before in _PARTS and _CODE.fullmatch(match["number"]) is not None)
    return apart and opens and (after.isalpha() and not "ぁ" <= after <= "ん")


_OPENS, _PARTS = ("", "「", "『", "|"), ("、", ":", "(", "・")
_CODE = re.compile(r"0[0-9]+|(?:19|20)[0-9]{2}|1[89][0-9]{2}")  # 003 人権教育推進事業費, 1930 人口密度


@remembered
def lone_quantity(text: str) -> Quantity | None:
    """The one quantity a folded text consists of, a remark in brackets at its end aside; None when there is more."""
    bare = re.sub(r"\s*\([^()]*\)$", "", text.strip())
    quantities = find_quantities(bare)
    if len(quantities) != 1:
        return None
    lead = bare[: quantities[0].start].strip()
    return quantities[0] if lead in ("", "約", "計", "延べ", "延") and quantities[0].end == len(bare) else None


@remembered
def free_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a folded cell that stand for themselves: outside brackets and dates, not part of a word (4分番組)."""
    if not _DIGIT.search(text):
        return ()
    brackets = [m.span() for m in re.finditer(r"\([^()]*\)", text)]
    taken = [*date_spans(text), *brackets]
    return tuple(
        q
        for q in find_quantities(text)
        if not any(a < q.end and q.start < b for a, b in taken)
        and (q.end == len(text) or not (text[q.end].isalnum() or text[q.end] == "ー"))
    )


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where years, months, days and ranges of them stand in folded text, in no order; they may overlap."""
    dates = [(p.start, _range_end(text, p.end) if p.month else p.end) for p in find_periods(text)]
    if "月" in text or "/" in text or "~" in text:
        dates += [m.span() for m in _MONTH_DAY.finditer(text)]
    return dates


def _range_end(text: str, end: int) -> int:
    """Where a range of dates ends that begins with the date up to `end` (R2.7.17~31): the end's year goes unsaid."""
    match = _RANGE_END.match(text, end)
    return match.end() if match else end


_ERA_UNSAID = re.compile(
    r"(?<![0-9A-Za-z,.約各第今])(?P<year>[0-9]{1,2})\s*年度(?![間分目内]|連続|ぶり|続|に(?:わた|また)|以上|ごと)"
)
# The same for calendar years, only where a figure, a month or the end of it follows: 平成21年が5.8%、31年が17.2%.
_YEAR_UNSAID = re.compile(
    r"(?<![0-9A-Za-z,.約各第今])(?P<year>[0-9]{2})\s*年(?:(?P<month>1[0-2]|[1-9])月(?!間)|(?=[がは]?\s*[0-9]|末|時点|(?:調査|実績|現在)の?[がはで、,])(?!\s*[0-9]{1,3}(?:年|か月|カ月|ヶ月)))"
)
_LATEST = 12  # 令和 has not got farther
_APART = 10  # years; a figure farther from the year whose era is said counts years, it does not name one


@remembered
def find_periods(text: str) -> tuple[Period, ...]:
    """All years, months and days in folded text that name their year, left to right."""
    found = []
    for pattern in (_ERA_YEAR, _WEST_YEAR, *((_MONTH_FIRST,) if "/" in text else ())):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if pattern is _ERA_YEAR:
                era = groups["era"] or ERA_LETTERS[groups["letter"].upper()]
                year = ERAS[era] + (1 if groups["year"] == "元" else int(groups["year"]))
            else:
                year = int(groups["year"])
            month = int(groups["month"]) if groups["month"] else None
            day = int(groups["day"]) if groups["day"] else None
            fiscal = True if groups.get("nendo") else False if month or match.group().endswith("年") else None
            found.append(Period(year, month, day, fiscal, match.group(), match.start(), match.end()))
    found.sort(key=lambda p: p.start)
    unsaid = _era_unsaid(text, found)
    return tuple(sorted((*found, *unsaid), key=lambda p: p.start)) if unsaid else tuple(found)


def _era_unsaid(text: str, named: list[Period]) -> list[Period]:
    """The years of running text whose era the year before them says: 平成29年度は11件、30年度は2件; 平成21年が5.8%、31年が17.2%.

    Where none says it, a year as high as only 平成 has come to lately is one of it.
    """
    found: list[Period] = []
    eras = [p for p in named if not p.fiscal and p.text[:2] in ERAS]
    for match in _YEAR_UNSAID.finditer(text) if eras else ():
        before = [p for p in eras if p.end <= match.start()]
        if not before or any(p.start <= match.start() < p.end for p in named):
            continue
        year = ERAS[before[-1].text[:2]] + int(match["year"])
        if abs(year - before[-1].year) <= _APART:
            month = int(match["month"]) if match["month"] else None
            found.append(Period(year, month, None, False, match.group(), match.start(), match.end()))
    if "年度" not in text:
        return found
    for match in _ERA_UNSAID.finditer(text):
        if any(p.start <= match.start() < p.end for p in named):
            continue
        before = [p for p in named if p.end <= match.start() and p.fiscal and p.text[:2] in ERAS]
        number = int(match["year"])
        era = before[-1].text[:2] if before else "平成" if _LATEST < number <= ERAS["令和"] - ERAS["平成"] + 1 else None
        year = ERAS[era] + number if era else 0
        if era and (not before or abs(year - before[-1].year) <= _APART):
            found.append(Period(year, None, None, True, match.group(), match.start(), match.end()))
    return found


def is_nothing(text: str) -> bool:
    """Whether a folded cell is a mark for "nothing here": -, —, …"""
    return bool(_NOTHING.match(text.strip()))


def era_name(year: int, fiscal: bool = True) -> str:
    """2021 → 令和3年度. Years before 1868 stay western."""
    suffix = "年度" if fiscal else "年"
    for era, base in sorted(ERAS.items(), key=lambda item: -item[1]):
        if year > base:
            return f"{era}{'元' if year == base + 1 else year - base}{suffix}"
    return f"{year}{suffix}"
