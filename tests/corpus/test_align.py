"""Cells of damaged rows find their columns again, by what the columns look like."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.align import align_rows, shape

WIDTH = 8
COUNT, AMOUNT, STATUS, REMARK = 4, 5, 6, 7
SECTIONS = ("港湾課", "環境政策課", "文化交流課", "健康づくり課")
PROJECTS = (
    "桟橋修繕",
    "海岸清掃",
    "姉妹都市訪問団受入れ",
    "減塩教室",
    "観光船誘致",
    "防災無線整備",
    "図書館読み聞かせ",
    "里山保全",
)


def clean_table(seed: int, rows: int = 32) -> list[list[str]]:
    """Department, section, project, first year, head-count, amount, status, remark: blanks where cells are merged."""
    chance = random.Random(seed)
    table = []
    for i in range(rows):
        table.append(
            [
                "みなと部" if i % 16 == 0 else "",
                SECTIONS[i // 4 % 4] if i % 4 == 0 else "",
                f"{PROJECTS[i % 8]}{'' if i < 8 else '推進' * (i // 8)}",
                f"{chance.choice('HR')}{chance.randint(1, 3)}",
                "—" if chance.random() < 0.3 else f"{chance.randint(2, 900)}名",
                f"{chance.randint(0, 30000):,}",
                chance.choice(("継続", "継続", "継続", "新規", "廃止")),
                "国の交付金による" if chance.random() < 0.2 else "",
            ]
        )
    return table


def damage(row: list[str], chance: random.Random) -> list[str]:
    """Lose an empty cell, gain one, or gain a `—` beside another; what is filled stays in order."""
    row = list(row)
    ways = ["gain"]
    if row[0] == "":
        ways.append("lose")
    if row[COUNT] == "—":
        ways.append("mark")
    way = chance.choice(ways)
    if way == "lose":
        del row[0]
    elif way == "gain":
        row.insert(chance.randint(1, AMOUNT), "")
    else:
        row.insert(COUNT, "—")
    return row


@pytest.mark.parametrize("seed", range(12))
def test_amounts_and_statuses_of_damaged_rows_return_to_their_columns(seed: int) -> None:
    chance = random.Random(1000 + seed)
    clean = clean_table(seed)
    damaged = [damage(row, chance) if chance.random() < 0.3 else row for row in clean]
    assert damaged != clean
    for row, broken, alignment in zip(clean, damaged, align_rows(damaged, WIDTH), strict=True):
        assert alignment is not None
        laid = {column: broken[i] for i, column in enumerate(alignment.columns) if column is not None}
        assert (laid[AMOUNT], laid[STATUS]) == (row[AMOUNT], row[STATUS]), (broken, alignment)
        assert laid[2] == row[2]
        assert laid[3] == row[3]


def test_a_clean_table_stays_as_it_is() -> None:
    for alignment in align_rows(clean_table(99), WIDTH):
        assert alignment is not None
        assert all(column in (None, i) for i, column in enumerate(alignment.columns))


@given(
    st.lists(
        st.lists(st.sampled_from(["", "—", "R2", "30名", "1,200", "継続", "港まつり"]), max_size=7),
        min_size=3,
        max_size=8,
    )
)
def test_filled_cells_are_never_lost_doubled_or_crossed(rows: list[list[str]]) -> None:
    width = 5
    for row, alignment in zip(rows, align_rows(rows, width), strict=True):
        filled = [i for i, text in enumerate(row) if text]
        if alignment is None:
            assert len(filled) > width
            continue
        assert 0.0 <= alignment.confidence <= 1.0
        assert len(alignment.columns) == len(row)
        used = [alignment.columns[i] for i in filled if alignment.columns[i] is not None]
        assert used == sorted(set(used))
        assert all(0 <= column < width for column in used)
        assert all(row[i] == "—" for i in filled if alignment.columns[i] is None)


def test_a_row_with_more_values_than_columns_has_no_alignment() -> None:
    rows = [["港まつり", "R2", "100"], ["花火", "R3", "200"], ["読書会", "H30", "300"], ["夜市", "R1", "400", "500"]]
    *others, last = align_rows(rows, 3)
    assert last is None
    assert None not in others


@pytest.mark.parametrize("at", [0, 3, 5, 6])
def test_a_mark_that_says_nothing_printed_once_too_often_is_left_out(at: int) -> None:
    rows = [[f"事業{i}", "R2", f"{i}名", f"{i * 17}", "継続", "国費"] for i in range(1, 12)]
    full = ["港まつり", "R2", "3名", "40", "新規", "国費"]
    alignment = align_rows([*rows, [*full[:at], "—", *full[at:]]], 6)[-1]
    assert alignment is not None
    assert alignment.columns == (*range(at), None, *range(at, 6))


def test_with_two_rows_nothing_can_be_learned_and_cells_stay() -> None:
    first, second = align_rows([["港まつり", "", "100"], ["", "200"]], 3)
    assert first is not None
    assert second is not None
    assert first.columns == (0, 1, 2)
    assert second.columns == (0, 1)


def test_an_ambiguous_row_is_less_sure_than_a_clear_one() -> None:
    rows = [[f"事業{i}", f"{i * 17}", f"{i * 23}"] for i in range(1, 12)]
    clear = align_rows([*rows, ["事業X", "40", "50"]], 3)[-1]
    unsure = align_rows([*rows, ["事業X", "40"]], 3)[-1]
    assert clear is not None
    assert unsure is not None
    assert unsure.confidence < clear.confidence


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("-", "nothing"),
        ("—", "nothing"),
        ("H30", "year"),
        ("令和3年度", "year"),
        ("2021", "year"),
        ("R2.4.1～ R3.3.31", "period"),
        ("通年", "period"),
        ("8月26日～27日", "period"),
        ("0", "amount"),
        ("7,585", "amount"),
        ("7,362 (当課任用分)", "amount"),
        ("2,396千円", "amount"),
        ("▲1,200", "amount"),
        ("128名", "count"),
        ("相談件数93件", "count"),
        ("継続", "word"),
        ("地方創生推進交付金", "phrase"),
        ("海外に生産拠点等を設置しようとする中小企業者に必要な資金を融資する。", "text"),
    ],
)
def test_shapes(text: str, looks: str) -> None:
    assert shape(text) == looks
