"""Questions made from sentences with a figure or a date by leaving it out: `保険給付費は2.1%減の103億円` → 保険給付費は何%ですか.

The encyclopaedia's questions are put in other words than its text; a municipality's are put in its own more often, and
ask for figures. These stand for them: council speeches and paragraphs of annual reports, as articles of the same form
as JaQuAD's.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.folding import searchable
from corpus.sentences import split_sentences
from corpus.values import find_periods, find_quantities

SPEECH_YEAR = "2019"  # later sessions are left to those who test on them
_PARAGRAPHS = 40  # of one made article
_SHORTEST, _LONGEST = 25, 260  # letters of a sentence that is asked about
_STEM = 8  # letters that a question needs before its question word
_STEM_MOST = 70
_LOOSE_END = re.compile(r"(?:[はがをにでと、・((::「『\s]|約|およそ|計|延べ|のべ|から|まで|より|及び|並びに|うち)+$")
_NOUN_END = re.compile(r"[々一-龥ァ-ヶー」』)]$")
_TAG = re.compile(r"[<>{}]|[a-z]{4,}")
_MONEY = frozenset({"円", "千円", "万円", "百万円", "億円"})


def speeches(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The speeches of council minutes of one year, each an article."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        minutes = json.load(file)["local"]
    articles = {}
    for number, meeting in enumerate(m for m in minutes if m["date"].startswith(SPEECH_YEAR)):
        for turn, speech in enumerate(meeting["proceeding"]):
            title = f"{meeting['localGovernmentName']} {speech.get('speaker', '')} {number}-{turn}"
            paragraphs = [searchable(line) for line in speech["utterance"].split("\n") if line.strip()]
            if len(paragraphs) > 5:
                articles[title] = paragraphs
    return _articles(articles)


def report_paragraphs(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Paragraphs of annual reports, so many at a time an article."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [searchable(line) for line in file if len(line) >= _SHORTEST and not _TAG.search(line)]
    return _articles(
        {f"報告書 {n}": lines[i : i + _PARAGRAPHS] for n, i in enumerate(range(0, len(lines), _PARAGRAPHS))}
    )


def _articles(paragraphs: dict[str, list[str]]) -> dict[str, list[dict[str, Any]]]:
    dice = random.Random(0)  # noqa: S311 - no secret
    made = {}
    for title, contexts in paragraphs.items():
        asked = [{"context": c, "title": title, "questions": list(_questions(c, dice))} for c in contexts]
        if sum(len(p["questions"]) for p in asked) >= 2:
            made[title] = asked
    return made


def _questions(context: str, dice: random.Random) -> Iterator[dict[str, Any]]:
    """At most one question a sentence: about one of its figures or dates, taken at random."""
    for begin, end in split_sentences(context):
        sentence = context[begin:end]
        if not _SHORTEST <= len(sentence) <= _LONGEST:
            continue
        spots = list(_spots(sentence))
        dice.shuffle(spots)
        for start, stop, word in spots:
            stem = _stem(sentence[:start])
            if stem:
                yield {
                    "question": f"{stem}は{word}ですか",
                    "answers": [{"text": sentence[start:stop], "start": begin + start}],
                }
                break


def _spots(sentence: str) -> Iterable[tuple[int, int, str]]:
    """Places of figures and dates with the word that asks for each."""
    periods = find_periods(sentence)
    for period in periods:
        yield period.start, period.end, "いつ"
    for quantity in find_quantities(sentence):
        if quantity.unit is None or any(p.start < quantity.end and quantity.start < p.end for p in periods):
            continue
        word = (
            "いくら" if quantity.unit in _MONEY else "何人" if quantity.unit in ("人", "名") else f"何{quantity.unit}"
        )
        yield quantity.start, quantity.end, word


def _stem(before: str) -> str | None:
    """What stands before a figure, from the last clause that is long enough; None where too little is left."""
    text = _LOOSE_END.sub("", before)
    if len(text) > _STEM_MOST:
        cut = text.find("、", len(text) - _STEM_MOST)
        text = text[cut + 1 :] if cut >= 0 else text[-_STEM_MOST:]
    text = re.sub(r"^(?:また|なお|さらに|次に|まず|そして|その結果)[、,]?", "", text).strip()
    return text if len(text) >= _STEM and _NOUN_END.search(text) else None
