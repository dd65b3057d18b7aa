"""Reports that give each project the same labels: what stands under which heading, and what is a figure of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document

REPORT = """令和５年度　主要な施策の成果
　金額の単位は、特に断りのない限り千円とする。

======================================================================
総務部
======================================================================
１　防災無線更新事業（危機管理課）                評価　Ｂ
　　予算額　　　３１２，４００　　決算額　　　３０８，７７０　　執行率　９８．８％
　　〔概要〕
　　　屋外の子局を更新する。
　　〔成果〕
　　　・子局４２局を更新した。

２　移住促進事業（企画課）                        評価　Ａ
　　予算額　　　　４８，２５０　　決算額　　　　４１，９０３　　執行率　８６．８％
　　〔成果〕
　　　・相談は５１７件あった。
　　〔課題〕
　　　転出が続いている。

======================================================================
福祉部
======================================================================
３　医療費助成事業（子育て課）                    評価　Ｃ
　　予算額　　　２１８，０００　　決算額　　　２１４，５３６　　執行率　９８．４％
　　〔概要〕
　　　対象を広げた。
　　〔成果〕
　　　・助成件数は１０８，８８２件であった。
"""
FORM = """令和６年度　成果説明書
〔注意〕　金額の単位は千円とし、（　）内は前年度である。

第１章　子育て

１－１　学校給食事業　　　　　　　　担当：教育課
　【事 業 費】　３１，２６０　（２８，０００）
　【実　　績】
　　　児童は５３８人である。
　【評　　価】　Ａ

１－２　保育所改修事業　　　　　　　担当：こども課
　【事 業 費】　９７，３５０　（２，８６０）
　【実　　績】
　　　屋根を改修した。
　【評　　価】　Ｂ（目標５棟）

第２章　産業

２－１　商品券発行事業　　　　　　　担当：商工課
　【事 業 費】　２４，９１２　（１８，０７５）
　【実　　績】
　　　１万冊を販売した。
　【評　　価】　Ａ
"""


def read(folder: Path, text: str) -> Document:
    path = folder / "report.txt"
    path.write_text(text, "utf-8")
    return read_document(path)


def test_labels_that_come_again_stand_below_the_numbering(tmp_path: Path) -> None:
    paths = [section.path for section in read(tmp_path, REPORT).sections]
    assert ("総務部", "２ 移住促進事業（企画課）", "〔課題〕") in paths
    assert ("福祉部", "３ 医療費助成事業（子育て課）", "〔成果〕") in paths
    assert all(path[0] in ("総務部", "福祉部") for path in paths)


def test_figures_side_by_side_are_facts_with_the_unit_that_is_stated(tmp_path: Path) -> None:
    document = read(tmp_path, REPORT)
    facts = {(fact.subject[-1], fact.attribute): (fact.text, fact.unit) for fact in document.facts}
    assert facts["２ 移住促進事業（企画課）", "決算額"] == ("４１，９０３", "千円")
    assert facts["２ 移住促進事業（企画課）", "執行率"] == ("８６．８％", None)
    assert facts["３ 医療費助成事業（子育て課）", "評価"] == ("Ｃ", None)
    assert all(fact.text in document.quote(fact.span) for fact in document.facts)


def test_labels_in_brackets_are_facts_of_their_project(tmp_path: Path) -> None:
    document = read(tmp_path, FORM)
    facts = {(fact.subject, fact.attribute): (fact.text, fact.unit) for fact in document.facts}
    mended = ("第１章 子育て", "１－２ 保育所改修事業")
    assert facts[mended, "事業費"] == ("９７，３５０", "千円")
    assert facts[mended, "評価"] == ("Ｂ", None)
    assert facts[mended, "担当"] == ("こども課", None)
    assert ("第１章 子育て", "１－２ 保育所改修事業", "【実績】") in [s.path for s in document.sections]


def test_a_figure_right_before_a_bracket_is_read(tmp_path: Path) -> None:
    text = "".join(
        f"{i}　{c}事業\n　【事業費】{i}８，４２５（５９，８７３）\n　本文である。\n\n"
        for i, c in enumerate("甲乙丙", 1)
    )
    facts = read(tmp_path, text).facts
    assert [(fact.attribute, fact.text) for fact in facts] == [("事業費", f"{i}８，４２５") for i in (1, 2, 3)]


@pytest.mark.parametrize("text", [REPORT, FORM])
def test_nothing_is_lost(text: str, tmp_path: Path) -> None:
    document = read(tmp_path, text)
    assert {left.kind for left in document.leftovers} <= {"furniture"}


def test_banners_inside_a_numbered_heading_are_its_parts(tmp_path: Path) -> None:
    rule = "-" * 40
    text = f"１　出席者\n　委員１０名\n\n２　議事\n\n{rule}\n議案第１号　運賃について\n{rule}\n　承認された。\n\n{rule}\n議案第２号　路線について\n{rule}\n　承認された。\n\n３　その他\n　次回は未定。\n"
    paths = [section.path for section in read(tmp_path, text).sections]
    assert ("２ 議事", "議案第２号 路線について") in paths
    assert ("３ その他",) in paths


def test_a_header_between_rules_is_no_banner(tmp_path: Path) -> None:
    rule = "-" * 40
    text = f"運賃の案\n\n{rule}\n区　分　　現　行　　改定案　　備考\n{rule}\n大人　　200円　　250円　　税込\n小人　　100円　　130円　　税込\n"
    assert not any("改定案" in part for s in read(tmp_path, text).sections for part in s.path)
