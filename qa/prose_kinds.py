"""Where in a sentence stands a thing of the kind that is asked for: an amount, a count, a date, a name, a place, a reason.

A question "how many" is not answered by a sentence on the topic, only by one that gives a number of that kind, and not
by the number that the question itself names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from corpus.values import COUNTERS, Period, Quantity
from qa.explain import OFFICE, VENUE
from qa.grammar import grammar
from qa.labels import mentions_period
from qa.money import PEOPLE, SCALES
from qa.prose_reading import Reading, Spot
from qa.types import Operation, Question

# から and より also begin a stretch of time or a comparison: 前年度から, 前年度より.
REASON = re.compile(
    r"ため|(?:に|こと)より|による|理由|原因|要因|影響|(?<=[たるいうくすだとこ])から|(?:など|等)(?:から|によ)|目的|図る|ことで|よって|ので|受けて|鑑み|伴い|背景|もの"
)
_DAY = re.compile(r"(?<![0-9])(?:1[0-2]|[1-9])月(?:[1-3]?[0-9]日)?|(?<![0-9/])(?:1[0-2]|[1-9])/[1-3]?[0-9](?![0-9/])")
_TIMES = re.compile(
    r"(?<![0-9,.])[0-9]{1,4}年|第[0-9]{1,2}[週月火水木金土日]|[月火水木金土日]曜|毎[年月週日]|通年|世紀|[0-9]{1,2}時|午[前後]|上旬|中旬|下旬|(?:(?<=年)|(?<=年の))[春夏秋冬](?!期)|[春夏秋冬](?=に|の|から|ごろ|頃|季|先|まで|以降)|(?<!歳)年度(?:末|当初)|昨年|今年|来年|新年度"
)
# A day told from another: 翌月の26日, 5日前まで, 60日以内.
_RELATIVE_DAY = re.compile(
    r"(?:毎|翌々?|当|同|前|次の?)月の?(?:[1-3]?[0-9]日|末日?)|(?<![0-9])[0-9]{1,3}(?:日|週間|[かヶカケ箇]月)(?:前|後|以内)|(?:月|年度?)末|(?:前|当|翌)日"
)
# A time of day: 9:00, 午後5時30分, 正午.
_CLOCK = re.compile(
    r"(?<![0-9:])[0-9]{1,2}:[0-5][0-9](?![0-9:])|(?<![0-9,.])[0-9]{1,2}時(?!間)(?:[0-9]{1,2}分|半)?|正午"
)
_FROM_TO = re.compile(r"いつから[、,]?いつまで")
_RANGE = re.compile(r"から|まで|より|[~-](?=[^、。]*[0-9])|間")
# 開設日, 実施された日はいつ, 日にちを: a day, which no year alone tells.
_ON_A_DAY = re.compile(
    r"日にち|日付|年月日|(?:[一-龥](?<![平休祝毎連])|[たる])日(?=[はがをも]|って|、|です|\s*[?。]|\s*$)"
)
_PERSON = re.compile(
    r"[一-龥ァ-ヶー]{1,8}(?:さん|氏|者|長|員|家|師|士|王|帝|選手|監督|教授|博士|代表|知事|大臣|団体|社|会)"
)
_PEOPLE_NUMBER = re.compile(r"(?:者|人|員|客|生|名|[友とも]だち|フォロワー|ユーザー|メンバー)数[ :は約]*$")
# Counters that count the same things.
_SAME = tuple(
    frozenset(group)
    for group in (
        ("人", "名", "者"),
        ("か国", "カ国", "ヵ国", "ヶ国", "国"),
        ("か所", "カ所", "箇所", "ヶ所", "施設"),
        ("か月", "カ月", "ヵ月", "ヶ月"),
        ("か年", "カ年", "ヵ年", "年間", "年"),
        ("か国語", "言語", "語"),
        ("社", "企業", "法人", "事業者"),
        ("個", "つ", "点"),
        ("歳", "才"),
        ("冊", "部"),
        ("%", "割", "ポイント"),
        ("時間", "時"),
        ("日間", "日", "泊"),
        ("事業", "件"),
        ("km", "キロメートル", "キロ"),
        ("m", "メートル"),
        ("cm", "センチメートル"),
        ("mm", "ミリメートル"),
        ("m2", "㎡", "平方メートル"),
        ("km2", "平方キロメートル"),
        ("m3", "立方メートル"),
        ("ha", "ヘクタール"),
        ("kg", "キログラム"),
        ("t", "トン"),
    )
)
# 何 before a counter or a noun the grammar does not know: 何層, 何法, どの県, 何という雑誌.
_ASKED_NOUN = re.compile(
    r"(?:何(?:という|といった|の)?|どの|どこの|どんな|どのような|どちらの)(?P<noun>[一-龥ァ-ヶー]{1,6})"
)

_GREW = re.compile(r"[増減]|伸び|[上下]回|上昇|低下|縮|拡大|[上下]が[りるっ]|[上下]げ")
_BY_WHICH = re.compile(
    r"\s*[)]?分?(?:の|を|も|ほど|程度)?(?:大幅な?|微)?(?:[増減]|伸び|[上下]回|上昇|低下|縮|拡大|引き?[上下]げ)"
)
_AND_BY = re.compile(r"\s*(?:[、,・(]|で)?\s*")
# 増えますか, 増えるのか減るのか: which way; どれだけ増える: a figure of any kind.
_WHICH_WAY = re.compile(
    r"^(?!.*(?:何|いくら|いくつ|どれ|どの|どう|(?:増減|増加|減少|差|[のは]|金)額|率|幅)).*(?:か|の|[?])[?。]*$"
    r"|(?:どちら|どっち)の(?:傾向|見込|方向)"
)
_HOW_FAR = re.compile(r"^(?!.*(?:いくら|円|額)).*(?:どれ(?:だけ|くらい|ぐらい|ほど)|どの(?:くらい|ぐらい|程度))")
_OF_CHANGE = re.compile(rf"{_GREW.pattern}|[比差変影響]|追加|補正|前年|改[定正]|値")
_NAMES_OF_MANY = re.compile(rf"(?<![0-9.])(?P<many>[1-9][0-9]?)(?:{COUNTERS})[^、。]{{0,12}}の(?:名前|名称)")
_QUOTED = re.compile(r"[「『\"“]([^「」『』\"“”]{2,40})[」』\"”]")
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]{2,}(?:[ 0-9][A-Za-z0-9]+)*")
_CLAUSE = re.compile(r"[をがはに、。]|[るたいくす]$")
_LONGEST_NAME = 30
_COUNTED_CHANGE = re.compile(rf"何(?P<unit>{COUNTERS})(?![一-龥ァ-ヶー](?<![増減上下伸縮]))")
_ASKED_COUNTER = re.compile(rf"何(?P<unit>{COUNTERS})(?![一-龥ァ-ヶー])")


def resolved(question: Question) -> Question:
    """The question with 何 before any counter (何歳, 何便) understood as asking for a count of that unit."""
    if question.operation is Operation.COUNT and question.wants is None:
        return replace(question, wants="number")  # a sentence that prints how many there are
    if question.wants not in (None, "thing"):
        return question
    match = _ASKED_COUNTER.search(question.folded)
    if match is None:
        return question
    terms = tuple(t for t in question.terms if t.end <= match.start() or t.start >= match.end())
    return replace(question, wants="count", unit=match["unit"], terms=terms) if terms else question


def asks_change(question: Question) -> bool:
    """Whether it is asked by how much something grew or shrank, in a year or since no year that is named."""
    named = {period.year for period in question.periods}
    return question.operation is Operation.DIFFERENCE and len(named) < 2 and _GREW.search(question.folded) is not None


def which_way(question: Question) -> bool:
    """Whether it is asked if something grows or shrinks, and not by how much."""
    return asks_change(question) and _WHICH_WAY.search(question.folded) is not None


def tells_which_way(text: str) -> bool:
    """Whether a folded text says that something grew or shrank."""
    return _GREW.search(text) is not None


def by_how_much(question: Question) -> Question:
    """The question with the kind of figure a change is asked for in, where the words for the change leave that out: 何人増えた.

    Which way something goes (増えますか, 増えるのと減るのとどちら) is no figure.
    """
    if not asks_change(question) or (question.wants == "count" and question.unit) or which_way(question):
        return question
    counted = _COUNTED_CHANGE.search(question.folded)
    if counted is not None and counted["unit"] != "%":
        unit = counted["unit"]
        if unit in PEOPLE:
            return replace(question, wants="people")
        return replace(question, wants="money") if unit in SCALES else replace(question, wants="count", unit=unit)
    if question.rate:
        return replace(question, wants="percent")
    if question.wants not in (None, "thing"):
        return question
    return replace(question, wants="number" if _HOW_FAR.search(question.folded) else "money")


def asked_noun(question: Question) -> str | None:
    """The noun that the question word belongs to (どの**課**, 何**層**), as far as no unit of the grammar says it."""
    match = _ASKED_NOUN.search(question.folded)
    return match["noun"] if match else None


def things(question: Question, reading: Reading) -> tuple[Spot, ...] | None:
    """The places of things of the kind asked for that the question does not name itself.

    None where no shape of a text shows the kind (what, how).
    """
    wants = question.wants
    if "何倍" in question.folded and (times := tuple((q.start, q.end) for q in reading.figures if q.unit == "倍")):
        return times  # printed, of whatever figures
    if wants in ("money", "people", "percent", "span", "number", "count"):
        figures = _figures(question, reading, units_asked(question))
        grown = told_as_change(reading)
        if asks_change(question):
            return tuple(spot for spot in figures if spot in grown) or figures
        if wants == "money" and question.operation is Operation.VALUE and not _OF_CHANGE.search(question.folded):
            return tuple(spot for spot in figures if spot not in grown)  # 157億円の縮減 is no amount of 発行額
        return figures
    if wants in ("date", "month", "day"):
        return _dates(question, reading, wants)
    if wants == "clock":
        return tuple(m.span() for m in _CLOCK.finditer(reading.folded) if m.group() not in question.folded)
    if wants in ("place", "venue"):
        return _named(question, reading, (VENUE, OFFICE) if wants == "place" else (VENUE,))
    if wants == "person":
        return _named(question, reading, (_PERSON,))
    if wants == "name":
        return _names_of_things(question, reading)
    if wants == "reason":
        return tuple(m.span() for m in REASON.finditer(reading.folded))
    noun = asked_noun(question)
    if noun is None:
        return None
    counted = re.compile(rf"[0-9][0-9,.]*\s*{re.escape(noun)}")
    named = re.compile(rf"[一-龥ァ-ヶーA-Za-z]{{1,12}}{re.escape(noun)}")
    spots = [m.span() for pattern in (counted, named) for m in pattern.finditer(reading.folded)]
    return tuple(s for s in spots if reading.folded[slice(*s)] not in question.folded) or None


def _names_of_things(question: Question, reading: Reading) -> tuple[Spot, ...]:
    """Proper nouns, what stands in quotation marks, Latin words; or the whole of a text that is a name itself."""
    asked = question.folded.lower()
    if len(reading.folded) <= _LONGEST_NAME and not _CLAUSE.search(reading.folded):
        return ((0, len(reading.folded)),) if _says_more_than_figures(reading) else ()
    own = [m.span(1) for m in _QUOTED.finditer(reading.folded)] + [m.span() for m in _LATIN.finditer(reading.folded)]
    spots = [s for s in own if reading.folded[slice(*s)].lower() not in asked]
    found = tuple(sorted({*_named(question, reading, ()), *spots}))
    many = _NAMES_OF_MANY.search(question.folded)
    return found if many is None or len(found) >= int(many["many"]) else ()


def _says_more_than_figures(reading: Reading) -> bool:
    """Whether a text holds a word besides how many there are: of `(1)20人 (2)3団体` nothing bears a name."""
    counted = [(q.start, q.end) for q in reading.figures]
    return any(not w.is_number and not any(a <= w.start < b for a, b in counted) for w in reading.words)


def same_units(unit: str | None) -> frozenset[str]:
    """The counters that count the same things as one: 人 and 名."""
    return frozenset().union(*(group for group in _SAME if unit in group)) if unit else frozenset()


def units_asked(question: Question) -> frozenset[str] | None:
    """The units by which the kind is recognised; None when any will do."""
    if question.wants == "number":
        return None
    if question.wants in ("count", "span") and question.unit:
        return same_units(question.unit) | {question.unit}
    kind = grammar().kinds.get(question.wants or "")
    return kind.units if kind else None


def _figures(question: Question, reading: Reading, units: frozenset[str] | None) -> tuple[Spot, ...]:
    asked = question.folded.replace(",", "")
    other = PEOPLE | frozenset(SCALES) if question.wants == "number" and question.unit else frozenset()
    return tuple(
        (q.start, q.end)
        for q in reading.figures
        if q.unit not in other  # 世帯数 is not told by a number of people
        and (
            units is None
            or q.unit in units
            or _scaled_money(q, units)
            or _noun_behind(q, units, reading)
            or _number_of(q, question, reading)
        )
        and not _repeats(q, asked)
    )


@lru_cache(maxsize=10_000)
def told_as_change(reading: Reading) -> frozenset[Spot]:
    """The figures that are told as what something grew or shrank by (3.0%増, 2.2%、3億970万円減の)."""
    grown: set[Spot] = set()
    behind: Quantity | None = None
    for figure in reversed(reading.figures):
        joined = behind is not None and _AND_BY.fullmatch(reading.folded, figure.end, behind.start) is not None
        if _BY_WHICH.match(reading.folded, figure.end) or (joined and behind and (behind.start, behind.end) in grown):
            grown.add((figure.start, figure.end))
        behind = figure
    return frozenset(grown)


def _number_of(quantity: Quantity, question: Question, reading: Reading) -> bool:
    """Whether people are asked for and a figure without a unit is called a number of some (友だち数 1,250), or it is called a
    number in the unit asked for (再生回数 3,010 for 何回).
    """
    if quantity.unit is not None:
        return False
    before = reading.folded[: quantity.start]
    if question.wants == "people":
        return _PEOPLE_NUMBER.search(before) is not None
    return bool(question.unit) and re.search(rf"{re.escape(question.unit or '')}数[ :は約]*$", before) is not None


def _noun_behind(quantity: Quantity, units: frozenset[str], reading: Reading) -> bool:
    """3 セット where セット are asked for: any noun may count, also one that is no unit elsewhere."""
    behind = reading.folded[quantity.end : quantity.end + _LONGEST_NAME].lstrip()
    return quantity.unit is None and behind.startswith(
        (*units, *(unit[:-1] for unit in units if len(unit) > 1 and unit[-1] == "分"))  # 何食分: 58,050食
    )


def _scaled_money(quantity: Quantity, units: frozenset[str]) -> bool:
    """5億 without 円 is money where money is asked for."""
    return quantity.unit is None and "円" in units and quantity.text[-1:] in "億万兆"


def _repeats(quantity: Quantity, asked: str) -> bool:
    """Whether the question itself names the figure."""
    text = quantity.text.replace(",", "")
    return text in asked and re.search(rf"(?<![0-9.]){re.escape(text)}(?![0-9])", asked) is not None


def _dates(question: Question, reading: Reading, wants: str) -> tuple[Spot, ...]:
    if _FROM_TO.search(question.folded) and not _RANGE.search(reading.folded):
        return ()  # いつからいつまで is not answered by one day
    on_a_day = wants == "date" and _ON_A_DAY.search(question.folded) is not None
    spots = [
        (p.start, p.end)
        for p in reading.periods
        if not _names(p, question.periods) and ((wants == "date" and not on_a_day) or p.month is not None)
    ]
    for match in _DAY.finditer(reading.folded):
        if match.group() not in question.folded and (
            wants != "day" or match.group().endswith("日") or "/" in match.group()
        ):
            spots.append(match.span())
    spots += [m.span() for m in _RELATIVE_DAY.finditer(reading.folded) if m.group() not in question.folded]
    if wants == "date":
        times = (m for m in _TIMES.finditer(reading.folded) if m.group() not in question.folded)
        spots += [m.span() for m in times if not (on_a_day and m.group()[-1] in "年紀")]
    return tuple(sorted(set(spots)))


def _names(period: Period, asked: tuple[Period, ...]) -> bool:
    """Whether the question names the date at least as finely as the sentence does."""
    return any(mentions_period(period, (one,)) and (period.month is None or one.month is not None) for one in asked)


def _named(question: Question, reading: Reading, patterns: Iterable[re.Pattern[str]]) -> tuple[Spot, ...]:
    """Proper nouns, and words of the patterns, that the question does not hold."""
    asked = question.folded.lower()
    spots = [(w.start, w.end) for w in reading.words if w.subpos == "固有名詞" and w.surface.lower() not in asked]
    spots += [m.span() for p in patterns for m in p.finditer(reading.folded) if m.group().lower() not in asked]
    return tuple(sorted(set(spots)))
