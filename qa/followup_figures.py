"""Which known figure a turn speaks of: さっきの合計, 予算, 人数."""

from __future__ import annotations

import re

from qa.followup import follow_up_grammar
from qa.followup_rewrite import operand
from qa.followup_state import Conversation, Thing, Understood
from qa.lookup import letters
from qa.money import SCALES

_COUNTER = re.compile(r"(?P<unit>人|件|回|校|社|本|個|点|台|冊|か所|団体|世帯)数")
_SAME = {"人": ("人", "名")}
_AMOUNT = re.compile(r"金額|額|費用|お金")
_LEADING = re.compile(r"^(?:その|この|今の|いまの|上の)")
_KINDS = ("sum", "average", "difference", "maximum", "minimum")


def figure_said(what: str | None, conversation: Conversation, last: Understood) -> str | None:
    """The question for the figure that is to be told in another unit: さっきの合計, 予算, or nothing in particular."""
    g = follow_up_grammar()
    named = _LEADING.sub("", g.at("reference", "earlier").sub("", what or "")).strip()
    if not named or named in g.classes:
        return last.whole
    kind = next((name for name in _KINDS if g.at("step", name).fullmatch(named)), None)
    for turn in reversed(conversation.topics):
        u = turn.understood
        if kind and u.operation == kind:
            return operand(turn.answer.standalone)
        if not kind and u.figure and u.figure.ask and letters(named) in letters(u.figure.ask):
            return u.figure.ask
    return None


def is_called(thing: Thing, about: str) -> bool:
    """Whether a known figure is what is spoken of: by a word of its question, or as 人数 of one in 人."""
    counted = _COUNTER.fullmatch(about)
    same = (
        counted is not None and thing.unit is not None and thing.unit in _SAME.get(counted["unit"], (counted["unit"],))
    )
    money = bool(_AMOUNT.fullmatch(about)) and thing.unit in SCALES
    return same or money or letters(about) in letters(thing.ask or "")
