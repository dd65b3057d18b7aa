"""Questions with known answers → every offer to each, with its features and whether it is right, to learn from.

Three kinds of questions: gold questions that people wrote (development ones only), about the two documents and about
documents of other places; the same with a word exchanged, so that nothing answers them; and generated questions about
random tables, judged by the independent checker of `benchmarks/generated`.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from corpus import Span
from corpus.folding import searchable
from eval.gold import CHITCHAT, FOLDER, DocumentSet, EvidenceLine, GoldQuestion, document_sets, read_gold
from eval.measures import judge
from eval.speeches import speech_sets
from index import DEFAULT_INDEX, Store, build, open_store
from qa import Answer
from qa.followup import only_a_step, small_talk
from qa.followup_compose import parse
from qa.holdings import holdings, source_question
from qa.offer_features import Features, features
from qa.offers import offers
from qa.restate import in_known_words
from qa.retrieve import retrieve
from qa.second_look import said_of
from qa.tabular import frames_of
from qa.training.prose_examples import TOGETHER, index_of, place_of, read_articles, swap
from qa.types import Draft, Operation, UnaskableQuestion
from qa.understand import understand

SEED = 20261125
# What a question of each source weighs.
WEIGHTS = {"gold": 1.0, "documents": 1.0, "swapped": 0.15, "generated": 0.15, "article": 0.15, "article swapped": 0.05}
GENERATED = 800  # questions about random tables
ARTICLES = 700  # questions about encyclopaedia articles
EACH_ARTICLE = 7
SWAPS = 2
_NOUN = 0.8
# Words of other fields of administration, to ask for what the documents do not hold.
FOREIGN = Path(__file__).parent / "foreign.txt"
T = TypeVar("T")
Right = Callable[[Answer], bool]


@dataclass(frozen=True, slots=True)
class Example:
    """The offers to one question: their features, which are right, and what the question weighs.

    `source` is gold (the two documents), documents (of other places), swapped, generated, article or article swapped.
    `said` is what would be read of each offer; "" where nothing can be said.
    """

    source: str
    question: str
    answerable: bool
    features: tuple[Features, ...]
    right: tuple[bool, ...]
    said: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """What the question weighs in training."""
        return WEIGHTS[self.source]


def examples(data: Path, generated: int = GENERATED, of: int = ARTICLES) -> list[Example]:
    """All of them; the order is fixed."""
    found = [one for source, store, asked in looked_at() for one in of_store(store, asked, source)]
    for store, asked in speeches(data):
        found += of_store(store, asked, "documents")
    return [*found, *of_random_tables(generated), *(of_articles(data, of) if of else ())]


def speeches(data: Path) -> Iterator[tuple[Store, Iterator[GoldQuestion]]]:
    """The real speeches, each indexed by itself, with their questions; the store is there until the next one is taken."""
    with tempfile.TemporaryDirectory(prefix="tashika-") as name:
        for one in speech_sets(data, Path(name)):
            yield _alone(one, Path(name) / one.document.stem), one.questions()


def looked_at() -> Iterator[tuple[str, Store, Iterator[GoldQuestion]]]:
    """All gold that is looked at while building, in a fixed order: what it is about (gold: the two documents, or documents),
    the store to ask, which is there until the next one is taken, and the complete questions.
    """
    store = open_store(DEFAULT_INDEX)
    for path in (FOLDER / "single.jsonl", FOLDER / "dialogues.jsonl", *sorted((FOLDER / "dev").glob("*.jsonl"))):
        yield "gold", store, complete_questions(path)
    for one in document_sets():
        if not one.test:
            with tempfile.TemporaryDirectory(prefix="tashika-") as name:
                yield "documents", _alone(one, Path(name)), one.questions()


def _alone(one: DocumentSet, folder: Path) -> Store:
    """A document indexed by itself in a folder."""
    one.copy_to(folder / "corpus")
    return _indexed(folder)


def _indexed(folder: Path) -> Store:
    build(folder / "corpus", folder / "index", workers=1)
    return open_store(folder / "index")


def complete_questions(path: Path) -> Iterator[GoldQuestion]:
    """The questions of a gold file; of a dialogue each turn as the complete question it stands for."""
    for dialogue in read_gold(path):
        for turn in dialogue.turns:
            complete = turn.standalone if len(dialogue.turns) > 1 else turn.question
            if turn.turn_type != CHITCHAT and turn.expected != "no_crash" and complete:
                yield msgspec.structs.replace(turn, question=complete)


def of_store(store: Store, asked: Iterable[GoldQuestion], source: str = "gold") -> Iterator[Example]:
    """Gold questions with their offers, and those made from them that nothing answers."""
    foreign = FOREIGN.read_text("utf-8").split()
    for gold in asked:
        expected, right = gold.expected == "answer", partial(is_right, gold)
        yield from _weighed(store, source, gold.question, expected, right)
        if expected:
            dice = random.Random(f"{SEED}{gold.question}")  # noqa: S311 - no secret
            for text in swapped(gold.question, foreign, dice):
                yield from _weighed(store, "swapped", text, False, lambda given: False)


def is_right(gold: GoldQuestion, given: Answer) -> bool:
    """Whether an answer is right and cites a line of the evidence."""
    judged = judge(gold, given)
    return judged.right and judged.citation_recall != 0.0


def swapped(text: str, foreign: Sequence[str], dice: random.Random) -> Iterator[str]:
    """The question with a noun exchanged for a foreign one, and with its year moved out of any document's reach."""
    question, folded = understand(text), searchable(text)
    nouns = [
        t for t in question.terms
        if t.weight >= _NOUN and t.pos == "名詞" and len(t.surface) > 1 and folded[t.start : t.end] == t.surface
    ]  # fmt: skip
    dice.shuffle(nouns)
    for term in nouns[:SWAPS]:
        yield folded[: term.start] + dice.choice(foreign) + folded[term.end :]
    for period in question.periods[:1]:
        year = re.search(r"[0-9]+", period.text)
        if year and folded[period.start : period.end] == period.text:
            moved = str(int(year.group()) + dice.choice((7, 8, 9, 11)))
            yield folded[: period.start + year.start()] + moved + folded[period.start + year.end() :]


def of_articles(data: Path, count: int) -> list[Example]:
    """Questions of JaQuAD train about encyclopaedia articles, `TOGETHER` articles in an index; and the same with a noun,
    a name or the year exchanged for another that the same articles know.
    """
    articles = read_articles(data / "jaquad" / "train.jsonl.gz")
    dice = random.Random(SEED)  # noqa: S311 - no secret
    titles = in_turn(articles, dice)
    found: list[Example] = []
    for start in range(0, len(titles), TOGETHER):
        if sum(one.source == "article" for one in found) >= count:
            break
        chosen = {title: articles[title] for title in titles[start : start + TOGETHER]}
        with tempfile.TemporaryDirectory(prefix="tashika-") as name:
            store = index_of(Path(name), chosen)
            for number, paragraphs in enumerate(chosen.values()):
                found += _of_article(store, f"article{number}", paragraphs, dice)
    return found


def in_turn(articles: Iterable[str], dice: random.Random) -> list[str]:
    """The titles of articles in the order in which they are taken."""
    titles = sorted(articles)
    dice.shuffle(titles)
    return titles


def _of_article(store: Store, name: str, paragraphs: list[dict[str, Any]], dice: random.Random) -> Iterator[Example]:
    document = store.documents[name]
    asked = [(p, q) for p in paragraphs for q in p["questions"]]
    terms = [understand(q["question"]).terms for _, q in asked]
    for number in dice.sample(range(len(asked)), min(EACH_ARTICLE, len(asked))):
        paragraph, question = asked[number]
        place = place_of(document, paragraph, question)
        if place is None:
            continue
        line = document.place(Span(*place[1])).line_start
        gold = GoldQuestion(
            question=question["question"], must_include=((question["answers"][0]["text"],),),
            citations=(EvidenceLine(name, line),),
        )  # fmt: skip
        yield from _weighed(store, "article", gold.question, True, partial(is_right, gold))
        others = [t for i, own in enumerate(terms) if i != number for t in own]
        for least, most in ((1.0, 9.0), (_NOUN, 1.0)):
            other = swap(gold.question, terms[number], others, least, most, dice)
            if other is not None:
                yield from _weighed(store, "article swapped", other, False, lambda given: False)


def of_random_tables(count: int) -> list[Example]:
    """Questions about random tables; an offer is right where the independent checker finds it exact."""
    from benchmarks.generated.checker import check, read_source
    from benchmarks.generated.files import write
    from benchmarks.generated.known import Known
    from benchmarks.generated.runs import drawn
    from benchmarks.generated.tables import Table

    found: list[Example] = []

    def use(table: Table, asked: list[Known]) -> int:
        with tempfile.TemporaryDirectory(prefix="tashika-") as name:
            (Path(name) / "corpus").mkdir()
            written = write(table, Path(name) / "corpus")
            store, source = _indexed(Path(name)), read_source(table, written)
            for known in asked:

                def exact(given: Answer, known: Known = known) -> bool:
                    return check(known, source, msgspec.to_builtins(given)).outcome == "exact"

                found.extend(_weighed(store, "generated", known.text, bool(known.readings), exact))
        return len(asked)

    if count:
        drawn(count, SEED % 2**31, use)
    return found


def _weighed(store: Store, source: str, text: str, answerable: bool, right: Right) -> Iterator[Example]:
    """The example of a question; none where the pipeline would not look for an answer at all."""
    try:
        question = understand(text)
    except UnaskableQuestion:
        return
    if question.operation in (Operation.CHAT, Operation.FOLLOW_UP) or not question.terms:
        return
    if small_talk(text) or only_a_step(text):
        return
    if holdings(store, text) is not None or parse(source_question(text) or text):
        return
    question = understand(in_known_words(store, text))
    hits = retrieve(store, question)
    found = offers(store, question, hits, frames_of(store, hits), run)
    described = features(store, question, hits, found)
    drafts = [one.draft(store) for one in found]
    judged = tuple(one is not None and _right(question.text, one, right) for one in drafts)
    said = tuple("" if one is None else said_of(one) for one in drafts)
    yield Example(source, text, answerable, tuple(described), judged, said)


def run(name: str, step: Callable[[], T]) -> T:
    """A step without a clock."""
    return step()


def _right(text: str, draft: Draft, right: Right) -> bool:
    """Whether what would be said is right."""
    return right(
        Answer(
            "",
            0,
            text,
            "",
            True,
            draft.kind,
            draft.text,
            draft.values,
            draft.calculation,
            draft.citations,
            1.0,
            "",
            0.0,
        )
    )
