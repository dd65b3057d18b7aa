"""Train the weights that choose a sentence and say how probably it answers (`qa/model/prose.json`).

    python -m eval.fitting_prose --data DIR [--out FILE]

Beside the public data of `qa/training/prose.py` it learns from the gold questions that are looked at, and from those about
real speeches (`eval/speeches.py`): what people ask of an administration's documents, in their words. What stands in
`eval/gold/test` is never read, nor are the documents of other places that are only measured. A question without a right
sentence among its candidates (a table answers it) teaches nothing.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import msgspec
import numpy as np

from eval.fitting_examples import FOREIGN, SEED, looked_at, speeches, swapped
from eval.gold import GoldQuestion
from eval.measures import holds_all, plain
from index import Store
from qa.prose_candidates import candidates
from qa.prose_features import FEATURES, compare, prepare, with_meaning
from qa.restate import in_known_words
from qa.retrieve import retrieve
from qa.training.prose import collect, report, rounded, train
from qa.training.prose_examples import Example
from qa.types import Operation
from qa.understand import understand

log = logging.getLogger("eval.fitting_prose")


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("qa/model/prose.json"), show_default=True)
def main(data: Path, out: Path) -> None:
    """Train on the public data in --data and the development gold, write the weights to --out; report on what was not trained on."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    began = time.monotonic()
    taught, kept = collect(data)
    gold = [one for _, store, asked in looked_at() for one in of_questions(store, asked)]
    gold += [one for store, asked in speeches(data) for one in of_questions(store, asked)]
    log.info("%d, %d and %d examples after %.0f s", len(taught), len(gold), len(kept), time.monotonic() - began)
    model = rounded(train([*taught, *gold]))
    out.write_bytes(msgspec.json.encode(model) + b"\n")
    for source in sorted({e.source for e in kept}):
        log.info("%s, not trained on:\n%s", source, report(model, [e for e in kept if e.source == source]))
    log.info("written to %s after %.0f s", out, time.monotonic() - began)


def of_questions(store: Store, asked: Iterable[GoldQuestion]) -> Iterator[Example]:
    """The candidates of each question that a sentence answers, and of questions that nothing answers: asked so, or made so."""
    foreign = FOREIGN.read_text("utf-8").split()
    for gold in asked:
        kind = {"answer": "asked", "abstain": "hidden"}.get(gold.expected)
        made = _example(store, gold, gold.question, kind) if kind else None
        if made is None or (kind == "asked" and not made.right.any()):
            continue
        yield made
        if kind == "asked":
            dice = random.Random(f"{SEED}{gold.question}")  # noqa: S311 - no secret
            others = (_example(store, gold, text, "swapped_noun") for text in swapped(gold.question, foreign, dice))
            yield from (one for one in others if one is not None)


def _example(store: Store, gold: GoldQuestion, text: str, kind: str) -> Example | None:
    question = understand(in_known_words(store, text))
    if question.operation in (Operation.CHAT, Operation.FOLLOW_UP) or not question.terms:
        return None
    found = candidates(store, retrieve(store, question))
    if not found:
        return None
    asked = prepare(question, found)
    compared = [with_meaning(asked, compare(asked, one), store.encoder) for one in found]
    rows = np.array([[one.features[f] for f in FEATURES] for one in compared], dtype=np.float32)
    lines = {(line.document, line.line) for line in (*gold.citations, *gold.citations_also_ok)}
    said = np.array([kind == "asked" and holds_all(plain(one.text), gold.must_include) for one in found])
    there = np.array([_stands(store, one.document, one.position, lines) for one in found])
    return Example("gold", text, kind, text, rows, said & there, said & ~there)


def _stands(store: Store, document: str, position: int, lines: set[tuple[str, int]]) -> bool:
    """Whether a passage stands on one of some lines (pages, of a PDF)."""
    place = store.documents[document].place(store.documents[document].passages[position].span)
    return any(
        name == document and (place.line_start <= line <= place.line_end or place.page == line) for name, line in lines
    )


if __name__ == "__main__":
    main()
