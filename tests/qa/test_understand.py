"""A question's text → what is asked. Spellings of one year are one year; what a cue covers need not be explained."""

from __future__ import annotations

import itertools

import jaconv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import load_corpus
from corpus.folding import searchable
from corpus.values import find_periods
from qa.labels import mentions_period
from qa.types import Operation, Question, UnaskableQuestion
from qa.understand import LONGEST, grammar, understand
from qa.wording import leaf

text_like = st.text(max_size=60) | st.text(
    "令和平成昭和年度月日0123456789０１Ｒ３RHS元一二三十百千万億円人件の、？ ", max_size=30
)


def surfaces(question: Question) -> list[str]:
    return [term.surface for term in question.terms]


@pytest.mark.parametrize(
    "spelling",
    ["令和3年度", "令和３年度", "令和 3 年度", "令和三年度", "R3", "R3年度", "R03", "Ｒ３", "Ｒ３年度", "R.3", "2021年度",
     "２０２１年度", "二〇二一年度", "2021年", "令和3年"],
)  # fmt: skip
@pytest.mark.parametrize("question", ["{}の合唱祭の予算額", "合唱祭の{}の予算額はいくらですか？", "合唱祭 予算額 {}"])
def test_every_spelling_of_a_year_is_that_year(spelling: str, question: str) -> None:
    asked = understand(question.format(spelling))
    assert [p.year for p in asked.periods] == [2021]
    assert surfaces(asked) == surfaces(understand(question.format("")))


@pytest.mark.parametrize("spelling", ["r3", "ｒ３", "r3年度", "h30"])
def test_an_era_letter_may_be_small(spelling: str) -> None:
    assert len(understand(f"{spelling}の合唱祭の予算額").periods) == 1


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("令和元年度の予算", [2019]),
        ("平成元年度の予算", [1989]),
        ("H30とR1の予算", [2018, 2019]),
        ("昭和64年の予算", [1989]),
        ("令和2年度から令和4年度まで", [2020, 2022]),
        ("2,021千円の予算", []),
        ("2021人の参加者", []),
        ("SR3の予算", []),
        ("R333の予算", []),
    ],
)
def test_what_is_a_year_and_what_is_not(text: str, years: list[int]) -> None:
    assert [p.year for p in understand(text).periods] == years


def test_fiscal_and_calendar_year_are_told_apart() -> None:
    assert [understand(f"{text}の予算").periods[0].fiscal for text in ("令和3年度", "令和3年", "R3")] == [
        True,
        False,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("合唱祭の予算はいくらですか？", "money"),
        ("合唱祭の予算は何円？", "money"),
        ("合唱祭の予算額", "money"),
        ("合唱祭の決算額は？", "money"),
        ("合唱祭の参加者は何人ですか", "people"),
        ("合唱祭の参加者は何名？", "people"),
        ("満足度は何%ですか", "percent"),
        ("満足度は何パーセントですか", "percent"),
        ("合唱祭はいつですか", "date"),
        ("合唱祭の期間は？", "date"),
        ("合唱祭は何月に開かれましたか", "month"),
        ("合唱祭は何月何日でしたか", "day"),
        ("なぜ中止したのですか", "reason"),
        ("中止の理由は？", "reason"),
        ("誰が歌いましたか", "person"),
        ("どこで歌いましたか", "venue"),
        ("どのように歌いましたか", "manner"),
        ("合唱祭の担当課", None),
    ],
)
def test_the_kind_of_thing_asked_for(text: str, wants: str | None) -> None:
    assert understand(text).wants == wants


@pytest.mark.parametrize("unit", ["件", "回", "校", "社", "部", "台", "か国語", "団体", "施設", "本"])
def test_the_counter_asked_for(unit: str) -> None:
    """何件ですか may count things or ask for a printed count: its plain reading wants the count."""
    asked = understand(f"合唱祭は何{unit}ですか", plain=True)
    assert (asked.operation, asked.wants, asked.unit) == (Operation.VALUE, "count", unit)


@pytest.mark.parametrize("unit", ["件", "校", "社", "団体"])
def test_how_many_things_is_a_count(unit: str) -> None:
    assert understand(f"補助を受けたのは何{unit}ですか").operation is Operation.COUNT


@pytest.mark.parametrize(
    "text", ["予算の合計は？", "予算の平均は？", "最も多い予算は？", "予算の差は？", "予算の割合は？"]
)
def test_a_plain_reading_looks_up_what_may_be_printed(text: str) -> None:
    plain = understand(text, plain=True)
    assert plain.operation is Operation.VALUE
    assert {t.surface for t in plain.terms} > {t.surface for t in understand(text).terms}


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("参加した法人はいくつ？", "number"),
        ("対象の事業所の数は？", "number"),
        ("受賞者の名前は？", "name"),
        ("6校の校名を教えて", "name"),
        ("コーナーができたのは何年度でしょうか", "date"),
        ("案内は何語で受けられますか", "thing"),
        ("展望室は何階にありますか", "count"),
    ],
)
def test_the_kind_of_thing_a_plain_reading_looks_for(text: str, wants: str) -> None:
    assert understand(text, plain=True).wants == wants


@pytest.mark.parametrize(
    ("text", "sign", "value", "unit", "year"),
    [
        ("1,000千円以上の事業", ">=", 1000, "千円", None),
        ("10件を超える課", ">", 10, "件", None),
        ("5人以下の会", "<=", 5, "人", None),
        ("50%未満の事業", "<", 50, "%", None),
        ("0円の事業", "==", 0, "円", None),
        ("1,385千円の事業", "==", 1385, "千円", None),
        ("平成20年より前の事業", "<", None, None, 2008),
        ("令和2年度以降の事業", ">=", None, None, 2020),
    ],
)
def test_bounds(text: str, sign: str, value: int | None, unit: str | None, year: int | None) -> None:
    asked = understand(text)
    (bound,) = asked.comparisons
    assert (bound.sign, bound.value, bound.unit, bound.year) == (sign, value, unit, year)
    assert surfaces(asked) == [text[-2:]] if text.endswith("事業") else len(asked.terms) == 1


@pytest.mark.parametrize(
    ("text", "change", "rate"),
    [
        ("予算はどれだけ増えましたか？", 1, False),
        ("予算はどれだけ減りましたか？", -1, False),
        ("予算の増減額は？", 1, False),
        ("予算の増減率は？", 1, True),
        ("予算の減少率は？", -1, True),
        ("予算が最も減った事業は？", -1, False),
        ("予算の合計は？", 0, False),
    ],
)
def test_growth_and_its_rate(text: str, change: int, rate: bool) -> None:
    asked = understand(text)
    assert (asked.change, asked.rate) == (change, rate)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("令和2年度から令和4年度までの予算", True),
        ("R2からR4の予算", True),
        ("R2とR4の予算", False),
        ("R3の予算", False),
        ("2018〜2020年度の予算", True),
    ],
)  # fmt: skip
def test_ends_of_a_range(text: str, spans: bool) -> None:
    assert understand(text).spans is spans


@pytest.mark.parametrize(("text", "top"), [("予算の上位3つの課", 3), ("予算が多い順に5件", 5), ("最も多い課", 1)])
def test_how_many_of_the_largest(text: str, top: int) -> None:
    asked = understand(text)
    assert (asked.operation, asked.top) == (Operation.MAXIMUM, top)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("参加者は312名でしたか？", 312, "名"),
        ("参加者は312人で合っていますか？", 312, "人"),
        ("予算は1,385千円ですか？", 1385, "千円"),
    ],
)  # fmt: skip
def test_what_a_yes_or_no_question_puts_forward(text: str, value: int, unit: str) -> None:
    asked = understand(text)
    assert asked.operation is Operation.YESNO
    assert asked.claim is not None
    assert (asked.claim.value, asked.claim.unit) == (value, unit)
    assert "312" not in "".join(surfaces(asked))


@pytest.mark.parametrize(
    ("text", "told"),
    [("予算は円でいうといくら？", "円"), ("予算を万円に換算すると？", "万円"), ("予算は億円単位でいくら？", "億円"), ("予算は何円？", None)],
)  # fmt: skip
def test_the_unit_an_amount_is_to_be_told_in(text: str, told: str | None) -> None:
    assert understand(text).told == told


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("合唱祭の予算は？", Operation.VALUE),
        ("予算の合計は？", Operation.SUM),
        ("予算を足してください", Operation.SUM),
        ("予算の平均はいくら？", Operation.AVERAGE),
        ("最も予算が多い事業は？", Operation.MAXIMUM),
        ("予算が一番多い事業は？", Operation.MAXIMUM),
        ("最小の予算は？", Operation.MINIMUM),
        ("合唱祭と野外劇の予算の差は？", Operation.DIFFERENCE),
        ("予算はどれだけ増えましたか？", Operation.DIFFERENCE),
        ("歳入は歳出をいくら上回っていますか", Operation.DIFFERENCE),
        ("排出量はいくつですか", Operation.VALUE),
        ("予算の割合は？", Operation.RATIO),
        ("事業はいくつありますか？", Operation.COUNT),
        ("事業をすべて教えて", Operation.LIST),
        ("事業の一覧", Operation.LIST),
        ("合唱祭は中止になりましたか？", Operation.YESNO),
        ("合唱祭は中止ですよね", Operation.YESNO),
        ("そのうち廃止されたものは？", Operation.FOLLOW_UP),
        ("では、令和2年度は？", Operation.FOLLOW_UP),
        ("こんにちは", Operation.CHAT),
        ("ありがとう。", Operation.CHAT),
    ],
)
def test_what_is_to_be_done(text: str, operation: Operation) -> None:
    assert understand(text).operation is operation


@pytest.mark.parametrize("text", ["予算が一番少ない事業は？", "もっとも小さい予算は？", "予算が最も少ない事業は？"])
def test_the_least_is_not_the_most(text: str) -> None:
    assert understand(text).operation is Operation.MINIMUM


@pytest.mark.parametrize("text", ["ありがとうございます", "おはようございます", "了解です"])
def test_a_polite_greeting_is_a_greeting(text: str) -> None:
    assert understand(text).operation is Operation.CHAT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市民合唱祭の予算はいくらですか？", ["市民", "合唱", "祭", "予算"]),
        ("なぜ中止したのですか", ["中止"]),
        ("1,385千円だった事業", ["1,385千円", "事業"]),
        ("3人の職員", ["3人", "職員"]),
        ("一部の地域を教えてください", ["一部", "地域"]),
        ("こんにちは", []),
        ("教えてください", []),
    ],
)
def test_the_words_that_must_be_explained(text: str, expected: list[str]) -> None:
    assert surfaces(understand(text)) == expected


def test_names_and_figures_weigh_more_than_verbs() -> None:
    weight = {t.surface: t.weight for t in understand("東京で3人の職員が歌った費用").terms}
    assert weight["東京"] == weight["3人"] == 1.0 > weight["職員"] > weight["歌っ"]
    assert weight["費用"] < weight["職員"]


CUES = ["はいくらですか？", "は何人ですか", "はいつですか？", "はどこですか", "の合計は？", "の平均を教えてください", "をすべて教えて", "の割合は？",
        "は何校でしたか", "はなぜですか", "の差額は", "は誰ですか"]  # fmt: skip


@pytest.mark.parametrize("cue", CUES)
@pytest.mark.parametrize("subject", ["市民合唱祭の参加者", "令和3年度の湖畔野外劇の予算", "山海 講座"])
def test_what_a_cue_covers_is_no_term(subject: str, cue: str) -> None:
    """The words of asking set no condition: only the words before them are to be explained."""
    alone = {(t.surface, t.start) for t in understand(subject).terms}
    asked = {(t.surface, t.start) for t in understand(subject + cue).terms}
    assert asked <= alone
    assert {s for s, _ in asked} >= {s for s, _ in alone} - {"参加", "予算"}


@pytest.mark.parametrize("cue", ["について教えてもらえますか", "について教えてください", "について"])
def test_about_is_no_term(cue: str) -> None:
    assert surfaces(understand("山海講座" + cue)) == ["山海", "講座"]


@given(text=text_like)
@settings(max_examples=300)
def test_terms_periods_and_text_fit_together(text: str) -> None:
    try:
        asked = understand(text)
    except UnaskableQuestion:
        return
    assert asked.text == text
    places = sorted([(t.start, t.end) for t in asked.terms] + [(p.start, p.end) for p in asked.periods])
    assert all(0 <= start < end <= len(asked.folded) for start, end in places)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in itertools.pairwise(places))
    for term in asked.terms:
        assert asked.folded[term.start : term.end] == term.surface
        assert 0.0 < term.weight <= 1.0
    assert [p.year for p in asked.periods] == [p.year for p in find_periods(asked.folded)]


@given(text=st.text())
@settings(max_examples=200)
def test_nothing_but_unaskable_is_raised(text: str) -> None:
    try:
        understand(text)
    except UnaskableQuestion as error:
        assert len(str(error).splitlines()) == 1
        assert not any(c.isalnum() for c in searchable(text)) or len(text) > LONGEST


@given(text=st.text("合唱祭予算令和年度はのをR０1２３ＡＢｃ、？いくら", max_size=20))
def test_full_width_is_half_width(text: str) -> None:
    def reading(one: str) -> tuple[object, ...]:
        try:
            asked = understand(one)
        except UnaskableQuestion:
            return ()
        return (asked.folded, asked.operation, asked.wants, asked.periods, asked.terms)

    assert reading(jaconv.h2z(text, ascii=True, digit=True)) == reading(jaconv.z2h(text, ascii=True, digit=True))


@pytest.mark.parametrize("text", ["", "  ", "\n", "。", "？？", "「」", "\x00"])
def test_an_empty_question_says_so(text: str) -> None:
    with pytest.raises(UnaskableQuestion, match="空"):
        understand(text)


def test_the_longest_question_and_one_letter_more() -> None:
    assert understand("予" * LONGEST).terms
    with pytest.raises(UnaskableQuestion, match=f"{LONGEST + 1:,}"):
        understand("予" * (LONGEST + 1))


def test_periods_are_the_same_as_far_as_both_say() -> None:
    def period(text: str) -> tuple[object, ...]:
        return find_periods(searchable(text))

    day, month, year, other = (period(t) for t in ("令和3年9月5日", "2021年9月", "R3", "令和3年10月"))
    assert mentions_period(day[0], month)
    assert mentions_period(month[0], year)
    assert mentions_period(year[0], other)
    assert not mentions_period(month[0], other)
    assert not mentions_period(day[0], period("令和4年9月5日"))
    assert not mentions_period(day[0], ())


def test_the_grammar_knows_no_document() -> None:
    """No heading and no row of a shipped document is named in a cue or a word list."""
    names: set[str] = set()
    for document in load_corpus().documents:
        names |= {leaf(section.path) for section in document.sections}
        names |= {row.cells[t.key].text or "" for t in document.tables for row in t.rows if row.understood}
    said = " ".join([cue.pattern.pattern for cue in grammar().cues] + sorted(grammar().soft | grammar().filler))
    assert {name for name in names if len(name) >= 4 and searchable(name) in said} == set()


@pytest.mark.parametrize(
    "text", ["合唱祭の予算は1,385千円ですか。", "参加者は48人でしたか？", "予算は7,585 千円ですか"]
)
def test_a_figure_put_forward_is_a_claim(text: str) -> None:
    found = understand(text)
    assert found.operation is Operation.YESNO
    assert found.claim is not None


@pytest.mark.parametrize(
    "text", ["合唱祭の予算は何千円ですか。", "3校の参加者は何人ですか", "令和3年度の予算はいくらですか"]
)
def test_a_figure_asked_for_is_none(text: str) -> None:
    assert understand(text).operation is not Operation.YESNO


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("取得補助金を受けた人は、その家に何年以上住み続ける必要がありますか。", False),
        ("補助金の上限額は、空き店舗を使う場合とそれ以外とでいくら違いますか。", False),
        ("令和3年度は、その予算はいくらですか", True),
        ("それ以外は?", True),
    ],
)
def test_what_a_question_speaks_of_may_stand_in_itself(text: str, follows: bool) -> None:
    assert (understand(text).operation is Operation.FOLLOW_UP) is follows


@pytest.mark.parametrize(
    ("text", "wants", "unit"),
    [
        ("旗は何セット作られましたか", "count", "セット"),
        ("大会に何チーム出ましたか", "count", "チーム"),
        ("ごみ分別サイトのアクセス数", "number", None),
        ("中央地区の世帯数を教えて", "number", "世帯"),
        ("研修が行われた日付を教えて", "date", None),
        ("夏まつりの開催日は？", "date", None),
    ],
)
def test_nouns_and_counters_of_any_kind_say_what_is_asked_for(text: str, wants: str, unit: str | None) -> None:
    asked = understand(text)
    assert (asked.operation, asked.wants, asked.unit) == (Operation.VALUE, wants, unit)


@pytest.mark.parametrize("text", ["会費は年額ですか。それとも月額？", "館はいつできた？それと、会員は何人？"])
def test_a_word_that_ties_sentences_points_at_nothing(text: str) -> None:
    assert understand(text).operation is not Operation.FOLLOW_UP
