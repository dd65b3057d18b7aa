"""Plain text in which only the layout, a mark or a speaker says what is a heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from corpus.lines import is_rule


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "text.txt"
    path.write_text(text, "utf-8")
    return read_document(path)


def placed(document: Document) -> dict[str, tuple[str, ...]]:
    """Each sentence with the headings it stands under."""
    return {document.quote(one.span): one.section for one in document.passages}


NEWS = """広報はまなす　第20号
発行：浜茄子町

━━━━━━━━━━━━━━━━━ 2ページ ━━━

特集　町の財政
　町債の残高は年度末で12億円です。前の年度より減りました。
◆基金のようす◆
　基金は3億円を保っています。取り崩しは行わず、使い道は来年度に改めて考えることにしています。
暮らし
▼ごみの収集日が変わります
　10月から木曜に改めます。
▼水道の検針
　奇数月に伺います。
━━━━━━━━━━━━━━━━━ 3ページ ━━━
編集後記
　写真は町内の中学生から寄せられたものです。
"""


def test_short_lines_above_indented_text_and_marks_are_headings(tmp_path: Path) -> None:
    found = placed(read(tmp_path, NEWS))
    assert found["町債の残高は年度末で12億円です。"] == ("特集 町の財政",)
    assert found["基金は3億円を保っています。"] == ("特集 町の財政", "◆基金のようす◆")
    assert found["10月から木曜に改めます。"] == ("暮らし", "▼ごみの収集日が変わります")
    assert found["奇数月に伺います。"] == ("暮らし", "▼水道の検針")
    assert found["写真は町内の中学生から寄せられたものです。"] == ("編集後記",)
    assert not any("━" in text for text in found)


def test_a_page_ends_what_a_mark_heads(tmp_path: Path) -> None:
    text = "お知らせ版\n\n■窓口の休み\n　年末は休みます。\n\n――――― 3面 ―――――\n三日は開きます。\n"
    assert placed(read(tmp_path, text))["三日は開きます。"] == ()


def test_numbered_documents_have_no_unmarked_headings(tmp_path: Path) -> None:
    text = "計画の概要\n\n1 目的\n\n次の目標\n　人口を保ちます。\n\n2 期間\n\n5年です。\n\n3 体制\n\n町が進めます。\n"
    assert placed(read(tmp_path, text))["人口を保ちます。"] == ("1 目的",)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("―――――――――― 2面 ―――", True),
        ("━━━━━━━━", True),
        ("- - - -", False),
        ("……続きは次号へ", False),
        ("――――― 市長に聞く ―――――", False),
        ("3面", False),
    ],
)
def test_what_is_a_rule(line: str, rule: bool) -> None:
    assert is_rule(line) is rule


COUNCIL = """はまなす議会だより

■一般質問
◎潮田　進（波の会）
　港の整備について
問　防波堤の工事はいつ終わるのか。
答（建設部長）　令和8年3月を目指す。全長は310メー
トルである。
問　費用は。
答（町長）　4億円を見込む。国が半分を負担する。
◎浜田　緑（無会派）
問　学童の待機は。
答（教育長）　9人である。
"""


def test_a_question_is_the_heading_of_its_reply(tmp_path: Path) -> None:
    found = placed(read(tmp_path, COUNCIL))
    asker = ("■一般質問", "◎潮田 進（波の会）", "港の整備について")
    assert found["答（建設部長）　令和8年3月を目指す。"] == (*asker, "問 防波堤の工事はいつ終わるのか。")
    assert found["国が半分を負担する。"] == (*asker, "問 費用は。")
    assert found["答（教育長）　9人である。"] == ("■一般質問", "◎浜田 緑（無会派）", "問 学童の待機は。")


@pytest.mark.parametrize(
    ("text", "reply", "question"),
    [
        ("Q1．届出はいつまでですか。\nA1．14日以内です。\n", "A1．14日以内です。", "Q1．届出はいつまでですか。"),
        ("【記者】　開館はいつですか。\n【市長】　来年です。\n", "【市長】　来年です。", "【記者】 開館はいつですか。"),
        ("【質疑】率は。　【答弁】25％とする。\n", "【答弁】25％とする。", "【質疑】率は。"),
        (
            "（委員）\n　なぜ入れないのか。\n（事務局）\n　駅から遠いためです。\n",
            "駅から遠いためです。",
            "なぜ入れないのか。",
        ),
        ("（開会）\n委員：人数は。\n事務局：12人です。\n", "事務局：12人です。", "委員：人数は。"),
    ],
)
def test_speakers_in_any_layout(tmp_path: Path, text: str, reply: str, question: str) -> None:
    assert placed(read(tmp_path, f"記録\n\n{text}"))[reply][-1:] == (question,)


def test_points_on_a_list_are_no_headings_of_the_speech_below(tmp_path: Path) -> None:
    text = "会見録\n\n【項目】\n1　バスの運行について\n2　祝金について\n\n【市長】　バスを走らせます。\n"
    assert placed(read(tmp_path, text))["【市長】　バスを走らせます。"] == ("【項目】",)


def test_lines_under_each_other_are_not_one_sentence(tmp_path: Path) -> None:
    text = "会議の記録\n\n（反対）負担が大きいとの声がある\n（賛成）先に送れば負担が増えるとの声がある\n"
    assert list(placed(read(tmp_path, text))) == [
        "（反対）負担が大きいとの声がある",
        "（賛成）先に送れば負担が増えるとの声がある",
    ]


MINUTES = """総務委員会の記録

◯委員長（港川　進）　次に、議案第7号、公民館条例の改正についてを議題といたします。説明を求めます。
◯教育部長（沖　進君）　使用料を改めるものです。
◯浜委員　一時間の使用料はいくらになりますか。
◯生涯学習課長（磯　直）　300円です。
◯委員長（港川　進）　質疑を終わります。
"""


def test_in_minutes_who_speaks_heads_what_is_said(tmp_path: Path) -> None:
    found = placed(read(tmp_path, MINUTES))
    put = "次に、議案第7号、公民館条例の改正についてを議題といたします。"
    assert found["使用料を改めるものです。"] == (put, "◯教育部長（沖 進君）")
    assert found["◯生涯学習課長（磯　直）　300円です。"] == (put, "◯浜委員 一時間の使用料はいくらになりますか。")
    assert found["質疑を終わります。"] == (put, "◯委員長（港川 進）")


def test_a_marked_question_heads_a_reply_without_a_mark(tmp_path: Path) -> None:
    text = "# 質疑の記録\n\n**Q.** 給食費は補償の対象か。（浜田 進）\n\n> 対象である。\n\n**Q.** 内訳は。\n\n> 委託料である。\n"
    path = tmp_path / "shitsugi.md"
    path.write_text(text, "utf-8")
    found = placed(read_document(path))
    assert found["対象である。"][-1] == "**Q.** 給食費は補償の対象か。（浜田 進）"
    assert found["委託料である。"][-1] == "**Q.** 内訳は。"
