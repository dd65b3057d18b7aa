"""Where a sentence stands and what it says its topic is, as features: under which heading and how far down, before は or が."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.folding import searchable
from qa.prose_candidates import Candidate
from qa.prose_reading import Reading
from qa.types import Term

PLACED = ("opening", "reply", "heading_asked", "topic", "whole")
_NOUN = 0.8
_ASKS = re.compile(
    r"(?:か|は|[?？])[。\s]*(?:[（(][^（()）]{1,20}[）)])?\s*$|^[*_#\s]*(?:[問質QＱ]|質問|質疑)[0-9\s.:：、)）*]"
)
# What may stand between a noun and what makes it the topic: 建設事業費につきましては, 施設数の合計は.
_TOPIC = re.compile(
    r"(?:等|など)?(?:の(?:総額|総数|合計|予算額?|決算額?|件数|数|額))?(?:[(（][^()（）]{1,30}[)）])?"
    r"(?:は|では|には|にも|も|が(?!い|な|り)|として(?:は|の)|に(?:つきまして|ついて|関して|関しまして|おいて|おきまして)(?:は)?|[:：])"
)
_SAID = re.compile(r"(?:[すたるいうくつぬぶむ]|です|ます|だ|ん)[。」)）\s]*$")
_CONTENT = re.compile(r"[一-龥々ァ-ヴーa-z0-9]{2,}")


def placed(
    one: Candidate, reading: Reading, terms: Sequence[Term], runs: Sequence[tuple[int, int]], pairs: frozenset[str]
) -> dict[str, float]:
    """The features named in `PLACED`, each in [0, 1].

    `runs` are the compounds of the question as ranges of its terms, `pairs` the letters beside each other in its words.
    """
    heading = one.heading[-1] if one.heading else ""
    down = 1.0 / (1 + one.nth)
    return {
        "opening": down,
        "reply": down if heading and _is_question(heading) else 0.0,
        "heading_asked": _share(heading, pairs) if heading else 0.0,
        "topic": _topic(reading, terms, runs),
        "whole": float(_SAID.search(reading.folded) is not None),
    }


def _topic(reading: Reading, terms: Sequence[Term], runs: Sequence[tuple[int, int]]) -> float:
    """The share of the question's nouns, by their weight, that stand in the sentence as what it speaks of."""
    inside = {i for a, b in runs for i in range(a, b)}
    alone = [
        (i, i + 1)
        for i, t in enumerate(terms)
        if i not in inside and t.weight >= _NOUN and t.pos not in ("動詞", "形容詞")
    ]
    total = said = 0.0
    for a, b in (*runs, *alone):
        weight = sum(t.weight for t in terms[a:b])
        total += weight
        surfaces = [t.surface.lower() for t in terms[a:b]]
        letters = sum(map(len, surfaces)) or 1
        for start in range(len(surfaces)):
            run = "".join(surfaces[start:])
            if len(run) > 1 and _stands_as_topic(reading.lower, run):
                said += weight * len(run) / letters
                break
    return said / total if total else 0.0


def _stands_as_topic(text: str, run: str) -> bool:
    at = text.find(run)
    while at >= 0:
        if _TOPIC.match(text, at + len(run)):
            return True
        at = text.find(run, at + 1)
    return False


@lru_cache(maxsize=20_000)
def _is_question(heading: str) -> bool:
    return _ASKS.search(heading) is not None


def _share(heading: str, pairs: frozenset[str]) -> float:
    own = _pairs(heading)
    return len(own & pairs) / len(own) if own else 0.0


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> frozenset[str]:
    runs = _CONTENT.findall(searchable(text).lower())
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))
