"""Columns of codes name nothing and are reckoned with by nobody: the key is the name beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import read_document
from corpus.cells import CODES


@pytest.mark.parametrize("header", ["category_id", "id", "ID", "itemId", "団体コード", "kan_cd", "施設ID"])
def test_it_is_a_code(header: str) -> None:
    assert CODES.search(header)


@pytest.mark.parametrize("header", ["paid", "covid", "amount", "番地", "grid"])
def test_it_is_none(header: str) -> None:
    assert not CODES.search(header)


def test_the_name_behind_its_code_is_the_key(tmp_path: Path) -> None:
    path = tmp_path / "yosan.csv"
    rows = (
        "総務費,2,企画費,203,1055",
        "総務費,2,選挙費,207,612",
        "民生費,3,企画費,301,8322",
        "民生費,3,児童費,302,5583",
    )
    path.write_text("\n".join(("Category,category_id,Subcategory,subcategory_id,amount", *rows)), encoding="utf-8")
    (table,) = read_document(path).tables
    assert table.columns[table.key].label == "Subcategory"
