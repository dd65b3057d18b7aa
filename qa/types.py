"""The values an answer passes through, from the question asked to the answer given. All frozen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec

from corpus import TashikaError
from corpus.values import Period, Quantity


class Operation(Enum):
    """What a question asks to be done."""

    VALUE = "value"
    LIST = "list"
    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    YESNO = "yesno"
    EACH = "each"
    FOLLOW_UP = "follow_up"
    CHAT = "chat"


class UnaskableQuestion(TashikaError):
    """A question that cannot be taken: empty, or too long."""


class Term(msgspec.Struct, frozen=True):
    """A content word or figure of the question that something must explain.

    `normal` is the form it is compared by, `reading` its kana; `start`, `end` are places in the folded question.
    `weight` says how much it matters that it is explained, in [0, 1].
    """

    surface: str
    normal: str
    reading: str
    pos: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A bound that the question sets: 1,000千円以上, 平成20年より前, 0円の, 昭和に始まった.

    `sign` is one of >=, >, <=, <, ==, in; either `value` (counting in `unit`) or `year` is given. With "in" the bound
    is a stretch from `year` to `until`, or the era so called. `about` is what happened then (開始), for a column to say.
    """

    sign: str
    value: Decimal | None
    unit: str | None
    year: int | None
    start: int
    end: int
    until: int | None = None
    era: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `text` is as asked, `folded` the spelling everything is compared in.

    `wants` is the kind of thing asked for (money, people, date, …), `unit` the counter asked for (何**件**).
    `cue` is the stretch of the question that named the operation, kept because a document may use the same word.
    `change` is 1 or -1 when the question speaks of what grew or shrank, `rate` whether it wants that as a percentage.
    `spans` is True when the periods are the ends of a range (R2からR4まで). `top` is how many are asked for (上位3つ).
    `claim` is the figure that a yes-or-no question puts forward; `told` the unit it asks figures to be told in.
    `taken` are the stretches that are not terms: cues, periods, bounds.
    `began` are bounds on when the things asked for began; their words stay terms, for tables that give no such year.
    `blank` is where it ends in what cell the things asked for have nothing, `by_year` when the extreme asked for is the
    oldest or newest. `rank` is the place asked for (2番目に), 0 where it is asked which one it is (何番目に), `after` where the thing ends next to which it is (Xの次に).
    """

    text: str
    folded: str
    operation: Operation
    cue: str | None
    wants: str | None
    unit: str | None
    periods: tuple[Period, ...]
    terms: tuple[Term, ...]
    change: int = 0
    rate: bool = False
    spans: bool = False
    top: int = 1
    comparisons: tuple[Comparison, ...] = ()
    claim: Quantity | None = None
    told: str | None = None
    taken: tuple[tuple[int, int], ...] = ()
    began: tuple[Comparison, ...] = ()
    blank: int | None = None
    by_year: bool = False
    rank: int = 1
    after: int | None = None

    def __hash__(self) -> int:
        """By the text and the operation alone, because much is kept by the question."""
        return hash((self.folded, self.operation, self.taken))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something in a document that may answer: a cell of a row, a fact, a passage, or a heading.

    `subject` is what it is about (heading path, groups, row name), `attribute` what is said (header path or label),
    `value` the text itself, `around` the other cells of the row, `others` their header labels; `rank` is that of the
    hit it came from. `also` are the passages besides that say what a passage is about.
    """

    document: str
    kind: str
    table: int | None
    position: int
    column: int | None
    subject: tuple[str, ...]
    name: str | None
    attribute: tuple[str, ...]
    value: str
    unit: str | None
    around: str
    rank: int
    others: tuple[str, ...] = ()
    also: tuple[int, ...] = ()


class Explained(msgspec.Struct, frozen=True):
    """How far a term is explained by a piece of evidence: strength in [0, 1], and by which part of it."""

    term: Term
    strength: float
    by: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value given: the number (or None for words), its unit, and the text as printed."""

    value: float | int | str | None
    unit: str | None
    text: str

    @property
    def is_number(self) -> bool:
        """Whether it is a number, no words and not nothing."""
        return isinstance(self.value, int | float)


@dataclass(frozen=True, slots=True)
class Citation:
    """Document, place and a verbatim quote; invariant: the quote stands at that place in the source."""

    document: str
    title: str
    line_start: int
    line_end: int
    page: int | None
    sheet: str | None
    heading: tuple[str, ...]
    row: str | None
    column: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be said, before the gate: `plain` is the same with nothing but the quoted words."""

    text: str
    plain: str
    kind: str
    values: tuple[Value, ...]
    calculation: str | None
    citations: tuple[Citation, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, in the field order of the contract's JSON."""

    id: str
    turn: int
    question: str
    standalone: str
    answered: bool
    kind: str
    answer: str
    values: tuple[Value, ...]
    calculation: str | None
    citations: tuple[Citation, ...]
    confidence: float
    index: str
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the pipeline for `--explain`: its name, what it gave out, and its time."""

    name: str
    outcome: Any
    elapsed_ms: float
