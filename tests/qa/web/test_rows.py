"""The look-up finds, sorts and adds up what a person would by hand, and a link carries the whole view."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from index import Store, build, open_store
from qa.web.rows import BLANK, NOT_BLANK, PAGE, Found, View, decimal, look_up, rows_csv, tables, view_of
from qa.web.rows_html import form, results
from qa.web.words import Words

JA = Words("ja")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("hall")
    (folder / "yakuba.csv").write_text(
        "課,事業名,状況,予算額(千円),備考\n"
        '土木課,橋の点検,継続,"1,200",国庫1/2\n'
        "土木課,除雪,新規,800,\n"
        "福祉課,見守り,継続,-,R5は休止\n"
        '福祉課,配食,継続,"3,400",=HYPERLINK("http://192.0.2.7")\n'
        '合計,,,"5,400",\n',
        "utf-8",
    )
    (folder / "nagai.csv").write_text("番号,名前\n" + "".join(f"{n},品{n}\n" for n in range(1, PAGE + 51)), "utf-8")
    build(folder, folder / "i")
    return open_store(folder / "i")


def found(store: Store, query: str) -> Found:
    table = next(value for _, value in tables(store) if value.startswith("yakuba/"))
    view = view_of(f"table={table}&{query}", store)
    assert view is not None
    return look_up(store, view)


def names(one: Found) -> list[str]:
    return [one.laid.shown[i][1] for i in one.rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["橋の点検", "除雪", "見守り", "配食", ""]),
        ("words=土木", ["橋の点検", "除雪"]),
        ("words=土木 新規", ["除雪"]),
        ("words=１，２００", ["橋の点検"]),
        ("c2==継続", ["橋の点検", "見守り", "配食"]),
        ("c1=点検", ["橋の点検"]),
        (f"c4={BLANK}", ["除雪", ""]),
        (f"c4={NOT_BLANK}", ["橋の点検", "見守り", "配食"]),
        ("amount=3&low=1000", ["橋の点検", "配食", ""]),
        ("amount=3&low=１，０００&high=1200", ["橋の点検"]),
        ("amount=3&low=たくさん", ["橋の点検", "除雪", "見守り", "配食", ""]),
        ("sort=3", ["除雪", "橋の点検", "配食", "", "見守り"]),
        ("sort=3&desc=1", ["", "配食", "橋の点検", "除雪", "見守り"]),
        ("words=どこにもない", []),
    ],
)  # fmt: skip
def test_rows_that_fit(query: str, expected: list[str], hall: Store) -> None:
    assert names(found(hall, query)) == expected


def test_totals_leave_out_total_rows_and_cells_that_are_no_figure(hall: Store) -> None:
    (total,) = found(hall, "").totals
    assert (total.total, total.unit, total.counted, total.left_out) == (Decimal(5400), "千円", 3, 2)
    (part,) = found(hall, "words=福祉").totals
    assert (part.total, part.counted, part.left_out) == (Decimal(3400), 1, 1)


def test_what_is_no_number_is_said_and_not_applied(hall: Store) -> None:
    one = found(hall, "amount=3&low=たくさん<b>")
    assert one.ignored == ("たくさん<b>",)
    assert "<b>" not in results(one, "/", JA)


def test_a_link_reproduces_its_view(hall: Store) -> None:
    query = "words=課&c2==継続&amount=3&low=10&high=5000&sort=3&desc=1"
    one = found(hall, query)
    again = view_of(one.view.query, hall)
    assert again == one.view
    assert again is not None
    assert look_up(hall, again).rows == one.rows
    assert dict(parse_qsl(one.view.query))["c2"] == "=継続"


@pytest.mark.parametrize(
    "query",
    ["table=../../etc/passwd", "c99=x&sort=99&amount=99&start=-3", "sort=１&desc=2&c=1&cx=2", "table=yakuba/none&c1=橋", "low=NaN&high=Infinity&amount=3", "start=999999999999", "%ff%fe=&&&=;", "c1=" + "あ" * 5000],
)  # fmt: skip
def test_a_link_made_up_shows_something_and_fails_nowhere(query: str, hall: Store) -> None:
    view = view_of(query, hall)
    assert view is not None
    look_up(hall, view)
    form(hall, view, JA)


def test_csv_holds_all_rows_found_and_no_formula(hall: Store) -> None:
    lines = list(csv.reader(io.StringIO(rows_csv(found(hall, "words=福祉"), JA)[1:])))
    assert lines[0][2:] == ["課", "事業名", "状況", "予算額(千円)", "備考"]
    assert [line[3] for line in lines[1:]] == ["見守り", "配食"]
    assert lines[2][-1].startswith("'=HYPERLINK")
    assert [line[1] for line in lines[1:]] == ["4", "5"]


def test_long_tables_are_shown_page_by_page_and_saved_whole(hall: Store) -> None:
    table = next(value for _, value in tables(hall) if value.startswith("nagai/"))
    view = view_of(f"table={table}&start={PAGE}", hall)
    assert view is not None
    one = look_up(hall, view)
    assert len(one.rows) == PAGE + 50
    assert len(one.page) == 50
    assert "data-start='0'" in results(one, "/", JA)
    assert len(rows_csv(one, JA).splitlines()) == PAGE + 51


def test_columns_with_few_texts_are_chosen_from_and_others_typed_into(hall: Store) -> None:
    one = found(hall, "c2==継続")
    drawn = form(hall, one.view, JA)
    assert "<option value='=継続' selected>継続</option>" in drawn
    assert "name='c2'" in drawn


def test_an_index_without_tables_has_no_view(tmp_path: Path) -> None:
    (tmp_path / "bun.txt").write_text("一つの文だけがあります。\n", "utf-8")
    build(tmp_path, tmp_path / "i")
    assert view_of("", open_store(tmp_path / "i")) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000", 1000),
        ("１０００", 1000),
        ("▲5", -5),
        ("-3.5", Decimal("-3.5")),
        ("", None),
        ("x", None),
        ("inf", None),
    ],
)
def test_numbers_as_people_type_them(text: str, value: int | None) -> None:
    assert decimal(text) == value


def test_a_view_of_nothing_in_particular_is_short() -> None:
    assert View("d", "t").query == "table=d%2Ft"
