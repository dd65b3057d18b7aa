"""Questions made from sentences with a figure or a date by leaving it out: `保険給付費は2.1%減の103億円` → 保険給付費は何%ですか.

The encyclopaedia's questions are put in other words than its text; a municipality's are put in its own more often, and
ask for figures. These stand for them: council speeches and paragraphs of annual reports, as articles of the same form
as JaQuAD's. Half of the questions ask as people do who know what there is but not how it is told: for what a sentence is
about, by its kind of figure, with the city and the year before it and sometimes an everyday word for a written one.
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
from qa.prose_figures import topic_of
from qa.prose_kinds import told_as_change
from qa.prose_reading import read
from qa.thesaurus import everyday

_PARAGRAPHS = 40  # of one made article
_FEW = 5  # paragraphs that are no article
_SHORTEST, _LONGEST = 25, 260  # letters of a sentence that is asked about
_STEM = 8  # letters that a question needs before its question word
_STEM_MOST = 70
_LOOSE_END = re.compile(r"(?:[はがをにでと、・((::「『\s]|約|およそ|計|延べ|のべ|から|まで|より|及び|並びに|うち)+$")
_NOUN_END = re.compile(r"[々一-龥ァ-ヶー」』)]$")
_TAG = re.compile(r"[<>{}]|[a-z]{4,}")
_TIED_ON = re.compile(r"^(?:また|なお|さらに|次に|まず|そして|その結果|このうち|うち|現在|例えば)[、,]?")
_YEAR = re.compile(r"(?:平成|令和)[0-9元]{1,2}年")
_EXPECTED = re.compile(r"見込(?:んで|みま|まれ|む)")
_PLANNED = re.compile(r"計上")
_TOPICAL = 0.5  # of the sentences that say what they are about, so many are asked about by it
_PLACED, _DATED, _EVERYDAY = 0.5, 0.4, 0.4  # how often a question names its city, its year, an everyday word
_LEFT = re.compile(r"(?:[々一-龥ァ-ヶーA-Za-z0-9]+(?:の|及び|や))+$")  # 国民健康保険事業の before 保険給付費
# Numbers with these units are mostly part of a name or a time (3号, 35歳), not what a sentence tells of its topic.
_NAMING = frozenset(
    {"年", "月", "日", "号", "歳", "時", "分", "週", "周年", "期", "学年", "条", "項", "次", "位", "回"}
)
_MONEY = frozenset({"円", "千円", "万円", "百万円", "億円"})


def speeches(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The speeches of council minutes, so many paragraphs at a time an article."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        minutes = json.load(file)["local"]
    articles = {}
    for number, meeting in enumerate(minutes):
        for turn, speech in enumerate(meeting["proceeding"]):
            session = searchable(meeting["proceedingTitle"]).strip(": ").split()[0]
            title = f"{meeting['localGovernmentName']} {session} {speech.get('speaker', '')} {number}-{turn}"
            paragraphs = [searchable(line) for line in speech["utterance"].split("\n") if line.strip()]
            for part, i in enumerate(range(0, len(paragraphs), _PARAGRAPHS)):
                if len(paragraphs[i:]) > _FEW:
                    articles[f"{title}-{part}"] = paragraphs[i : i + _PARAGRAPHS]
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
        asked = [{"context": c, "title": title, "questions": list(_questions(c, title, dice))} for c in contexts]
        if sum(len(p["questions"]) for p in asked) >= 2:
            made[title] = asked
    return made


def _questions(context: str, title: str, dice: random.Random) -> Iterator[dict[str, Any]]:
    """At most one question a sentence: about one of its figures or dates, taken at random."""
    for begin, end in split_sentences(context):
        sentence = context[begin:end]
        if not _SHORTEST <= len(sentence) <= _LONGEST:
            continue
        topical = list(_by_topic(sentence, dice)) if dice.random() < _TOPICAL else []
        if topical:
            start, stop, asked = dice.choice(topical)
            asked = _in_context(asked, title, dice)
            yield {"question": asked, "answers": [{"text": sentence[start:stop], "start": begin + start}]}
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


def _by_topic(sentence: str, dice: random.Random) -> Iterator[tuple[int, int, str]]:
    """Questions for the figures of what a sentence is about, each with the figure's place: 市税はいくらと見込まれていますか.

    What something grew or shrank by is asked for as such: 市税は前年度からいくら増えましたか.
    """
    reading = read(sentence)
    grown = told_as_change(reading)
    for figure in reading.figures if reading.folded == sentence else ():
        topic = topic_of(sentence, figure.start)
        word = _word(figure.unit)
        if topic is None or word is None or figure.unit in _NAMING or sentence[figure.start - 1] == "第":
            continue
        left = _LEFT.search(sentence[: topic[0]])
        noun = sentence[left.start() if left else topic[0] : topic[1]]
        if (figure.start, figure.end) in grown:
            more = sentence[figure.end : figure.end + 4].find("増") >= 0
            verb = "増え" if more else "減り"
            asked = dice.choice(
                (
                    f"{noun}は前年度から{word}{verb}ましたか",
                    f"{noun}は前年度に比べて{word}{verb}ていますか",
                    f"{noun}は前年度比で{word}の{'増' if more else '減'}ですか",
                    f"{noun}は前年度と比べて{word}の増減ですか",
                    f"{noun}の前年度からの{'増加' if more else '減少'}{'率' if word == '何%' else ''}は{word}ですか",
                )
            )
        elif word == "いくら" and _EXPECTED.search(sentence, figure.end):
            asked = dice.choice(
                (f"{noun}はいくらと見込まれていますか", f"{noun}はいくらですか", f"{noun}の見込額はいくらですか")
            )
        elif word == "いくら" and _PLANNED.search(sentence, figure.end):
            asked = dice.choice(
                (f"{noun}にいくら計上されていますか", f"{noun}はいくらですか", f"{noun}の予算額はいくらですか")
            )
        else:
            asked = dice.choice((f"{noun}は{word}ですか", f"{noun}は{word}になりますか", f"{noun}は{word}"))
        yield figure.start, figure.end, asked


def _in_context(asked: str, title: str, dice: random.Random) -> str:
    """The question with an everyday word for a written one, its year and its city, each now and then."""
    if dice.random() < _EVERYDAY:
        known = [written for written in everyday() if written in asked]
        if known:
            longest = max(known, key=len)
            asked = asked.replace(longest, dice.choice(everyday()[longest]), 1)
    year = _YEAR.search(title)
    if year and dice.random() < _DATED:
        asked = f"{year.group()}度の{asked}"
    return f"{title.split()[0]}の{asked}" if year and dice.random() < _PLACED else asked


def _word(unit: str | None) -> str | None:
    """The word that asks for a figure of a unit."""
    if unit is None:
        return None
    return "いくら" if unit in _MONEY else "何人" if unit in ("人", "名") else f"何{unit}"


def _spots(sentence: str) -> Iterable[tuple[int, int, str]]:
    """Places of figures and dates with the word that asks for each."""
    periods = find_periods(sentence)
    for period in periods:
        yield period.start, period.end, "いつ"
    for quantity in find_quantities(sentence):
        if quantity.unit in _NAMING or sentence[quantity.start - 1] == "第":
            continue
        if quantity.unit is None or any(p.start < quantity.end and quantity.start < p.end for p in periods):
            continue
        yield quantity.start, quantity.end, f"{_word(quantity.unit)}"


def _stem(before: str) -> str | None:
    """The phrase before a figure that it belongs to, from its last clause without figures; None where too little is left."""
    text = _LOOSE_END.sub("", before)
    if len(text) > _STEM_MOST:
        cut = text.find("、", len(text) - _STEM_MOST)
        text = text[cut + 1 :] if cut >= 0 else text[-_STEM_MOST:]
    figures = [q.end for q in find_quantities(text)]
    if figures:  # what is told of another figure is no part of the phrase
        cut = text.find("、", figures[-1])
        text = text[cut + 1 :] if cut >= 0 else ""
    text = _TIED_ON.sub("", text).strip()
    return text if len(text) >= _STEM and _NOUN_END.search(text) else None
