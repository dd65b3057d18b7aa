"""Ranking the cells of a table: reading the grid, the question, the values; what is chosen and how surely."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from qa.intersect import Grid, rank
from qa.intersect_features import NAMES, PLACES, explaining, features
from qa.intersect_grid import ASIDE, BLANK, FIGURE, LABEL, NOTHING, kind_of
from qa.intersect_model import LEARNED, BadModel, load_model
from qa.intersect_periods import Years, ends, newest_year, period_of
from qa.intersect_question import asked, unquoted
from qa.intersect_texts import bare, spoken
from qa.intersect_values import figure, normalised, scale_of, stated_scale

BALANCE = Grid.of_texts(
    [
        ["", "前年度(2021年3月31日)", "当年度(2022年3月31日)"],
        ["資産の部", "", ""],
        ["現金預金", "1,200", "1,350"],
        ["基金", "880", "910"],
        ["その他", "15", "17"],
        ["資産合計", "2,095", "2,277"],
        ["負債の部", "", ""],
        ["地方債", "600", "580"],
        ["その他", "40", "▲42"],
        ["負債合計", "640", "622"],
    ],
    before="貸借対照表 (単位:百万円)",
)
HTML = """<table><tr><td cell-id="a" rowspan="2">区分</td><td cell-id="b" colspan="2">従業員数(人)</td></tr>
<tr><td cell-id="c">男</td><td cell-id="d">女</td></tr>
<tr><td cell-id="e">本店</td><td cell-id="f">12</td><td cell-id="g">―</td></tr></table>"""


def best(question: str, grid: Grid) -> str:
    first = rank(question, grid)[0]
    return grid.texts[grid.cells[first.row][first.column]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", BLANK), ("1,234", FIGURE), ("△ 5", FIGURE), ("※1 32,705", FIGURE), ("(注) 45", FIGURE), ("98.3 (89.1)", FIGURE),
        ("―", NOTHING), ("( -)", NOTHING), ("─", NOTHING), ("(百万円)", ASIDE), ("%", ASIDE), ("〃", ASIDE), ("(注)3", ASIDE),
        ("2020年3月31日", LABEL), ("基金", LABEL), ("03(1234)5678", LABEL), ("1株当たり配当額", LABEL),
    ],
)  # fmt: skip
def test_kinds_of_cells(text: str, kind: int) -> None:
    assert kind_of(text) == kind


def test_spans_are_resolved_and_ids_kept() -> None:
    grid = Grid.from_html(HTML)
    assert [[grid.texts[i] for i in row] for row in grid.cells] == [
        ["区分", "従業員数(人)", "従業員数(人)"],
        ["区分", "男", "女"],
        ["本店", "12", "―"],
    ]
    assert grid.names[0] == ("a", "b", "b")
    assert grid.begins[0] == (True, True, False)
    assert not grid.layout.candidates[1, 0]  # the cell is named where it begins
    assert list(grid.layout.header) == [True, True, False]


def test_tables_inside_a_cell_come_after_the_table_around_them() -> None:
    grid = Grid.from_html(
        '<table><tr><td cell-id="o1">氏名</td><td cell-id="o2">略歴</td></tr>'
        '<tr><td cell-id="o3">山田</td><td><table><tr><td cell-id="i1">1990年 入庁</td></tr></table></td></tr></table>'
    )
    names = [name for row in grid.names for name in row if name]
    assert names.index("o1") < names.index("o3") < names.index("i1")


def test_rows_know_what_they_stand_under() -> None:
    layout = BALANCE.layout
    assert [layout.ancestors[row, 0] for row in (2, 4, 8)] == [1, 1, 6]
    assert [layout.total[row] for row in (2, 5, 7, 9)] == [5, 9, 9, -1]
    assert [layout.repeated[row] for row in (4, 8)] == [0, 1]


def test_indented_rows_stand_under_rows_further_left() -> None:
    grid = Grid.of_texts(
        [["", "", "額"], ["歳入", "", "30"], ["", "市税", "20"], ["", "使用料", "10"], ["歳出", "", "25"]]
    )
    assert [list(row[:2]) for row in grid.layout.ancestors[1:]] == [[-1, -1], [1, -1], [1, -1], [-1, -1]]


def test_a_question_is_read_from_its_quotation() -> None:
    read = asked("A市の2020年時点のGeneralAccountMemberにおける「受取利息、営業外収益」は？")
    assert read.items == ("受取利息", "受取利息、営業外収益")
    assert read.contexts == ("営業外収益",)
    assert read.words == ("general", "account")
    assert read.years == Years((2020,))
    assert read.instant


def test_a_question_without_quotation_ends_on_its_item() -> None:
    read = asked("令和3年度の海外事務所運営の予算額はいくらですか?")
    assert read.items[0] == "予算額"
    assert "海外事務所運営" in read.contexts
    assert read.years == Years((), (2021,))
    assert (
        unquoted("A社の2020年の個別決算における「その他、営業外収益」は？")
        == "A社の2020年の個別決算の営業外収益のその他は？"
    )
    assert unquoted("予算額は？") == "予算額は？"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("前年度 (自 2018年4月1日 至 2019年3月31日)", (2019,)),
        ("2018年度 (自 2018年4月1日 至 2019年3月31日)", (2019,)),
        ("令和2年3月", (2020,)),
        ("令和元年度", (2020,)),  # a fiscal year ends in the next one
        ("基金", ()),
    ],
)
def test_the_year_a_label_ends_on(text: str, years: tuple[int, ...]) -> None:
    assert ends(text) == years


def test_relative_periods_are_read_against_the_newest_year() -> None:
    assert newest_year(BALANCE) == 2022
    assert period_of("前年度", Years((2021,)), 2022) == (0.0, 1.0)
    assert period_of("当期", Years((2021,)), 2022) == (0.0, -1.0)
    assert period_of("当期首残高", Years((2021,)), 2022) == (0.0, 1.0)
    assert period_of("前年度", Years((2021,)), None) == (0.0, 0.0)
    assert period_of("2021年4月1日", Years((2021,)), None)[0] == 0.5
    assert period_of("当年度", Years((), (2021,)), 2022) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("令和3年度", 1.0), ("R3 当初予算額", 1.0), ("令和4年3月31日", 1.0), ("令和3年4月1日~令和4年3月31日", 1.0),
        ("令和2年度", -1.0), ("令和4年度", -1.0), ("令和3年3月31日", -1.0), ("予算額", 0.0),
    ],
)  # fmt: skip
def test_a_fiscal_year_is_matched_with_its_own_labels(text: str, said: float) -> None:
    assert period_of(text, Years((), (2021,)), None)[0] == said


@pytest.mark.parametrize(
    ("text", "scales", "value"),
    [
        ("1,234", [Decimal(10**6)], "1234000000"),
        ("△ 12.5", [None, Decimal(10**3)], "-12500.0"),
        ("※1 , ※3 13,605", [], "13605"),
        ("(注1) 30,418", [], "30418"),
        ("12.5%", [Decimal(10**6)], "0.125"),
        ("( 89.18 )", [Decimal("0.01")], "0.8918"),
        ("16,137名", [Decimal(1000)], "16137"),
        ("―", [], "－"),
        ("( - )", [], "－"),
        ("120円50銭", [Decimal(1000)], "120.50"),
        ("1958年10月18日 生", [], "1958-10-18"),
        ("普通株式", [], "普通株式"),
        ("03(1234)5678", [], "03(1234)5678"),
    ],
)
def test_values_in_base_units(text: str, scales: list[Decimal | None], value: str) -> None:
    assert normalised(text, scales) == value


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("(単位:百万円)", 10**6), ("金額(億円)", 10**8), ("千円", 1000), ("所有株式数 (百株)", 100), ("構成比 (%)", "0.01"),
        ("従業員数 (外、平均臨時従業員数) (人)", 1), ("1株当たり配当額", 1), ("利用者数", 1), ("新株予約権", None), ("円山公園", None),
    ],
)  # fmt: skip
def test_scales_of_labels(text: str, scale: int | str | None) -> None:
    assert scale_of(text) == (None if scale is None else Decimal(scale))


def test_the_last_unit_before_a_table_counts() -> None:
    assert stated_scale("(単位:円) 前の表 (単位:千円) 次の表") == 1000
    assert stated_scale("次の表のとおり") is None


def test_units_are_looked_for_nearest_first() -> None:
    grid = Grid.of_texts(
        [
            ["", "金額(千円)", "数"],
            ["収入", "5", "3"],
            ["割合(%)", "5", "3"],
            ["〃", "6", ""],
            ["地方債残高", "7", "8百万円"],
        ],
        before="(単位:百万円)",
    )
    assert grid.value(1, 1) == "5000"
    assert grid.value(1, 2) == "3"
    assert grid.value(2, 1) == "0.05"
    assert grid.value(3, 1) == "0.06"
    assert grid.value(4, 2) == "8000000"


@given(st.integers(-(10**9), 10**9), st.sampled_from(["△", "▲", "-", "△ "]))
def test_figures_survive_printing(number: int, minus: str) -> None:
    printed = f"{minus if number < 0 else ''}{abs(number):,}"
    assert figure(printed) == (Decimal(number), "")


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("2022年時点における「現金預金」は？", "1,350"),
        ("2021年時点における「現金預金」は？", "1,200"),
        ("2021年時点における「その他、資産の部」は？", "15"),
        ("2022年時点における「その他、負債の部」は？", "▲42"),
        ("2022年時点の基金はいくらですか?", "910"),
        ("2021年時点の負債合計は?", "640"),
    ],
)
def test_the_cell_at_the_row_and_the_column_asked_for(question: str, cell: str) -> None:
    assert best(question, BALANCE) == cell


def test_rows_may_be_periods_and_columns_items() -> None:
    grid = Grid.of_texts(
        [
            ["", "小学校", "中学校"],
            ["2019年5月1日", "310", "150"],
            ["2020年5月1日", "298", "149"],
            ["2021年5月1日", "287", "151"],
        ]
    )
    assert best("2020年における「小学校」は？", grid) == "298"
    assert best("2021年の中学校は?", grid) == "151"


def test_fiscal_years_choose_their_columns() -> None:
    grid = Grid.of_texts([["事業名", "令和2年度", "令和3年度"], ["道路整備", "120", "130"], ["公園整備", "80", "85"]])
    assert best("令和3年度の道路整備の額は?", grid) == "130"
    assert best("R2の公園整備", grid) == "80"


def test_probabilities_are_shares_and_fall() -> None:
    ranked = rank("2022年時点における「基金」は？", BALANCE, most=100)
    shares = [one.probability for one in ranked]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1.0, abs=1e-5)
    assert len(ranked) == int(BALANCE.layout.candidates.sum())


def test_what_the_table_does_not_decide_is_unsure() -> None:
    twice = Grid.of_texts([["区分", "金額"], ["交付金", "5"], ["交付金", "7"], ["負担金", "9"]])
    sure = rank("「負担金」は？", twice)[0].probability
    assert sure > 0.8
    assert rank("「交付金」は？", twice)[0].probability < sure


def test_an_empty_grid_has_no_answer() -> None:
    assert rank("「基金」は？", Grid.of_texts([])) == ()
    assert rank("「基金」は？", Grid.of_texts([["", None]])) == ()


CELLS = st.text(st.sampled_from("0123456789,.△-―※()円千百万%計年度前当期首残高ABa 　の「」"), max_size=8)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), st.text(max_size=20))
def test_any_grid_and_question_give_an_order(rows: list[list[str]], question: str) -> None:
    grid = Grid.of_texts(rows, before=question)
    for one in rank(question, grid):
        assert 0.0 <= one.probability <= 1.0
        assert grid.cells[one.row][one.column] != 0
        grid.value(one.row, one.column)


@given(
    st.lists(
        st.lists(st.sampled_from(["基金", "2020年", "12", "計", "", "―"]), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_the_texts_that_explain_a_cell_are_those_its_features_are_taken_from(rows: list[list[str]]) -> None:
    """Training looks texts up by `explaining`, the product by running maxima: both must see the same places."""
    grid = Grid.of_texts(rows)
    weight = np.linspace(0.1, 0.9, len(grid.texts), dtype=np.float32)[None]
    read, at_rows, at_columns = features(asked("「基金」は？"), grid, weight)
    learned = read[:, len(NAMES) :].reshape(len(at_rows), len(PLACES))
    for cell, lists in enumerate(explaining(grid.layout, at_rows.astype(np.intp), at_columns.astype(np.intp))):
        expected = [max((weight[0, t] for t in texts), default=0.0) for texts in lists]
        assert learned[cell] == pytest.approx(expected)


def test_features_have_their_names() -> None:
    read, rows, columns = features(asked("2022年時点における「基金」は？"), BALANCE)
    assert read.shape == (len(rows), len(NAMES))
    assert len(set(NAMES)) == len(NAMES)
    cell = next(i for i, (r, c) in enumerate(zip(rows, columns, strict=True)) if (r, c) == (3, 2))
    of = dict(zip(NAMES, read[cell], strict=True))
    assert of["left.item_ratio"] == of["lead.item_recall"] == 1.0
    assert of["up.year"] == of["period"] == 1.0
    assert of["figure"] == 1.0


def test_labels_are_compared_without_remarks_and_totals() -> None:
    assert bare("流動資産合計") == bare("流動資産") == bare("流動資産(純額)")
    assert bare("計") == "計"
    assert spoken("山田 太郎") == "yamadataro"


def test_a_table_of_the_corpus_as_a_grid(documents: dict[str, Document]) -> None:
    document = next(iter(documents.values()))
    table = max((t for d in documents.values() for t in d.tables), key=lambda t: len(t.rows))
    grid = Grid.from_table(document, table)
    assert [r for r in grid.origins if r >= 0] == [row.index for row in table.rows if row.cells]
    assert {len(row) for row in grid.cells} == {len(table.columns)}
    assert grid.year == max(document.years)


def test_the_model_fits_this_code() -> None:
    model = load_model()
    assert model.mean.shape == (len(NAMES) + len(PLACES) * len(LEARNED),)
    assert 0.5 <= model.temperature <= 4.0


def test_a_missing_or_foreign_model_is_named(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    with pytest.raises(BadModel, match="train-link"):
        load_model(tmp_path / "none.safetensors")
    save_file({"mean": np.zeros(3, np.float32)}, tmp_path / "other.safetensors")
    with pytest.raises(BadModel, match="特徴の数"):
        load_model(tmp_path / "other.safetensors")
    (tmp_path / "broken.safetensors").write_bytes(b"no weights")
    with pytest.raises(BadModel, match="broken"):
        load_model(tmp_path / "broken.safetensors")
