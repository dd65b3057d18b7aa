"""One text read into labelled figures and rows of names, and what a question comes to over them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from index import Store
from qa.parts import dates, labelled, named, parts
from qa.parts_asked import wish
from qa.parts_reckon import chosen
from qa.prose_draft import prose_draft
from qa.retrieve import retrieve
from qa.types import Draft
from qa.understand import understand
from qa.verify import failures
from qa.within import answers_within
from qa.wording import quoted

Read = list[tuple[str, int, str | None, int | None]]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("教員 41人 保護者 38 (12校)", [("教員", 41, "人", None), ("保護者", 38, "人", None), ("", 12, "校", 1)]),
        ("来館者計90人（うち市内生62人）", [("来館者", 90, "人", None), ("市内生", 62, "人", 0)]),
        ("再生回数 前編:310回 後編:95回", [("前編", 310, "回", None), ("後編", 95, "回", None)]),
        (
            "利用者 300人 (内訳) 窓口 180 電話 120",
            [("利用者", 300, "人", None), ("窓口", 180, "人", 0), ("電話", 120, "人", 0)],
        ),
        ("色：赤、青、白 数量：各 500 個", [("数量", 500, "個", None)]),
        ("会場の準備を行う。 3日間 北館 2日間 南館", [("北館", 3, "日間", None), ("南館", 2, "日間", None)]),
        (
            "・朗読会 参加者12人 ・ものづくり教室(全3回)参加者9人",
            [
                ("朗読会 参加者", 12, "人", None),
                ("ものづくり教室", 3, "回", None),
                ("ものづくり教室 参加者", 9, "人", None),
            ],
        ),
        ("第3回 講座(2回) 45人", [("第3回 講座", 2, "回", None), ("第3回 講座", 45, "人", None)]),
    ],
)
def test_figures_have_their_labels_units_and_wholes(text: str, read: Read) -> None:
    assert [(p.label, int(p.value), p.unit, p.inside) for p in parts(text)] == read


def test_what_the_first_label_says_of_all_is_the_head_and_dates_are_no_figures() -> None:
    found = parts("読書会 R4.5.3～5 61名 R4.11.19～20 84名")
    assert [(p.head, p.label, p.when, int(p.value)) for p in found] == [
        ("読書会", "", "R4.5.3~5", 61), ("読書会", "", "R4.11.19~20", 84),
    ]  # fmt: skip


def test_dates_have_their_labels_and_ranges_stay_whole() -> None:
    found = dates("①登録講座 R4.5.9、 5.16 ②研修 R4.6.1～6.3")
    assert [(p.label, p.text.strip(), p.mark) for p in found] == [
        ("登録講座", "R4.5.9、 5.16", "①"), ("研修", "R4.6.1~6.3", "②"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("東部・・・港町、浜町 西部・・・山手", [("東部", ("港町", "浜町")), ("西部", ("山手",))]),
        ("北浜市（ラオス、タイ） 南山市（ペルー）", [("北浜市", ("ラオス", "タイ")), ("南山市", ("ペルー",))]),
        ("・3協力店 (喫茶丸山、松風堂、青柳)", [("協力店", ("喫茶丸山", "松風堂", "青柳"))]),
    ],
)
def test_names_in_a_row_have_their_label(text: str, rows: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(one.label, one.names) for one in named(text)] == rows


@pytest.mark.parametrize(
    ("question", "text", "shown", "calculation"),
    [
        ("研修に出た保護者は何人ですか", "教員 41人 保護者 38 (12校)", "38人", None),
        ("教員と保護者は合わせて何人ですか", "教員 41人 保護者 38 (12校)", "79人", "41 + 38 = 79 (人)"),
        ("朗読会とものづくり教室の参加者は合わせて何人ですか", "・朗読会 参加者12人 ・ものづくり教室(全3回)参加者9人", "21人", "12 + 9 = 21 (人)"),
        ("3地区の参加者の合計は何人ですか", "東 50人 西 44 南 47", "141人", "50 + 44 + 47 = 141 (人)"),
        ("3地区の参加者の合計は何人ですか", "東 50人 西 30 南 20", "100人", "50 + 30 + 20 = 100 (人)"),  # by chance 50 = 30 + 20
        ("参加者は合計で何人ですか", "東 50人 西 44 南 47", "141人", "50 + 44 + 47 = 141 (人)"),
        ("3地区の参加者の平均は何人ですか", "東 50人 西 44 南 48", "47.3人", "(50 + 44 + 48) ÷ 3 ≒ 47.3 (人)"),
        ("来館者のうち市外は何人ですか", "来館者計90人（うち市内生62人）", "28人", "90 − 62 = 28 (人)"),
        ("給食の寄附は1件あたり平均いくらですか", "（寄附：40件、1,000,000円）", "25,000円", "1,000,000 ÷ 40 = 25,000 (円)"),
        ("申請件数は令和2年から令和3年で何件減りましたか", "申請件数 令和3年：47件、令和2年：90件", "43件", "47 − 90 = −43 (件)"),
        ("小学校と中学校はそれぞれ何校ですか", "小学校12校、中学校5校", "12校、5校", None),
        ("電話が占める割合は何%ですか", "相談 200件（電話:150件、窓口:50件）", "75%", "150 ÷ 200 × 100 = 75 (%)"),
        ("旗は3色合わせて何枚作られましたか", "色：赤、青、白 数量：各 500 枚", "1,500枚", "500 + 500 + 500 = 1,500 (枚)"),
        ("東部の町はいくつですか", "東部・・・港町、浜町、北町 西部・・・山手、丘町", "3つ", "港町、浜町、北町 → 3 (つ)"),
        ("選手団を受け入れた市は何市ですか", "北浜市（ラオス、タイ） 南山市（ペルー）", "2市", "北浜市、南山市 → 2 (市)"),
    ],
)  # fmt: skip
def test_what_a_question_comes_to(question: str, text: str, shown: str, calculation: str | None) -> None:
    asked = wish(understand(question))
    assert asked is not None
    found = chosen(asked, parts(text), named(text), "")
    assert (shown, calculation) in [(one.shown, one.calculation) for one in found]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("4地区の参加者の合計は何人ですか", "東 50人 西 44 南 47"),  # there are three
        ("来館者のうち市外は何人ですか", "来館者90人、市内の団体62人"),  # nothing says that one is in the other
        ("来館者のうち市外は何人ですか", "来館者90人（市内の団体62人）"),
        ("1校あたりの寄附はいくらですか", "（寄附：40件、1,000,000円）"),
        ("教員と保護者は合わせて何人ですか", "教員 41人 保護者 38回"),
        ("参加者の合計は何人ですか", "来館者計90人（うち市内生62人）"),
        ("東部の町はいくつですか", "東部・・・港町、浜町など 西部・・・山手、丘町"),  # the row is left open
    ],
)
def test_nothing_is_made_up(question: str, text: str) -> None:
    asked = wish(understand(question))
    assert asked is not None
    assert not [o for o in chosen(asked, parts(text), named(text), "") if o.kind != "value"]


def test_one_figure_is_half_an_answer_to_two_questions() -> None:
    asked = wish(understand("催しは何回で、うち北館は何回ですか"))
    assert asked is None or "value" not in asked.acts


def test_a_word_of_another_part_is_explained_by_nothing() -> None:
    asked = wish(understand("保護者の参加は何人ですか"))
    assert asked is not None
    (one,) = chosen(asked, parts("教員 41人 保護者 38人"), (), "")
    assert (one.value, {t.surface for t in one.named}) == (Decimal(38), {"保護"})
    assert not one.strange


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("①20人 ②19人", "(1)20人 (2)19人"),
        ("東部 3団体\n西部 44", "東部 3団体 / 西部 44"),
        ("合計 50人\n(前年 44人)", "合計 50人 (前年 44人)"),
        ("令和3年8月14日\nから開催", "令和3年8月14日から開催"),
        ("受付\n件数", "受付件数"),
    ],
)
def test_quoted_figures_do_not_run_together(printed: str, shown: str) -> None:
    assert quoted(printed) == shown


REPORT = """# 市民窓口の実績

## 1 証明書

住民票の申請数及び交付数は前年より減少した。

- 証明申請件数 令和3年：470件、令和2年：655件
- 証明交付件数 令和3年：455件、令和2年：690件
"""

TABLE = """みなと町 国際交流事業一覧

部局\t事業名\t事業内容\t期間\t参加者\t予算額(千円)
企画課\t多言語支援事業\t多言語での暮らしの支援。 ①通訳者の登録講座 ②やさしい日本語の研修 ③相談窓口団体への助成\t①R4.5 ②R4.9 ③通年\t①31人 ②27人 ③4団体\t820
企画課\t姉妹都市交流\t姉妹都市の中学生を迎える\tR4.7\t受入校 浜中 24人 山中 18\t640
企画課\t国際理解教室\t小学校で文化を伝える\tR4.10\t参加者計52人 （うち町内生33人）\t310
"""


@pytest.fixture(scope="module")
def port(indexed: Callable[..., Store]) -> Store:
    """A small town's table whose cells hold several figures."""
    return indexed({"minato-kokusai.txt": TABLE, "madoguchi.md": REPORT})


def _best(port: Store, question: str) -> Draft:
    asked = understand(question)
    found = answers_within(port, asked, retrieve(port, asked))
    draft = prose_draft(port, found[0])
    assert failures(port, draft) == ()
    return draft


@pytest.mark.parametrize(
    ("question", "says", "kind"),
    [
        ("多言語支援事業で、やさしい日本語の研修の参加者は何人ですか", "27人", "value"),
        ("多言語支援事業で助成した相談窓口団体はいくつですか", "4団体", "value"),
        ("多言語支援事業の研修が行われた日付は", "R4.9", "value"),
        ("姉妹都市交流で受け入れた山中の生徒は何人ですか", "山中は18人", "value"),
        ("姉妹都市交流の浜中と山中の参加者は合わせて何人ですか", "合計は42人", "sum"),
        ("国際理解教室の参加者のうち町外は何人ですか", "残りは19人", "difference"),
    ],
)
def test_cells_answer_through_their_parts_and_pass_the_gate(port: Store, question: str, says: str, kind: str) -> None:
    draft = _best(port, question)
    assert says in draft.text
    assert draft.kind == kind


@pytest.mark.parametrize(("word", "shown", "other"), [("申請", "185件", "235件"), ("交付", "235件", "185件")])
def test_a_line_is_not_about_what_the_line_beside_it_says(port: Store, word: str, shown: str, other: str) -> None:
    asked = understand(f"証明の{word}は令和2年から令和3年で何件減りましたか")
    found = answers_within(port, asked, retrieve(port, asked))
    assert shown in (found[0].text or "")
    (beside,) = [one for one in found if other in (one.text or "")]
    assert [a.term.surface for a in beside.accounts if a.strength == 0.0] == [word]


def test_marks_are_told_by_another_cell_of_the_row_and_both_are_cited(port: Store) -> None:
    draft = _best(port, "多言語支援事業で、やさしい日本語の研修の参加者は何人ですか")
    assert {c.column[-1] for c in draft.citations} == {"事業内容", "参加者"}


def test_figures_in_kanji_are_figures_and_names_are_names() -> None:
    told = labelled("意見は二十二件、予算額一億六千二百万円、キャラクター2体は三人童女と古墳様である。")
    assert [(p.value, p.unit) for p in told] == [(22, "件"), (162_000_000, "円"), (2, "体")]
