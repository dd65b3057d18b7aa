"""A small town's two documents and a tiny embedding model, made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import Store, build, open_store

BUDGET = """みなと市の事業(令和3年度)

1 港湾費

担当課\t事業名\t開始年度\t参加者\t予算額 (千円)\t区分
港湾課\t桟橋修繕\tH20\t—\t1,250\t継続
\t海岸清掃\tH28\t312名\t480\t継続
観光課\t観光船誘致\tR2\t—\t2,300\t新規
\t朝市\tR3\t85名\t75\t新規
"""
REPORT = """1 健康費

(1) 減塩教室 決算額 95 千円

保健師が減塩の料理を教えた。参加した市民は64人だった。

- ・開催回数 4回
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A folder with the two documents, to be changed at will."""
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "yosan.txt").write_text(BUDGET, "utf-8")
    (folder / "houkoku.txt").write_text(REPORT, "utf-8")
    return folder


@pytest.fixture
def town_store(town: Path, tmp_path: Path) -> Store:
    """An index over the two documents, open."""
    build(town, tmp_path / "index")
    return open_store(tmp_path / "index")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder of five words and four dimensions."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    vocabulary = {word: i for i, word in enumerate(["[UNK]", "港", "海", "山", "query", "passage"])}
    tokenizer = Tokenizer(WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(7).normal(size=(len(vocabulary), 4)).astype(np.float32)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(str(folder))
    return folder
