"""Questions about a report of one form for each project, and about a speech that names a matter once for several sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from tests.corpus.test_records import report_text, sheets_page

SPEECH = """令和6年第1回定例会 町長提案説明

次に、特別会計の主なものについて説明申し上げます。

国民健康保険事業につきましては、制度の改正に伴い、科目の変更がありました。

歳出では、保険給付費が2.8%減の1億465万円となるほか、県への納付金を3,274万円計上いたしました。

歳入では、保険料を1,447万円と見込み、予算規模としては、5.5%減の1億4,086万円となりました。

水道事業につきましては、老朽管の更新を進めます。

以上の結果、令和6年度の財政規模は、一般会計では55億1,355万円となりました。

次に、議案第15号の令和5年度補正予算について説明を申し上げます。

除雪費を追加いたしました。

以上の結果、一般会計における補正額は1,894万円の増となり、財政規模は57億3,553万円となりました。
"""


@pytest.fixture(scope="module")
def forms(indexed: Callable[..., Store]) -> Store:
    return indexed({"seika.txt": report_text()})


@pytest.fixture(scope="module")
def speech(indexed: Callable[..., Store]) -> Store:
    return indexed({"shiraho_r6_teian.txt": SPEECH})


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("子ども医療助成事業の決算額はいくらですか。", "69,670,835円"),
        ("一般財源が最も多い事業はどれで、いくらですか。", "44,349,835円"),
        ("決算額が1,000万円を超えている事業はいくつありますか。", "2件"),
        ("港めぐり事業で、決算額は予算額よりいくら少なかったですか。", "5,563,054円"),
    ],
)
def test_figures_of_forms_are_those_of_their_projects(asked: str, says: str, forms: Store) -> None:
    assert says in answer(asked, forms).answer


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("令和6年度の国民健康保険事業で、保険料はいくらと見込まれていますか。", "1,447万円"),
        ("令和6年度一般会計の財政規模はいくらですか。", "55億1,355万円"),
    ],
)
def test_a_matter_governs_the_sides_of_its_account_and_the_year(asked: str, says: str, speech: Store) -> None:
    assert says in answer(asked, speech).answer


def test_what_is_said_under_another_year_is_of_that_year(speech: Store) -> None:
    given = answer("令和5年度の補正予算で、一般会計の財政規模はいくらになりましたか。", speech)
    assert "55億1,355万円" not in given.answer


@pytest.fixture(scope="module")
def sheets(indexed: Callable[..., Store]) -> Store:
    return indexed({"hyoka.html": sheets_page()})


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("改革改善の方向性が「2 改革改善」とされている事業はいくつありますか。", "2件"),
        ("改革改善の方向性が「2 改革改善」とされている事業をすべて挙げてください。", "魚市場管理事業、空家対策事業"),
        ("空家対策事業の部課名は何ですか。", "住宅課"),
        ("魚市場管理事業の令和4年度の一般財源はいくらですか。", "54,739千円"),
    ],
)
def test_what_sheets_say_is_said_of_the_project_and_of_no_heading(asked: str, says: str, sheets: Store) -> None:
    given = answer(asked, sheets).answer
    assert says in given
    assert "2 評価" not in given
