"""Which cell of one row is meant; what is told with each thing; what a question says that is no condition."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.same_row import lists_languages

EVENTS = """担当課	事業名	開始年度	期間	対応言語	参加人数	決算額（千円）
交流課	港まつり	H18	R5.10.7～10.8	—	4,200人	3,100
交流課	外国語相談窓口	H30	通年	日本語、英語、中国語、ベトナム語	310人	1,850
文化課	古墳フェスタ	R2	R5.11.3	—	1,900人	820
文化課	書道展	S61	R5.2.1～2.14	—	740人	265
"""
OFFICES = """部,課名,職員数（人）
農政部,農業振興課,14
農政部,農地整備課,11
農政部,畜産課,8
農政部,林務課,9
建設部,道路課,17
建設部,住宅課,12
"""
OPINION = """令和5年度決算審査意見書

1 歳入
市税の収入未済額は8,420万円で、前年度に比べ310万円減少した。収納率は96.8％と前年度を0.4ポイント上回っている。

2 むすび
公共施設の更新費用は今後10年間で240億円に上る見込みである。基金に頼らない財政運営に努められたい。
"""
CHANGES = """事業名,R6予算額（千円）,R5予算額（千円）,増減率（％）
子育て支援事業,"12,500","10,000",25.0
学校給食事業,"48,000","50,000",△4.0
図書館整備事業,"7,700","7,000",10.0
"""


@pytest.fixture(scope="module")
def stores(indexed: Callable[..., Store]) -> dict[str, Store]:
    documents = {"jigyo_r5.txt": EVENTS}, {"shokuin.csv": OFFICES}, {"iken.txt": OPINION}, {"yosan.csv": CHANGES}
    return {next(iter(files)): indexed(files) for files in documents}


@pytest.mark.parametrize(
    ("store", "question", "says"),
    [
        ("jigyo_r5.txt", "港まつりはいつから始まりましたか。", "H18"),
        ("jigyo_r5.txt", "港まつりはいつ開かれましたか。", "R5.10.7"),
        ("jigyo_r5.txt", "古墳フェスタはいつ開催されましたか。", "R5.11.3"),
        ("jigyo_r5.txt", "書道展は何年度に始まった事業ですか。", "S61"),
        ("jigyo_r5.txt", "外国語相談窓口はどの言語に対応していますか。", "日本語、英語、中国語、ベトナム語"),
        ("shokuin.csv", "農政部の4課の職員数の合計は何人ですか。", "42人"),
        ("shokuin.csv", "農政部の4課はどこですか。", "農業振興課、農地整備課、畜産課、林務課"),
        ("shokuin.csv", "建設部の課をすべて、それぞれの職員数とともに挙げてください。", "道路課 (17人)、住宅課 (12人)"),
        ("iken.txt", "監査委員は、公共施設の更新費用が今後10年間でいくらに上ると指摘していますか。", "240億円"),
        ("iken.txt", "市税の収入未済額はいくらで、前年度に比べいくら減少しましたか。", "310万円減少"),
        ("yosan.csv", "学校給食事業のR6予算額と、前年度に対する増減率を答えてください。", "△4.0%"),
        ("yosan.csv", "子育て支援事業の予算額はいくらで、増減率は何％ですか。", "12,500千円"),
    ],
)
def test_what_is_asked_of_a_thing_is_told(stores: dict[str, Store], store: str, question: str, says: str) -> None:
    given = answer(question, stores[store])
    assert given.answered
    assert says in given.answer


def test_when_it_began_is_no_answer_to_when_it_was_held(stores: dict[str, Store]) -> None:
    given = answer("外国語相談窓口はいつ開かれましたか。", stores["jigyo_r5.txt"])
    assert not given.answered or "H30" not in given.answer


def test_a_number_of_things_that_are_not_so_many_is_not_taken_for_granted(stores: dict[str, Store]) -> None:
    assert not answer("建設部の3課の職員数の合計は何人ですか。", stores["shokuin.csv"]).answered


def test_what_several_speakers_say_is_asked_of_the_one_named(indexed: Callable[..., Store]) -> None:
    minutes = "\n".join(
        f"○{who}　{what}" for who, what in (
            ("議長", "会議を開きます。"), ("福祉部長", "給食費は月4,200円に改めます。"), ("総務部長", "歳出は182億円です。"),
        )
    )  # fmt: skip
    given = answer("総務部長は、給食費がいくらになると説明していますか。", indexed({"kaigi.txt": minutes}))
    assert not given.answered or "4,200円" not in given.answer


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("日本語、英語、ベトナム語", True),
        ("英語・ポルトガル語", True),
        ("英語", False),
        ("国語と数学", False),
        ("", False),
    ],
)
def test_a_cell_that_lists_languages(text: str, lists: bool) -> None:
    assert lists_languages(text) is lists


def test_who_the_question_names_is_who_has_to_speak(indexed: Callable[..., Store]) -> None:
    minutes = "○議長　会議を開きます。\n○教育部長（山田 太郎）　学校は三校です。\n○総務部長　歳出は182億円です。\n"
    store = indexed({"kaigi.txt": minutes})
    assert "三校" in answer("教育部長は、学校は何校だと説明していますか。", store).answer
    assert not answer("総務部長は、学校は何校だと説明していますか。", store).answered
