"""Tables of open data: coded headers, codes beside names, a row for each figure."""

from __future__ import annotations

from pathlib import Path

from corpus import Document, read_document

LONG = (
    "fiscal_year,kan_cd,kan_name,kind,amount_kyen,per_capita_yen\n"
    "2022,01,議会費,予算,100,\n2022,01,議会費,決算,90,3\n2022,02,総務費,予算,800,\n2022,02,総務費,決算,700,20\n"
    "2023,01,議会費,予算,110,\n2023,01,議会費,決算,95,3\n2023,02,総務費,予算,820,\n2023,02,総務費,決算,750,21\n"
)


def _read(folder: Path) -> Document:
    path = folder / "t.csv"
    path.write_text(LONG, encoding="utf-8")
    return read_document(path)


def test_codes_do_not_hide_the_names_behind_them(tmp_path: Path) -> None:
    assert _read(tmp_path).tables[0].key == 3


def test_a_coded_header_says_its_unit(tmp_path: Path) -> None:
    assert [column.unit for column in _read(tmp_path).tables[0].columns] == [None, None, None, None, "千円", "円"]
