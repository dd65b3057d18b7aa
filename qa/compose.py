"""The chosen evidence → a sentence a reader can say aloud, and its citations. No figure is made here, only quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import Origin
from corpus.align import shape
from corpus.folding import fold_with_origins, searchable, tidy
from corpus.quality import UNSURE
from corpus.values import Period, era_name, find_periods, find_quantities, is_nothing, lone_quantity
from index import Store
from qa import phrases
from qa.account import Account
from qa.cite import cite
from qa.explain import literal
from qa.types import Draft, Evidence, Link, Operation, Question, Term, Value

_NUMBERING = re.compile(
    r"^(?:第\s?[0-9０-９]+\s?[章節編部表款項目]?(?=\s)|[0-9０-９]+-[0-9０-９]+|[0-9０-９]+(?:[.．]|(?=[\s「『]))"
    r"|[(（][^()（）]{1,3}[)）]|[①-⑳]|[ア-ソ](?=\s))\s*"
)
_REMARK = re.compile(r"[(（][^()（）]{9,}[)）]")
_UNIT_BRACKET = re.compile(r"\s*[(（](?:単位\s*[::：]?\s*)?(?:千円|百万円|億円|万円|円|%|％)[)）]")
_ERA_SHORT = re.compile(r"(?<![A-Za-z])[RＲHＨSＳ][0-9０-９]{1,2}(?:年度)?")
_NEAREST = 3
_CHOICES = 4
_PLAIN_LIMIT = 25
_NAME_LIMIT = 60
_SPOKEN_LIMIT = 25  # a longer heading or caption is not said, only cited
_NEAR_SUBJECT = 0.25  # shares at least this much of the question's words in what it is about


def leaf(path: Sequence[str]) -> str:
    """The last heading of a path without its numbering: `(2) 広報活動` → `広報活動`."""
    return _NUMBERING.sub("", path[-1]).strip() or path[-1] if path else ""


def compose_value(store: Store, question: Question, links: Sequence[Link], confidence: float) -> Draft:
    """A sentence for the best link; when a figure is asked without a year and the years differ, for each year."""
    best = links[0].evidence
    years = _other_years(store, question, best)
    citations = tuple(dict.fromkeys(c for one in years for c in cite(store, one)))
    subject = _subject(question, links[0])
    values = tuple(_value(one) for one in years)
    plain = "、".join(_said(one) for one in years)
    if best.kind == "passage" or (best.column is None and best.kind == "row"):
        return Draft(tidy(best.value), tidy(best.value), "passage", values, None, citations, confidence)
    if len(years) > 1:
        parts = "、".join(f"{era_name(header_periods(one)[0].year)}が{_said(one)}" for one in years)
        text = f"{subject}の{attribute_phrase(best, with_period=False)}は、{parts}です。"
    else:
        when = _when(store, question, best)
        text = f"{subject}の{when}{attribute_phrase(best)}は{_said(best)}です。"
    kind = "passage" if shape(best.value) == "text" else "value"
    return Draft(text + _remark(store, best), plain, kind, values, None, citations, confidence)


def compose_refusal(store: Store, question: Question, verdict: Account, links: Sequence[Link]) -> str:
    """What the documents do not say, and the nearest thing they do speak of. Never a figure."""
    if verdict.tied:
        return f"お尋ねに合うものが複数あります: {'、'.join(leaf((n,)) for n in verdict.tied[:_CHOICES])}。どれについてか、名前を入れてお尋ねください。"
    if verdict.half:
        return (
            f"{_join_names(verdict.half)}などを一度に尋ねる聞き方には、まだ対応していません。一つずつお尋ねください。"
        )
    if verdict.periods:
        asked = "、".join(dict.fromkeys(p.text for p in verdict.periods))
        first = f"{asked}のものは、この資料には記載がありません。"
    elif verdict.unexplained:
        unknown = [term for term in verdict.unexplained if not _known_elsewhere(term, links)]
        missing = _stretches(question.folded, verdict.unexplained, unknown)
        first = "お尋ねの条件すべてに合うものは、この資料には記載がありません。"
        if missing:
            first = f"「{'」「'.join(missing)}」については、この資料には記載がありません。"
    else:
        first = "お尋ねの内容は、この資料には記載がありません。"
    names = list(
        dict.fromkeys(n for link in links if link.features["subject"] >= _NEAR_SUBJECT and (n := _near_name(link)))
    )
    return first + (f"名前が近いもの: {'、'.join(names[:_NEAREST])}。" if names else "")


def _known_elsewhere(term: Term, links: Sequence[Link]) -> bool:
    """Whether another link explains the term: then the documents do speak of it, only not in this connection."""
    return any(a.term == term and a.strength > 0 for link in links for a in link.accounts)


def _join_names(names: Sequence[str]) -> str:
    return "、".join(f"「{tidy(name)}」" for name in names)


def compose_unsupported(question: Question) -> str:
    """An operation that this edition does not do yet: say so rather than guess."""
    names = {
        Operation.LIST: "一覧を作ること", Operation.COUNT: "件数を数えること", Operation.SUM: "合計すること",
        Operation.AVERAGE: "平均を出すこと", Operation.MAXIMUM: "最も大きいものを選ぶこと",
        Operation.MINIMUM: "最も小さいものを選ぶこと", Operation.DIFFERENCE: "差や増減を計算すること",
        Operation.RATIO: "割合を計算すること", Operation.YESNO: "はい・いいえで答えること",
        Operation.EACH: "いくつかのことに一度に答えること",
    }  # fmt: skip
    if question.operation is Operation.VALUE:
        return "いくつかの年を一度に尋ねる聞き方には、まだ対応していません。一つずつお尋ねください。"
    if question.operation is Operation.FOLLOW_UP:
        return "前の質問を受けた聞き方には、まだ対応していません。事業や項目の名前を入れてお尋ねください。"
    return f"{names[question.operation]}には、まだ対応していません。一つの項目の値や内容をお尋ねください。"


def attribute_phrase(one: Evidence, with_period: bool = True) -> str:
    """A header path as a reader says it: `R3 当初予算額 (千円)` → `令和3年度当初予算額`."""
    labels = []
    for label in one.attribute:
        shown = _REMARK.sub("", _UNIT_BRACKET.sub("", tidy(label))).strip()
        shown = _ERA_SHORT.sub(lambda m: _era(m.group()) if with_period else "", shown)
        shown = re.sub(r"(?<=年度)\s+", "", shown).strip()
        if shown:
            labels.append(shown)
    return "の".join(labels) or phrases.NO_LABEL


def _era(short: str) -> str:
    periods = find_periods(searchable(short))
    return era_name(periods[0].year) if periods else short


def _subject(question: Question, link: Link) -> str:
    """The row's name, preceded by the heading or group that the question also spoke of."""
    one = link.evidence
    if one.kind == "fact":
        return leaf(one.subject)
    if one.name is None:
        return leaf(one.subject) or one.document
    wider = [a.term for a in link.accounts if a.by == "subject"]
    spoken = [part for part in one.subject if len(part) <= _SPOKEN_LIMIT and any(literal(term, part) for term in wider)]
    return f"{leaf(spoken[-1:])}の{one.name}" if spoken and leaf(spoken[-1:]) != one.name else one.name


def _said(one: Evidence) -> str:
    """A cell's text as said: its unit behind its number, words in brackets of quotation."""
    text = with_unit(one.value, one.unit)
    lone = lone_quantity(searchable(text))
    plain = len(text) <= _PLAIN_LIMIT and not text.endswith("。")
    if lone or (plain and shape(text) in ("year", "period", "amount", "count")):
        return text
    if is_nothing(searchable(text)):
        return phrases.NOTHING.format(text=text)
    return f"「{text}」"


def with_unit(printed: str, unit: str | None) -> str:
    """A cell's text in one line, with the unit that governs it behind its number: `7,585 (注)`, 千円 → `7,585千円(注)`."""
    text = tidy(printed)
    lone = lone_quantity(searchable(text))
    if not unit or not lone or lone.unit:
        return text
    folded = fold_with_origins(text)
    number = find_quantities(folded.text)[0]
    _, end = folded.raw(number.start, number.end)
    return text[:end] + unit + text[end:].lstrip()


def _value(one: Evidence) -> Value:
    lone = lone_quantity(searchable(tidy(one.value)))
    if lone is None:
        return Value(None, None, tidy(one.value))
    return Value(_number(lone.value), lone.unit or one.unit, tidy(one.value))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def header_periods(one: Evidence) -> tuple[Period, ...]:
    """The years printed in an evidence's header."""
    return find_periods(searchable(" ".join(one.attribute)))


def _other_years(store: Store, question: Question, best: Evidence) -> list[Evidence]:
    """The same figure of the same row in every year the table gives, or in each year that the question names."""
    twins = year_twins(store, best)
    asked = {period.year for period in question.periods}
    if len(asked) == 1 or len(twins) < 2:
        return [best]
    return [one for one in twins if not asked or header_periods(one)[0].year in asked]


def year_twins(store: Store, best: Evidence) -> list[Evidence]:
    """The cells of the same row under the same header but for its year, one for each year; only itself otherwise."""
    if best.column is None or best.table is None or not header_periods(best):
        return [best]
    table = store.documents[best.document].tables[best.table]
    row = table.rows[best.position]
    wanted = attribute_phrase(best, with_period=False)
    found = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        twin = replace(best, column=column.index, attribute=column.path, value=cell.text or "", unit=cell.unit)
        if cell.text and header_periods(twin) and attribute_phrase(twin, with_period=False) == wanted:
            found.append(twin)
    return found if len({header_periods(one)[0].year for one in found}) == len(found) else [best]


def _when(store: Store, question: Question, best: Evidence) -> str:
    """The year asked for, when the document speaks of that year alone and the header does not print it."""
    document = store.documents[best.document]
    if len(document.years) == 1 and not header_periods(best):
        for period in question.periods:
            if period.year == document.years[0] and not find_periods(searchable(best.value)):
                return f"{era_name(period.year)}の"
    return ""


def _remark(store: Store, best: Evidence) -> str:
    """A few words when the cell was worked out rather than read."""
    if best.table is None or best.column is None:
        return ""
    row = store.documents[best.document].tables[best.table].rows[best.position]
    cell = row.cells[best.column]
    if cell.origin is Origin.INFERRED:
        return phrases.INFERRED.format(reason=cell.reason)
    if cell.origin is Origin.FILLED:
        return phrases.FILLED
    if row.note and row.confidence < UNSURE:
        return phrases.UNSURE
    return ""


def _near_name(link: Link) -> str | None:
    """What a link is about, as a name: the row's, else the nearest heading. A refusal gives no figures, so names with
    figures in them (a caption such as `件数 3年: 4,627件`) are passed over.
    """
    one = link.evidence
    named = [one.name] if one.name and one.kind != "fact" else []
    names = [*named, *(leaf((part,)) for part in reversed(one.subject))]
    return next((n for n in names if n and len(n) <= _NAME_LIMIT and not find_quantities(searchable(n))), None)


def _stretches(folded: str, terms: Sequence[Term], telling: Sequence[Term]) -> list[str]:
    """Neighbouring words as one stretch of the question (販売, 価格 → 販売価格), where a telling one is among them."""
    stretches: list[tuple[int, int]] = []
    for term in sorted(terms, key=lambda t: t.start):
        if stretches and term.start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], term.end)
        else:
            stretches.append((term.start, term.end))
    return [folded[a:b] for a, b in stretches if any(a <= term.start < b for term in telling)]
