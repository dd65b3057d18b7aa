"""What budget books and settlement reports ask of a reader: charts below tables, two things asked at once, one fund and not the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.several import cuts

REPORT = """# みなと市決算報告

## 1 基金

財政調整基金から9億5,000万円、都市施設整備基金から2億円を繰り入れます。この結果、財政調整基金の令和6年度末残高は21億6,400万円となる見込みです。

## 2 健全化判断比率

| 指標 | 令和6年度 | 令和5年度 | 早期健全化基準 |
|---|---|---|---|
| 実質公債費比率 | 13.2% | 13.8% | 25.0% |
| 将来負担比率 | 72.5% | 85.1% | 350.0% |

経常収支比率は93.6%で、前年度に比べ1.2ポイント改善しました。これは、地方交付税の増により経常一般財源が増加したことによるものです。

## 3 新設した科目

多文化子育て支援費は、令和6年度に新設した。市内の外国籍住民が令和5年12月末で3,562人となり、就学前の日本語支援の需要が高まったためである。

## 4 検定料の補助

英検受験費の補助は、市内中学校に在籍する全ての生徒を対象に、1人年1回、検定料の2分の1を補助するものであります。
"""
ACCOUNTS = """# みなと市予算の概要

## 会計別予算額

| 会計 | 令和6年度 | 令和5年度 | 増減額 |
|---|---|---|---|
| 一般会計 | 22,640 | 20,740 | 1,900 |
| 国民健康保険 | 5,130 | 5,420 | △290 |
| 介護保険 | 4,735 | 4,805 | △70 |

## 歳出（目的別）

| 区分 | 計 | 備考 |
|---|---|---|
| 教育費 | 30,000 | |
| 商工費 | 41,000 | |
| 歳出合計 | 71,000 | |

## 歳出（性質別）

| 区分 | 計 | 備考 |
|---|---|---|
| 扶助費 | 40,000 | 義務的経費 |
| 物件費 | 31,000 | |

## 基金

※財源調整用基金は、財政調整積立基金、退職手当基金、減債基金の合計です。
"""
CHART = """区分\t令和7年度予算額\t構成比\t令和6年度予算額\t増減額
(単位：千円)
人件費\t3,372,600\t21.0\t3,298,400\t74,200
扶助費\t2,353,700\t14.7\t2,116,600\t237,100

7 市債残高の推移
(単位：億円)
令和4年度末\t194.8
令和5年度末\t189.6
"""


@pytest.fixture
def report(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_r6_kessan.md": REPORT})


@pytest.fixture
def accounts(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_r6_yosan.md": ACCOUNTS})


def test_one_fund_is_not_the_other(report: Store) -> None:
    assert not answer("都市施設整備基金の令和6年度末残高の見込みはいくらですか。", report).answered
    assert "21億6,400万円" in answer("財政調整基金の令和6年度末残高の見込みはいくらですか。", report).answer


@pytest.mark.parametrize("question", ["みなと市 令和6年度 将来負担比率", "令和6年度の将来負担比率は"])
def test_a_bare_name_asks_for_what_stands_under_its_year(report: Store, question: str) -> None:
    given = answer(question, report)
    assert [v.value for v in given.values] == [72.5]


def test_how_far_and_why(report: Store) -> None:
    given = answer("経常収支比率はどれだけ改善し、その要因は何ですか。", report)
    assert "1.2ポイント" in given.answer
    assert "地方交付税" in given.answer


def test_when_and_why(report: Store) -> None:
    given = answer("多文化子育て支援費は、いつ、どのような理由で新設されましたか。", report)
    assert "令和6年度" in given.answer
    assert "日本語支援" in given.answer


def test_whom_it_is_for_is_a_group(report: Store) -> None:
    given = answer("英検の受験費の補助は、誰を対象に、どれだけ補助するのですか。", report)
    assert "生徒" in given.answer
    assert "2分の1" in given.answer


def test_the_accounts_that_shrank(accounts: Store) -> None:
    given = answer("令和5年度より予算額が減った会計をすべて挙げてください。", accounts)
    assert {v.text for v in given.values} == {"国民健康保険", "介護保険"}


def test_whose_total_it_is(accounts: Store) -> None:
    given = answer("財源調整用基金は、どの基金の合計ですか。", accounts)
    assert "退職手当基金" in given.answer


def test_a_part_is_not_all(accounts: Store) -> None:
    given = answer("義務的経費の歳出の合計はいくらですか。", accounts)
    assert 71_000 not in [v.value for v in given.values]


def test_rows_in_another_unit_under_another_heading_go_on_with_no_table(indexed: Callable[..., Store]) -> None:
    store = indexed({"minato_r7_yosan.txt": CHART})
    given = answer("令和5年度末の市債残高はいくらですか。", store)
    assert [(v.value, v.unit) for v in given.values] == [(189.6, "億円")]


def test_two_questions_of_one_thing_are_both_answered(indexed: Callable[..., Store]) -> None:
    store = indexed({
        "kai.csv": "会の名称,構成員数（人）,主な活動\n北浜会,103,移住者の親睦と生活の援護\n南浜会,57,祭りの運営\n",
        "koho.md": "# 広報\n\n| 媒体 | 友だち数 |\n|---|---|\n| みなとLINE | 7,378人 |\n",
    })  # fmt: skip
    given = answer("北浜会は何人で、どんな活動をしていますか。", store)
    assert "103人" in given.answer
    assert "親睦" in given.answer


def test_since_a_year_up_to_the_last(indexed: Callable[..., Store]) -> None:
    store = indexed(
        {
            "minato_r3.md": "# みなと市 令和3年度実績報告\n\n## デザイン利用許諾\n\n許諾件数：令和3年度 991件（令和2年度 1,105件／令和元年度 1,317件）\n"
        }
    )
    given = answer("デザイン利用許諾の件数は令和2年度と比べて何件減りましたか。", store)
    assert [v.value for v in given.values] == [114]


def test_a_committee_names_nobody(indexed: Callable[..., Store]) -> None:
    store = indexed(
        {
            "gunma.md": "# 群馬県の実績\n\n## 大学法人の評価\n\n群馬県公立大学法人の中期計画等を審議するための評価委員会を開催した。\n"
        }
    )
    assert not answer("公立大学法人の評価委員会の委員は誰ですか。", store).answered


def test_the_office_and_the_section_in_charge(indexed: Callable[..., Store]) -> None:
    table = (
        "<table><tr><th rowspan=2>事業名</th><th colspan=2>担当</th></tr><tr><th>部</th><th>課</th></tr>"
        "<tr><td>動物園整備事業</td><td>まち</td><td>公園緑地</td></tr>"
        "<tr><td>保育所事業</td><td>子ども</td><td>保育</td></tr></table>"
    )
    given = answer("動物園整備事業の担当は", indexed({"minato.html": f"<h1>みなと市</h1>{table}"}))
    assert "まち" in given.answer
    assert "公園緑地" in given.answer


OPINION = """みなと市監査委員　決算審査意見書

第１　審査の期間

　　令和６年７月１日から令和６年８月１６日まで

第２　むすび

　　一般会計は、おおむね健全な財政運営がなされたものと認められる。

　　特に次の３点について、留意されるよう要望する。

　（１）収入未済額の縮減について

　　　市税の収入未済額は、前年度から減少しているが、市営住宅使用料については、滞納が長期化する傾向にある。連帯保証人への働きかけを含め、早期の対応に努められたい。

　（２）不用額について

　　　多額の不用額が生じている事業が見受けられた。

　（３）契約事務について

　　　適正な事務処理を徹底されたい。
"""


@pytest.fixture
def opinion(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_r5_shinsa.txt": OPINION})


@pytest.mark.parametrize(
    "question", ["むすびで留意するよう要望された3点をすべて挙げてください。", "監査委員が留意を求めた3点は何ですか。"]
)
def test_points_that_are_headings(opinion: Store, question: str) -> None:
    given = answer(question, opinion)
    assert all(point in given.answer for point in ("収入未済額", "不用額", "契約事務"))


def test_what_kind_of_thing_is_told_in_the_next_sentence(opinion: Store) -> None:
    given = answer("監査委員は、市営住宅使用料の滞納についてどのような対応を求めていますか。", opinion)
    assert "連帯保証人" in given.answer


def test_a_ratio_is_not_what_is_remarked_on_it(indexed: Callable[..., Store]) -> None:
    store = indexed({
        "card.csv": "指標,令和５年度,令和４年度,備考\n経常収支比率（%）,89.4,88.1,臨財債含む\n実質公債費比率（%）,10.7,11.2,早期健全化基準25.0\n"
    })  # fmt: skip
    given = answer("令和5年度の経常収支比率と実質公債費比率を答えてください。", store)
    assert "89.4" in given.answer
    assert "10.7" in given.answer
    assert "25.0" not in given.answer


def test_the_meeting_of_another_month(indexed: Callable[..., Store]) -> None:
    text = (
        "# 議会だより\n\n## 6月定例会の概要\n\n個人質問には18人（うち12人が一問一答方式を選択）が立ちました。\n\n"
        "## 12月定例会の概要\n\n市長が提案理由説明を行いました。\n"
    )
    given = answer("9月定例会の個人質問に立ったのは何人ですか。", indexed({"gikai.md": text}))
    assert not given.answered


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("学科試験はポルトガル語で受けられますか。", "はい"),
        ("学科試験はスペイン語でも受けられますか。", "いいえ"),
        ("学科試験はなんの言葉で受けられますか。", "ベトナム語"),
    ],
)
def test_whether_it_can_be_had_in_a_language(indexed: Callable[..., Store], question: str, says: str) -> None:
    store = indexed({
        "menkyo.csv": "事業名,担当課,事業内容\n免許の多言語化,免許課,3言語(英語、ポルトガル語、ベトナム語)による学科試験の実施\n交通安全教室,交通課,安全教室の開催\n"
    })  # fmt: skip
    assert says in answer(question, store).answer


def test_an_amount_left_as_it_was(indexed: Callable[..., Store]) -> None:
    store = indexed(
        {
            "yosan.csv": "事業名,令和2年度予算額（千円）,令和3年度予算額（千円）\n観光協議会,2100,2100\n港の祭り,700,560\n"
        }
    )
    assert answer("観光協議会の予算は令和3年度も据え置きですか。", store).answer.startswith("はい")
    assert answer("港の祭りの予算は令和3年度も据え置きですか。", store).answer.startswith("いいえ")


def test_a_note_below_a_table_is_no_title(indexed: Callable[..., Store]) -> None:
    store = indexed(
        {"minato_kikin.csv": '基金,残高（円）\n財政調整基金,"4,507"\n減債基金,978\n※端数が合わないことがある。,\n'}
    )
    assert not next(iter(store.documents.values())).title.startswith("※")


def test_a_sum_and_something_else(indexed: Callable[..., Store]) -> None:
    store = indexed({
        "yosan.csv": "事業名,令和3年度予算額（千円）\n台湾の催し,192\nベトナムの催し,\"1,089\"\n書道展,320\n",
        "jisseki.md": "# みなと市実績\n\n## 国際交流推進\n\n決算額 214,007千円\n\n市民の交流を進めた。\n",
    })  # fmt: skip
    given = answer(
        "台湾の催しとベトナムの催しの令和3年度予算を足した額と、国際交流推進の決算額をそれぞれ教えてください。", store
    )
    assert "1,281" in given.answer
    assert "214,007" in given.answer
    assert "192" in answer("台湾の催しの令和3年度予算いくら？ 前の年のはいらないです", store).answer


def test_a_table_of_the_fourth_is_not_the_fifths(indexed: Callable[..., Store]) -> None:
    text = (
        "# みなと市補正予算の概要\n\n## 令和4年度一般会計補正予算（第4号）\n\n### 歳入\n\n| 款 | 補正予算額（千円） |\n|---|---|\n"
        "| 繰入金 | 3,041 |\n| 市債 | 1,200 |\n\n## 令和3年度一般会計補正予算（第5号）\n\n### 歳入\n\n| 款 | 補正予算額（千円） |\n|---|---|\n"
        "| 繰入金 | 9,100 |\n| 市債 | 2,400 |\n"
    )
    store = indexed({"minato_hosei.md": text})
    assert not answer("令和4年度一般会計補正予算（第5号）の繰入金の補正額はいくらですか。", store).answered
    assert "3,041" in answer("令和4年度一般会計補正予算（第4号）の繰入金の補正額はいくらですか。", store).answer


def test_a_text_that_says_nothing_of_the_most(indexed: Callable[..., Store]) -> None:
    text = "# みなと市\n\n## 補正予算（第7号）\n\n歳入歳出予算は、予算現計額411億6,920万円から、歳入歳出それぞれ9億7,737万円を減額し、総額を401億9,183万円とするものです。\n"
    given = answer("補正予算（第7号）の歳入で、減額が最も大きいものは何で、いくらですか。", indexed({"hosei.md": text}))
    assert not given.answered


def test_what_is_said_of_the_last_of_a_kind_is_asked_of_each() -> None:
    found = [parts.questions for parts in cuts("北村と南村の普通税の収入済額の差はいくらですか。")]
    assert ("北村の普通税の収入済額は?", "南村の普通税の収入済額は?") in found


def test_how_much_and_by_how_many_percent_with_oku_between_the_digits(indexed: Callable[..., Store]) -> None:
    text = "# みなと市当初予算の概要\n\n## 平成30年度\n\n市税収入は、平成29年度の240億268万4,000円に対し、平成30年度は238億5,693万2,000円を計上。\n"
    given = answer(
        "市税収入は平成29年度と平成30年度でいくら、何パーセント増減しましたか。", indexed({"minato.md": text})
    )
    assert "1億4,575万2,000円" in given.answer
    assert "0.6%" in given.answer


def test_two_measures_of_one_total(indexed: Callable[..., Store]) -> None:
    store = indexed({
        "yosan.csv": "款,本年度予算額（千円）,前年度予算額（千円）\n水産費,700,720\n農林費,400,410\n農林水産業費 計,\"1,100\",\"1,130\"\n"
    })  # fmt: skip
    given = answer("農林水産業費の本年度予算額の計と前年度予算額の計を答えてください。", store)
    assert "1,100" in given.answer
    assert "1,130" in given.answer


def test_a_statement_of_both_sides_that_tells_one(indexed: Callable[..., Store]) -> None:
    head = "| 款 | 本年度予算額 | 前年度予算額 | 比較 |\n|---|---|---|---|\n"
    taken = (
        ("1 市税", 900, 850),
        ("2 地方譲与税", 245, 241),
        ("3 利子割交付金", 65, 48),
        ("4 地方特例交付金", 97, 471),
        ("5 地方交付税", 512, 490),
    )
    spent = (
        ("1 議会費", 231, 228),
        ("2 総務費", 379, 346),
        ("3 民生費", 1596, 1382),
        ("4 衛生費", 231, 640),
        ("5 労働費", 62, 64),
    )
    rows = [
        "".join(f"| {name} | {now} | {then} | {now - then} |\n" for name, now, then in side) for side in (taken, spent)
    ]
    text = f"# みなと市一般会計予算書\n\n歳入歳出予算事項別明細書 １ 総括 （歳入）\n\n{head}{rows[0]}\n（歳出）\n\n{head}{rows[1]}"
    given = answer(
        "令和7年度歳入で前年度からの減少額が最も大きい款はどれで、いくら減っていますか。",
        indexed({"minato_r7_yosan.md": text}),
    )
    assert "地方特例交付金" in given.answer
    assert "374" in given.answer
