"""A share of a whole: which of the figures known is the part and which the whole (それは全体の何%, 前者は後者の何割)."""

from __future__ import annotations

import re

from qa.followup_narrow import joined
from qa.followup_reference import last_pair
from qa.followup_rewrite import operand
from qa.followup_state import Conversation, Thing
from qa.money import SCALES
from qa.prose_kinds import same_units

_SHARE_OF = re.compile(r"(?P<part>前者|後者|それ|これ)は(?P<whole>前者|後者|合計|全体|総額|総数)")
_OF_ALL_BEHIND = re.compile(r"(?:は|が)(?:全体|全部|総数|総額|合計)(?:の(?:うち)?|に(?:対して|占める))?$")
_OF_ALL = re.compile(r"^(?:(?:それ|これ)(?:は|って)?)?(?:(?:全体|全部|総数|総額|合計)(?:の(?:うち)?|に占める)?)?$")
_PAIR = 2
_SO_FAR = 6  # topics back, as far as 両方 may reach


def figures_in_row(conversation: Conversation, parts: bool = False, apart: bool = False) -> tuple[Thing, ...]:
    """The figures of the last turns that go on from one another, of one unit, oldest first.

    `parts`: with those of parts of a figure, which may be compared with it but never added to it. `apart`: also where
    other things than figures were asked for after or between them.
    """
    found: list[Thing] = []
    attribute = None
    passed = False
    for turn in reversed(conversation.topics):
        u = turn.understood
        if u.kind == "step" and not (parts and u.parts and u.figure and u.figure.ask and u.operation == "value"):
            passed = True
            continue
        if u.figure is None and apart and u.kind != "topic":
            continue
        if u.figure is None or (found and u.figure.unit != found[0].unit):
            break
        alike = u.attribute == attribute or (not passed and _measure(u.attribute) == _measure(attribute or ""))
        if attribute is not None and not alike:
            break
        attribute = None
        if all(u.figure.ask != one.ask for one in found):
            found.insert(0, u.figure)
        if u.kind in ("complete", "topic"):
            attribute = u.attribute
        if u.kind == "topic":
            break
    return tuple(found)


def two_told(conversation: Conversation) -> tuple[Thing, ...]:
    """The last figure and the one before it that is counted alike, whatever was asked for between them; () without such.

    Who says 両方, 両者 or どっち means two figures, also where the talk did not go straight from one to the other.
    """
    told = [t.understood.figure for t in reversed(conversation.topics[-_SO_FAR:]) if t.understood.kind != "step"]
    known = [one for one in told if one is not None and one.ask]
    if not known:
        return ()
    last = known[0]
    before = next((one for one in known[1:] if one.ask != last.ask and _counted_alike(one.unit, last.unit)), None)
    return (before, last) if before is not None else ()


def _counted_alike(one: str | None, other: str | None) -> bool:
    return one == other or (one in SCALES and other in SCALES) or (other in same_units(one))


def _measure(attribute: str) -> str:
    """参加者数 and 参加者, 予算額 and 予算 are one measure."""
    return attribute.rstrip("数額")


def figure_of(word: str, conversation: Conversation) -> str | None:
    """The question for the figure that 前者, 後者, それ or 合計 means; the sum is that of the two where none was asked for."""
    last = conversation.topics[-1].understood
    pair = last_pair(conversation)
    asks = [t.ask for t in pair]
    if word in ("前者", "後者"):
        return asks[word == "後者"] if len(asks) == _PAIR else None
    if word in ("それ", "これ"):
        return last.figure.ask if last.figure else None
    summed = next((t.answer.standalone for t in reversed(conversation.topics) if t.understood.operation == "sum"), None)
    if summed is not None:
        return operand(summed)
    return (
        (joined([a for a in asks if a]) + "の合計はいくらですか。").rstrip("。") if all(asks) and asks else last.whole
    )


def share(conversation: Conversation, about: str, said: str) -> tuple[str, str] | None:
    """The part and the whole: a part that is named, the one last spoken of, else the last figure and the one before."""
    last = conversation.topics[-1].understood
    pair = _SHARE_OF.match(said)
    if pair:
        asks = [figure_of(pair[name], conversation) for name in ("part", "whole")]
        return (asks[0], asks[1]) if asks[0] and asks[1] else None
    about = _OF_ALL_BEHIND.sub("", _OF_ALL.sub("", about))
    if about:
        unit = last.figure.unit or "" if last.figure else ""
        return (f"「{last.whole}」のうち、{about}は何{unit}ですか", last.whole) if last.whole else None
    if last.parts and last.figure and last.figure.ask and last.whole:
        return last.figure.ask, last.whole
    figures = figures_in_row(conversation)
    if len(figures) >= 2 and figures[-1].ask and figures[-2].ask:
        return figures[-1].ask, figures[-2].ask
    return None
