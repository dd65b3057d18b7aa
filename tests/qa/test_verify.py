"""The gate: what the composer says passes as it is, and not when a figure, name, year or place in it is tampered with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index import Store
from qa.types import Citation, Draft
from qa.verify import failures, quote_stands

Drafted = Callable[[str], Draft]
Gate = Callable[[Draft], tuple[str, ...]]

QUESTIONS = [
    "市民合唱祭 予算 R5",
    "市民合唱祭の予算額は？",
    "湖畔野外劇の参加者は何名ですか？",
    "移動図書館ひまわり号の令和4年度当初予算額",
    "郷土資料デジタル化の内容を教えて",
    "観光案内所運営の決算額は？",
    "駅前案内所の来所者数は何人ですか？",
    "外国語パンフレットの配布部数は？",
    "姉妹都市交流の決算額",
    "姉妹都市から訪問団を迎えたのはいつですか？",
    "家財処分補助の金額はいくらですか？",
]
FIGURES = {
    "市民合唱祭 予算 R5": "1,385",
    "湖畔野外劇の参加者は何名ですか？": "1,904",
    "移動図書館ひまわり号の令和4年度当初予算額": "3,427",
    "観光案内所運営の決算額は？": "12,406",
    "駅前案内所の来所者数は何人ですか？": "41,873",
    "外国語パンフレットの配布部数は？": "6,300",
    "姉妹都市交流の決算額": "3,219",
    "家財処分補助の金額はいくらですか？": "804",
}
NAMES = [
    "市民合唱祭",
    "湖畔野外劇",
    "こども能楽教室",
    "和太鼓指導者講習",
    "伝統織物体験工房",
    "市民吹奏楽祭",
    "夜間動物園",
]


@pytest.fixture(scope="module")
def gate(town: Store) -> Gate:
    """The gate over the town's documents. (Not the store itself: hypothesis would print it whole.)"""
    return lambda draft: failures(town, draft)


def tampered(draft: Draft, old: str, new: str) -> Draft:
    assert old in draft.text
    return replace(draft, text=draft.text.replace(old, new))


def moved(draft: Draft, lines: int) -> Draft:
    first, *rest = draft.citations
    elsewhere = replace(first, line_start=first.line_start + lines, line_end=first.line_end + lines)
    return replace(draft, citations=(elsewhere, *rest))


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_the_composer_says_passes(question: str, gate: Gate, draft_of: Drafted) -> None:
    assert gate(draft_of(question)) == ()


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_said_without_a_citation(question: str, gate: Gate, draft_of: Drafted) -> None:
    assert gate(replace(draft_of(question), citations=()))


def test_not_even_a_sentence_without_a_claim(gate: Gate, draft_of: Drafted) -> None:
    empty = replace(draft_of("市民合唱祭 予算 R5"), text="はい。")
    assert gate(empty) == ()
    assert gate(replace(empty, citations=()))


@pytest.mark.parametrize("lines", [-1, 1, 1000])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_citation_on_another_line_is_rejected(question: str, lines: int, gate: Gate, draft_of: Drafted) -> None:
    assert gate(moved(draft_of(question), lines))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_quote_that_is_not_verbatim_is_rejected(question: str, gate: Gate, draft_of: Drafted) -> None:
    draft = draft_of(question)
    first = draft.citations[0]
    for quote in (first.quote + "。。", first.quote[:-1] + "※", f" {first.quote}\n", ""):
        assert gate(replace(draft, citations=(replace(first, quote=quote),)))


@given(question=st.sampled_from(sorted(FIGURES)), place=st.integers(0, 20), digit=st.sampled_from("0123456789"))
def test_a_figure_with_another_digit_is_rejected(
    question: str, place: int, digit: str, gate: Gate, draft_of: Drafted
) -> None:
    figure = FIGURES[question]
    digits = [i for i, c in enumerate(figure) if c.isdigit()]
    at = digits[place % len(digits)]
    assume(figure[at] != digit)
    wrong = figure[:at] + digit + figure[at + 1 :]
    assert gate(tampered(draft_of(question), figure, wrong))


@given(question=st.sampled_from(sorted(FIGURES)), more=st.text("0123456789", min_size=1, max_size=3))
def test_a_figure_with_more_digits_is_rejected(question: str, more: str, gate: Gate, draft_of: Drafted) -> None:
    figure = FIGURES[question]
    digits = figure.replace(",", "")
    assert gate(tampered(draft_of(question), figure, f"{int(digits + more):,}"))
    assert gate(tampered(draft_of(question), figure, f"{int(more.replace('0', '1') + digits):,}"))


@given(question=st.sampled_from(sorted(FIGURES)), figure=st.integers(10_000, 10**9))
def test_a_figure_from_nowhere_is_rejected(question: str, figure: int, gate: Gate, draft_of: Drafted) -> None:
    assume(f"{figure:,}" != FIGURES[question])
    draft = draft_of(question)
    assert gate(tampered(draft, FIGURES[question], f"{figure:,}"))
    assert gate(replace(draft, text=f"{draft.text}前年度より{figure:,}増えました。"))


@given(other=st.sampled_from(NAMES))
def test_another_name_is_rejected(other: str, gate: Gate, draft_of: Drafted) -> None:
    for question, name in (("市民合唱祭 予算 R5", "市民合唱祭"), ("湖畔野外劇の参加者は何名ですか？", "湖畔野外劇")):
        found = gate(tampered(draft_of(question), name, other))
        assert bool(found) == (other != name)


@given(year=st.integers(1, 60).filter(lambda y: y not in (4, 5)))
def test_a_year_of_no_cited_document_is_rejected(year: int, gate: Gate, draft_of: Drafted) -> None:
    draft = draft_of("市民合唱祭 予算 R5")
    assert gate(tampered(draft, "令和5年度", f"令和{year}年度"))
    assert gate(tampered(draft, "令和5年度", f"{2018 + year}年度"))


@pytest.mark.parametrize(
    "added", ["ロンドンでも行われました。", "市長が視察しました。", "好評でした。", "廃止されました。"]
)
def test_a_claim_nobody_made_is_rejected(added: str, gate: Gate, draft_of: Drafted) -> None:
    draft = draft_of("市民合唱祭 予算 R5")
    assert gate(replace(draft, text=draft.text + added))


def test_a_calculated_figure_needs_its_calculation(gate: Gate, draft_of: Drafted) -> None:
    draft = draft_of("市民合唱祭の予算額は？")
    said = replace(draft, text="市民合唱祭の当初予算額の差は145千円です。")
    assert gate(said)
    assert gate(replace(said, calculation="1,385 − 1,240 = 145 (千円)")) == ()


def test_a_quote_stands_only_on_all_of_its_lines(town: Store) -> None:
    document = town.documents["shirane-houkoku-r5"]
    lines = document.text.split("\n")
    quote = "\n".join(lines[13:15])
    citation = Citation(document.id, document.title, 14, 15, None, None, (), None, (), quote)
    assert quote_stands(document, citation)
    for start, end in ((14, 14), (15, 15), (15, 16), (12, 14), (0, 0), (900, 901), (15, 14)):
        assert not quote_stands(document, replace(citation, line_start=start, line_end=end)), (start, end)
    assert not quote_stands(document, replace(citation, page=1))
    assert not quote_stands(document, replace(citation, sheet="表"))
    assert not quote_stands(town.documents["shirane-bunka-r4r5"], citation)


@pytest.mark.parametrize(
    ("question", "figure", "wrong"),
    [
        ("観光案内所運営の決算額は？", "12,406", "2,406"),
        ("駅前案内所の来所者数は何人ですか？", "41,873", "1,873"),
        ("湖畔野外劇の参加者は何名ですか？", "1,904", "904"),
        ("外国語パンフレットの配布部数は？", "6,300", "300"),
    ],
)
def test_a_part_of_a_figure_is_rejected(question: str, figure: str, wrong: str, gate: Gate, draft_of: Drafted) -> None:
    assert gate(tampered(draft_of(question), figure, wrong))


def test_another_unit_is_rejected(gate: Gate, draft_of: Drafted) -> None:
    assert gate(tampered(draft_of("市民合唱祭 予算 R5"), "千円", "円"))


def test_the_figure_of_another_cell_of_the_row_is_rejected(gate: Gate, draft_of: Drafted) -> None:
    assert gate(tampered(draft_of("市民合唱祭 予算 R5"), "1,385", "1,240"))


def test_the_other_year_of_the_document_is_rejected(gate: Gate, draft_of: Drafted) -> None:
    assert gate(tampered(draft_of("市民合唱祭 予算 R5"), "令和5年度", "令和4年度"))


@pytest.mark.parametrize("wrong", ["令和5年8月", "令和5年12月", "令和5年9月30日"])
def test_another_month_or_day_is_rejected(wrong: str, gate: Gate, draft_of: Drafted) -> None:
    draft = draft_of("姉妹都市から訪問団を迎えたのはいつですか？")
    assert gate(tampered(draft, "令和5年9月", wrong))


def test_figures_of_these_drafts_are_in_them(draft_of: Drafted) -> None:
    """The tampering above tampers with something."""
    for question, figure in FIGURES.items():
        assert re.search(rf"(?<![\d,]){re.escape(figure)}(?![\d,])", draft_of(question).text)
