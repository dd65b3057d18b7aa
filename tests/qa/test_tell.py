"""Results as sentences: nothing in them that is not in the cells cited or the calculation shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus import Document
from index import Store, build, open_store
from qa.retrieve import retrieve
from qa.tabular import Proposal, frames_of, propose
from qa.tell import tell
from qa.types import Draft
from qa.understand import understand
from qa.verify import failures, quote_stands

Said = Callable[..., Draft]
Best = Callable[..., Proposal]

SENTENCES = [
    ("koumin_kouza", "天文教室の参加者は？", "天文教室の参加者は312名です。"),
    ("koumin_kouza", "天文教室の予算は？", "天文教室の令和4年度当初予算額は310千円、令和5年度当初予算額は320千円です。"),
    ("koumin_kouza", "天文教室と手話講座の参加者は？", "天文教室の参加者は312名、手話講座の参加者は96名です。"),
    ("koumin_kouza", "絵本の広場の担当課は？", "絵本の広場の担当課は「文化課」です。"),
    ("koumin_kouza", "文化課の令和4年度予算の合計は？", "令和4年度当初予算額の合計は630千円です(内訳: 天文教室 310千円、絵本の広場 120千円、写真講座 200千円)。"),
    ("shisetsu", "生涯学習課の利用者数の平均は？", "平均は約6,176.7人です"),
    ("shisetsu", "利用者数が最も多い施設は？", "最も大きいのは「緑ヶ丘体育館」で、12,345人です。"),
    ("shisetsu", "利用者数の上位2つの施設は？", "大きい順に、「緑ヶ丘体育館」12,345人、「港町公民館」8,020人です。"),
    ("shisetsu", "生涯学習課の施設をすべて教えて", "所管課が「生涯学習課」の施設は次の3件です: 港町公民館、川辺公民館、郷土資料館。"),
    ("shisetsu", "所管課はいくつありますか？", "所管課は2件です: スポーツ課、生涯学習課。"),
    ("koumin_kouza", "手話講座の予算は前年度からどれだけ増えましたか？", "令和4年度の402千円から令和5年度の415千円へ13千円増えました。"),
    ("koumin_kouza", "写真講座の令和4年度から令和5年度の予算の増減は？", "令和4年度も令和5年度も200千円で、変わりません。"),
    ("koumin_kouza", "天文教室と手話講座の令和5年度予算の差は？", "差は95千円です。"),
    ("koumin_kouza", "手話講座の令和4年度から令和5年度の予算の増加率は？", "約3.2%増えました。"),
    ("sainyuu", "住宅使用料は公園使用料の何倍ですか？", "「住宅使用料」の410千円は「公園使用料」の90千円の約4.6倍です。"),
    ("sainyuu", "本年度が前年度より最も増えた項は？", "5,000千円から本年度の5,200千円へ200千円増えました。"),
    ("koumin_kouza", "天文教室の令和5年度予算は円でいうといくら？", "320千円です(320,000円)。"),
    ("koumin_kouza", "福祉課の令和5年度予算の合計は万円でいうといくら？", "(59.5万円)。"),
    ("haisui", "平成30年度の普及率は？", "平成30年度の普及率は98.3%です。"),
    ("jinkou", "令和2年度の東地区の女性の人口は？", "令和2年度 東地区 女の人口(人)は640人です。"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "part"), SENTENCES)
def test_what_is_said(name: str, text: str, part: str, said: Said) -> None:
    assert part in said(name, text).text


@pytest.mark.parametrize(("name", "text", "part"), SENTENCES)
def test_what_is_said_passes_the_gate(name: str, text: str, part: str, said: Said, tables: Store) -> None:
    assert failures(tables, said(name, text)) == ()


@pytest.mark.parametrize(("name", "text", "part"), SENTENCES)
def test_every_operand_is_cited_where_it_stands(
    name: str, text: str, part: str, said: Said, best: Best, tables: Store
) -> None:
    draft, found = said(name, text), best(name, text)
    frame = found.plan.frame
    quotes = {c.quote for c in draft.citations}
    assert all(quote_stands(tables.documents[name], c) for c in draft.citations)
    assert len(set(draft.citations)) == len(draft.citations)
    for one in found.result.operands:
        rows = {c.line_start for c in draft.citations}
        line = (
            tables.documents[name]
            .place(frame.document.tables[0].rows[frame.refs[one.row][one.column].position].span)
            .line_start
        )
        assert line in rows
        if found.result.kind not in ("list", "count"):
            assert frame.cells[one.row][one.column] in quotes


CALCULATED = [
    (name, text) for name, text, _ in SENTENCES if re.search("合計|平均|差は|増えました|増加率|何倍|円でいう", text)
]


@pytest.mark.parametrize(("name", "text"), CALCULATED)
def test_a_figure_tampered_with_does_not_pass(name: str, text: str, said: Said, tables: Store) -> None:
    draft = said(name, text)
    figures = list(re.finditer(r"(?<![0-9,.])[0-9][0-9,]*[0-9](?=[千万]?円|名|人|%)", draft.text))
    assert figures
    for match in figures:
        wrong = str(int(match.group()[-1:]) ^ 1)
        text_ = draft.text[: match.end() - 1] + wrong + draft.text[match.end() :]
        assert failures(tables, replace(draft, text=text_)), text_


@pytest.mark.parametrize("wrong", ["310 + 120 + 200 = 730 (千円)", "410 + 120 + 200 = 730 (千円)"])
def test_a_calculation_tampered_with_does_not_pass(wrong: str, said: Said, tables: Store) -> None:
    draft = said("koumin_kouza", "文化課の令和4年度予算の合計は？")
    assert failures(tables, replace(draft, text=draft.text.replace("630", "730"), calculation=wrong))


@pytest.mark.parametrize(
    ("name", "text"), [("shisetsu", "市民プールの利用者数は？"), ("koumin_kouza", "点字講座のR4予算は？")]
)
def test_a_mark_for_nothing_is_told_and_cited(name: str, text: str, said: Said, tables: Store) -> None:
    draft = said(name, text)
    assert "「-」(値の記載なし)" in draft.text
    assert failures(tables, draft) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("shisetsu", "利用者数の平均は？"),
        ("koumin_kouza", "参加者の合計は？"),
    ],
)
def test_only_what_was_added_up_is_counted(name: str, text: str, said: Said, tables: Store) -> None:
    draft = said(name, text)
    assert draft.text.startswith("4件の")
    assert failures(tables, draft) == ()


def test_what_cannot_be_read_is_named(said: Said) -> None:
    assert "「点字講座」は数として読み取れないため除いています" in said("koumin_kouza", "参加者の合計は？").text


def test_a_year_in_front_of_a_name_is_kept(said: Said) -> None:
    assert "2021" in said("nouzei", "2021年の市民税の収入額は？").text


def test_values_are_figures_with_units_or_the_words_themselves(said: Said) -> None:
    def values(name: str, text: str) -> list[tuple[object, str | None]]:
        return [(v.value, v.unit) for v in said(name, text).values]

    assert values("koumin_kouza", "天文教室の参加者は？") == [(312, "名")]
    assert values("koumin_kouza", "文化課の令和4年度予算の合計は？") == [(630, "千円")]
    assert values("koumin_kouza", "点字講座の参加者は？") == [(None, None)]
    assert values("haisui", "平成30年度の普及率は？") == [(98.3, "%")]
    assert values("shisetsu", "利用者数が最も多い施設は？") == [(12345, "人")]


def test_a_long_list_is_cut_in_the_sentence_and_whole_in_the_citations(
    read: Callable[[str, str], Document], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("long")
    names = [f"{a}{b}町" for a in "東西南北上中" for b in "川山野原浜田"]
    lines = ["町名,区,人数(人)", *(f"{name},緑区,{100 + 3 * i}" for i, name in enumerate(names))]
    (folder / "docs").mkdir()
    (folder / "docs" / "machi.csv").write_text("\n".join(lines) + "\n", "utf-8")
    build(folder / "docs", folder / "index")
    store = open_store(folder / "index")
    asked = understand("緑区の町をすべて教えて")
    found = propose(asked, frames_of(store, retrieve(store, asked)))[0]
    draft = tell(store, asked, found.result, found.probability)
    assert "36件" in draft.text
    assert draft.text.count("町") < 36
    assert "ほか" in draft.text
    assert {c.row for c in draft.citations} == set(names)
    assert failures(store, draft) == ()
