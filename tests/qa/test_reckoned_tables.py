"""What is reckoned over tables as people ask for it: shares of the whole that is meant, ties, changes, one column against another."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from index import Store
from qa import answer

HALLS = """文化施設の一覧
部局,施設名,実施方法,令和5年度 事業費(千円),令和6年度 事業費(千円),令和6年度 稼働率(%)
市民部,みさき会館,直営,"4,000","5,000",61.5
市民部,港の資料館,委託,"2,000","1,000",48.0
小計,,,"6,000","6,000",
文化部,丘の上ホール,直営,"9,000","12,000",70.5
文化部,さざなみ劇場,共催,"3,000","2,000",48.0
小計,,,"12,000","14,000",
合計,,,"18,000","20,000",
"""
FUNDS = """基金の状況(単位:千円)
基金名,積立額,取崩額,残高
まちづくり基金,500,900,"7,000"
みらい基金,800,100,"3,000"
もしもの基金,300,300,"5,000"
計,"1,600","1,300","15,000"
"""
WATER = """会計別予算
会計名,令和6年度予算額(千円),令和7年度予算額(千円),増減額(千円)
下水道会計,"6,000","5,000","△1,000"
水道会計,"3,000","3,400",400
病院会計,"2,000","2,500",500
"""
VISITS = """年度,観光地,4月,5月,6月,7月,年度計
令和5年度,しろがね滝,10,20,30,40,100
令和5年度,こがね山,30,30,30,30,120
令和5年度,合計,40,50,60,70,220
令和6年度,しろがね滝,20,20,50,60,150
令和6年度,こがね山,30,20,20,40,110
令和6年度,合計,50,40,70,100,260
"""


RACE = """種目,定員,申込者,参加団体
ハーフ,500人,612人,21団体
10km,300人,288人,17団体
親子,80人,96人,9団体
"""


@pytest.fixture(scope="module")
def race(indexed: Callable[..., Store]) -> Store:
    return indexed({"marason.csv": RACE})


@pytest.fixture(scope="module")
def halls(indexed: Callable[..., Store]) -> Store:
    return indexed({"shisetsu.csv": HALLS})


@pytest.fixture(scope="module")
def funds(indexed: Callable[..., Store]) -> Store:
    return indexed({"kikin.csv": FUNDS})


@pytest.fixture(scope="module")
def water(indexed: Callable[..., Store]) -> Store:
    return indexed({"kaikei.csv": WATER})


@pytest.fixture(scope="module")
def visits(indexed: Callable[..., Store]) -> Store:
    return indexed({"kanko.csv": VISITS})


def said(asked: str, store: Store) -> str:
    found = answer(asked, store)
    return found.answer if found.answered else ""


@pytest.mark.parametrize(
    ("asked", "share"),
    [
        ("直営の施設の令和6年度事業費の合計に占めるみさき会館の割合は何%ですか", "29.4"),
        ("みさき会館の令和6年度の事業費は、市民部の施設の事業費の合計の何%を占めますか", "83.3"),
        ("みさき会館の令和6年度の事業費は全体の何%ですか", "25"),
        ("みさき会館は市民部が所管する施設の令和6年度の事業費の何パーセント?", "83.3"),
        ("文化部の施設の令和6年度の事業費は全体の何%ですか", "70"),
    ],
)
def test_a_share_is_of_the_whole_that_is_meant(asked: str, share: str, halls: Store) -> None:
    assert re.search(rf"(?<![0-9.]){re.escape(share)}%", said(asked, halls))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("みさき会館の令和6年度の稼働率は丘の上ホールより多いですか", "いいえ.*9ポイント"),
        ("丘の上ホールとみさき会館では令和6年度の稼働率にどれだけ差がありますか", "9ポイント"),
        ("令和6年度の稼働率が最も低い施設はどれですか", "次の2件です.*港の資料館.*さざなみ劇場"),
        ("令和6年度の事業費が一番多い実施方法が直営の施設は?", "丘の上ホール.*12,000千円"),
        ("みさき会館の実施方法は廃止ですか", "いいえ.*直営"),
        ("さざなみ劇場の実施方法は共催ですか", "はい.*共催"),
        ("みさき会館の令和6年度の事業費は1千万円を超えていますか", "いいえ.*5,000千円"),
        ("港の資料館の事業費は前年度より増えましたか", "いいえ.*1,000千円減りました"),
        ("みさき会館の令和6年度の事業費は令和5年度より多いですか", "はい.*1,000千円"),
        ("施設は何施設ありますか", "4施設"),
        ("実施方法が直営の施設はどれですか", "みさき会館、丘の上ホール"),
    ],
)
def test_it_is_told(asked: str, words: str, halls: Store) -> None:
    assert re.search(words, said(asked, halls))


@pytest.mark.parametrize(
    "asked",
    ["開催回数が一番多い施設は?", "利用者数の合計はいくらですか", "令和6年度の稼働率の合計に占めるみさき会館の割合は?"],
)
def test_figures_of_another_measure_are_not_reckoned_with(asked: str, halls: Store) -> None:
    assert not said(asked, halls)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("積立額が取崩額より多い基金はいくつありますか", "1件.*みらい基金"),
        ("取崩額が積立額を上回った基金はどれですか", "まちづくり基金"),
        ("まちづくり基金とみらい基金の残高の合計に占めるまちづくり基金の割合は?", "70%"),
    ],
)
def test_columns_and_rows_beside_one_another(asked: str, words: str, funds: Store) -> None:
    found = said(asked, funds)
    assert re.search(words, found)
    assert "もしもの基金" not in found


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("下水道会計と水道会計の令和7年度の予算額の差はいくら?", "1,600千円"),
        ("水道会計の令和7年度予算額はいくら?", "水道会計.*3,400千円"),
        ("下水道会計の予算は", "5,000千円"),
    ],
)
def test_a_name_inside_another_is_a_name_of_its_own(asked: str, words: str, water: Store) -> None:
    found = said(asked, water)
    assert re.search(words, found)
    assert "1,000千円" not in found


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("令和6年度にしろがね滝とこがね山はどちらが多い?", "しろがね滝.*150"),
        ("しろがね滝は令和6年度の全体の何%を占めますか", "57.7%"),
        ("しろがね滝は前の年と比べてどれだけ増えましたか", "50"),
        ("令和6年度のしろがね滝とこがね山を合わせるといくつ?", "260"),
    ],
)
def test_of_months_beside_their_total_the_total_is_meant(asked: str, words: str, visits: Store) -> None:
    assert re.search(words, said(asked, visits))


@pytest.mark.parametrize(
    ("asked", "words"),
    [("令和6年度のしろがね滝の入込客数は?", "150"), ("令和6年度の観光入込客数の合計は?", "260")],
)
def test_what_only_the_file_is_called_after_is_counted(asked: str, words: str, indexed: Callable[..., Store]) -> None:
    assert re.search(words, said(asked, indexed({"kanko_irikomi.csv": VISITS})))


@pytest.mark.parametrize("asked", ["令和6年度に一番少なかったのはどこ?", "令和6年度で一番多かったのはどこですか"])
def test_a_month_is_no_place(asked: str, visits: Store) -> None:
    assert not re.search(r"「[0-9]+月」", said(asked, visits))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("申込者数が定員を上回った種目は何種目ですか", "2.*ハーフ.*親子"),
        ("申込者数が定員を下回った種目はどれですか", "10km"),
        ("ハーフは何団体で定員は何人ですか", "(?=.*21団体).*500人"),
    ],
)
def test_headers_said_with_their_measure_and_several_kinds_at_once(asked: str, words: str, race: Store) -> None:
    assert re.search(words, said(asked, race))


GAS = """西暦,和暦,部門,排出量,前年度からの増加率
2010,平成22,家庭,120.0,-1.0
2010,平成22,運輸,210.5,2.0
2010,平成22,合計,330.5,0.9
2011,平成23,家庭,131.3,9.4
2011,平成23,運輸,216.7,3.1
2011,平成23,合計,348.0,5.3
"""
NURSERIES = """園名,2023年 定員(人),2023年 児童数(人)
全園,410,397
町立全園,150,142
潮見,90,86
西高松,60,56
私立全園,260,255
こばと,110,108
ひかり,150,147
"""


@pytest.fixture(scope="module")
def gas(indexed: Callable[..., Store]) -> Store:
    return indexed({"takamatsu_co2_haishutsuryo.csv": GAS})


@pytest.fixture(scope="module")
def nurseries(indexed: Callable[..., Store]) -> Store:
    return indexed({"takamatsu_hoikuen.csv": NURSERIES})


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("高松市の平成23年度の運輸部門の二酸化炭素排出量はいくつですか", "216.7"),
        ("平成23年度の部門をすべて挙げてください", "次の2件です(?!.*合計)"),
        ("平成23年度に排出量が最も多い部門は?", "運輸(?!.*合計).*216.7"),
        ("平成23年度の家庭部門の排出量は前年度から何%増えましたか", "9.4"),
        ("平成23年度の排出量の合計はいくつですか", "348"),
    ],
)
def test_parts_beside_their_whole_and_a_topic_only_the_file_names(asked: str, words: str, gas: Store) -> None:
    assert re.search(words, said(asked, gas))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("高松市の全園の2023年の定員は何人ですか", "全園.*410人"),
        ("2023年の定員が最も多い園はどこですか", "ひかり.*150人"),
        ("2023年の定員が100人以上の園はいくつありますか", "2件.*こばと.*ひかり"),
        ("西高松の2023年の児童数は?", "56人"),
    ],
)
def test_rows_that_only_their_figures_show_to_be_totals(asked: str, words: str, nurseries: Store) -> None:
    assert re.search(words, said(asked, nurseries))


CARE = """時点,総数,要支援,要介護1
3/31/2002,4142,508,1089
3/31/2003,5004,737,1432
3/31/2004,5743,848,1829
3/31/2005,6258,998,2043
1/0/1900,,,
"""


@pytest.fixture(scope="module")
def care(indexed: Callable[..., Store]) -> Store:
    return indexed({"takamatsu_kaigo.csv": CARE})


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("2003年の要介護1は何人ですか", "1,432"),
        ("要介護1は2003年から2005年までに何人増えましたか", "2003年3月の1,432から2005年3月の2,043へ611増えました"),
        ("2002年から2005年までの総数の合計は", "21,147"),
        ("総数が最も少ないのはいつですか", "3/31/2002"),
        ("2003年の要介護5は何人ですか", "^$"),  # another digit is no typo
        ("要介護3が最も少ないのはいつですか", "^$"),  # nor is it the 3 of 3月31日
    ],
)
def test_a_series_of_dates(asked: str, words: str, care: Store) -> None:
    assert re.search(words, said(asked, care))
