"""Rows added up by a column come to what the rows come to, and a link brings the same groups again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal

from index import Store
from qa.web.groups import grouped, grouped_csv, grouped_html
from qa.web.rows import look_up, view_of
from qa.web.rows_html import form, results
from qa.web.words import Words

JA = Words("ja")
TABLE = "部局,事業名,R2 予算(千円),R3 予算(千円)\n総務部,甲,10,20\n文化 局,乙,5,7\n総務部,丙,1,2\n文化局,丁,3,-\n,戊,2,2\n=1+1局,己,1,1\n合計,,22,32\n"


def test_groups_come_to_what_the_rows_come_to(town: Store) -> None:
    view = view_of("group=0", town)
    assert view is not None
    found = look_up(town, view)
    held = grouped(found, JA)
    assert held is not None
    assert sum(one.rows for one in held.groups) == len(found.rows)
    for column, total in enumerate(found.totals):
        assert sum(one.totals[column].total or 0 for one in held.groups) == total.total


def test_they_are_a_table_a_chart_a_link_and_a_file(indexed: Callable[..., Store]) -> None:
    store = indexed({"a.csv": TABLE})
    view = view_of("group=0", store)
    assert view is not None
    assert "group=0" in view.query
    found = look_up(store, view)
    held = grouped(found, JA)
    assert held is not None
    by = {one.name: [total.total for total in one.totals] for one in held.groups}
    assert by["総務部"] == [Decimal(11), Decimal(22)]
    assert by["文化 局"] == [Decimal(10), Decimal(9)], (
        "one department, however its cell is broken, with what was filled"
    )
    assert "合計" not in by
    drawn = results(found, "/", JA)
    assert "<svg" in drawn
    assert "/download/groups.csv?" in drawn
    assert "<option value='0' selected>" in form(store, view, JA)
    lines = list(csv.reader(io.StringIO(grouped_csv(held, JA)[1:])))
    assert lines[0] == ["部局", JA("rows"), "R2 予算(千円)", "R3 予算(千円)"]
    assert "'=1+1局" in [line[0] for line in lines]
    assert "=1+1局" in grouped_html(held, found, "/x", JA)


def test_no_column_or_one_with_too_many_texts_makes_no_groups(town: Store) -> None:
    for query in ("", "group=99", "group=x", "group=-1"):
        view = view_of(query, town)
        assert view is not None
        assert grouped(look_up(town, view), JA) is None
