"""One form filled in for each thing: the name heads what its form says, and its row of figures is a row of one table."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document

FORM = """所 管 課  {office}        予算科目  {number}款１項１目 企画費
事 業 名  {name}
実施状況
１　相談件数　　{cases}件
予算の執行状況                          決 算 額 の 財 源 内 訳                    （単位：円）
   予 算 額        決 算 額     国(県)支出金       市   債        そ の 他       一 般 財 源
{figures}
成 果 と
課    題
【課題】{problem}の確保が課題となっている。
                              - {page} -

"""
FIGURES = (
    "      16,074,000       8,952,037       5,506,000               0         100,000       3,346,037",
    "      24,743,000      19,179,946               0               0               0      19,179,946",
    "      87,642,000      69,670,835      10,292,000               0      15,029,000      44,349,835",
)


def report_text() -> str:
    """A report of three such forms, as text."""
    told = (
        ("企画課", "出会い応援事業", "講師"),
        ("港湾課", "港めぐり事業", "船員"),
        ("健康課", "子ども医療助成事業", "財源"),
    )
    forms = (
        FORM.format(office=office, number=i, name=name, cases=12 * i, figures=figures, problem=problem, page=70 + i)
        for i, ((office, name, problem), figures) in enumerate(zip(told, FIGURES, strict=True), 1)
    )
    return "令和7年度 主要施策の成果説明書 潮見市\n\n" + "".join(forms)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("seika") / "seika.txt"
    path.write_text(report_text(), encoding="utf-8")
    return read_document(path)


def test_the_name_of_a_form_heads_what_it_says(report: Document) -> None:
    problems = {p.section[0]: report.quote(p.span) for p in report.passages if "確保が課題" in report.quote(p.span)}
    assert {name: text[4:6] for name, text in problems.items()} == {
        "出会い応援事業": "講師", "港めぐり事業": "船員", "子ども医療助成事業": "財源",
    }  # fmt: skip


def test_a_row_of_nothing_but_figures_is_a_table_under_as_many_labels(report: Document) -> None:
    assert [t.section[0] for t in report.tables] == ["出会い応援事業", "港めぐり事業", "子ども医療助成事業"]
    for table in report.tables:
        assert [c.label for c in table.columns] == ["予算額", "決算額", "国(県)支出金", "市債", "その他", "一般財源"]
        assert [c.unit for c in table.rows[0].cells] == ["円"] * 6
    assert [c.text for c in report.tables[2].rows[0].cells][::3] == ["87,642,000", "0"]


def test_names_that_stand_on_two_lines_only_head_nothing(tmp_path: Path) -> None:
    path = tmp_path / "annai.txt"
    path.write_text("事業名  港めぐり\n海を見る。\n事業名  山めぐり\n山を見る。\n", encoding="utf-8")
    assert not any("めぐり" in part for p in read_document(path).passages for part in p.section)


def test_small_figures_under_a_year_are_no_years(tmp_path: Path) -> None:
    path = tmp_path / "suii.csv"
    path.write_text("区分,令和2年度,令和3年度\n国庫支出金,0,0\n職員数,1,1\n委員数,2,3\n", encoding="utf-8")
    (table,) = read_document(path).tables
    assert [[c.text for c in row.cells[1:]] for row in table.rows] == [["0", "0"], ["1", "1"], ["2", "3"]]


SHEET = """<p>評価シート</p>
<table><tr><td>事業ID</td><td>{number}</td><td>事務事業名</td><td>{name}</td></tr>
<tr><td>政策</td><td>{policy}</td><td>部課名</td><td>{office}</td></tr></table>
<p>1 総事業費の推移（単位：千円）</p>
<table><tr><th>区分</th><th>令和4年度</th><th>令和5年度</th></tr><tr><td>一般財源</td><td>{a}</td><td>{b}</td></tr>
<tr><td>職員数（人）</td><td>0</td><td>1</td></tr></table>
<p>2 評価</p>
<table><tr><td>改革改善の方向性</td><td>{way}</td></tr><tr><td>担当</td><td>{said}</td></tr></table>
"""
SHEETS = (
    ("0012", "不法投棄対策事業", "みどりを守る", "市民課", "3,089", "2,948", "1 現状維持", "通報が多い。"),
    ("0034", "魚市場管理事業", "産業を育てる", "水産課", "54,739", "50,547", "2 改革改善", "古くなった。"),
    ("0056", "空家対策事業", "住まいを整える", "住宅課", "109", "2,031", "2 改革改善", "相談が増えた。"),
)


def sheets_page() -> str:
    """A page of three assessment sheets."""
    names = ("number", "name", "policy", "office", "a", "b", "way", "said")
    body = "".join(SHEET.format(**dict(zip(names, one, strict=True))) for one in SHEETS)
    return f"<html><body><h1>潮見市 事務事業評価</h1>{body}</body></html>"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("hyoka") / "hyoka.html"
    path.write_text(sheets_page(), encoding="utf-8")
    return read_document(path)


def test_forms_of_the_same_labels_are_facts_of_what_each_is_about(sheets: Document) -> None:
    ways = [(f.subject, f.text) for f in sheets.facts if f.attribute == "改革改善の方向性"]
    assert [text for _, text in ways] == ["1 現状維持", "2 改革改善", "2 改革改善"]
    assert all(name in subject for (subject, _), (_, name, *_) in zip(ways, SHEETS, strict=True))


def test_a_heading_says_the_unit_of_the_table_below_it(sheets: Document) -> None:
    costs = [t for t in sheets.tables if t.columns[0].label == "区分"]
    assert len(costs) == 3
    assert all(t.rows[0].cells[1].unit == "千円" for t in costs)


def test_a_single_form_has_no_others_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    one = FORM.format(office="企画課", number=1, name="港めぐり", cases=3, figures=FIGURES[0], problem="船員", page=1)
    path.write_text(one, encoding="utf-8")
    document = read_document(path)
    assert any("港めぐり" in document.quote(p.span) for p in document.passages)
