"""そのうち…: a part of the last figure, or those of the things found that meet one condition more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.values import find_periods
from qa.followup import FollowUp, folded, follow_up_grammar, strong
from qa.followup_anchor import anchor_of
from qa.followup_compose import parse
from qa.followup_parts import without
from qa.followup_reference import last_things, two_last
from qa.followup_rewrite import Candidate, operand, set_name
from qa.followup_slots import Slots
from qa.followup_state import Conversation, Thing, Understood
from qa.lookup import letters
from qa.understand import EXTREMES

_LISTS = frozenset({"list", "count"})
_EXTREME = frozenset({"maximum", "minimum"})
_RECKONED = frozenset({"sum", "average", "maximum", "minimum", "difference"})
_RELATING = re.compile(
    r"(?:に|と)(?:関係|関連|関わ|かかわ|関す|まつわ)[^\s、。]{0,4}$|(?:に向けた|に対する|についての|向け)$"
)
_SO_MANY = re.compile(r"何([一-龥ァ-ヶー]{1,5})(?=の|が|を|に|で|あ|い|$)")  # テーマ of 何テーマの提案
_SO_MANY_OF = re.compile(
    r"^(?:その|この|これら|それら)?[0-9]{1,2}[^、。0-9のは]{1,3}(?:の(?:中|うち)で?|で)(?:は)?[、,]?"
)
_MOST_NAMED = 10
_PLAIN_END = re.compile(
    r"(?:は|って|だと)?(?:どれ|何|なん|いくつ|いくら|どこ|誰)?(?:[人件回社名円]|です|でしょう|でした|か|教えて|ください|を|お願いします)*[?。!\s]*$"
)


def step_of(text: str, last: Understood, things: Sequence[Thing] = (), kind: str = "step") -> Candidate:
    """A question made of questions, done on `things` or on those last found; later changes start from what was before."""
    return Candidate(text, kind, (), True, tuple(things) or last.things, base=False)


def joined(asks: Sequence[str]) -> str:
    """Questions in 「」 side by side, as questions made of questions begin."""
    quoted = [f"「{ask}」" for ask in asks]
    return "と".join(quoted) if len(quoted) == 2 else "、".join(quoted)


def names_of(things: Sequence[Thing]) -> frozenset[str]:
    """The names of things, as they are compared."""
    return frozenset(letters(t.name) for t in things)


def among(read: FollowUp, conversation: Conversation, base: Slots, last: Understood) -> Iterator[Candidate]:
    """そのうち…: a part of the last figure, or those of the things found that meet one condition more."""
    g = follow_up_grammar()
    condition = g.at("step", "list_end").sub("", read.rest).strip(" 、は")
    if not condition:
        return
    if last.whole and "ratio" not in read.steps:
        unit = (last.figure.unit if last.figure else None) or "".join(_SO_MANY.findall(last.whole)[-1:])
        asked = _PLAIN_END.sub("", read.rest).strip(" 、は") or condition
        yield step_of(f"「{last.whole}」のうち、{asked}は{f'何{unit}' if unit else 'いくら'}ですか。", last)
    if last.things:
        within = names_of(last.things)
        name = set_name(last.base)
        listed = _list_asked(conversation, last)
        but = without(condition)
        if but:  # 農政部以外のもの
            yield Candidate(
                f"「{listed}」のうち、「{but}」以外のものはどれですか。", "step", ("subject",), True, (), within
            )
            return
        condition = _RELATING.sub("", re.sub(r"(?<=[たるいな])の$", "", condition)) or condition
        tie = "" if re.search(r"[たるいなの]$", condition) else "の"
        noun = _noun(name)
        yield Candidate(
            f"{name}のうち{condition}{tie}ものはどれですか。",
            "step",
            ("subject",),
            False,
            (),
            within,
            kinds=_LISTS,
            condition=condition,
        )
        yield Candidate(
            f"「{folded(last.base).rstrip('?。 ')}」のうち、「{condition}{tie}{noun}はどれですか」でもあるのはどれですか。",
            "step", ("subject",), True, (), within, condition=condition,
        )  # fmt: skip
        yield Candidate(
            f"「{listed}」のうち、「{condition}」とあるのはどれですか。",
            "step", ("subject",), True, (), within,
        )  # fmt: skip
    elif last.figure:
        yield Candidate(
            f"{operand(base.text)}のうち{_PLAIN_END.sub('', read.rest)}は?", "slots", ("subject", "attribute")
        )


def _list_asked(conversation: Conversation, last: Understood) -> str:
    """The question that found the things last named, as it stands in 「」: a step's own, or the one it began with."""
    found_by = conversation.topics[-1].answer.standalone if last.kind == "step" else last.base
    return folded(found_by).rstrip("?。 ")


def how_many(read: FollowUp, conversation: Conversation, last: Understood) -> Iterator[Candidate]:
    """全部で何件: the number of the things just listed."""
    if last.operation != "list" or not last.things or not follow_up_grammar().at("step", "how_many").match(read.text):
        return
    yield step_of(f"「{_list_asked(conversation, last)}」は全部で何件ですか。", last)


def named_at(read: FollowUp, conversation: Conversation, last: Understood) -> Iterator[Candidate]:
    """2番目は, of things just listed of which nothing more is told: its name."""
    match = follow_up_grammar().at("step", "nth").match(read.text)
    if match is None or last.operation != "list":
        return
    text = f"「{_list_asked(conversation, last)}」の{match['n']}番目は何ですか。"
    yield replace(step_of(text, last), resort=True)


def in_another_year(year: str, conversation: Conversation, last: Understood) -> Iterator[Candidate]:
    """令和2年度なら after a sum or another step on figures of one year: the same step on those of that year."""
    if last.kind != "step" or last.operation not in _RECKONED or not conversation.topics:
        return
    asked = folded(conversation.topics[-1].answer.standalone)
    said = find_periods(asked)
    if not said or len({p.year for p in said}) > 1:
        return
    for p in reversed(said):
        asked = asked[: p.start] + year + asked[p.end :]
    yield Candidate(
        asked, "step", ("subject", "attribute"), parse(asked) is not None, tuple(Thing(t.name) for t in last.things),
        base=False, kinds=frozenset({last.operation}),
    )  # fmt: skip


def asks_oldest(read: FollowUp) -> bool:
    """Whether a turn asks which of the things known came first or last: 一番新しいのは, どちらが先に始まりましたか."""
    q = read.question
    asked = q is not None and q.by_year and (read.among or q.operation in EXTREMES)
    return asked and not any(strong(p) for p in read.phrases if any(t.pos != "数詞" for t in p.terms))


def oldest(read: FollowUp, conversation: Conversation, last: Understood) -> Iterator[Candidate]:
    """The first or last of the things found, or of those that were spoken of one after another."""
    rest = read.rest if read.among else read.text
    several = follow_up_grammar().at("reference", "several").search(read.text)
    counted = last_things(conversation, int(several["n"])) if several and several["n"] else ()
    if counted:
        yield _of_those(f"{'と'.join(one.name for one in counted)}のうち{_SO_MANY_OF.sub('', rest)}", counted)
    ways = [_called(conversation), two_last(conversation)]
    if len(last.things) > 1:
        yield _of_those(f"{set_name(last.base)}のうち{rest}", last.things)
        ways = [tuple(t.name for t in last.things)]
    for names in ways:
        if 1 < len(names) <= _MOST_NAMED:
            yield _of_those(f"{'と'.join(names)}のうち{rest}", [Thing(name) for name in names])


def _of_those(text: str, things: Sequence[Thing]) -> Candidate:
    return Candidate(text, "step", (), False, tuple(things), names_of(things), base=False, kinds=_EXTREME)


def _called(conversation: Conversation) -> tuple[str, ...]:
    """The things that the last turns on one topic were about, as the documents call them, oldest first."""
    found: list[str] = []
    for turn in reversed(conversation.topics):
        u, at = turn.understood, anchor_of(turn.answer)
        name = at.name if at is not None and at.is_row else u.subject
        if name and name not in found and u.kind != "step":
            found.insert(0, name)
        if u.kind == "topic":
            break
    return tuple(found[-2:])


def _noun(name: str) -> str:
    """What the things found are called, where their name ends in a common word for it; もの otherwise."""
    return next((c for c in sorted(follow_up_grammar().classes, key=len, reverse=True) if name.endswith(c)), "もの")
