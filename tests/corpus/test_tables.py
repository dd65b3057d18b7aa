"""Ragged table lines become logical tables: headers, fragments, merged cells and units as a careful reader sees them."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from corpus import Document, Origin, Row, Table
from corpus.folding import tidy

Read = Callable[..., Document]

HEADER = "担当部\t担当課\t事業名\t開始年度\t参加者\t予算額 (千円)\t区分\t備考"
ROWS = [
    ["みなと部", "港湾課", "桟橋修繕", "H20", "—", "1,250", "継続", ""],
    ["", "", "海岸清掃", "H28", "312名", "480", "継続", ""],
    ["", "観光課", "観光船誘致", "R2", "—", "2,300", "新規", "県補助による"],
    ["くらし部", "健康課", "減塩教室", "H15", "64名", "95", "継続", ""],
    ["", "", "歩こう会", "H30", "128名", "0", "継続", ""],
    ["", "", "禁煙相談", "R1", "—", "310", "廃止", ""],
    ["", "文化課", "姉妹都市訪問団受入れ", "S62", "24名", "3,400", "継続", "R3は中止"],
    ["", "", "読書週間", "H9", "—", "75", "継続", ""],
    ["", "防災課", "防災無線整備", "R3", "—", "15,800", "新規", "県補助による"],
    ["", "", "避難所訓練", "H25", "540名", "620", "継続", ""],
]


def line(cells: list[str]) -> str:
    return "\t".join(cells)


def only(document: Document) -> Table:
    (table,) = document.tables
    return table


def labels(table: Table) -> list[str]:
    return [column.label for column in table.columns]


def texts(row: Row) -> list[str | None]:
    return [cell.text for cell in row.cells]


def by_name(table: Table, column: int = 2) -> dict[str | None, Row]:
    return {row.cells[column].text: row for row in table.rows}


# --- headers ---------------------------------------------------------------------------------------------------------


def test_one_header_row(read: Read) -> None:
    table = only(read([HEADER, *map(line, ROWS)]))
    assert labels(table) == HEADER.split("\t")
    assert len(table.rows) == len(ROWS)
    assert table.key == 2


def test_two_header_rows_become_header_paths(read: Read) -> None:
    table = only(
        read(
            [
                "事業名\tR2年度実績\t\tR3年度予定\t\t備考",
                "\t参加者\t予算額(千円)\t参加者\t予算額(千円)",
                "港まつり\t300名\t1,200\t320名\t1,300\t雨天中止",
                "夜市\t80名\t450\t90名\t500\t",
                "花火\t900名\t8,000\t950名\t8,800\t",
            ]
        )
    )
    assert [column.path for column in table.columns] == [
        ("事業名",),
        ("R2年度実績", "参加者"),
        ("R2年度実績", "予算額(千円)"),
        ("R3年度予定", "参加者"),
        ("R3年度予定", "予算額(千円)"),
        ("備考",),
    ]
    assert len(table.header) == 2
    assert texts(by_name(table, 0)["花火"]) == ["花火", "900名", "8,000", "950名", "8,800", ""]


def test_year_columns_are_a_header(read: Read) -> None:
    table = only(read(["区分\t令和 2 年度\t令和 3 年度", "認知度\t40%\t44%", "好感度\t7\t10"]))
    assert labels(table) == ["区分", "令和 2 年度", "令和 3 年度"]


def test_a_table_of_numbers_alone_has_no_header_row(read: Read) -> None:
    table = only(read(["10\t20", "30\t40", "50\t60"]))
    assert len(table.rows) == 3
    assert table.header == ()


def test_a_header_spelled_letter_by_letter(read: Read) -> None:
    table = only(
        read(
            [
                "回\t名\t称\t人\t数",
                "第1回\t春の写生会\t\t1,240\t人",
                "第2回\t夏の写生会\t\t73\t",
                "第3回\t秋の写生会\t\t858\t",
            ]
        )
    )
    assert labels(table) == ["回", "名称", "人数"]
    assert [(row.cells[2].text, row.cells[2].unit) for row in table.rows] == [
        ("1,240", "人"),
        ("73", "人"),
        ("858", "人"),
    ]


def test_words_spelled_with_blanks_are_joined_in_the_header_and_kept_in_the_cells(read: Read) -> None:
    table = only(read(["区 分\t事 業 費", "声 の 広 報\t350千円", "点字だより\t210"]))
    assert labels(table) == ["区分", "事業費"]
    assert table.rows[0].cells[0].text == "声 の 広 報"


# --- fragments -------------------------------------------------------------------------------------------------------


def test_fragments_across_blank_lines_are_one_table(read: Read) -> None:
    broken = [HEADER, *map(line, ROWS[:3]), "", *map(line, ROWS[3:7]), "", "", *map(line, ROWS[7:])]
    table = only(read(broken))
    assert [row.cells[2].text for row in table.rows] == [row[2] for row in ROWS]


def test_fragments_across_headings_are_one_table_and_rows_keep_their_heading(read: Read) -> None:
    broken = [
        "1 海",
        "",
        HEADER,
        *map(line, ROWS[:3]),
        "2 くらし\t\t\t",
        *map(line, ROWS[3:6]),
        "",
        "3 文化",
        "",
        *map(line, ROWS[6:]),
    ]
    document = read(broken)
    table = only(document)
    assert [row.cells[2].text for row in table.rows] == [row[2] for row in ROWS]
    assert [row.section for row in table.rows] == [("1 海",)] * 3 + [("2 くらし",)] * 3 + [("3 文化",)] * 4
    assert [section.path for section in document.sections] == [("1 海",), ("2 くらし",), ("3 文化",)]


@pytest.mark.parametrize("heading", [["1 海\t\t\t"], ["", "1 海", ""]])
def test_a_heading_right_under_the_header_row(read: Read, heading: list[str]) -> None:
    table = only(read([HEADER, *heading, *map(line, ROWS)]))
    assert labels(table) == HEADER.split("\t")
    assert len(table.rows) == len(ROWS)


def test_a_heading_right_under_two_header_rows(read: Read) -> None:
    header = ["事業名\tR2年度実績\t\t備考", "\t参加者\t予算額(千円)\t"]
    table = only(read([*header, "1 海\t\t\t", "港まつり\t300名\t1,200\t", "花火\t900名\t8,000\t雨天中止"]))
    assert labels(table) == ["事業名", "R2年度実績 参加者", "R2年度実績 予算額(千円)", "備考"]
    assert [row.section for row in table.rows] == [("1 海",)] * 2


def test_a_repeated_header_is_joined_and_is_no_row(read: Read) -> None:
    table = only(read([HEADER, *map(line, ROWS[:5]), "", HEADER, *map(line, ROWS[5:])]))
    assert [row.cells[2].text for row in table.rows] == [row[2] for row in ROWS]


def test_another_header_begins_another_table(read: Read) -> None:
    document = read([HEADER, *map(line, ROWS), "", "会議名\t開催回数", "庁議\t37回", "区長会\t4回"])
    assert [labels(table) for table in document.tables] == [HEADER.split("\t"), ["会議名", "開催回数"]]


def test_the_same_header_under_another_heading_begins_another_table(read: Read) -> None:
    part = ["区分\t金額", "運営費\t2,396千円", "旅費\t501"]
    document = read(["1 広報", "", *part, "", "2 港湾", "", *part])
    assert [table.section for table in document.tables] == [("1 広報",), ("2 港湾",)]


def test_tables_have_different_ids_even_under_equal_headers(read: Read) -> None:
    document = read(["1 広報", "", "区分\t金額", "運営費\t2千円", "", "2 港湾", "", "区分\t金額", "修繕費\t3千円"])
    assert len({table.id for table in document.tables}) == 2


# --- damaged rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_shifted_rows_are_laid_under_their_columns_again(read: Read, seed: int) -> None:
    chance = random.Random(seed)
    damaged = [list(row) for row in ROWS]
    for at in chance.sample(range(1, len(ROWS)), 3):
        if damaged[at][0] == "" and chance.random() < 0.5:
            del damaged[at][0]
        else:
            damaged[at].insert(chance.randint(3, 5), "")
    table = only(read([HEADER, *map(line, damaged)]))
    for clean, row in zip(ROWS, table.rows, strict=True):
        assert [row.cells[i].text for i in (2, 3, 5, 6)] == [clean[i] for i in (2, 3, 5, 6)]


def test_a_realigned_row_says_so_and_a_straight_one_does_not(read: Read) -> None:
    damaged = [*map(line, ROWS[:4]), line(ROWS[4][1:]), *map(line, ROWS[5:])]
    table = only(read([HEADER, *damaged]))
    assert [row.cells[2].text for row in table.rows if row.note] == [ROWS[4][2]]
    assert all(row.confidence == 1.0 for row in table.rows if not row.note)
    assert all(0.0 < row.confidence <= 1.0 for row in table.rows)


def test_a_row_with_too_many_cells_is_kept_and_not_understood(read: Read) -> None:
    surplus = "くらし部\t福祉課\t配食\tR3\t70名\t88\t継続\t備考\t1,000\t未定"
    document = read([HEADER, *map(line, ROWS), surplus])
    row = only(document).rows[-1]
    assert not row.understood
    assert row.cells == ()
    assert row.confidence == 0.0
    assert row.note
    assert document.quote(row.span) == surplus
    assert all(other.understood for other in only(document).rows[:-1])


def test_empty_cells_and_missing_cells_are_different(read: Read) -> None:
    table = only(read(["事業名\t参加者\t備考", "港まつり\t300名\t雨天中止", "夜市\t80名\t", "花火\t900名"]))
    assert [(row.cells[2].text, row.cells[2].origin) for row in table.rows] == [
        ("雨天中止", Origin.EXPLICIT),
        ("", Origin.EXPLICIT),
        (None, Origin.MISSING),
    ]


def test_zero_marks_and_words_for_nothing_stay_what_they_are(read: Read) -> None:
    kinds = ["0", "-", "—", "", "実績なし"]
    table = only(read(["事業名\t参加者\t区分", *(f"事業{i}\t{text}\t継続" for i, text in enumerate(kinds))]))
    assert [row.cells[1].text for row in table.rows] == kinds


def test_a_line_that_goes_on_with_the_cell_above_is_joined(read: Read) -> None:
    document = read(
        [
            "回\t題\t期間\t応募数",
            "第1回\t海の写真\t令和3年4月28日\t164件",
            "\t\t～令和4年1月31日\t",
            "第2回\t山の写真\t令和3年7月15日\t73件",
            "\t\t～8月31日\t",
        ]
    )
    rows = only(document).rows
    assert [row.cells[2].text for row in rows] == ["令和3年4月28日\n～令和4年1月31日", "令和3年7月15日\n～8月31日"]
    assert [document.quote(span) for span in rows[1].cells[2].spans] == ["令和3年7月15日", "～8月31日"]
    assert [(place.line_start, place.line_end) for place in map(document.place, (r.span for r in rows))] == [
        (2, 3),
        (4, 5),
    ]


# --- merged cells ----------------------------------------------------------------------------------------------------


def test_merged_cells_are_filled_down_and_marked(read: Read) -> None:
    document = read([HEADER, *map(line, ROWS)])
    row = by_name(only(document))["禁煙相談"]
    department, section, name = row.cells[:3]
    assert (department.text, department.origin) == ("くらし部", Origin.FILLED)
    assert (section.text, section.origin) == ("健康課", Origin.FILLED)
    assert (name.text, name.origin) == ("禁煙相談", Origin.EXPLICIT)
    assert document.quote(section.spans[0]) == "健康課"
    assert document.place(section.spans[0]).line_start == 5


def test_only_cells_at_the_left_are_filled(read: Read) -> None:
    table = only(read([HEADER, *map(line, ROWS)]))
    assert by_name(table)["禁煙相談"].cells[7].text == ""
    assert by_name(table)["歩こう会"].cells[7].text == ""


def test_a_row_that_prints_its_group_is_not_filled(read: Read) -> None:
    table = only(read([HEADER, *map(line, ROWS)]))
    row = by_name(table)["減塩教室"]
    assert {cell.origin for cell in row.cells} == {Origin.EXPLICIT}


def test_nothing_is_filled_across_a_heading(read: Read) -> None:
    blank = ["", "", "朝市", "R2", "—", "40", "継続", ""]
    table = only(read([HEADER, *map(line, ROWS[:5]), "", "2 山", "", line(blank), *map(line, ROWS[5:])]))
    row = by_name(table)["朝市"]
    assert [(cell.text, cell.origin) for cell in row.cells[:2]] == [("", Origin.EXPLICIT)] * 2


def test_nothing_is_filled_from_past_a_row_that_was_not_understood(read: Read) -> None:
    surplus = "くらし部\t福祉課\t配食\tR3\t70名\t88\t継続\t備考\t1,000\t未定"
    below = ["", "", "老人クラブ", "H3", "80名", "45", "継続", ""]
    table = only(read([HEADER, *map(line, ROWS[:2]), surplus, line(below), *map(line, ROWS[2:])]))
    cell = next(row for row in table.rows if row.understood and row.cells[2].text == "老人クラブ").cells[1]
    assert (cell.text, cell.origin) != ("港湾課", Origin.FILLED)


def test_numbers_are_never_filled_down(read: Read) -> None:
    table = only(read(["金額\t事業名", "1,200\t港まつり", "\t夜市", "300\t花火"]))
    assert table.rows[1].cells[0].text == ""


CONTRADICTED = [
    ["消防本部", "予防課", "火災予防週間", "H12", "—", "90", "継続", ""],
    *ROWS[:3],
    ["", "予防課", "住宅用火災警報器の普及", "H18", "—", "120", "継続", ""],
    ["", "", "防火ポスター展", "H21", "56名", "30", "継続", ""],
    ["", "救急課", "救命講習", "H10", "410名", "260", "継続", ""],
    *ROWS[3:],
]


def test_a_pair_printed_elsewhere_outweighs_the_cell_above(read: Read) -> None:
    document = read([HEADER, *map(line, CONTRADICTED)])
    cell = by_name(only(document))["住宅用火災警報器の普及"].cells[0]
    assert (cell.text, cell.origin) == ("消防本部", Origin.INFERRED)
    assert cell.reason is not None
    assert "みなと部" in cell.reason
    assert "予防課" in cell.reason
    assert document.quote(cell.spans[0]) == "消防本部"


def test_rows_below_an_inferred_group_say_that_it_is_inferred(read: Read) -> None:
    table = only(read([HEADER, *map(line, CONTRADICTED)]))
    for name in ("防火ポスター展", "救命講習"):
        cell = by_name(table)[name].cells[0]
        assert (cell.text, cell.origin) == ("消防本部", Origin.INFERRED)
        assert cell.reason


def test_a_member_printed_under_two_groups_proves_nothing(read: Read) -> None:
    rows = [["港湾部", "予防課", "港の消火訓練", "H12", "—", "90", "継続", ""], *CONTRADICTED]
    cell = by_name(only(read([HEADER, *map(line, rows)])))["住宅用火災警報器の普及"].cells[0]
    assert (cell.text, cell.origin) == ("みなと部", Origin.FILLED)


# --- units -----------------------------------------------------------------------------------------------------------


def units(table: Table, column: int) -> list[str | None]:
    return [row.cells[column].unit for row in table.rows]


def test_unit_from_the_header(read: Read) -> None:
    table = only(read([HEADER, *map(line, ROWS)]))
    assert table.columns[5].unit == "千円"
    assert set(units(table, 5)) == {"千円"}
    assert set(units(table, 2)) == {None}


def test_unit_from_the_first_row(read: Read) -> None:
    table = only(read(["区分\t金額\t人数", "運営費\t2,396千円\t12人", "調整費\t5,501\t3", "旅費\t▲ 40\t0"]))
    assert units(table, 1) == [None, "千円", "千円"]
    assert units(table, 2) == [None, "人", "人"]
    assert [row.cells[1].text for row in table.rows] == ["2,396千円", "5,501", "▲ 40"]


@pytest.mark.parametrize("caption", ["（単位：千円）", "(単位:千円)", "単位：千円", "事業費の内訳（単位：千円）"])
def test_unit_from_the_caption(read: Read, caption: str) -> None:
    table = only(read(["1 港湾費", "", caption, "区分\t金額", "修繕費\t2,396", "運営費\t501"]))
    assert units(table, 1) == ["千円", "千円"]
    assert table.caption is not None


def test_a_printed_unit_is_stronger_than_the_caption(read: Read) -> None:
    table = only(read(["（単位：千円）", "区分\t金額\t参加者", "修繕費\t2,396\t12人", "運営費\t501\t8人"]))
    assert units(table, 1) == ["千円", "千円"]
    assert units(table, 2) == [None, None]


def test_a_bracket_in_the_header_is_not_the_unit_of_cells_that_print_another(read: Read) -> None:
    table = only(read(["事業名\t参加者(社)", "商談会\t12社", "港まつり\t300名", "夜市\t80"]))
    assert units(table, 1)[2] != "社"


def test_units_change_where_a_row_prints_another(read: Read) -> None:
    table = only(read(["区分\t実績", "来場者\t2,500人", "うち子ども\t900", "開催\t4回", "うち屋内\t3"]))
    assert units(table, 1) == [None, "人", None, "回"]


# --- what holds for every table --------------------------------------------------------------------------------------


def test_cells_quote_the_source_and_rows_keep_order(documents: dict[str, Document], read: Read) -> None:
    for document in (*documents.values(), read([HEADER, *map(line, CONTRADICTED)])):
        for table in document.tables:
            for row in table.rows:
                assert [cell.column for cell in row.cells] == list(range(len(table.columns))) * row.understood
                for cell in row.cells:
                    assert "\n".join(map(document.quote, cell.spans)) == (cell.text or "")
                    if cell.origin is Origin.EXPLICIT:
                        assert all(row.span.start <= s.start < s.end <= row.span.end for s in cell.spans)
                    assert (cell.reason is not None) == (cell.origin is Origin.INFERRED)
                    assert (cell.text is None) == (cell.origin is Origin.MISSING)
            assert [row.index for row in table.rows] == list(range(len(table.rows)))
            assert all(one.span.end < other.span.start for one, other in pairwise(table.rows))


# --- the budget table of the shipped documents, against the source read by eye ---------------------------------------

BUDGET = "gunma-kokusaika-r2r3"
DEPARTMENT, SECTION, NAME, YEAR, WHAT, WHERE, WHEN, WHO, R2, R3_WHAT, STATUS, R3, REMARK = range(13)


@pytest.fixture(scope="module")
def budget(documents: dict[str, Document]) -> dict[int, Row]:
    """The rows by the line of the file they begin on."""
    document = documents[BUDGET]
    return {document.place(row.span).line_start: row for row in only(document).rows}


def test_budget_is_one_table_of_93_rows_and_13_columns(documents: dict[str, Document], budget: dict[int, Row]) -> None:
    table = only(documents[BUDGET])
    assert len(table.rows) == len(budget) == 93
    assert len(table.columns) == 13
    assert all(row.understood for row in table.rows)
    assert table.key == NAME
    assert (table.columns[R2].unit, table.columns[R3].unit) == ("千円", "千円")
    assert table.columns[STATUS].path == ("R3年度予定", "継続・新規")
    assert table.columns[WHO].path == ("R2年度実績", "参加者(社)")


@pytest.mark.parametrize(
    ("line_number", "name", "column", "text"),
    [
        (11, "語学指導等を行う外国青年招致事業(JETプログラム)", R3, "7,585 (当課任用分)"),
        (11, "語学指導等を行う外国青年招致事業(JETプログラム)", WHO, "128名(県内)"),
        (12, "国際理解講座", WHO, "実績なし"),
        (12, "国際理解講座", R3, "-"),
        (13, "グローバル始動人テイクオフ事業", R2, "-"),
        (13, "グローバル始動人テイクオフ事業", R3, "3,450"),
        (14, "中小企業パワーアップ資金〔海外展開要件〕", WHO, "利用実績0件"),
        (14, "中小企業パワーアップ資金〔海外展開要件〕", STATUS, "廃止"),
        (15, "国際人材育成事業", R2, "0"),
        (15, "国際人材育成事業", R3, ""),
        (36, "多文化交流事業「世界のこどもの絵画展」", WHO, "420"),
        (46, "医療通訳派遣", WHEN, "年間"),
        (46, "医療通訳派遣", R2, "700"),
        (46, "医療通訳派遣", STATUS, "継続"),
        (46, "医療通訳派遣", R3, "560"),
        (47, "ぐんま外国人総合相談ワンストップセンター運営", R2, "18,981"),
        (47, "ぐんま外国人総合相談ワンストップセンター運営", R3, "19,929"),
        (47, "ぐんま外国人総合相談ワンストップセンター運営", REMARK, "外国人受入環境整備交付金により実施"),
        (48, "外国人活躍推進キャラバン", WHO, "49名"),
        (48, "外国人活躍推進キャラバン", R2, "327"),
        (48, "外国人活躍推進キャラバン", R3, "327"),
        (53, "外国人児童生徒等教育・心理サポート事業", WHEN, "R2.4.1～R3.3.31"),
        (53, "外国人児童生徒等教育・心理サポート事業", WHO, "251"),
        (53, "外国人児童生徒等教育・心理サポート事業", R2, "3,064"),
        (53, "外国人児童生徒等教育・心理サポート事業", R3, "2,785"),
        (53, "外国人児童生徒等教育・心理サポート事業", REMARK, "コロナ禍により面談支援一時休止あり。"),
        (54, "外国人の子供等の就学に関する検討会", R2, "1,471"),
        (55, "国際連絡員の配置", WHEN, "通年"),
        (55, "国際連絡員の配置", R2, "0"),
        (56, "翻訳機器整備事業", WHEN, "～R2.12"),
        (56, "翻訳機器整備事業", R2, "88"),
        (56, "翻訳機器整備事業", R3, None),
        (57, "多文化共生事業", R2, "287"),
        (57, "多文化共生事業", R3_WHAT, "コロナ禍のため開催なし"),
        (57, "多文化共生事業", R3, "294"),
        (64, "多文化共生事業", WHO, "計67回 約3,000人"),
        (64, "多文化共生事業", R2, "0"),
        (65, "多文化共生事業", R2, "791"),
        (65, "多文化共生事業", R3, "752"),
        (67, "多文化共生事業", R2, "106"),
        (67, "多文化共生事業", R3, "105"),
        (88, "東アジア向け輸出体制整備・検討", R2, "2,485"),
        (88, "東アジア向け輸出体制整備・検討", STATUS, "廃止"),
        (95, "青果物輸出促進事業", R2, "3,823"),
        (96, "県産牛輸出V字回復促進", STATUS, "新規"),
        (96, "県産牛輸出V字回復促進", R3, "2,875"),
        (97, "国際食品見本市出展", R2, "10,837"),
        (97, "国際食品見本市出展", STATUS, "廃止"),
        (97, "国際食品見本市出展", R3, "—"),
        (100, "北関東3県連携を活用した県産農畜産物等PR", R2, "3,164"),
        (100, "北関東3県連携を活用した県産農畜産物等PR", R3, "6,293"),
        (107, "外国人材適正活用支援", SECTION, "労働政策課"),
        (107, "外国人材適正活用支援", R2, "461"),
        (107, "外国人材適正活用支援", R3_WHAT, "コロナ影響により事業化見送 情報収集業務のみ"),
        (107, "外国人材適正活用支援", R3, "135"),
        (108, "外国人材定着支援", WHO, "参加者18名"),
        (108, "外国人材定着支援", R3, "879"),
        (114, "群馬・埼玉・新潟三県による空港を活用した相互観光の促進", R2, "1,335"),
        (117, "北陸新幹線沿線地域広域連携", WHO, "- 8社 -"),
        (117, "北陸新幹線沿線地域広域連携", R2, "1,795"),
        (118, "関東観光広域連携協議会", WHEN, "- 12月"),
        (118, "関東観光広域連携協議会", WHO, "- 4校7名"),
        (118, "関東観光広域連携協議会", R2, "2,100"),
        (118, "関東観光広域連携協議会", R3, "2,100"),
        (119, "首都圏連携", R2, "600"),
        (120, "新潟県連携", WHO, "2社2名"),
        (120, "新潟県連携", R2, "500"),
        (127, "観光情報収集・発信", R2, "75,000"),
        (127, "観光情報収集・発信", R3, "65,821"),
    ],
)
def test_budget_cell(budget: dict[int, Row], line_number: int, name: str, column: int, text: str | None) -> None:
    row = budget[line_number]
    assert tidy(row.cells[NAME].text or "") == name
    assert row.cells[column].text == text


def test_statuses_and_amounts_of_every_budget_row_are_in_their_columns(budget: dict[int, Row]) -> None:
    assert {row.cells[STATUS].text for row in budget.values()} == {"継続", "新規", "廃止", "終了", "-", "", None}
    for line_number, row in budget.items():
        for column in (R2, R3):
            text = row.cells[column].text
            # Line 14 prints words for its budget, read by eye: 一般融資枠20億円の範囲で対応.
            assert text in (None, "", "-", "—") or text[0].isdigit() or line_number == 14, row


@pytest.mark.parametrize("line_number", [55, 56, 57, 58, 59, 60])
def test_police_divisions_are_not_under_the_board_of_education_unsaid(budget: dict[int, Row], line_number: int) -> None:
    cell = budget[line_number].cells[DEPARTMENT]
    assert (cell.text, cell.origin) == ("警察本部", Origin.INFERRED)
    assert cell.reason is not None
    assert "教育委員会" in cell.reason


@pytest.mark.parametrize(
    ("line_number", "department", "section"),
    [
        (10, "知事戦略部", "地域外交課"),
        (29, "総務部", "人事課"),
        (54, "教育委員会", "義務教育課"),
        (67, "警察本部", "各警察署"),
        (95, "農政部", "ぐんまブランド推進課"),
        (107, "産業経済部", "労働政策課"),
        (108, "産業経済部", "労働政策課"),
    ],
)
def test_budget_groups_are_filled(budget: dict[int, Row], line_number: int, department: str, section: str) -> None:
    cells = budget[line_number].cells
    assert (cells[DEPARTMENT].text, cells[SECTION].text) == (department, section)
    assert cells[DEPARTMENT].origin is Origin.FILLED


def test_budget_rows_stand_under_their_headings(budget: dict[int, Row]) -> None:
    assert budget[9].section == ("1 人づくり", "1-1「世界に通用する人材・グローバル化を支える次世代の育成」")
    assert budget[67].section == ("2 地域づくり", "2-2「多文化共生を踏まえた地域社会整備」")
    assert budget[127].section == ("3 ブランドづくり", "3-4「海外への情報発信」")


# --- the tables of the shipped report, against the source read by eye ------------------------------------------------

REPORT = "gunma-chijisenryaku-r3"


@pytest.fixture(scope="module")
def report(documents: dict[str, Document]) -> dict[int, tuple[Table, Row]]:
    document = documents[REPORT]
    return {document.place(row.span).line_start: (table, row) for table in document.tables for row in table.rows}


@pytest.mark.parametrize(
    ("line_number", "label", "text", "unit"),
    [
        (46, "付議件数", "77件", None),
        (56, "金額", "5,501", "千円"),
        (199, "制作実績", "19", "本"),
        (243, "投稿数", "16,764", "件"),
        (249, "投稿数", "667", "件"),
        (256, "内容", "13,462", "人"),
        (318, "令和 3 年度", "10", "%"),
        (373, "事業費", "350", "千円"),
        (380, "事業費", "8,939", "千円"),
        (405, "事業費", "3,300", "千円"),
        (442, "事業費", "688", "千円"),
        (577, "構成員数", "21", "人"),
        (607, "有効期間別 5年", "1,428件", None),
        (607, "男女別 女", "2,052件", None),
    ],
)
def test_report_cell(
    report: dict[int, tuple[Table, Row]], line_number: int, label: str, text: str, unit: str | None
) -> None:
    table, row = report[line_number]
    cell = row.cells[labels(table).index(label)]
    assert (cell.text, cell.unit) == (text, unit)


def test_report_periods_over_two_lines_are_joined(report: dict[int, tuple[Table, Row]]) -> None:
    table, row = report[249]
    assert row.cells[labels(table).index("期間")].text == "令和4年2月10日\n～3月10日"


def test_report_publications_are_filled_down(report: dict[int, tuple[Table, Row]]) -> None:
    _, row = report[368]
    assert [(tidy(cell.text or ""), cell.origin) for cell in row.cells[:2]] == [
        ("刊行物", Origin.FILLED),
        ("ぐんま広報", Origin.FILLED),
    ]
    assert row.cells[2].text == "585,000"


def test_report_row_on_a_page_of_its_own_joins_the_table_before(report: dict[int, tuple[Table, Row]]) -> None:
    assert report[446][0] is report[440][0]
    assert labels(report[446][0]) == ["区分", "事業内容", "実証成果", "事業費"]
