"""A turn of a conversation, read by itself: what it opens with, what it refers back to, what step it asks for.

The grammar is data (`followup.toml`); what stands here only applies it. Nothing is looked up and nothing before the
turn is known here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from corpus.folding import searchable
from corpus.values import fold_kanji_numbers
from index.words import words
from qa.grammar import grammar
from qa.runs import Phrase, phrases
from qa.types import Question, UnaskableQuestion
from qa.understand import understand
from qa.wording import circled

_GRAMMAR = Path(__file__).parent / "followup.toml"
_LONGEST_NAME = 60
_NO_NAME_ENDS = frozenset({"助詞", "助動詞", "動詞", "形容詞", "副詞", "接続詞", "感動詞"})
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』")
_ASKING = re.compile(
    r"[はを?。]|(?:です|でした|ます|ました)か|何|いくら|いくつ|どれ|どこ|どの|どちら|誰|だれ|いつ|なぜ|(?<=[た])が|じゃな|ではな|だけ"
)
_CLAUSE = re.compile(r"を[^、。はがを?]{1,8}?[るうくすつむぶぐたい](?=[一-龥ァ-ヶー])")  # 湖を守る基金 is one name
_DIGITS = "一二三四五六七八九"
# 一番 alone says the most; 二つ折り, 三番館 and 四位一体 are names.
_COUNTED = re.compile(
    rf"(?<![一-龥])[{_DIGITS}](?=(?:番|つ|個|件|行)目)|(?<![一-龥])[二三四五六七八九](?=つ(?:の|と|を|は|が|で|とも|合|あわ|足)|番(?:の?(?:ほう|方)|で|が|を|です|$)|位(?:の|は|が|を|に))"
)
_RANKED = re.compile(r"[0-9]{1,2}番目に[^、。]{0,12}?(?:多|大き|高|長|少な|小さ|低|短)")
_CIRCLED = re.compile(r"^\s*[①-⑨]")
_STRONG = 0.8  # nouns, names and figures weigh this or more
_ARGUMENT = re.compile(
    r"\s*[」』\"”）)]?\s*(?:の?(?:ほう|方))?(?:は|が|を|も|の|に|で|って|と|から|へ|について|、|$|\?)"
)
_ASKED = re.compile(r"(?:何の|なんの|どの|どんな|どこの|どういう|どのような|だれの|誰の|いつの|何)\s*$")


@dataclass(frozen=True, slots=True)
class Talk:
    """A kind of small talk: how it is recognised and what is said to it."""

    pattern: re.Pattern[str]
    reply: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Words of a turn, and what the rest of the grammar reads for them."""

    pattern: re.Pattern[str]
    plain: str


@dataclass(frozen=True, slots=True)
class FollowUpGrammar:
    """The whole of `followup.toml`; `written` by table and name: `written["step"]["sum"]`."""

    written: dict[str, dict[str, str]]
    classes: frozenset[str]
    talk: tuple[Talk, ...]
    otherwise: tuple[Otherwise, ...]

    def at(self, table: str, name: str) -> re.Pattern[str]:
        """One pattern."""
        return _compiled(self.written[table][name])

    def patterns(self, table: str) -> Iterator[tuple[str, re.Pattern[str]]]:
        """The patterns of a table with their names, in order."""
        return ((name, _compiled(pattern)) for name, pattern in self.written[table].items())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Only when it is asked for: a question by itself needs few of them, and compiling takes half a millisecond each."""
    return re.compile(pattern)


@lru_cache(maxsize=1)
def follow_up_grammar() -> FollowUpGrammar:
    """The grammar of follow-ups, read once."""
    raw: dict[str, Any] = tomllib.loads(_GRAMMAR.read_text("utf-8"))
    talk = tuple(Talk(re.compile(one["pattern"]), one["reply"]) for one in raw.pop("talk"))
    otherwise = tuple(Otherwise(re.compile(one["pattern"]), one["plain"]) for one in raw.pop("otherwise"))
    classes = frozenset(raw["reference"].pop("classes"))
    return FollowUpGrammar(raw, classes, talk, otherwise)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A turn as read by itself.

    `text` is the folded turn without what only opens it. `new` is True when the opener says that another matter begins,
    `taken_back` when it takes something back; `no` and `yes` are what is denied and what is meant instead.
    `steps` are the names of the steps it asks for (sum, maximum, breakdown …), `among` True when it narrows what was
    found (そのうち), and `rest` is then the text without those words. `bare` is the thing named in a turn that asks
    nothing else (「…は?」), None otherwise. `premise` is the turn as one question where it first says of what it asks
    (「…もありますよね。その…は?」); empty otherwise.
    """

    text: str
    question: Question | None
    new: bool = False
    taken_back: bool = False
    no: str | None = None
    yes: str | None = None
    steps: frozenset[str] = frozenset()
    among: bool = False
    rest: str = ""
    bare: str | None = None
    premise: str = ""

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases of the turn; none when it holds no word."""
        return phrases(self.question) if self.question else ()


_ITS_OWN = re.compile(r"のは(?=[?。]*$)")


def folded(text: str) -> str:
    """The spelling in which turns are compared and put together: also 二番目, 三つの and ② in digits."""
    counted = _COUNTED.sub(lambda m: str(_DIGITS.index(m.group()) + 1), searchable(text))
    return fold_kanji_numbers(_CIRCLED.sub(lambda m: str(circled(m.group().strip())), counted)).strip()


def small_talk(text: str) -> str | None:
    """What is said to a greeting, thanks or a remark; None when the text is none of them."""
    said = folded(text)
    return next((one.reply for one in follow_up_grammar().talk if one.pattern.search(said)), None)


def asks_for_source(text: str) -> bool:
    """Whether a text asks for nothing but where something stands."""
    return bool(follow_up_grammar().at("source", "pattern").search(folded(text)))


_LEFT = ("it", "that", "year", "former", "latter", "first", "earlier", "both", "nth")
# 何人くらい: how many is asked, which names nothing that it is asked of.
_HOW_MUCH = re.compile(
    r"(?:(?:何|なん)[一-龥ァ-ヶ%]{1,3}|いくら|いくつ|どれ(?=くらい|ぐらい|だけ|ほど))(?:くらい|ぐらい|ほど|だけ)?(?:の|に|が)?(?:(?:です|でした|なり|あり)[^、。]*)?[?。]?$"
)
_LEADS = re.compile(r"^(?:その|この|それらの|これらの|それぞれの|上の)\s*")
_OF_THOSE = re.compile(r"^(?:うち|中)で?(?:は)?[、,]?\s*")
_NAMED_STEPS = frozenset({"per", "unit", "breakdown_of"})
_STEPS = (
    "sorted",
    "maximum",
    "minimum",
    "sum",
    "average",
    "difference",
    "per",
    "unit",
    "breakdown",
    "breakdown_of",
    "detail",
    "ratio",
)


def _without_pronoun(said: str) -> str:
    """カヌー教室のは? as カヌー教室は?: の stands for what was asked before; behind a verb or an adjective it is part of the question."""
    match = _ITS_OWN.search(said)
    if match is None:
        return said
    asked = _understood(said[: match.start()])
    terms = asked.terms if asked else ()
    noun = bool(terms) and terms[-1].end == match.start() and terms[-1].pos == "名詞"
    return f"{said[: match.start()]}は{said[match.end() :]}" if noun else said


def _plainly(said: str) -> str:
    """A turn as the grammar reads it: 3地域の合計は as 3つの合計は, 香港関係はどれ as 香港のものはどれ."""
    for one in follow_up_grammar().otherwise:
        said = one.pattern.sub(one.plain, said)
    return said


def read_follow_up(text: str) -> FollowUp:
    """Read a turn by itself."""
    g = follow_up_grammar()
    said = folded(text)
    new = g.at("opener", "new").match(said)
    if new:
        said = said[new.end() :]
    said = g.at("opener", "again").sub("", said)
    taken_back = False
    for _ in range(4):
        back, opener = g.at("opener", "no").match(said), g.at("opener", "plain").match(said)
        match = back or opener
        if not match or match.end() == len(said):
            break
        taken_back = taken_back or bool(back)
        said = said[match.end() :]
    no = yes = None
    instead = g.at("correction", "instead").match(said)
    if instead and not said.endswith("?") and instead["yes"].strip():
        no, yes = instead["no"].strip(), g.at("correction", "meant").sub("", instead["yes"]).strip()
    elif mistaken := g.at("correction", "mistaken").match(said):
        yes, taken_back = mistaken["yes"].strip(), True
        said = yes
    elif taken_back:
        yes = g.at("correction", "meant").sub("", said).strip() or None
    said = _plainly(_without_pronoun(said))
    among = g.at("step", "among").match(said)
    only = g.at("step", "only").search(said)
    rest = said[among.end() :] if among else said[: only.start()] if only else said
    question = _understood(said)
    why = question is not None and question.wants == "reason"
    steps = frozenset(n for n in _STEPS if g.at("step", n).search(rest) and not (why and n == "difference"))
    return FollowUp(
        said,
        question,
        bool(new),
        taken_back or bool(no),
        no,
        yes,
        steps,
        bool(among or only),
        rest,
        _bare(rest),
        _premise(said),
    )


def _premise(said: str) -> str:
    """`…する補助金もありますよね。その予算は?` → `…する補助金の予算は?`: what その means is said in the turn itself."""
    match = follow_up_grammar().at("premise", "pattern").match(said)
    return f"{match['what']}の{match['asked']}" if match else ""


def still_refers(text: str) -> bool:
    """Whether words that stand for something said before are left in a question."""
    said = _RANKED.sub("", _QUOTED.sub("", folded(text)))  # 2番目に多い is a place in an order, no thing known
    g = follow_up_grammar()
    return any(g.at("reference", name).search(said) for name in _LEFT) or bool(g.at("step", "among").search(said))


def ranks(text: str) -> bool:
    """Whether a text asks for the nth of something: 2番目は, 3番目に多いのは."""
    return bool(follow_up_grammar().at("reference", "nth").search(folded(text)))


def _understood(said: str) -> Question | None:
    try:
        return understand(said)
    except UnaskableQuestion:
        return None


def _bare(said: str) -> str | None:
    """The thing named where nothing is asked but that: one run of words up to は, だと, のほう or the end."""
    match = follow_up_grammar().at("bare", "end").search(said)
    named = said[: match.start()].strip(" 、,。") if match else ""
    if not named or len(named) > _LONGEST_NAME or _ASKING.search(_CLAUSE.sub("", _QUOTED.sub("", named))):
        return None
    last = words(named)[-1:]
    question = _understood(named)
    if question is None or not last or last[0].pos in _NO_NAME_ENDS:
        return None
    return named


def strong(phrase: Phrase) -> bool:
    """Whether a phrase names something in particular: not only 事業, 金額 or 担当."""
    return any(
        t.weight >= _STRONG and t.normal not in grammar().soft and t.surface not in grammar().soft for t in phrase.terms
    )


def asked_about(read: FollowUp) -> str:
    """What a step is done on, as far as the turn says: 「その2つの令和3年度予算の合計は」→ 令和3年度予算."""
    g = follow_up_grammar()
    text = g.at("reference", "several").sub("", read.rest)
    text = _LEADS.sub("", g.at("reference", "first").sub("", text)).lstrip("の、 ")
    inner = ""
    for name in ("breakdown", "sorted", "maximum", "minimum", "sum", "average", "difference", "ratio"):
        match = g.at("step", name).search(text)
        if match:
            inner = (match.groupdict().get("what") or "").strip("のが ")
            text = text[: match.start()]
            break
    text = re.sub(r"^[0-9]{1,2}[^\s0-9のはが]{1,4}(?:の(?=.)|で(?:は)?$)", "", g.at("step", "all").sub("", text))
    about = _HOW_MUCH.sub("", g.at("reference", "it").sub("", text)).strip(" 、のがはをでともに")
    about = _OF_THOSE.sub("", about)
    return "の".join(part for part in (about, inner) if part)


def only_a_step(text: str) -> bool:
    """Whether a text asks for a step on something found before, and names nothing to do it on: 内訳は?, 一番多いのは?"""
    read = read_follow_up(text)
    return bool(read.steps - _NAMED_STEPS) and not asked_about(read)


def topics(question: Question) -> tuple[Phrase, ...]:
    """The phrases that stand as something spoken of: with a particle behind them, and not asked for (何の…, どの…)."""
    return tuple(
        p for p in phrases(question)
        if _ARGUMENT.match(question.folded[p.end :]) and not _ASKED.search(question.folded[: p.start])
    )  # fmt: skip


def nominal(text: str) -> str:
    """A question as a name of what it asks: `…の予算額はいくらですか。` → `…の予算額`; unchanged where that fails."""
    said = folded(text)
    match = follow_up_grammar().at("tail", "pattern").search(said)
    cut = said[: match.start()].rstrip(" 、,") if match else said
    cut = cut or said
    return cut.rstrip("?。! ")
