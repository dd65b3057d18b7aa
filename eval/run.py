"""A gold set and an index → every answer judged, for Tashika and for the baseline."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eval.baseline import quote_best_line
from eval.gold import CHITCHAT, DocumentSet, GoldDialogue, GoldQuestion
from eval.measures import Judgement, Summary, judge, summarise
from index import Store, build, open_store
from qa import Answer, Conversation, ask


@dataclass(frozen=True, slots=True)
class Judged:
    """One question of the gold set with the answer given and its judgement."""

    id: str
    turn: int
    gold: GoldQuestion
    answer: Answer
    judgement: Judgement


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


def evaluate(name: str, gold: tuple[GoldDialogue, ...], store: Store) -> Run:
    """Answer every turn in its conversation and judge it."""
    items: list[Judged] = []
    for dialogue in gold:
        conversation = Conversation(dialogue.id)
        for turn, question in enumerate(dialogue.turns):
            conversation, given = ask(conversation, question.question, store)
            if question.turn_type != CHITCHAT:
                items.append(Judged(dialogue.id, turn, question, given, judge(question, given)))
    return Run(name, tuple(items))


def evaluate_documents(sets: Iterable[DocumentSet]) -> tuple[Run, ...]:
    """Each document indexed alone, without any setting, and asked its own questions."""
    runs = []
    for one in sets:
        with tempfile.TemporaryDirectory(prefix="tashika-") as name:
            one.copy_to(Path(name) / "corpus")
            build(Path(name) / "corpus", Path(name) / "index", workers=1)
            store = open_store(Path(name) / "index")
            runs.append(evaluate(one.document.stem, tuple(GoldDialogue(q.id, (q,)) for q in one.questions()), store))
    return tuple(runs)


def evaluate_baseline(name: str, gold: tuple[GoldDialogue, ...], store: Store) -> Run:
    """The same for the baseline, which takes every turn by itself."""
    items = [
        Judged(dialogue.id, turn, question, given, judge(question, given))
        for dialogue in gold
        for turn, question in enumerate(dialogue.turns)
        if question.turn_type != CHITCHAT
        for given in (quote_best_line(question.question, store),)
    ]
    return Run(name, tuple(items))
