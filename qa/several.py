"""A question that asks several things at once → the questions it consists of, each complete.

Japanese joins what is asked with と, や, 、 or a new sentence, and says what it is all about once, in front (…について、).
Every place where a question could be cut is offered; which cut is right shows when all its parts can be answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.folding import searchable

_SENTENCES = re.compile(r"(?<=[。?])\s*(?:また|それと|あと|さらに|および)?、?\s*")
_TOPIC = re.compile(r"^(?P<topic>.{2,60}?)(?:について|に関して|として|の(?:うち|中で))(?:は)?[、,]\s*")
_JOINT = re.compile(
    r"\s*(?:と[、,]\s*|及び|および|ならびに|並びに|と(?=[^いしすな、ともに])|[、,](?!.{0,4}(?:円|千円|人)))\s*"
)
_TAIL = re.compile(
    r"(?:を|は)?[、,]?\s*(?:金額|人数|件数|名前)?(?:とともに|と一緒に|も(?:一緒に|合わせて)?)?"
    r"(?:それぞれ)?(?:を)?(?:教えて(?:ください|下さい)?|答えて(?:ください|下さい)?|知りたい(?:です)?|お願いします|いくらですか|何ですか|は)?[。?]*\s*$"
)
_DIVIDED = re.compile(r"^(?P<over>.+?)を(?P<under>.+?)で割(?:ると|った|って)")
_SHORTEST = 3
_SHORTEST_SENTENCE = 8
_MOST_CUTS = 8


@dataclass(frozen=True, slots=True)
class Parts:
    """The questions a question may consist of, in order. `how` is each, or ratio (the first divided by the second)."""

    questions: tuple[str, ...]
    how: str = "each"


def cuts(text: str) -> Iterator[Parts]:
    """Ways to take a question apart, likeliest first; none for a question that asks one thing."""
    folded = searchable(text)
    divided = _DIVIDED.match(folded)
    if divided:
        over, under = divided["over"], divided["under"]
        yield Parts((over, f"{_subject(over)}{under}"), "ratio")
        return
    sentences = [part for part in _SENTENCES.split(folded) if len(part or "") >= _SHORTEST_SENTENCE]
    if len(sentences) > 1:
        yield Parts(tuple(sentences))
    yield from _joined(folded)


def _joined(folded: str) -> Iterator[Parts]:
    topic = _TOPIC.match(folded)
    about = f"{topic['topic']}の" if topic else ""
    rest = folded[topic.end() :] if topic else folded
    body = rest[: _TAIL.search(rest).start()] if _TAIL.search(rest) else rest  # type: ignore[union-attr]
    found = 0
    for joint in _JOINT.finditer(body):
        first, second = body[: joint.start()].strip(), body[joint.end() :].strip()
        if len(first) < _SHORTEST or len(second) < _SHORTEST:
            continue
        yield Parts((f"{about}{first}は?", f"{about}{second}は?"))
        if not about and (subject := _subject(first)):
            yield Parts((f"{first}は?", f"{subject}{second}は?"))
        found += 1
        if found >= _MOST_CUTS:
            return


def _subject(phrase: str) -> str:
    """What a phrase is about: everything before the last の (台湾フェアの令和3年度の当初予算額 → 台湾フェアの令和3年度の)."""
    at = phrase.rfind("の")
    return phrase[: at + 1] if at > 0 else ""
