"""What is asked to be calculated from figures that stand in sentences: sums, differences, rates of change, shares.

Each operand is looked up by a question of its own (the question without the other operands' words), so that each stands
in a sentence that explains it; then the figure that belongs most to its words is taken. Where an operand is not found,
or two figures fit it equally, nothing is calculated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace as changed

from corpus.values import Period, Quantity, era_name
from index import Store
from qa.labels import mentions_period
from qa.money import SCALES, spoken_like
from qa.parts import GROWN
from qa.prose_features import Compared, compounds, matched
from qa.prose_figures import own_period, pulls, quantity_at
from qa.prose_kinds import things
from qa.prose_model import prose_model
from qa.prose_rank import ProseAnswer, Ranking, rank_again
from qa.prose_reading import Spot, read
from qa.spoken_years import spoken, year_at
from qa.types import Operation, Question, Term, Value
from qa.understand import understand

_JOINED = re.compile(r"^\s*(?:・|、|,|/|と|、と|及び|および|並びに|ならびに|や|\+|足す)\s*$")
_AN_AMOUNT = re.compile(
    r"[一-龥]額(?:の(?:合計|総額|差|平均|合算)|を(?:合計|合わせ|足)|は|$|\?)"
)  # 寄附額の合計 is of 円, not of 件
TOTAL_NAME = re.compile(r"総額|総数|合計|総計")  # 総額331億円
_TIMES = re.compile(r"何倍")
# 比率 at the end of a long name (経常収支比率) is the name of a figure, not a share to be reckoned.
SHARE = re.compile(
    r"割合|(?<![一-龥]{3})比率|構成比|シェア|何(?:%|割|パーセント)(?:を占め|に(?:あた|当た|相当))|占め(?:る|て)"
)
_WHOLE = re.compile(r"のうち|の中で|に(?:占|し)める|に対する|に対して")
_BASE = re.compile(r"(?:の|に対して|と比べて)\s*(?:何(?:%|割|倍|パーセント)|割合|比率)")
RATE = re.compile(r"何(?:%|割|パーセント)|[増減]率|伸び率|変化率")
YEAR_BEFORE = re.compile(r"前年|前の年|昨年|対前年|1年前")
YEAR_BEFORE_ALONE = re.compile(r"(?:前|昨)年度?(?:同[月期])?(?:末)?(?:は|の|が)?|前[回期](?:は|の)?")
# The year before, with which something of this year is compared.
_COMPARED_YEAR = re.compile(
    r"(?P<year>[前昨]年度?)(?:の?同[月期])?(?:(?:に|と)(?:比べ(?:て|ると|た)?|比較し(?:て|た)?)|より(?:も)?|から)"
)
_HOW_MUCH = re.compile(r"いくら|何(?:千|万|億)?円|どれだけ")
_SCALED = re.compile(r"[兆億万千百]")
_SINCE = re.compile(r"(?:の実績|の件数)?(?:(?:に|と)(?:比べ|比較し)|より(?:も)?[、,]?(?:何|いくら|どれ))")
_THIS_YEAR = {2: "今年", 3: "今年度"}
_FIGURES = frozenset({"money", "people", "count", "span", "number"})  # kinds whose figures can be operands
TOLD = frozenset(
    {"reason", "manner", "person", "place", "venue", "name", "date", "month", "day"}
)  # not calculated but told
_TOO_FAR = 10  # times as much
_CLEAR = 0.15  # by this share the chosen figure must belong more to its words than the next
_PART_OF = re.compile(r"占め|の(?:うち|中)")
_ONE_PLACE = Decimal("0.1")
_TOGETHER = 0.95  # an answer from several figures can also fail in how they are put together


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure found for one of the things compared: what it is called in the question, and where it stands."""

    name: str
    quantity: Quantity
    one: Compared
    probability: float
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things compared: its name, the question for it, and which of that question's terms are its own."""

    name: str
    question: Question
    own: frozenset[int] = frozenset()


def calculated(store: Store, question: Question) -> ProseAnswer | None:
    """The answer that a calculation gives, or None where nothing is asked to be calculated or an operand is missing."""
    if question.wants in TOLD:
        return None
    parts = _share_parts(question)
    if parts:
        operands = _operands(store, parts)
        return _share(operands[1], operands[0], of_it=True) if len(operands) == 2 else None
    if _TIMES.search(question.folded) or SHARE.search(question.folded):
        operands = _operands(store, parts_of(question))
        return _of_base(question, operands) if len(operands) == 2 else None
    if question.operation is Operation.SUM:
        asked = items(question)
        operands = _operands(store, _by_items(question, asked)) if len(asked) > 1 else []
        return _sum(operands) if len(operands) == len(asked) > 1 else None
    if question.operation is Operation.DIFFERENCE:
        operands = _operands(store, _to_the_last_year(store, question) or parts_of(question))
        return _difference(question, operands) if len(operands) == 2 else None
    return None


def items(question: Question) -> tuple[tuple[int, int], ...]:
    """The things a question names side by side (AとB, A・B・C), as ranges of its terms; empty without two of them."""
    runs = compounds(question.terms, 1)
    best: list[tuple[int, int]] = []
    chain: list[tuple[int, int]] = []
    for run in runs:
        if chain and _JOINED.match(
            question.folded[question.terms[chain[-1][1] - 1].end : question.terms[run[0]].start]
        ):
            chain.append(run)
        else:
            chain = [run]
        if len(chain) > len(best):
            best = list(chain)
    return tuple(best) if len(best) > 1 else ()


def parts_of(question: Question) -> list[Part]:
    """The two things compared: two years, a year and the one before it, or two things side by side."""
    years = _distinct(question.periods)
    if len(years) == 2:
        return [Part(p.text, replace(question, periods=(p,), operation=Operation.VALUE)) for p in years]
    if len(years) == 1 and YEAR_BEFORE.search(question.folded):
        before = changed(years[0], year=years[0].year - 1, text=era_name(years[0].year - 1))
        pair = (before, years[0])
        return [Part(p.text, replace(question, periods=(p,), operation=Operation.VALUE)) for p in pair]
    compared = _COMPARED_YEAR.search(question.folded)
    if not years and compared:
        return _two_spoken_years(question, compared)
    return _by_items(question, items(question))


def _to_the_last_year(store: Store, question: Question) -> list[Part]:
    """`Xは令和2年度と比べて` → X of that year and of the next, where that is the last one that a document is about."""
    years = _distinct(question.periods)
    if len(years) != 1 or not _SINCE.match(question.folded, years[0].end):
        return []
    now = years[0].year + 1
    if now not in {max(one.years) for one in store.documents.values() if one.years}:
        return []
    pair = (years[0], changed(years[0], year=now, text=era_name(now, years[0].fiscal is not False)))
    return [Part(p.text, replace(question, periods=(p,), operation=Operation.VALUE)) for p in pair]


def _two_spoken_years(question: Question, compared: re.Match[str]) -> list[Part]:
    """`今年度のXは昨年度と比べて` → X of the year before and X of this year; the places of all words are kept."""
    before, folded = compared["year"], question.folded
    now = _THIS_YEAR[len(before)]
    own = [(one.start, one.end) for one in spoken(folded) if one.offset == 0]
    bare = _blank(folded, compared.end("year"), compared.end())
    earlier = bare
    for start, end in own:
        earlier = _blank(earlier, start, end)
    later = bare[: compared.start()] + now + bare[compared.end("year") :]
    plain = replace(question, operation=Operation.VALUE)
    return [Part(before, replace(plain, folded=earlier)), Part(now, replace(plain, folded=later))]


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _distinct(periods: Sequence[Period]) -> list[Period]:
    found: list[Period] = []
    for period in periods:
        if not mentions_period(period, tuple(found)):
            found.append(period)
    return found


def _by_items(question: Question, asked: Sequence[tuple[int, int]]) -> list[Part]:
    """A question for each thing: without the words that only the others have."""
    found = []
    for a, b in asked:
        others = {i for x, y in asked if (x, y) != (a, b) for i in range(x, y)}
        terms = tuple(t for i, t in enumerate(question.terms) if i not in others)
        own = frozenset(i for i, t in enumerate(terms) if t in question.terms[a:b])
        found.append(Part(_name(question, a, b), replace(question, terms=terms, operation=Operation.VALUE), own))
    return found


def _name(question: Question, a: int, b: int) -> str:
    return question.folded[question.terms[a].start : question.terms[b - 1].end]


def _share_parts(question: Question) -> list[Part]:
    """`XのうちYが占める割合` → questions for the whole (X) and the part (Y)."""
    cut, share = _WHOLE.search(question.folded), SHARE.search(question.folded)
    if cut is None or share is None:
        return []
    terms = understand(question.text, plain=True).terms  # the words between stand in what named the operation
    before = tuple(t for t in terms if t.end <= cut.start())
    after = tuple(t for t in terms if t.start >= cut.end() and t.pos != "動詞" and not _overlaps(t, share))
    if not before or not after:
        return []
    plain = replace(question, operation=Operation.VALUE, wants="number", unit=None)
    # The part is said of the whole: its words may stand with those of the whole.
    return [
        Part(_said(question, before), replace(plain, terms=before), frozenset(range(len(before)))),
        Part(
            _said(question, after),
            replace(plain, terms=(*before, *after)),
            frozenset(range(len(before), len(before) + len(after))),
        ),
    ]


def _overlaps(term: Term, match: re.Match[str]) -> bool:
    return term.start < match.end() and match.start() < term.end


def _said(question: Question, terms: Sequence[Term]) -> str:
    return question.folded[terms[0].start : terms[-1].end]


def _operands(store: Store, parts: Sequence[Part]) -> list[Operand]:
    """An operand for each part, all different figures of one unit and one document; otherwise none."""
    operands = []
    for part in parts:
        plain = part.question
        if plain.wants not in _FIGURES:
            plain = replace(plain, wants="money" if _AN_AMOUNT.search(plain.folded) else "number", unit=None)
        ranking = rank_again(store, plain)
        operand = _operand(part, plain, ranking) if ranking else None
        if operand is None:
            return []
        operands.append(operand)
    units = {o.quantity.unit for o in operands}
    places = {(o.one.candidate.position, o.quantity.start) for o in operands}
    documents = {o.one.candidate.document for o in operands}
    return operands if len(units) == len(documents) == 1 and len(places) == len(operands) else []


def _operand(part: Part, question: Question, ranking: Ranking) -> Operand | None:
    """The figure of the best sentence that belongs to the words asked for, and to the year."""
    kept = [one for one in ranking.compared if one.features["period_other"] < 1.0]  # another year's is no operand
    if not kept:
        return None
    one, probability = kept[0], prose_model().probabilities([k.features for k in kept])[0]
    spot = figure(question, one, ranking, part.own)
    quantity = quantity_at(read(one.candidate.text), spot) if spot else None
    if quantity is not None and GROWN.match(read(one.candidate.text).folded, quantity.end):
        return None  # by how much it grew, not what it is
    period = question.periods[0] if question.periods else None
    return Operand(part.name, quantity, one, probability, period) if quantity else None


def figure(question: Question, one: Compared, ranking: Ranking, own: frozenset[int] = frozenset()) -> Spot | None:
    """The place of the thing asked for in a sentence, by the words before it and its year; None where two fit.

    Where the sentence has some of the terms `own`, only these tell which figure is meant.
    """
    reading = read(one.candidate.text)
    spots = list(things(question, reading) or ())
    if question.periods and any(own_period(reading, s[0]) for s in spots):
        spots = [
            s
            for s in spots
            if (year := own_period(reading, s[0])) and any(mentions_period(p, (year,)) for p in question.periods)
        ]
    named = [one.offset for one in spoken(question.folded)]
    if named and any(year_at(reading.folded, s[0]) in named for s in spots):
        spots = [s for s in spots if year_at(reading.folded, s[0]) in named]
    if not spots:
        return None
    if (total := TOTAL_NAME.search(question.folded)) is not None:
        called = [s for s in spots if reading.folded[: s[0]].endswith(total.group())]
        if len(called) == 1:
            return called[0]
    words = matched(ranking.asked, reading)
    pulled = pulls(reading, [w for w in words if w.term in own] or words, spots)
    order = sorted(range(len(spots)), key=lambda i: -pulled[i])
    if len(order) > 1 and pulled[order[0]] - pulled[order[1]] < _CLEAR * pulled[order[0]]:
        return None
    return spots[order[0]]


def _sum(operands: Sequence[Operand]) -> ProseAnswer:
    total = sum((o.quantity.value for o in operands), Decimal(0))
    unit = operands[0].quantity.unit or ""
    shown = " + ".join(_bare(o.quantity) for o in operands)
    result = spoken_like(total, None, [o.quantity.text for o in operands])
    said = "、".join(f"{o.name}{o.quantity.text}" for o in operands)
    return _answer(
        operands, f"合計は{result}{unit}です({said})。", f"{shown} = {result} ({unit})", total, f"{result}{unit}"
    )


def _difference(question: Question, operands: Sequence[Operand]) -> ProseAnswer | None:
    """Later minus earlier for two years, larger minus smaller for two things; the rate of change where one is asked."""
    first, second = operands
    dated = first.period is not None and second.period is not None
    if dated and first.period and second.period and _when(first.period) > _when(second.period):
        first, second = second, first
    if (
        dated
        and not abs(first.quantity.value) / _TOO_FAR < abs(second.quantity.value) < abs(first.quantity.value) * _TOO_FAR
    ):
        return None  # figures of different sentences so far apart are hardly of one thing
    if not dated and first.quantity.value > second.quantity.value:
        first, second = second, first
    unit = second.quantity.unit or ""
    change = second.quantity.value - first.quantity.value
    way = "増えました" if change > 0 else "減りました"
    said = f"{first.name}は{first.quantity.text}、{second.name}は{second.quantity.text}"
    shown = f"{_bare(second.quantity)} − {_bare(first.quantity)}"
    result = spoken_like(abs(change), None, (first.quantity.text, second.quantity.text))
    calculation = f"{shown} = {'−' if change < 0 else ''}{result} ({unit})"
    if dated and RATE.search(question.folded):
        if not first.quantity.value:
            return None
        rate = _rounded(change * 100 / first.quantity.value)
        text = f"約{abs(rate)}%{way}({said})。" if change else f"変わりません({said})。"
        written = f"({_plain(second.quantity)} − {_plain(first.quantity)}) ÷ {_plain(first.quantity)} × 100 ≒ {_signed(rate)} (%)"
        if change and _HOW_MUCH.search(question.folded):  # いくら、何%増減しましたか
            text, written = f"{result}{unit}、{text}", f"{calculation}; {written}"
        return _answer((first, second), text, written, rate, f"{abs(rate)}%")
    told = f"{result}{unit}の差です" if not dated else f"{result}{unit}{way}" if change else "変わりません"
    text = f"{said}で、{told}。"
    return _answer((first, second), text, calculation, abs(change), f"{result}{unit}")


def _of_base(question: Question, operands: Sequence[Operand]) -> ProseAnswer | None:
    """`AはBの何倍か`: what stands right before the question word is the base."""
    cut = _BASE.search(question.folded)
    first, second = operands
    if cut is None:
        return None
    last = max((first, second), key=lambda o: question.folded.rfind(o.name, 0, cut.start() + 1))
    part, whole = (first, second) if last is second else (second, first)
    if _TIMES.search(question.folded):
        if not whole.quantity.value:
            return None
        times = (part.quantity.value / whole.quantity.value).quantize(Decimal("0.01"), ROUND_HALF_UP)
        shown = f"{_plain(part.quantity)} ÷ {_plain(whole.quantity)} ≒ {times} (倍)"
        said = f"{part.name}は{part.quantity.text}、{whole.name}は{whole.quantity.text}"
        return _answer((whole, part), f"約{times}倍です({said})。", shown, times, f"{times}倍")
    return _share(part, whole, of_it=_PART_OF.search(question.folded) is not None)


def _share(part: Operand, whole: Operand, of_it: bool) -> ProseAnswer | None:
    """One figure in per cent of another; None where they are not alike, or what should be part `of_it` is more than the whole."""
    if not whole.quantity.value or (of_it and part.quantity.value > whole.quantity.value):
        return None
    if (part.quantity.unit in SCALES) is not (whole.quantity.unit in SCALES):
        return None
    share = _rounded(part.quantity.value * 100 / whole.quantity.value)
    shown = f"{_plain(part.quantity)} ÷ {_plain(whole.quantity)} × 100 ≒ {share} (%)"
    said = f"{part.quantity.text}÷{whole.quantity.text}"
    return _answer((whole, part), f"約{share}%です({said})。", shown, share, f"{share}%")


def _answer(operands: Sequence[Operand], text: str, calculation: str, value: Decimal, said: str) -> ProseAnswer:
    """An answer resting on all its operands' sentences, each cited once, as sure as its least sure operand."""
    sentences = {o.one.candidate.position: o.one for o in operands}
    evidence = tuple(sentences[p].candidate.evidence for p in sorted(sentences))
    least = min(operands, key=lambda o: o.probability)
    number = int(value) if value == value.to_integral_value() else float(value)
    unit = re.sub(r"^[0-9,.−-]+[兆億万]?[0-9,.兆億万]*", "", said) or None
    return ProseAnswer(
        evidence, least.one.accounts, least.probability * _TOGETHER, least.one.features, calculation,
        (Value(number, unit, said),), text,
    )  # fmt: skip


def _when(period: Period) -> tuple[int, int, int]:
    return (period.year, period.month or 0, period.day or 0)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_ONE_PLACE, ROUND_HALF_UP)


def _signed(value: Decimal) -> str:
    return f"−{abs(value)}" if value < 0 else str(value)


def _bare(quantity: Quantity) -> str:
    """A figure as printed, without its unit."""
    text = quantity.text
    return text[: -len(quantity.unit)].strip() if quantity.unit and text.endswith(quantity.unit) else text


def _plain(quantity: Quantity) -> str:
    """A figure to be divided: as printed, one with 億 and 万 between its digits as a plain number."""
    bare = _bare(quantity)
    return f"{quantity.value:,}" if _SCALED.search(bare) else bare
