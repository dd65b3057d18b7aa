"""A gold set and an index → every answer judged, for Tashika and for the baseline."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from eval.baseline import quote_best_line
from eval.cells import Exact, PiecesOf, exact
from eval.explained import explained
from eval.gold import CHITCHAT, DocumentSet, GoldDialogue, GoldQuestion
from eval.gold_check import check_set, must_be_sound
from eval.measures import Judgement, Summary, judge, summarise
from index import Store, build, open_store
from qa import Answer, Conversation, ask
from qa.conversation import ask_last
from qa.types import Step


@dataclass(frozen=True, slots=True)
class Judged:
    """One question of the gold set with the answer given and its judgement.

    `document` is what it is about: the documents of its evidence. `explained` is the way of an answer that is not right.
    `exact` are the citation measures at row and cell level.
    """

    id: str
    turn: int
    gold: GoldQuestion
    answer: Answer
    judgement: Judgement
    document: str = ""
    explained: tuple[str, ...] = ()
    exact: Exact = field(default_factory=Exact)


@dataclass(frozen=True, slots=True)
class Run:
    """All judged answers of one system over one gold set. Chit-chat turns are asked but not judged."""

    name: str
    items: tuple[Judged, ...]

    def summaries(self) -> tuple[Summary, ...]:
        """One line a kind of question, in order of first appearance, then the whole."""
        kinds = dict.fromkeys(item.gold.label for item in self.items)
        lines = [summarise(kind, [i.judgement for i in self.items if i.gold.label == kind]) for kind in kinds]
        return (*lines, summarise("全体", [i.judgement for i in self.items]))


def evaluate(name: str, gold: tuple[GoldDialogue, ...], store: Store, explain: bool = False) -> Run:
    """Answer every turn in its conversation and judge it; `explain` tells the way of those that are not right."""
    items: list[Judged] = []
    pieces = PiecesOf(store.documents)
    for dialogue in gold:
        conversation = Conversation(dialogue.id)
        for turn, question in enumerate(dialogue.turns):
            steps: list[Step] = []
            if turn + 1 < len(dialogue.turns):
                conversation, given = ask(conversation, question.question, store)
            else:
                given = ask_last(conversation, question.question, store, steps)
            if question.turn_type != CHITCHAT:
                judgement = judge(question, given)
                why = explained(store, given, steps) if explain and not judgement.right else ()
                cited = exact(question, given.citations, pieces)
                items.append(Judged(dialogue.id, turn, question, given, judgement, _about(question), why, cited))
    return Run(name, tuple(items))


def evaluate_document(one: DocumentSet, explain: bool = False) -> Run:
    """A document of another place indexed alone, without any setting, and asked its own questions.

    Raises:
        BadGold: its questions cannot be judged by, because of a line that is not there for one.

    """
    with tempfile.TemporaryDirectory(prefix="tashika-") as name:
        one.copy_to(Path(name) / "corpus")
        build(Path(name) / "corpus", Path(name) / "index", workers=1)
        store = open_store(Path(name) / "index")
        must_be_sound(check_set(one, store.documents[one.document.stem], values=False))
        found = evaluate(one.document.stem, tuple(GoldDialogue(q.id, (q,)) for q in one.questions()), store, explain)
    return Run(found.name, tuple(replace(item, document=found.name) for item in found.items))


def _about(question: GoldQuestion) -> str:
    return " + ".join(sorted({line.document for line in question.citations})) or "(根拠の行なし)"


def evaluate_baseline(name: str, gold: tuple[GoldDialogue, ...], store: Store) -> Run:
    """The same for the baseline, which takes every turn by itself."""
    pieces = PiecesOf(store.documents)
    items = [
        Judged(
            dialogue.id, turn, question, given, judge(question, given), _about(question),
            exact=exact(question, given.citations, pieces),
        )
        for dialogue in gold
        for turn, question in enumerate(dialogue.turns)
        if question.turn_type != CHITCHAT
        for given in (quote_best_line(question.question, store),)
    ]  # fmt: skip
    return Run(name, tuple(items))
