"""本年度 and 前年度 are told from the year that headings give, where a document has tables of several years."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl import Workbook

from index import Store, build, open_store
from qa.framing import table_frame
from qa.pipeline import answer
from qa.told_years import told_year, years_told

Indexed = Callable[[dict[str, str]], Store]
_FIGURES = {8: (("町税", 560, 500), ("寄附金", 390, 400), ("諸収入", 50, 45)),
            7: (("町税", 500, 480), ("寄附金", 400, 390), ("諸収入", 45, 44))}  # fmt: skip


def _table(year: int) -> str:
    rows = "".join(f"| {name} | {now} | {before} | {now - before} |\n" for name, now, before in _FIGURES[year])
    return f"| 款 | 本年度予算額(千円) | 前年度予算額(千円) | 比較(千円) |\n|---|---|---|---|\n{rows}"


BOTH = f"# 朝霧町の予算\n\n## 令和8年度 一般会計予算\n\n{_table(8)}\n## 令和7年度 一般会計予算\n\n{_table(7)}\n"
ONE = f"# 朝霧町の予算\n\n## 令和8年度 一般会計予算\n\n{_table(8)}\n"


@pytest.fixture(scope="module")
def both(indexed: Indexed) -> Store:
    return indexed({"asagiri.md": BOTH})


def test_the_tables_of_two_years_are_two_frames_that_count_from_their_own(both: Store) -> None:
    document = both.documents["asagiri"]
    assert years_told(document) == (2026, 2025)
    frames = [table_frame(document, n) for n in range(2)]
    assert [[c.years for c in frame.columns if c.years] for frame in frames] == [
        [(2026,), (2025,)], [(2025,), (2024,)],
    ]  # fmt: skip


def test_one_year_alone_tells_nothing_apart(indexed: Indexed) -> None:
    document = indexed({"asagiri.md": ONE}).documents["asagiri"]
    assert years_told(document) == (None,)


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("令和8年度の町税の予算額はいくらですか", "560", "480"),
        ("令和7年度の町税の予算額はいくらですか", "500", "560"),
        ("令和6年度の町税の予算額はいくらですか", "480", "560"),
        ("令和7年度の町税は前年度と比べていくら増減しましたか", "20千円", "60"),
        ("令和8年度の町税は前年度と比べていくら増減しましたか", "60千円", "20千円"),
    ],
)
def test_each_year_is_answered_from_its_own_table(both: Store, question: str, said: str, not_said: str) -> None:
    given = answer(question, both)
    assert given.answered, given.answer
    assert said in given.answer
    assert not_said not in given.answer
    assert "の表では、" in given.answer


def test_a_year_that_no_table_gives_is_refused(both: Store) -> None:
    assert not answer("令和4年度の町税の予算額はいくらですか", both).answered


SIDES = "# 令和8年度 朝霧町 歳入歳出予算の総括\n\n" + "".join(
    f"（{side}）\n\n| 款 | 本年度予算額(千円) | 前年度予算額(千円) | 比較(千円) |\n|---|---|---|---|\n"
    + "".join(f"| {name} | {now} | {before} | {now - before} |\n" for name, now, before in rows)
    + "\n"
    for side, rows in (
        ("歳入", (("町税", 560, 500), ("寄附金", 390, 400), ("諸収入", 50, 60))),
        ("歳出", (("民生費", 640, 600), ("土木費", 310, 320), ("予備費", 50, 40))),
    )
)


@pytest.mark.parametrize(
    ("question", "said"), [("令和8年度の歳出で前年度より減った款はいくつありますか", "1件"), ("歳入で前年度より減った款はいくつありますか", "2件")]
)  # fmt: skip
def test_a_caption_tells_which_rows_though_the_title_says_the_word_too(
    indexed: Indexed, question: str, said: str
) -> None:
    given = answer(question, indexed({"asagiri.md": SIDES}))
    assert said in given.answer


SETTLED = "# 朝霧町の財政\n\n" + "".join(
    f"## 令和{year}年度決算の状況\n\n| 科目 | 決算額(千円) | 構成比(%) |\n|---|---|---|\n"
    + "".join(f"| {name} | {amount} | {share} |\n" for name, amount, share in rows)
    + "\n"
    for year, rows in (
        (5, (("町税", 510, 51), ("町債", 300, 30), ("寄附金", 190, 19))),
        (4, (("町税", 480, 48), ("町債", 320, 32), ("寄附金", 200, 20))),
    )
)


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("令和5年度の町税の決算額は", "510千円", "480"),
        ("令和4年度の町税の決算額は", "480千円", "510"),
        ("令和5年度の町税と町債の合計は", "810千円", "480"),
        ("令和4年度で最も決算額が大きい科目は", "480千円", "510"),
        ("令和5年度の科目はいくつありますか", "3件", "6件"),
        ("町税の決算額は令和4年度から令和5年度でいくら増えましたか", "30千円", ""),
    ],
)
def test_headings_that_name_a_year_each_tell_the_rows_below_apart(
    indexed: Indexed, question: str, said: str, not_said: str
) -> None:
    given = answer(question, indexed({"asagiri.md": SETTLED}))
    assert said in given.answer
    assert not not_said or not_said not in given.answer


@pytest.mark.parametrize(
    ("headings", "year"),
    [
        (("朝霧町の財政", "令和5年度決算の状況"), 2023),
        (("1 令和5年度の事業", "(2) 観光振興"), 2023),
        (("決算の状況（令和4年度）",), 2022),
        (("令和5年度", "2 令和4年度からの取組"), 2023),
        (("4-4 店舗改修の補助（令和6年度で終了）",), None),
        (("令和4年度と令和5年度の比較",), None),
        (("平成30年7月豪雨への対応",), None),
    ],
)
def test_a_heading_is_of_the_year_it_begins_with(headings: tuple[str, ...], year: int | None) -> None:
    assert told_year(headings) == year


TOLD = """朝霧町の一年

1 令和5年度の事業

(1) 子育て支援

決算額 5,000千円

窓口で相談を受け、講座を12回開いた。

(2) 観光振興

決算額 8,000千円

町の祭りを駅前で開いた。

2 令和4年度の事業

(1) 子育て支援

決算額 4,500千円

講座を10回開いた。

(2) 観光振興

決算額 7,000千円

祭りは中止した。
"""


@pytest.fixture(scope="module")
def told(indexed: Indexed) -> Store:
    return indexed({"asagiri.txt": TOLD})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("令和5年度の子育て支援の決算額は", "5,000千円"),
        ("令和4年度の子育て支援の決算額は", "4,500千円"),
        ("令和4年度に講座は何回開かれましたか", "10回"),
        ("令和5年度に講座は何回開かれましたか", "12回"),
    ],
)
def test_figures_and_sentences_are_of_the_year_of_their_heading(told: Store, question: str, said: str) -> None:
    assert said in answer(question, told).answer


def test_what_is_told_of_another_year_is_no_answer(told: Store) -> None:
    assert "中止した" not in answer("令和5年度の祭りは中止されましたか", told).answer


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Store:
    book = Workbook()
    for number, (year, rows) in enumerate({
        "令和5年度": (("市民税", 510, 48), ("固定資産税", 700, 66)), "令和4年度": (("市民税", 480, 47), ("固定資産税", 690, 64)),
    }.items()):  # fmt: skip
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = year
        for row in (("税目", "調定額（百万円）", "未収額（百万円）"), *rows):
            sheet.append(row)
    folder = tmp_path_factory.mktemp("sheets")
    (folder / "corpus").mkdir()
    book.save(folder / "corpus" / "asagiri_shizei.xlsx")
    build(folder / "corpus", folder / "index", workers=1)
    return open_store(folder / "index")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("令和5年度の市民税の調定額は", "510百万円"),
        ("令和4年度の市民税の調定額は", "480百万円"),
        ("令和4年度の未収額の合計は", "111百万円"),
        ("固定資産税の調定額は令和4年度から令和5年度でいくら増えましたか", "10百万円"),
    ],
)
def test_sheets_that_are_called_by_years_are_of_those_years(sheets: Store, question: str, said: str) -> None:
    assert said in answer(question, sheets).answer


def test_a_year_that_no_sheet_is_of_is_refused(sheets: Store) -> None:
    assert not answer("令和3年度の市民税の調定額は", sheets).answered


CENSUS = """市町村名,人口総数,男,女,世帯数,調査年
朝霧町,12000,5900,6100,4500,令和2年
夕凪市,45000,22000,23000,18000,令和2年
朝霧町,11500,5650,5850,4520,令和7年
夕凪市,44100,21500,22600,18300,令和7年
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("朝霧町の令和7年の人口は", "11,500"),
        ("朝霧町の令和2年の人口は", "12,000"),
        ("夕凪市の人口は令和2年から令和7年で何人減りましたか", "900"),
        ("令和7年の人口の合計は", "55,600"),
    ],
)
def test_a_year_behind_the_figures_tells_the_rows_of_one_name_apart(indexed: Indexed, question: str, said: str) -> None:
    assert said in answer(question, indexed({"kokusei_chosa.csv": CENSUS})).answer
