"""A visitor's conversation: what is shown of it, what opens, what is suggested, how it is kept."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from index import Store, build, open_store
from qa import answer, ask
from qa.web.found import found, found_csv, found_html
from qa.web.opening import opened
from qa.web.render import about, answer_link, no_source
from qa.web.session import MOST_SHOWN, Session, asked, messages
from qa.web.suggest import first_questions, next_questions
from qa.web.transcript import transcript
from qa.web.words import LANGUAGES, Words

JA, EN = Words("ja"), Words("en")
LIST = "令和4年度当初予算額が3,000千円以上の事業をすべて挙げてください。"
VOID = {"br", "input", "img", "hr", "meta", "link"}


class Balanced(HTMLParser):
    """Fails where a tag is not closed, or is one that nothing of ours writes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "img", "iframe", "object", "svg", "style", "link"}
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def sound(html: str) -> str:
    parser = Balanced()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return html


def test_citations_are_links_that_open_their_source(town: Store) -> None:
    now = asked(Session(), LIST, town)
    _, said = messages(now, JA)
    links = re.findall(r"href='#(c0-\d+)'", sound(said["content"]))
    assert now.last is not None
    assert list(dict.fromkeys(links)) == [f"c0-{n}" for n in range(1, len(now.last.citations) + 1)]
    for n, act in enumerate(dict.fromkeys(links)):
        panel = sound(opened(town, now, act, JA))
        assert f"data-opened='{act}'" in panel
        assert now.last.citations[n].row in panel


def test_operands_of_a_sum_are_links(town: Store) -> None:
    now = asked(Session(), "文化課の令和4年度当初予算額の合計は？", town)
    assert now.last is not None
    assert now.last.calculation
    said = messages(now, JA)[1]["content"]
    formula = said.split("class='formula'>")[1].split("</div>")[0]
    assert len(re.findall("href=", formula)) == len(now.last.citations)


@pytest.mark.parametrize(
    "act",
    [
        "",
        "c9-1",
        "c0-0",
        "c0-99",
        "r0:x/y",
        "rx",
        "l1::nowhere/",
        "<script>",
        "c0-1" * 500,
        "l99999::shirane-bunka-r4r5/",
    ],
)
def test_what_is_not_there_opens_nothing(act: str, town: Store) -> None:
    assert opened(town, asked(Session(), "市民合唱祭 予算 R5", town), act, JA) == no_source(JA)


def test_rows_and_lines_open_too(town: Store) -> None:
    table = town.documents["shirane-bunka-r4r5"].tables[0].id
    assert "湖畔野外劇" in sound(opened(town, Session(), f"r1:shirane-bunka-r4r5/{table}", JA))
    assert "白嶺市" in sound(opened(town, Session(), "l1::shirane-bunka-r4r5/", JA))


def test_a_refusal_says_so_and_suggests_what_the_documents_do_say(town: Store) -> None:
    now = asked(Session(), "火星移住促進事業の予算額はいくらですか？", town)
    assert now.last is not None
    assert not now.last.answered
    assert JA("not_in_documents") in messages(now, JA)[1]["content"]
    for text in next_questions(town, now.conversation, now.last):
        assert answer(text, town).answered


@pytest.mark.parametrize(
    "text", ["湖畔野外劇の令和4年度当初予算額はいくらですか？", LIST, "観光案内所運営の決算額は？"]
)
def test_every_suggestion_has_an_answer_that_is_another(text: str, town: Store) -> None:
    now = asked(Session(), text, town)
    assert now.last is not None
    suggested = next_questions(town, now.conversation, now.last)
    for one in suggested:
        given = ask(now.conversation, one, town)[1]
        assert given.answered or answer(one, town).answered
        assert given.answer != now.last.answer
    assert len(set(suggested)) == len(suggested) <= 3


def test_first_questions_have_answers(town: Store) -> None:
    first = first_questions(town)
    assert first
    assert all(answer(text, town).answered for text in first)


def test_a_complete_question_is_asked_without_what_was_said_before(town: Store) -> None:
    now = asked(
        asked(Session(), "湖畔野外劇の予算額は？", town), "市民合唱祭の令和5年度当初予算額は？", town, alone=True
    )
    assert now.last is not None
    assert "1,385千円" in now.last.answer
    assert now.last.turn == 1
    now = asked(now, "令和4年度は？", town)
    assert now.last is not None
    assert "1,240千円" in now.last.answer


def test_a_fault_of_ours_is_a_sentence_and_the_next_question_is_answered(
    town: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr("qa.web.session.ask", broken)
        now = asked(Session(), "湖畔野外劇の予算額は？", town)
    assert now.last is not None
    assert now.last.answer == JA("failed")
    assert "a bug" in caplog.text
    now = asked(now, "市民合唱祭の令和5年度当初予算額は？", town)
    assert now.last is not None
    assert now.last.answered


def test_old_answers_go_and_numbers_stay(town: Store) -> None:
    now = Session()
    for _ in range(MOST_SHOWN + 2):
        now = asked(now, "？", town)
    assert len(now.answers) == MOST_SHOWN
    assert now.first == 2
    assert now.answer(1) is None
    assert now.answer(2) is not None
    assert now.last_turn == MOST_SHOWN + 1


def test_a_list_is_a_table_with_places(town: Store) -> None:
    given = answer(LIST, town)
    table = found(town, given, JA)
    assert table is not None
    assert len(table.rows) == len(given.values)
    sound(found_html(table, 0, "/x.csv?q=%3D", JA))
    lines = list(csv.reader(io.StringIO(found_csv(table, JA)[1:])))
    assert [line[0] for line in lines[1:]] == [row.name for row in table.rows]
    assert all(len(line) == len(lines[0]) for line in lines)
    assert found(town, answer("市民合唱祭 予算 R5", town), JA) is None


def test_hostile_documents_are_shown_letter_by_letter(tmp_path: Path) -> None:
    nasty = "<img src=x onerror=alert(1)>${alert(2)}{{alert(3)}}"
    (tmp_path / "a'<b>.csv").write_text(f"事業名,担当<script>,予算額(千円)\n祭り,{nasty},5\n市場,{nasty},6\n", "utf-8")
    build(tmp_path, tmp_path / "i")
    store = open_store(tmp_path / "i")
    now = asked(Session(), "祭りの予算額は？", store)
    assert now.last is not None
    assert now.turn is not None
    drawn = [
        messages(now, JA)[1]["content"],
        opened(store, now, "c0-1", JA),
        about(now.turn, answer_link(now.last, "ja"), JA),
    ]
    now = asked(now, nasty, store)
    drawn += [said["content"] for said in messages(now, JA)]
    for html in drawn:
        sound(html)
        assert "${" not in html
        assert "{{" not in html


def test_a_conversation_is_saved_with_its_citations(town: Store) -> None:
    now = asked(
        asked(Session(), "湖畔野外劇の令和4年度当初予算額は？", town),
        "<script>![x](http://192.0.2.7) *の* 予算は？",
        town,
    )
    text = transcript(now.answers)
    assert "8,610" in text
    assert "7 行目" in text
    assert now.answers[0].index in text
    assert "![x]" not in text
    assert "<script>" not in text


def test_both_languages_say_everything() -> None:
    ja, en = (Words(language)._of for language in LANGUAGES)
    assert ja.keys() == en.keys()
    for key in ja:
        assert set(re.findall(r"{\w+}", ja[key])) == set(re.findall(r"{\w+}", en[key])), key
        assert "<" not in ja[key] + en[key]
        assert "'" not in ja[key] + en[key], "texts stand in attributes"


def test_every_text_of_the_page_is_used() -> None:
    root = Path(__file__).resolve().parents[3]
    programs = "".join(path.read_text("utf-8") for path in (root / "app.py", *(root / "qa" / "web").glob("*.py")))
    composed = ("chip_", "verdict_", "filled", "inferred")  # put together from values
    unused = [
        key for key in Words()._of
        if f'"{key}"' not in programs and f"'{key}'" not in programs and not key.startswith(composed)
    ]  # fmt: skip
    assert unused == []


def test_choices_are_offered_as_questions_that_stand_alone(tmp_path: Path) -> None:
    build(Path(__file__).parent.parent / "twins", tmp_path)
    twins = open_store(tmp_path)
    now = asked(Session(), "出前講座の会場はどこですか", twins)
    assert now.last is not None
    shown = sound(messages(now, JA)[1]["content"])
    assert JA("asked_back") in shown
    assert JA("not_in_documents") not in shown
    offers = next_questions(twins, now.conversation, now.last)
    given = [answer(text, twins) for text in offers]
    assert [one.citations[0] for one in given] == list(now.last.citations)
    assert [one.values[0].text for one in given] == ["小学校", "公民館", "自治会館"]
    picked = asked(now, "2", twins).last
    assert picked is not None
    assert (picked.answer, picked.citations) == (given[1].answer, given[1].citations)
