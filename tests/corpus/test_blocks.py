"""Every line is read as what it is: heading, table line or prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, Heading, Paragraph, TableLine, split_blocks
from corpus.readers.plain import split_lines
from corpus.types import Line

LINES = st.lists(
    st.sampled_from(
        [
            "",
            " \u3000",
            "1 総務費",
            "(2) 広報活動",
            "① 研修の実施",
            "本年度は次の取組を行った。",
            "途中で折れた文の",
            "- ・研修 3回",
            "※令和3年度は中止",
            "区分\t金額",
            "\t5,501",
            "2 企画費\t\t",
            "港まつり\t\t",
            "\t\t",
            "<br/>",
        ]
    )
    | st.text("第1(①ア。、\t ・-あ<b>", max_size=12),
    max_size=12,
)


def split(text: str) -> tuple[Block, ...]:
    lines, start = [], 0
    for number, piece in enumerate(text.split("\n"), 1):
        lines.append(Line(start, start + len(piece), number))
        start += len(piece) + 1
    return split_blocks(text, tuple(lines))


def quotes(text: str, kind: type[Block]) -> list[str]:
    return [text[b.span.start : b.span.end] for b in split(text) if isinstance(b, kind)]


def cells(text: str) -> list[list[str]]:
    lines = [b for b in split(text) if isinstance(b, TableLine)]
    return [["" if c is None else text[c.start : c.end] for c in line.cells] for line in lines]


@given(LINES)
def test_blocks_stand_in_order_and_leave_nothing_out(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = split(text)
    ends = [0]
    for block in blocks:
        assert ends[-1] <= block.span.start < block.span.end <= len(text)
        ends.append(block.span.end)
    left_out = (
        "".join(text[end : block.span.start] for end, block in zip(ends, blocks, strict=False)) + text[ends[-1] :]
    )
    for tag in ("<br/>", "<b>"):
        left_out = left_out.replace(tag, "")
    assert not left_out.strip()


@given(LINES)
def test_cells_stand_in_their_line_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    for block in split(text):
        if isinstance(block, TableLine):
            spans = [cell for cell in block.cells if cell]
            assert spans
            assert spans == sorted(spans)
            assert all("\t" not in text[c.start : c.end] for c in spans)
            assert (spans[0].start, spans[-1].end) == (block.span.start, block.span.end)


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("第2 総務戦略", "【重点施策】"),
        ("【重点施策】", "1 総務費"),
        ("第3章 まちの姿", "4 港湾費"),
        ("1 総務費", "1-1「人を育てる」"),
        ("1-1「人を育てる」", "(1) 庁議"),
        ("１　総務費", "（１）庁議"),
        ("(1) 庁議", "① 会議の開催"),
        ("① 会議の開催", "ア 開催回数"),
        ("ア 開催回数", "(ア) 定例会"),
    ],
)
def test_numberings_rank_as_in_official_documents(outer: str, inner: str) -> None:
    headings = [b for b in split(f"{outer}\n\n{inner}\n") if isinstance(b, Heading)]
    assert len(headings) == 2
    assert headings[0].rank < headings[1].rank


@pytest.mark.parametrize(
    ("line", "ordinal"),
    [
        ("第2 総務戦略", 2),
        ("12 港湾費", 12),
        ("2-3「地域活性化」", 3),
        ("(4) 庁議", 4),
        ("③ 会議", 3),
        ("ウ 定例会", 3),
        ("【重点施策】", 0),
    ],
)
def test_ordinals(line: str, ordinal: int) -> None:
    (heading,) = split(line)
    assert isinstance(heading, Heading)
    assert heading.ordinal == ordinal


@pytest.mark.parametrize(
    "line",
    [
        "1 年目は準備を行った。",
        "(1) 次のとおり実施した。",
        "ア ウェブサイトに関連の情報を集約した。",
        "① まず研修を行い、",
        "12,000 人が来場",
        "2 3 4",
        "1 " + "長い見出しのような文" * 8,
        "本文",
        "10",
    ],
)
def test_sentences_and_numbers_are_no_headings(line: str) -> None:
    assert quotes(line, Heading) == []


def test_a_heading_set_into_a_table_is_a_heading() -> None:
    text = "部署\t事業\n1 人づくり\t\t\n総務課\t広報\n"
    assert quotes(text, Heading) == ["1 人づくり"]
    assert cells(text) == [["部署", "事業"], ["総務課", "広報"]]


def test_a_row_that_begins_with_a_number_is_a_row() -> None:
    text = "番号\t事業\n1\t広報\n2 \t港まつり\n"
    assert cells(text) == [["番号", "事業"], ["1", "広報"], ["2", "港まつり"]]


def test_cells_lose_blanks_and_stray_tags_at_their_ends_only() -> None:
    text = ' 区分\t<ul class="a"> ・2回<br/>・3回</ul>\t\t75 \n'
    assert cells(text) == [["区分", "・2回<br/>・3回", "", "75"]]


def test_table_lines_after_a_blank_line_or_prose_begin_a_fragment() -> None:
    text = "a\tb\nc\td\n\ne\tf\ng\th\n本文です。\ni\tj\n"
    lines = [b for b in split(text) if isinstance(b, TableLine)]
    assert [line.first for line in lines] == [True, False, True, False, True]


def test_prose_that_runs_over_lines_is_one_paragraph() -> None:
    text = "様々な分野で流れを作\nることを目的として\n策定した。\n次の文です。\n\n別の段落\n\nさらに別\n"
    assert quotes(text, Paragraph) == [
        "様々な分野で流れを作\nることを目的として\n策定した。",
        "次の文です。",
        "別の段落",
        "さらに別",
    ]


def test_list_items_stay_apart_and_take_their_broken_lines() -> None:
    text = "- ・研修の開催\n- ・全ての様式を差し替え、\n有料利用を開始\n※中止\n"
    items = [b for b in split(text) if isinstance(b, Paragraph)]
    assert all(b.item for b in items)
    assert [text[b.span.start : b.span.end] for b in items] == [
        "- ・研修の開催",
        "- ・全ての様式を差し替え、\n有料利用を開始",
        "※中止",
    ]


def test_names_and_figures_below_each_other_stay_apart() -> None:
    lines = [
        "174,000報酬1 3,586001 給与費",
        "001 振興会議委員 １５人 602",
        "454職員手当等3",
        "2,500海外見本市出展補助金",
        "起業・創業及び専門家派遣",
    ]
    text = "\n".join(lines)
    blocks = split_blocks(text, split_lines(text))
    assert [text[b.span.start : b.span.end] for b in blocks] == lines
