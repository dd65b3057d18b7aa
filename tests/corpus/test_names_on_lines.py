"""Names that stand alone on a line of a table of plain text, tables set in proportional letters, and units beside a title."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from corpus.folding import searchable, tidy

ACCOUNTS = """第２表　歳入決算額の状況                                      （単位：千円、％）
─────────────────────────────────────
　　　区　　　分                   決算額  構成比      増減額   増減率
─────────────────────────────────────
１ 町　　　　　　税             1,310,204    41.2      △4,018    △0.3
２ 地方譲与税                      61,420     1.9         310      0.5
３ 株式等譲渡所得割
　 交　付　金                       8,215     0.3       1,104     15.5
４ 地方交付税                   1,704,880    53.6      20,410      1.2
５ 交通安全対策特別                 1,020     0.0         △12     △1.2
　 交　付　金
６ 寄　　附　　金                  94,300     3.0      11,060     13.3
"""
GROUPS = """会計別決算収支                                   （単位：千円）
　　会　　　計                  歳入決算額   歳出決算額     実質収支
一　般　会　計                   3,180,039    3,041,220      138,819
特　別　会　計
　国民健康保険                     812,410      806,305        6,105
　介護保険                         640,208      631,770        8,438
　合　　　　計                   4,632,657    4,479,295      153,362
"""
LOOSE = """移住の状況

　指　　標　　　　　　　　　令和４年度　令和５年度　令和６年度
　移住相談件数（件）　　96　　124　　151
　移住者数（人）　　38　　45　　57
　　うち空き家の利用（人）　　4　　9　　12
"""


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "text.txt"
    path.write_text(text, "utf-8")
    return read_document(path)


def shown(document: Document, table: int = 0) -> list[list[str]]:
    return [[searchable(tidy(c.text or "")).replace(" ", "") for c in row.cells] for row in document.tables[table].rows]


def test_a_name_over_two_lines_is_one_name(tmp_path: Path) -> None:
    document = read(tmp_path, ACCOUNTS)
    rows = {row[0]: row for row in shown(document)}
    assert len(document.tables) == 1
    assert rows["1町税"][1] == "1,310,204"
    assert rows["3株式等譲渡所得割交付金"][-4:] == ["8,215", "0.3", "1,104", "15.5"]
    assert rows["5交通安全対策特別交付金"][-4:] == ["1,020", "0.0", "△12", "△1.2"]


def test_the_unit_beside_a_title_governs_the_table(tmp_path: Path) -> None:
    (table,) = read(tmp_path, ACCOUNTS).tables
    units = [[cell.unit for cell in row.cells][-4:] for row in table.rows]
    assert units[0] == ["千円", "%", "千円", "%"]


def test_a_name_above_rows_that_are_set_in_parts_no_table(tmp_path: Path) -> None:
    document = read(tmp_path, GROUPS)
    assert len(document.tables) == 1
    assert [searchable(c.label) for c in document.tables[0].columns][1:] == ["歳入決算額", "歳出決算額", "実質収支"]
    assert ["特別会計", "", "", ""] in shown(document)


def test_columns_without_edges_are_told_by_their_order(tmp_path: Path) -> None:
    document = read(tmp_path, LOOSE)
    assert [searchable(c.label) for c in document.tables[0].columns][1:] == ["令和4年度", "令和5年度", "令和6年度"]
    assert shown(document)[0] == ["移住相談件数(件)", "96", "124", "151"]
    assert shown(document)[2][1:] == ["4", "9", "12"]


@pytest.mark.parametrize("number", ["－ 2 －", "－３－"])
def test_the_number_of_a_page_heads_nothing(tmp_path: Path, number: str) -> None:
    text = f"２　成果\n　本文である。\n\n{number}\n\n【２款　総務費】\n　続きの本文である。\n"
    assert all(number not in part.path for part in read(tmp_path, text).sections)


def test_labels_with_their_figures_on_the_next_line_are_facts(tmp_path: Path) -> None:
    told = "■{name}\n予算額　{a}　　決算額　{b}\n財源内訳　国支出金　地方債　一般財源\n　　　　－　　{c}　　{d}\n（内容）\n　{name}を行った。\n\n"
    projects = [
        ("道路維持事業", 120, 118, 40, 78),
        ("公園整備事業", 340, 330, 210, 120),
        ("水路改修事業", 95, 90, 55, 35),
    ]
    text = "主な事業\n\n" + "".join(told.format(name=n, a=a, b=b, c=c, d=d) for n, a, b, c, d in projects)
    facts = {(fact.subject[-1].strip("■"), fact.attribute): fact.text for fact in read(tmp_path, text).facts}
    assert facts["公園整備事業", "財源内訳 地方債"] == "210"
    assert facts["水路改修事業", "財源内訳 一般財源"] == "35"
