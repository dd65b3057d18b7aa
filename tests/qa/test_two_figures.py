"""Two figures asked for at once, shares of what is told apart, and measures that rows tell one below another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import searchable
from index import Store
from qa import answer
from qa.figures_told import figures_told
from qa.nested_names import nested
from qa.retrieve import retrieve
from qa.several import cuts
from qa.tabular import frames_of
from qa.understand import understand

PROJECTS = """主要事業の一覧,,,,,,,
,,,,,,,（単位：千円）
部,課,事業名,内容,令和6年度予算額,令和7年度予算額,翌年度繰越額,区分
総務部,総務課,庁舎改修事業,外壁の改修,"48,600","31,200",0,継続
総務部,防災課,防災無線更新事業,子局48局の更新,"12,400","88,900","20,000",拡充
総務部　計,,,,"61,000","120,100","20,000",
産業部,商工課,商品券発行事業,"プレミアム率30%、25,000冊を発行",－,"96,800",0,新規
産業部,商工課,企業立地奨励金,固定資産税相当額,"54,300","48,700",0,継続
産業部,農政課,新規就農支援事業,資金の交付,－,"15,500","4,500",新規
産業部　計,,,,"54,300","161,000","4,500",
"""
TAXES = """市税の状況,,,,
,,,,（単位：千円）
税目,令和5年度 調定額,令和5年度 収入済額,令和6年度 調定額,令和6年度 収入済額
市民税,"5,029,188","4,985,079","4,860,790","4,826,688"
個人,"4,120,971","4,077,726","3,924,422","3,891,078"
法人,"908,217","907,353","936,368","935,610"
固定資産税,"5,373,303","5,266,669","5,335,930","5,235,514"
"""
TREND = """歳出決算額の推移,,,,,,
,,,,,（単位：千円、％）,
款,区分,平成,,令和,,
,,29年度,30年度,元年度,２年度,
議会費,決算額,"267,456","263,445","258,474","255,964",
,増減率,－,△ 1.5,△ 1.9,△ 1.0,
教育費,決算額,"3,139,774","4,292,588","4,398,755","5,938,319",
,増減率,－,36.7,2.5,35.0,
災害復旧費,決算額,"12,486","218,947","1,386,214","524,318",
,増減率,－,"1,653.5",533.1,△ 62.2,
"""


@pytest.fixture(scope="module")
def projects(indexed: Callable[..., Store]) -> Store:
    return indexed({"kitahama_r7_jigyo.csv": PROJECTS})


@pytest.fixture(scope="module")
def taxes(indexed: Callable[..., Store]) -> Store:
    return indexed({"kitahama_r6_shizei.csv": TAXES})


@pytest.fixture(scope="module")
def trend(indexed: Callable[..., Store]) -> Store:
    return indexed({"kitahama_saishutsu.csv": TREND})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("令和7年度の主要事業の一覧で、産業部の計の予算額はいくらですか。", ["161,000"]),
        ("総務部の令和7年度予算額はいくらですか。", ["120,100"]),
        ("企業立地奨励金の令和7年度予算額は、令和6年度予算額を上回っていますか。", ["いいえ", "54,300", "48,700"]),
        ("区分が新規の事業のうち令和7年度の予算額が最も大きい事業はどれですか。", ["商品券発行事業", "96,800"]),
        ("防災無線更新事業の令和6年度予算額と令和7年度予算額はそれぞれいくらですか。", ["12,400", "88,900"]),
        ("翌年度繰越額がある事業はいくつありますか。", ["2", "防災無線更新事業", "新規就農支援事業"]),
        ("新規就農支援事業の翌年度繰越額はいくらですか。", ["4,500"]),
    ],
)
def test_the_projects_of_a_list(projects: Store, question: str, told: list[str]) -> None:
    given = answer(question, projects)
    assert given.answered
    assert all(one in searchable(given.answer) for one in told), given.answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("令和6年度の個人市民税の収入済額はいくらですか。", "3,891,078"),
        ("法人市民税の令和6年度の調定額は？", "936,368"),
        ("個人市民税の収入済額は、令和6年度は令和5年度と比べていくら増減しましたか。", "186,648"),
    ],
)
def test_a_part_is_called_with_its_whole(taxes: Store, question: str, told: str) -> None:
    assert told in answer(question, taxes).answer


def test_parts_are_known_by_their_sums(taxes: Store) -> None:
    question = understand("個人市民税の収入済額は？")
    (frame,) = frames_of(taxes, retrieve(taxes, question))
    assert [frame.name(row) for row in nested(frame)["個人市民税"]] == ["個人"]
    assert "固定資産税市民税" not in nested(frame)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("令和2年度の教育費はいくらですか。", "5,938,319"),
        ("教育費は、令和2年度は令和元年度と比べていくら増えましたか。", "1,539,564"),
        ("令和2年度の教育費の対前年度増減率は何％ですか。", "35"),
        ("平成29年度から令和2年度までで、災害復旧費が最も多かったのは何年度で、いくらですか。", "1,386,214"),
        ("議会費の平成30年度から令和2年度までの3年間の合計はいくらですか。", "777,883"),
    ],
)
def test_rows_tell_several_measures(trend: Store, question: str, told: str) -> None:
    assert told in answer(question, trend).answer


@pytest.mark.parametrize(
    ("question", "over", "under"),
    [
        ("市税の決算額に占める個人市民税の割合は何％ですか。", "個人市民税の決算額は?", "市税の決算額は?"),
        ("補正額のうち、災害復旧費が占める割合は何％ですか。", "災害復旧費は?", "補正額は?"),
        ("市税は歳入のどのくらいの割合を占める見込みですか。", "市税は?", "歳入は?"),
    ],
)
def test_a_share_is_two_figures(question: str, over: str, under: str) -> None:
    found = [parts for parts in cuts(question) if parts.how == "share"]
    assert (over, under) in [parts.questions for parts in found]


def test_the_year_before_a_year_is_named_in_a_part() -> None:
    asked = [
        question
        for parts in cuts("令和2年度の普通建設事業費は、前年度と比べていくら増減しましたか。")
        for question in parts.questions
    ]
    assert any("令和元年度" in question for question in asked)
    assert not any("前年度" in question for question in asked)


def test_the_figure_and_its_change_are_asked_one_by_one() -> None:
    first = next(cuts("町債はいくらで、前年度と比べていくら減りましたか。"))
    assert first.questions == ("町債はいくら?", "町債は前年度と比べていくら減りましたか。")


def test_numbers_of_laws_are_no_figures() -> None:
    text = "第4条 地方自治法第235条の3第2項の規定による一時借入金の最高額は、800,000千円と定める。"
    assert [q.value for q in figures_told(text)] == [800000]
    assert figures_told("地方自治法(昭和22年法律第67号)第214条の事項は、「第2表 債務負担行為」による。") == []


SPEECH = """山沢町 令和8年度 施政方針

町債につきましては、道の駅の整備が完了したことなどにより、30.8％、2億7,220万円減の6億1,230万円となりました。
なお、令和８年度末の一般会計の町債残高は、81億5,240万円と見込んでおります。
令和８年度の一般会計予算の総額は74億円となっており、令和７年度の当初予算と比較すると1億6,000万円、2.2％の増であります。
８月17日、納涼花火大会が行われ、河川敷で花火が打ち上げられました。
保育所運営費補助金の根拠は町の交付要綱であります。
"""


@pytest.fixture(scope="module")
def speech(indexed: Callable[..., Store]) -> Store:
    return indexed({"yamasawa_r8_shisei.txt": SPEECH})


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("令和8年度の町債はいくらですか。", "81億5,240万円と"),
        ("納涼花火大会で打ち上げられた花火は何発でしたか。", "はい"),
        ("令和8年度の一般会計予算の総額は、令和7年度と比べていくら増えましたか。", "72億4"),
    ],
)
def test_what_is_not_told_is_not_said(speech: Store, question: str, never: str) -> None:
    given = answer(question, speech)
    assert not given.answered or never not in given.answer or "6億1,230万円" in given.answer


BUDGET = """歳入歳出予算事項別明細書,,,
歳入,,,（単位：千円）
款,本年度予算額,前年度予算額,比較
町税,"2,067,920","2,101,480","△33,560"
繰入金,"610,200","120,000","490,200"
町債,"743,600","632,800","110,800"
歳入合計,"3,421,720","2,854,280","567,440"
,,,
歳出,,,（単位：千円）
款,本年度予算額,前年度予算額,比較
総務費,"1,118,234","902,977","215,257"
民生費,"1,691,793","1,398,462","293,331"
公債費,"611,693","552,841","58,852"
歳出合計,"3,421,720","2,854,280","567,440"
"""
COUNCIL = """○教育部長　学校給食センターにつきましては、新年度は基本計画の策定に1,340万円を計上いたしました。
ふるさと応援寄附金は、返礼品の見直しなどにより、1億420万4千円、19.4％の増となりました。
保育所運営費補助金の根拠は、町の交付要綱でございます。
"""


@pytest.fixture(scope="module")
def budget(indexed: Callable[..., Store]) -> Store:
    return indexed({"hagino_r6_yosan.csv": BUDGET})


@pytest.fixture(scope="module")
def council(indexed: Callable[..., Store]) -> Store:
    return indexed({"hagino_iinkai.txt": COUNCIL})


@pytest.mark.parametrize(("side", "most", "other"), [("歳出", "民生費", "繰入金"), ("歳入", "繰入金", "民生費")])
def test_one_side_of_an_account_is_meant(budget: Store, side: str, most: str, other: str) -> None:
    given = answer(f"{side}で、前年度からの増加額が最も大きい款はどれで、いくら増えていますか。", budget)
    assert other not in given.answer
    assert not given.answered or most in given.answer


@pytest.mark.parametrize(
    "question",
    [
        "学校給食センターの建設工事費はいくらですか。",
        "学校給食センターの総事業費はいくらですか。",
        "ふるさと応援寄附金の件数は何件ですか。",
        "保育所運営費補助金の交付額が最も多い保育所はどこですか。",
    ],
)
def test_what_is_told_of_something_else_is_no_answer(council: Store, question: str) -> None:
    assert not answer(question, council).answered
