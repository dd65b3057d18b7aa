"""Train the shipped embedding model and write it to `index/model/` in the sentence-transformers folder format.

    python -m index.training.train --data DIR [--start WHEEL] [--out DIR]

A `StaticEmbedding`: one vector a word, averaged. It starts from published word vectors (`start.py`) and learns from
pairs and triplets of the public data (`data.py`) with in-batch negatives (MultipleNegativesRankingLoss, Henderson et al.
2017) and hard ones. On a CPU; seeds are fixed.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import click

from index.training.data import Example, texts, training_examples
from index.training.start import Vectors, choose_words, read_published, start_vectors
from index.words import segmented

SEED = 20261121
DIMENSIONS = 192
WORDS = 38_000
BATCH = 1024
EPOCHS = 2
LEARNING_RATE = 0.002
UNKNOWN = "[UNK]"

log = logging.getLogger("index.training")


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--start", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The ja_ginza wheel.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("index/model"), show_default=True)
def main(data: Path, start: Path | None, out: Path) -> None:
    """Train the shipped embedding model from the public data in --data and write it to --out."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    began = time.monotonic()
    examples = {name: [_segmented(e) for e in found] for name, found in training_examples(data, SEED).items()}
    examples = {name: [e for e in found if e.anchor and e.positive] for name, found in examples.items()}
    for name, found in examples.items():
        log.info("%s: %d examples", name, len(found))
    counts: Counter[str] = Counter()
    for found in examples.values():
        for text in texts(found):
            counts.update(text.split())
    published = read_published(start) if start else None
    words, shares = choose_words(counts, published, WORDS)
    log.info("%d words after %.0f s", len(words), time.monotonic() - began)
    train(examples, words, start_vectors(words, shares, published, DIMENSIONS, SEED), out)
    log.info("written to %s after %.0f s", out, time.monotonic() - began)


def _segmented(example: Example) -> Example:
    negative = None if example.negative is None else segmented(example.negative)
    return Example(segmented(example.anchor), segmented(example.positive), negative)


def build_tokenizer(words: tuple[str, ...]) -> Any:
    """A tokenizer that looks up words set apart by blanks. Number 0 is any other word."""
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import WordLevel

    tokenizer = Tokenizer(WordLevel({UNKNOWN: 0} | {word: i for i, word in enumerate(words, 1)}, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def train(examples: dict[str, list[Example]], words: tuple[str, ...], start: Vectors, out: Path) -> None:
    """Train on segmented examples from `start` (n_words, d) and replace the folder `out`, keeping its model card."""
    import numpy as np
    import torch
    from datasets import Dataset
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    torch.manual_seed(SEED)
    unknown = np.zeros((1, start.shape[1]), dtype=np.float32)
    static = StaticEmbedding(build_tokenizer(words), embedding_weights=np.concatenate([unknown, start]))
    # A word that is not known says nothing, from beginning to end.
    static.embedding.weight.register_hook(lambda gradient: gradient.index_fill(0, torch.tensor([0]), 0.0))
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    datasets = {}
    for name, found in examples.items():
        columns = {"anchor": [e.anchor for e in found], "positive": [e.positive for e in found]}
        if found and found[0].negative is not None:
            columns["negative"] = [e.negative or "" for e in found]
        datasets[name] = Dataset.from_dict(columns)
    with tempfile.TemporaryDirectory() as scratch:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=scratch,
            num_train_epochs=EPOCHS,
            per_device_train_batch_size=BATCH,
            learning_rate=LEARNING_RATE,
            warmup_steps=20,
            seed=SEED,
            data_seed=SEED,
            use_cpu=True,
            report_to=[],
            save_strategy="no",
            logging_steps=50,
            disable_tqdm=True,
        )
        loss = MultipleNegativesRankingLoss(model)
        SentenceTransformerTrainer(model=model, args=arguments, train_dataset=datasets, loss=loss).train()
        fresh = Path(scratch) / "model"
        model.save(str(fresh), create_model_card=False)
        card = out / "README.md"
        if card.exists():
            shutil.copy(card, fresh / "README.md")
        if out.exists():
            shutil.rmtree(out)
        shutil.copytree(fresh, out)


if __name__ == "__main__":
    main()
