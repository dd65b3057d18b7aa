"""そのうち…: a part of the last figure, or those of the things found that meet one condition more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.followup import FollowUp, folded, follow_up_grammar
from qa.followup_rewrite import Candidate, operand, set_name
from qa.followup_slots import Slots
from qa.followup_state import Conversation, Thing, Understood
from qa.lookup import letters

_LISTS = frozenset({"list", "count"})
_PLAIN_END = re.compile(
    r"(?:は|って|だと)?(?:どれ|何|なん|いくつ|いくら|どこ|誰)?(?:[人件回社名円]|です|でしょう|でした|か|教えて|ください|を|お願いします)*[?。!\s]*$"
)


def step_of(text: str, last: Understood, things: Sequence[Thing] = (), kind: str = "step") -> Candidate:
    """A question made of questions, done on `things` or on those last found; later changes start from what was before."""
    return Candidate(text, kind, (), True, tuple(things) or last.things, base=False)


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
        unit = last.figure.unit if last.figure and last.figure.unit else ""
        asked = _PLAIN_END.sub("", read.rest).strip(" 、は") or condition
        yield step_of(f"「{last.whole}」のうち、{asked}は{f'何{unit}' if unit else 'いくら'}ですか。", last)
    if last.things:
        within = names_of(last.things)
        name = set_name(last.base)
        condition = re.sub(r"(?<=[たるいな])の$", "", condition)
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
        found_by = conversation.topics[-1].answer.standalone if last.kind == "step" else last.base
        yield Candidate(
            f"「{folded(found_by).rstrip('?。 ')}」のうち、「{condition}」とあるのはどれですか。",
            "step", ("subject",), True, (), within,
        )  # fmt: skip
    elif last.figure:
        yield Candidate(
            f"{operand(base.text)}のうち{_PLAIN_END.sub('', read.rest)}は?", "slots", ("subject", "attribute")
        )


def _noun(name: str) -> str:
    """What the things found are called, where their name ends in a common word for it; もの otherwise."""
    return next((c for c in sorted(follow_up_grammar().classes, key=len, reverse=True) if name.endswith(c)), "もの")
