"""Groups that hold groups: what stands under a name is listed, counted and compared, each level by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Store, build, open_store
from qa.pipeline import answer

STATEMENT = """\
みどり市 事項別明細書
千円 千円
目 本年度予算額
前年度予算額
比 較
一般財源
８款 土木費
１項 道路費 61,000千円
61,000千円
50,0001 道路管 61,000 11,000 61,000
理費
- 10 -
千円
区 分 説 明
千円
金 額
節
2,000報酬1 4,000001 給与費
2,000旅費8 001 道路監視員 １２人 1,000
5,000需用費10 002 一般職 ２人 3,000
12,000委託料12 57,000002 中小道路管理費
40,000負担金、補助18 001 道路補修事業費 40,000
及び交付金 30,000区画線補修負担金
10,000舗装補修負担金
002 街路灯整備事業費 12,000
街路灯 ２５基
003 備蓄事業費 5,000
凍結防止剤備蓄（1,200袋）
- 11 -
"""
FILMS = """\
作品ID,作品名,公開年,撮影地1,撮影地2,撮影地3
1,みなとの灯,2003,灯台,,
2,みなとの灯２,2005,旧倉庫,魚市場,北桟橋
3,風の坂,2001,坂下通り,,
4,雨の坂,2001,さかい坂,,
"""


@pytest.fixture(scope="module")
def statement(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _store(tmp_path_factory.mktemp("statement"), "dobokuhi.txt", STATEMENT)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _store(tmp_path_factory.mktemp("films"), "sakai_satsuei_sakuhin.csv", FILMS)


def _store(folder: Path, name: str, text: str) -> Store:
    (folder / "corpus").mkdir()
    (folder / "corpus" / name).write_text(text, encoding="utf-8")
    build(folder / "corpus", folder / "index", workers=1)
    return open_store(folder / "index")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("街路灯整備事業費の予算額はいくらですか。", "12,000千円"),
        ("中小道路管理費に含まれる事業はいくつありますか。", "3件"),
        ("中小道路管理費に含まれる事業（001から始まる番号のもの）はいくつありますか。", "3件"),
        ("中小道路管理費に含まれる事業のうち、最も額が大きいものは何で、いくらですか。", "40,000千円"),
        ("道路補修事業費の内訳をすべて挙げてください。", "舗装補修負担金"),
        ("道路監視員は何人ですか。", "12人"),
        ("凍結防止剤の備蓄は何袋分ですか。", "1,200袋"),
    ],
)
def test_of_a_statement(statement: Store, question: str, said: str) -> None:
    given = answer(question, statement)
    assert given.answered, given.answer
    assert said in given.answer.translate(str.maketrans("０１２３４５６７８９", "0123456789")), given.answer


def test_a_list_names_the_members_and_not_the_group(statement: Store) -> None:
    given = answer("中小道路管理費に含まれる事業をすべて挙げてください。", statement).answer
    assert all(name in given for name in ("道路補修事業費", "街路灯整備事業費", "備蓄事業費"))
    assert "002 中小道路管理費、" not in given
    assert "区画線" not in given


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("「みなとの灯２」の撮影地をすべて挙げてください。", ("旧倉庫", "魚市場", "北桟橋")),
        ("「みなとの灯２」の公開は「みなとの灯」の公開の何年後ですか。", ("2年",)),
        ("堺市の撮影作品のうち、公開年が最も古い作品はどれですか。", ("風の坂", "雨の坂")),
    ],
)
def test_of_films(films: Store, question: str, said: tuple[str, ...]) -> None:
    given = answer(question, films)
    assert given.answered, given.answer
    assert all(one in given.answer for one in said), given.answer
