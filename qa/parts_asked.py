"""What a question asks of the parts of one text, and which of them it names.

Nothing is chosen by place: a part is named by a word of its label, its year or its unit, or all of them are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.eras import named_years
from corpus.values import COUNTERS, find_periods
from qa.explain import SAID_OTHERWISE, literal
from qa.labels import mentions_period
from qa.parts import DATE, Part
from qa.prose_kinds import resolved, same_units, units_asked
from qa.prose_operations import RATE, SHARE
from qa.several import ASKS
from qa.spoken_years import agrees, spoken
from qa.types import Operation, Question, Term
from qa.understand import EXTREMES, understand

_PER_ONE = re.compile(
    rf"1\s*(?P<unit>{COUNTERS})\s*(?:あ|当)たり(?!の?[^、。?]{{0,6}}(?:上限|限度|単価))"
)  # a limit is printed
TOTAL = re.compile(r"合わせ|合計|全部で|足す|足し|総数|(?<!会)計(?![画測])")
APART = re.compile(r"の差(?:額)?(?:は|が|を|$|\?)|差し引")
_DATED = re.compile(r"日付|年月日|[催施]日|期日|日程")
_CALLED = re.compile(r"平均|割合|比率")  # what is worked out, where a question says it besides its cue
HOW_MANY = re.compile(
    rf"何(?P<noun>国語|言語|国|[都道府県市区町村]|種類|テーマ|つ|{COUNTERS})|(?:(?P<thing>{COUNTERS})[はが]\s*)?いくつ"
)
_MONTH = re.compile(r"(1[0-2]|[1-9])月")
_NO_THINGS = frozenset(
    {"回", "円", "千円", "%", "日", "日間", "時間", "分", "年", "年間", "月", "か月", "歳", "個", "枚", "倍", "割"}
)
_SEVERAL = 2  # question words: one figure would be half an answer
_WEAK = 0.5  # terms below it tell no part from another
_AROUND = 0.3  # what a word tells of a part that also says what the whole text is about
_UNSURE = 0.2
_AFTER = 0.8  # what a word behind a figure is worth beside one of its label


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the parts of a text come to: the parts used, what is said of them, and how surely they are the ones meant.

    `said` is a sentence without its subject; `value` in `unit`. `named` are the terms that stand in labels of what was
    used, `strange` those that stand only in labels of other parts. `clear` in [0, 1] is how far the parts are ahead of the
    next, `label` the share of their labels that the question says; `counted` the figures that only count them.
    """

    kind: str
    parts: tuple[Part, ...]
    said: str
    shown: str
    value: Decimal | None
    unit: str | None
    calculation: str | None
    named: frozenset[Term]
    strange: frozenset[Term]
    clear: float
    label: float
    counted: frozenset[Term] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """A question as it is put to the parts of a text: its acts, likeliest first, its terms and the units it wants."""

    question: Question
    terms: tuple[Term, ...]
    units: frozenset[str] | None
    acts: tuple[str, ...]
    per: str | None = None


def wish(question: Question) -> Wish | None:
    """What a question asks of parts; None where it asks for nothing that parts could give."""
    question = resolved(question)
    folded = question.folded
    per = _PER_ONE.search(folded)
    terms = question.terms
    if SHARE.search(folded) or per:
        taken = [m.span() for pattern in (SHARE, _PER_ONE, _CALLED) for m in pattern.finditer(folded)]
        plain = understand(question.text, plain=True)  # XのうちYが占める割合: the words between are terms too
        terms = tuple(t for t in plain.terms if not any(t.start < b and a < t.end for a, b in taken))
    many = HOW_MANY.search(folded)
    counter = (many["noun"] or many["thing"]) if many else None
    counted = same_units(counter) | {counter} if counter else None
    units = units_asked(question) if question.wants and question.operation is not Operation.COUNT else counted
    figures = question.wants in ("money", "people", "percent", "span", "number", "count")
    acts: tuple[str, ...] = ()
    dated = question.wants in ("date", "month", "day") or _DATED.search(folded) is not None
    extreme = question.operation in EXTREMES
    if dated and extreme and not question.by_year:
        acts, units = (question.operation.value,), None  # 一番多かったのはいつ
    elif dated:
        acts, units = ("when",), frozenset({DATE})
    elif per:
        acts = ("per_one",)
    elif SHARE.search(folded):
        acts, units = ("share",), None
    elif question.operation is Operation.DIFFERENCE or APART.search(folded):
        acts = ("rate",) if RATE.search(folded) else ("difference",)
    elif question.operation in (Operation.SUM, Operation.AVERAGE) or question.operation in (
        Operation.MAXIMUM,
        Operation.MINIMUM,
    ):
        acts = (question.operation.value,)
    elif (question.operation is Operation.EACH or "それぞれ" in folded) and (figures or many):
        acts = ("each",)
    elif question.operation in (Operation.VALUE, Operation.COUNT, Operation.LIST) or many:
        named = question.wants in (None, "thing", "place", "venue", "person")
        acts = (
            *(("sum",) if (question.operation is Operation.COUNT or figures) and TOTAL.search(folded) else ()),
            *(("left", "value") if (figures or many) and len(ASKS.findall(folded)) < _SEVERAL else ()),
            *(("count",) if many and counter not in _NO_THINGS else ()),
            *(("list",) if named and not many else ()),
        )
    return Wish(question, terms, units, acts, per["unit"] if per else None) if acts and terms else None


def _years(parts: Sequence[Part]) -> list[int | None]:
    """The year each part is of; one said without its era (平成26年度は…、27年度は…) counts on in that of the one before."""
    said = [part.when.strip() for part in parts]
    told = (find_periods(full or when) for full, when in zip(named_years(said), said, strict=True))
    return [periods[0].year if periods else None for periods in told]


def _said_itself(hold: Sequence[dict[Term, float]]) -> list[dict[Term, float]]:
    """The same, where a label says a term itself without the labels that only say it otherwise: 講座 beside 研修."""
    itself = {t for own in hold for t, s in own.items() if s >= 1.0}
    return [{t: s for t, s in own.items() if t not in itself or s > SAID_OTHERWISE} for own in hold]


class Held:
    """Which terms each part's label holds, how strongly; and which parts may be meant by unit and year."""

    def __init__(self, asked: Wish, parts: Sequence[Part], context: str) -> None:
        self.asked, self.parts = asked, tuple(_counted_as(p, asked.units) for p in parts)
        self.hold = _said_itself(
            [{t: s for t in asked.terms if (s := max(_named_by(t, p), _AFTER * literal(t, p.after)))} for p in parts]
        )
        self.years = _years(parts)
        self.context = context
        self.labelled = frozenset(t for own in self.hold for t in own)
        self.heads = " ".join(dict.fromkeys(p.head for p in parts))
        self.around = frozenset(t for t in self.labelled if literal(t, context))
        self.whole = [_stands_whole(p.label, asked.question.folded) for p in parts]

    def fits(self, i: int) -> bool:
        """Whether a part is of the unit asked for."""
        part, units = self.parts[i], self.asked.units
        if units is None:
            return True
        return part.unit in units or (part.unit is None and "円" in units and part.text[-1:] in "億万兆")

    def meant(self, by_year: bool = True) -> list[int]:
        """The parts of the unit and, where any says its year, of the years asked for."""
        found = [i for i in range(len(self.parts)) if self.fits(i)]
        periods = self.asked.question.periods
        if by_year and periods and any(self.years[i] for i in found):
            dated = [i for i in found if self.years[i]]
            asked = [i for i in dated if self._of_a_year_asked(i)]
            # where all years that are told are asked for, what tells none goes with them
            found = asked if len(asked) < len(dated) else [i for i in found if i in dated or not self.parts[i].when]
        if by_year and any(spoken(self.parts[i].when) for i in found):
            found = [i for i in found if agrees(self.asked.question.folded, self.parts[i].when) is not False]
        return found

    def _of_a_year_asked(self, i: int) -> bool:
        question, year = self.asked.question, self.years[i]
        if (span := self.span()) is not None and year is not None:
            return year in span
        told = find_periods(self.parts[i].when)
        return any(mentions_period(p, told) if told else p.year == year for p in question.periods)

    def span(self) -> range | None:
        """The years from one to another that are asked for: 令和3年度から令和5年度まで."""
        years = [period.year for period in self.asked.question.periods]
        return range(min(years), max(years) + 1) if self.asked.question.spans and len(years) > 1 else None

    def level(self, found: Sequence[int]) -> list[int]:
        """The figures that stand side by side: inside the one whole, or beside one another."""
        wholes = {self.parts[i].inside for i in found if self.parts[i].inside in found}
        if len(wholes) == 1:
            whole = wholes.pop()
            return [i for i in found if self.parts[i].inside == whole]
        return [i for i in found if self.parts[i].inside is None] if not wholes else []

    def telling(self, found: Sequence[int]) -> frozenset[Term]:
        """The terms that tell some of the parts from the others."""
        return frozenset(
            t for t in self.labelled if t.weight >= _WEAK and 0 < sum(t in self.hold[i] for i in found) < len(found)
        )

    def score(self, i: int, terms: frozenset[Term]) -> float:
        """How far the question names a part: by words that tell it from others, less by those of what it is all about."""
        held = (t.weight * s * (_AROUND if t in self.around else 1.0) for t, s in self.hold[i].items() if t in terms)
        return sum(held) + float(self.whole[i])

    def named(self, found: Sequence[int]) -> list[int]:
        """The parts that the question names, each by a word that tells it from the others."""
        telling = self.telling(found)
        best: list[int] = []
        for term in sorted(telling, key=lambda t: t.start):
            holders = [i for i in found if term in self.hold[i]]
            most = max(self.score(i, telling) for i in holders)
            best += [i for i in holders if self.score(i, telling) >= most]
        longer = [self.parts[i].label for i in best if not self.whole[i]]
        # 意見, where those on A and those on B are named (…についての意見), is what all of them are.
        whole = [i for i in found if self.whole[i] and sum(x.endswith(self.parts[i].label) for x in longer) < 2]
        if len(whole) > 1:  # 特別会計と企業会計の当初予算額: not 一般会計当初予算額, which begins with another word
            best = [
                i for i in best if self.whole[i] or any(self.parts[i].label.startswith(t.surface) for t in self.hold[i])
            ]
        return sorted({*(i for i in best if not self.whole[i] or i in whole), *whole})

    def said_of(self, used: Sequence[int]) -> tuple[frozenset[Term], frozenset[Term]]:
        """The terms in labels of these parts, and those in labels of others only."""
        mine = frozenset(t for i in used for t in self.hold[i])
        shared = frozenset(t for t in self.labelled if literal(t, self.heads))
        return mine, self.labelled - mine - shared

    def label(self, used: Sequence[int]) -> float:
        """The share of the letters of the used labels that the question says; 1 where they have none."""
        letters = "".join(self.parts[i].label for i in used)
        said = sum(min(len(self.parts[i].label), sum(len(t.surface) for t in self.hold[i])) for i in used)
        return min(1.0, said / len(letters)) if letters else 1.0

    def one(self, found: Sequence[int]) -> tuple[int, float] | None:
        """The one part of some that the words of the question name, and how clearly; None where two fit alike."""
        if len(found) == 1:
            return found[0], 1.0
        telling = self.telling(found)
        order = sorted(found, key=lambda i: (-self.score(i, telling), self.parts[i].inside is not None, i))
        if not order or not (telling or any(self.whole[i] for i in found)):
            return None
        both = [i for i in found if self.parts[i].label and self.hold[i] and self.label([i]) == 1.0]
        if len(both) == 2 and not any(self.whole[i] for i in both):  # both are named: what is said last narrows it down
            last = max(both, key=lambda i: max(t.end for t in self.hold[i]))
            return last, _UNSURE
        first, second = self.score(order[0], telling), self.score(order[1], telling)
        inner = self.parts[order[1]].inside == order[0]
        if first <= 0.0 or (first == second and not inner):
            return None
        return order[0], (first - second) / first

    def counted(self, many: int) -> frozenset[Term] | None:
        """The figures of the question that say how many parts there are; None where one says another number."""
        figures = [t for t in self.asked.terms if t.pos == "数詞"]
        right = frozenset(t for t in figures if re.match(rf"{many}(?![0-9.])", t.surface))
        texts = (self.context, *(p.text for p in self.parts))  # a figure may also say which list is meant: 6月補正予算
        others = [t for t in figures if t not in right and not any(literal(t, text) for text in texts)]
        return None if others else right


def _named_by(term: Term, part: Part) -> float:
    """How far a term names a part: by its letters, or as the month of its date (10月, R2.10.16)."""
    month = _MONTH.fullmatch(term.surface)
    if month is not None and any(p.month == int(month[1]) for p in find_periods(part.when)):
        return 1.0
    return literal(term, _told(term, part))


def _told(term: Term, part: Part) -> str:
    """Where a term may stand that names a part: in its label, a figure (1月) in its date too."""
    return f"{part.when} {part.label}" if term.pos == "数詞" and part.when else part.label


def _counted_as(part: Part, units: frozenset[str] | None) -> Part:
    """10テーマ where テーマ are asked for: the noun behind a figure is its unit."""
    unit = next(
        (u for u in sorted(units or (), key=len, reverse=True) if part.unit is None and part.after.startswith(u)), None
    )
    return replace(part, unit=unit, text=f"{part.text}{unit}", after=part.after.removeprefix(unit)) if unit else part


def _stands_whole(label: str, folded: str) -> bool:
    """Whether a question says a label as a whole, as a word of its own."""
    if not label or label not in folded:
        return False
    return re.search(rf"(?<![一-龥ァ-ヴーA-Za-z0-9]){re.escape(label)}(?=[のはがとをへ、,・で])", folded) is not None
