"""Train the shipped embedding model and write it to `index/model/` in the sentence-transformers folder format.

    python -m index.training.train --data DIR [--out DIR]

A `StaticEmbedding`: one vector a word, averaged. Words come from fugashi; the tokenizer in the folder is a unigram
model over those words, so that a word it does not know falls into known pieces. Trained with in-batch negatives
(MultipleNegativesRankingLoss, Henderson et al. 2017) on a CPU; seeds are fixed.
"""

from __future__ import annotations

import logging
import math
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from index.training.data import Pair, training_pairs
from index.words import segmented

SEED = 20261121
DIMENSIONS = 128
WORDS = 30_000
BATCH = 1024
EPOCHS = 3
LEARNING_RATE = 0.2

log = logging.getLogger("index.training")


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("index/model"), show_default=True)
def main(data: Path, out: Path) -> None:
    """Train the shipped embedding model from the public data in --data and write it to --out."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    started = time.monotonic()
    pairs = [(segmented(q), segmented(p)) for q, p in training_pairs(data, SEED)]
    log.info("%d pairs segmented after %.0f s", len(pairs), time.monotonic() - started)
    train(pairs, out)
    log.info("written to %s after %.0f s", out, time.monotonic() - started)


def build_tokenizer(texts: Iterable[str]) -> Any:
    """A unigram tokenizer whose pieces are the most frequent words and every letter seen."""
    from tokenizers import Tokenizer, normalizers, pre_tokenizers
    from tokenizers.models import Unigram

    counts: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    for text in texts:
        counts.update(text.split())
        letters.update(text.replace(" ", ""))
    total = sum(counts.values())
    pieces: list[tuple[str, float]] = [("<unk>", -100.0)]
    chosen = dict(counts.most_common(WORDS))
    pieces += [(word, math.log(count / total)) for word, count in chosen.items()]
    # A letter alone is a last resort: cheaper to use any word that covers it.
    pieces += [(c, math.log(1 / total) - 5) for c, n in sorted(letters.items()) if c not in chosen and n >= 3]
    tokenizer = Tokenizer(Unigram(pieces, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def train(pairs: list[Pair], out: Path) -> None:
    """Train on segmented pairs and replace the folder `out`, keeping its model card."""
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
    tokenizer = build_tokenizer(text for pair in pairs for text in pair)
    static = StaticEmbedding(tokenizer, embedding_dim=DIMENSIONS)
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    with tempfile.TemporaryDirectory() as scratch:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=scratch,
            num_train_epochs=EPOCHS,
            per_device_train_batch_size=BATCH,
            learning_rate=LEARNING_RATE,
            warmup_steps=50,
            seed=SEED,
            data_seed=SEED,
            use_cpu=True,
            report_to=[],
            save_strategy="no",
            logging_steps=50,
            disable_tqdm=True,
            dataloader_drop_last=True,
        )
        dataset = Dataset.from_dict({"anchor": [q for q, _ in pairs], "positive": [p for _, p in pairs]})
        SentenceTransformerTrainer(
            model=model, args=arguments, train_dataset=dataset, loss=MultipleNegativesRankingLoss(model)
        ).train()
        with torch.no_grad():
            static.embedding.weight[0] = 0.0  # a word without a known piece says nothing
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
