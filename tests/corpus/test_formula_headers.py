"""Rates whose headers are formulas over lettered columns."""

from __future__ import annotations

from pathlib import Path

from corpus import read_document
from corpus.formula_headers import with_formulas


def test_a_rate_is_of_what_its_columns_are_of() -> None:
    paths = [
        ("税目",), ("調定済額", "現年課税分", "A"), ("調定済額", "滞納繰越分", "Ｂ"), ("収入済額", "現年課税分", "(C)"),
        ("収入済額", "滞納繰越分", "D"), ("徴収率 (%)", "Ｃ／Ａ×100"), ("徴収率 (%)", "D/B"), ("徴収率 (%)", "E/B"),
    ]  # fmt: skip
    found = with_formulas(paths)
    assert found[:5] == paths[:5]
    assert found[5:] == [
        ("徴収率 (%)", "現年課税分", "Ｃ／Ａ×100"), ("徴収率 (%)", "滞納繰越分", "D/B"), ("徴収率 (%)", "E/B"),
    ]  # fmt: skip


def test_headers_without_letters_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("区分,A,B,A/B\n市税,10,20,50\n寄附金,3,6,50\n", "utf-8")
    assert [c.label for c in read_document(path).tables[0].columns] == ["区分", "A", "B", "A/B"]
