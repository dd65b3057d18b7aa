"""Questions with known answers (JaQuAD) → sets of candidate sentences with features, of which one answers or none does.

Articles become documents of a small index, three at a time, and each question goes the way it goes in the product:
understood, searched for, candidates compared. Questions that nothing answers are made in four ways: the paragraph with
the answer is taken away; a name or figure of the question is exchanged for another that the same documents know; its
year for a near one; an ordinary noun for one of another question on the same article.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from corpus.folding import searchable
from corpus.values import Period
from index import Store, build, open_store
from qa.prose_candidates import candidates
from qa.prose_features import FEATURES, compare, prepare, with_meaning
from qa.retrieve import retrieve
from qa.types import Operation, Term
from qa.understand import understand

TOGETHER = 3  # articles in one index
_A_NAME = 1.0
_A_NOUN = 0.8
_LONG_ANSWER = 2  # letters from which on an answer found elsewhere is probably no accident
_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question: `features` (n, len(FEATURES)), and for each whether quoting it answers, (n,).

    `source` says where the question comes from, `kind` is asked, hidden, swapped_name, swapped_noun or swapped_year; `article` is what the set is split by. A candidate that holds
    the answer's letters elsewhere than where the annotators found it is marked in `unsure` (n,): it teaches nothing.
    """

    source: str
    article: str
    kind: str
    question: str
    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    unsure: NDArray[np.bool_]


def read_articles(path: Path) -> dict[str, list[dict[str, Any]]]:
    """JaQuAD's paragraphs by article."""
    articles: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paragraph = json.loads(line)
            articles.setdefault(paragraph["title"], []).append(paragraph)
    return articles


def examples(articles: dict[str, list[dict[str, Any]]], source: str, each: int, seed: int) -> Iterator[Example]:
    """Up to `each` questions an article, with their unanswerable counterparts."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    titles = sorted(articles)
    dice.shuffle(titles)
    for start in range(0, len(titles), TOGETHER):
        chosen = titles[start : start + TOGETHER]
        with tempfile.TemporaryDirectory(prefix="tashika-") as name:
            store = index_of(Path(name), {title: articles[title] for title in chosen})
            for number, title in enumerate(chosen):
                for one in _of_article(store, f"article{number}", title, articles[title], each, dice):
                    yield replace(one, source=source)


def index_of(folder: Path, articles: dict[str, list[dict[str, Any]]]) -> Store:
    """A few articles as documents of an index in a new folder."""
    (folder / "corpus").mkdir()
    for number, (title, paragraphs) in enumerate(articles.items()):
        text = "\n\n".join([f"# {title}", *(p["context"].strip() for p in paragraphs)])
        (folder / "corpus" / f"article{number}.md").write_text(text + "\n", "utf-8")
    build(folder / "corpus", folder / "index", workers=1)
    return open_store(folder / "index")


def _of_article(
    store: Store, name: str, title: str, paragraphs: list[dict[str, Any]], each: int, dice: random.Random
) -> Iterator[Example]:
    document = store.documents[name]
    asked = [(p, q) for p in paragraphs for q in p["questions"]]
    others = [understand(q["question"]) for _, q in asked]
    for number in dice.sample(range(len(asked)), min(each, len(asked))):
        paragraph, question = asked[number]
        place = place_of(document, paragraph, question)
        if place is None:
            continue
        answer = question["answers"][0]["text"]
        whole, sentence = place
        yield from _compared(store, title, "asked", question["question"], name, answer, whole, sentence)
        yield from _compared(store, title, "hidden", question["question"], name, answer, whole, None)
        mine = others[number].terms
        for kind, least, most in (("swapped_name", _A_NAME, 9.0), ("swapped_noun", _A_NOUN, _A_NAME)):
            theirs = [t for i, o in enumerate(others) if i != number for t in o.terms]
            swapped = swap(question["question"], mine, theirs, least, most, dice)
            if swapped:
                yield from _compared(store, title, kind, swapped, name, answer, whole, None, hide=False)
        other_year = _other_year(question["question"], others[number].periods, dice)
        if other_year:
            yield from _compared(store, title, "swapped_year", other_year, name, answer, whole, None, hide=False)


def place_of(
    document: Document, paragraph: dict[str, Any], question: dict[str, Any]
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where the paragraph, and in it the answer, stand in the document."""
    context = paragraph["context"].strip()
    start = document.text.find(context)
    answer = question["answers"][0]
    lost = len(paragraph["context"]) - len(paragraph["context"].lstrip())
    at = start + answer["start"] - lost
    if start < 0 or document.text[at : at + len(answer["text"])] != answer["text"]:
        return None
    return (start, start + len(context)), (at, at + len(answer["text"]))


def swap(
    question: str, mine: Sequence[Term], theirs: Sequence[Term], least: float, most: float, dice: random.Random
) -> str | None:
    """The question with one of its words exchanged for one of the same kind that it does not hold; None without one."""
    folded = searchable(question)
    mine = [t for t in mine if least <= t.weight < most and folded[t.start : t.end] == t.surface]
    dice.shuffle(mine)
    for term in mine:
        if _NUMBER.search(term.surface):
            number = int(_NUMBER.search(term.surface).group()) + dice.choice([-2, -1, 1, 2, 3, 10])  # type: ignore[union-attr]
            new = _NUMBER.sub(str(abs(number)), term.surface, count=1)
        else:
            like = [
                t.surface for t in theirs if least <= t.weight < most and t.pos == term.pos and t.surface not in folded
                and not _NUMBER.search(t.surface) and len(t.surface) > 1
            ]  # fmt: skip
            if not like or len(term.surface) < 2:
                continue
            new = dice.choice(like)
        return folded[: term.start] + new + folded[term.end :]
    return None


def _other_year(question: str, periods: Sequence[Period], dice: random.Random) -> str | None:
    """The question with the first year it names moved by a few years; None without a year in digits."""
    folded = searchable(question)
    for period in periods:
        year = _NUMBER.search(period.text)
        if year and folded[period.start : period.end] == period.text:
            moved = str(max(1, int(year.group()) + dice.choice([-3, -2, -1, 1, 2, 3])))
            if moved != year.group():
                start = period.start + year.start()
                return folded[:start] + moved + folded[period.start + year.end() :]
    return None


def _compared(
    store: Store, article: str, kind: str, text: str, name: str, answer: str, whole: tuple[int, int],
    sentence: tuple[int, int] | None, hide: bool = True,
) -> Iterator[Example]:  # fmt: skip
    question = understand(text)
    if question.operation in (Operation.CHAT, Operation.FOLLOW_UP) or not question.terms:
        return
    document = store.documents[name]
    found = candidates(store, retrieve(store, question))
    if sentence is None and hide:
        found = tuple(one for one in found if one.document != name or not _overlaps(document, one.position, whole))
    if not found:
        return
    asked = prepare(question, found)
    compared = [with_meaning(asked, compare(asked, one), store.encoder) for one in found]
    right = [
        sentence is not None and one.document == name and _overlaps(document, one.position, sentence) for one in found
    ]
    holds = [len(answer) >= _LONG_ANSWER and searchable(answer) in searchable(one.text) for one in found]
    unsure = [h and not r and (sentence is not None or hide) for h, r in zip(holds, right, strict=True)]
    rows = np.array([[one.features[f] for f in FEATURES] for one in compared], dtype=np.float32)
    yield Example("", article, kind, text, rows, np.array(right), np.array(unsure))


def _overlaps(document: Document, position: int, stretch: tuple[int, int]) -> bool:
    span = document.passages[position].span
    return span.start < stretch[1] and stretch[0] < span.end
