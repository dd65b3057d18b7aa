"""The systems that benchmarks/peers.py compares, behind the same few calls (`System`).

Libraries are imported where they are used, so that no system pays for another's.
"""
# ruff: noqa: D102 - what the calls do is said once, in System

from __future__ import annotations

import json
import pickle  # rank_bm25 and LangChain have no other form on disk; read back are files of the same run
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from index import load_encoder, open_store, search

K = 10
DEPTH = 100  # as far down each list as our own search looks
SHARES = (0.5, 0.3, 0.2, 0.1, 0.05, 0.02)  # of the vectors in a fusion; 0.5 is the libraries' own
DEPTHS = (10, DEPTH)


class System:
    """A system under comparison. `given` says what it was given of ours; `settings` are those to choose from: the
    share of the vectors in its fusion and how deep it looks into each list.
    """

    given: ClassVar[str]
    settings: ClassVar[tuple[tuple[float, int], ...]] = tuple((share, depth) for depth in DEPTHS for share in SHARES)

    def __init__(self, folder: Path, share: float, depth: int) -> None:
        self.folder = folder
        self.share = share
        self.depth = depth
        self.spent: dict[str, list[float]] = {}  # milliseconds by part, where a system tells them apart

    @property
    def own(self) -> Path:
        """Where it keeps its index."""
        return self.folder / type(self).__name__

    def passages(self) -> tuple[list[str], list[str], list[str]]:
        """Names, texts to be searched by words, and texts to be embedded."""
        lines = (self.folder / "beir" / "corpus.jsonl").read_text("utf-8").split("\n")
        found = [json.loads(line) for line in lines if line]
        return [p["_id"] for p in found], [p["text"] for p in found], [p["gist"] for p in found]

    def read(self) -> None:
        """Whatever happens before the clock of a build starts: imports, the model, the passages in memory."""
        self.encoder = load_encoder()

    def build(self) -> None:
        """Make the index."""
        raise NotImplementedError

    def save(self) -> None:
        """Write what `build` made to the disk, where the two are apart."""

    def open(self) -> None:
        """Read the index from the disk."""
        raise NotImplementedError

    def prepared(self, query: str) -> Any:
        """What is handed to `search`; not on the clock."""
        return query

    def search(self, query: Any) -> list[str]:
        """The names of the K best passages."""
        raise NotImplementedError


class Tashika(System):
    """Ours, by its three public calls."""

    given = "the documents as CSV files: its build reads, checks and writes them, and its index survives kills"
    settings = ()

    def build(self) -> None:
        from index import build

        build(self.folder / "corpus", self.own, workers=1)

    def open(self) -> None:
        self.store = open_store(self.own)

    def search(self, query: str) -> list[str]:
        return [f"{hit.entry.document}:{hit.entry.position}" for hit in search(self.store, query, K)]


class Bare(System):
    """No product: the calls of fugashi, tokenizers, bm25s and FAISS that a query of ours costs at least."""

    given = (
        "our terms made beforehand; one `parse` of fugashi, one `encode` of tokenizers and the mean, two `retrieve` of "
        "bm25s, one `search` of FAISS (of the type our index has at that size)"
    )
    settings = ()

    def read(self) -> None:
        from index.words import bigram_terms, content_terms

        super().read()
        self.analyzers: tuple[Callable[[str], list[str]], ...] = (content_terms, bigram_terms)
        _, self.texts, self.gists = self.passages()

    def build(self) -> None:
        import bm25s
        import faiss

        self.lexical = []
        for analyzer in self.analyzers:
            bm25 = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
            bm25.index([analyzer(text) for text in self.texts], show_progress=False)
            self.lexical.append(bm25)
        vectors = self.encoder.encode_passages(self.gists)
        approximation = open_store(self.folder / "Tashika").manifest.approximation
        factory = approximation.factory if approximation else "Flat"
        self.vectors: Any = faiss.index_factory(vectors.shape[1], factory, faiss.METRIC_INNER_PRODUCT)
        self.vectors.train(vectors)
        self.vectors.add(vectors)

    def save(self) -> None:
        import faiss

        for number, bm25 in enumerate(self.lexical):
            bm25.save(str(self.own / str(number)), show_progress=False)
        faiss.write_index(self.vectors, str(self.own / "vectors.faiss"))

    def open(self) -> None:
        import bm25s
        import faiss
        import unidic_lite
        from fugashi import GenericTagger
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        from index.encoder import SHIPPED_FOLDER
        from index.words import bigram_terms, content_terms, segmented

        self.analyzers = (content_terms, bigram_terms)
        self.segmented = segmented
        self.lexical = [bm25s.BM25.load(str(self.own / str(number)), show_progress=False) for number in range(2)]
        approximation = open_store(self.folder / "Tashika").manifest.approximation
        self.candidates = approximation.candidates if approximation else DEPTH
        self.vectors = faiss.read_index(str(self.own / "vectors.faiss"))
        dictionary = Path(unidic_lite.DICDIR)
        self.tagger = GenericTagger(f'-r "{dictionary / "mecabrc"}" -d "{dictionary}"')
        part = SHIPPED_FOLDER / json.loads((SHIPPED_FOLDER / "modules.json").read_text("utf-8"))[0]["path"]
        self.tokenizer = Tokenizer.from_file(str(part / "tokenizer.json"))
        self.weights = load_file(part / "model.safetensors")["embedding.weight"].astype(np.float32)

    def prepared(self, query: str) -> Any:
        return query, self.segmented(query), [analyzer(query) for analyzer in self.analyzers]

    def search(self, query: Any) -> list[str]:
        text, words, terms = query
        clock = [time.perf_counter()]
        self.tagger.parse(text)
        clock.append(time.perf_counter())
        ids = self.tokenizer.encode(words, add_special_tokens=False).ids
        vector = self.weights[ids].mean(axis=0) if ids else np.zeros(self.weights.shape[1], dtype=np.float32)
        clock.append(time.perf_counter())
        for bm25, these in zip(self.lexical, terms, strict=True):
            bm25.retrieve([these], k=min(DEPTH, bm25.scores["num_docs"]), show_progress=False)
        clock.append(time.perf_counter())
        self.vectors.search(vector[np.newaxis], self.candidates)
        clock.append(time.perf_counter())
        for name, start, end in zip(("fugashi", "tokenizers", "bm25s", "faiss"), clock, clock[1:], strict=False):
            self.spent.setdefault(name, []).append((end - start) * 1000)
        return []


class RankBM25(System):
    """rank_bm25's BM25Okapi: words only."""

    given = "our word terms, for passages and questions; no vectors (it has none); kept on disk as a pickle"
    settings = ()

    def read(self) -> None:
        import rank_bm25

        from index.words import content_terms

        self.library = rank_bm25
        self.analyzer = content_terms
        self.names, self.texts, _ = self.passages()

    def build(self) -> None:
        self.bm25 = self.library.BM25Okapi([self.analyzer(text) for text in self.texts])

    def save(self) -> None:
        (self.own / "bm25.pickle").write_bytes(pickle.dumps((self.bm25, self.names), pickle.HIGHEST_PROTOCOL))

    def open(self) -> None:
        from index.words import content_terms

        self.analyzer = content_terms
        self.bm25, self.names = pickle.loads((self.own / "bm25.pickle").read_bytes())  # noqa: S301 - this run's file

    def search(self, query: str) -> list[str]:
        return list(self.bm25.get_top_n(self.analyzer(query), self.names, n=K))


GISTS: dict[str, str] = {}  # what to embed for a text: txtai hands its vectors the text it searches by words


def txtai_vectors(texts: Sequence[str]) -> Any:
    """Our model as an external transform of txtai."""
    return load_encoder().encode_passages([GISTS.get(text, text) for text in texts])


def __getattr__(name: str) -> Any:
    """WordBM25: txtai finds its scoring by a dotted name; only then is there a reason to import txtai."""
    if name != "WordBM25":
        raise AttributeError(name)
    from txtai.scoring import BM25

    from index.words import content_terms

    return type(name, (BM25,), {"tokenize": lambda _, text: content_terms(text)})


class Txtai(System):
    """txtai's hybrid index: its BM25 (in SQLite) and FAISS, convex combination of normalised scores."""

    given = (
        "our word terms through its custom scoring class (its BM25 unchanged); vectors as our model gives them, as an external "
        "transform; it looks 100 deep by itself"
    )
    settings = tuple((share, DEPTH) for share in SHARES)

    def read(self) -> None:
        import txtai

        super().read()
        self.library = txtai
        self.names, self.texts, gists = self.passages()
        GISTS.update(zip(self.texts, gists, strict=True))

    def build(self) -> None:
        scoring = {"method": "benchmarks.systems.WordBM25", "terms": True, "normalize": True}
        self.index = self.library.Embeddings(
            method="external", transform="benchmarks.systems.txtai_vectors", scoring=scoring, content=False
        )
        self.index.index(zip(self.names, self.texts, [None] * len(self.names), strict=True))

    def save(self) -> None:
        self.index.save(str(self.own))

    def open(self) -> None:
        import txtai

        self.index = txtai.Embeddings()
        self.index.load(str(self.own))

    def search(self, query: str) -> list[str]:
        return [name for name, _ in self.index.search(query, K, weights=self.share)]


class Haystack(System):
    """Haystack's in-memory store: a pipeline of two retrievers and reciprocal rank fusion."""

    given = (
        "our word terms joined by blanks as the content, split at blanks; vectors as our model gives them, for passages and "
        "questions, by inner product; BM25Plus (better here than its other two); embeddings not returned; kept on disk as its own JSON"
    )

    def read(self) -> None:
        import haystack.document_stores.in_memory

        from index.words import content_terms

        super().read()
        self.library = haystack
        self.analyzer = content_terms
        self.names, self.texts, self.gists = self.passages()

    def build(self) -> None:
        self.store = self.library.document_stores.in_memory.InMemoryDocumentStore(
            bm25_tokenization_regex=r"\S+",
            bm25_algorithm="BM25Plus",
            embedding_similarity_function="dot_product",
            return_embedding=False,
        )
        vectors = self.encoder.encode_passages(self.gists).tolist()
        self.store.write_documents(
            [
                self.library.Document(id=name, content=" ".join(self.analyzer(text)), embedding=vector)
                for name, text, vector in zip(self.names, self.texts, vectors, strict=True)
            ]
        )

    def save(self) -> None:
        self.store.save_to_disk(str(self.own / "store.json"))

    def open(self) -> None:
        from haystack import Pipeline
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        from index.words import content_terms

        self.analyzer = content_terms
        self.encoder = load_encoder()
        store = InMemoryDocumentStore.load_from_disk(str(self.own / "store.json"))
        # The weights go by the order in which the lists arrive, and that by the order of the retrievers' names.
        weights = [1 - self.share, self.share]
        self.pipeline = Pipeline()
        self.pipeline.add_component("1 words", InMemoryBM25Retriever(store, top_k=self.depth))
        self.pipeline.add_component("2 vectors", InMemoryEmbeddingRetriever(store, top_k=self.depth))
        self.pipeline.add_component("joiner", DocumentJoiner("reciprocal_rank_fusion", weights=weights, top_k=K))
        self.pipeline.connect("1 words", "joiner")
        self.pipeline.connect("2 vectors", "joiner")

    def search(self, query: str) -> list[str]:
        vector = self.encoder.encode_queries([query])[0].tolist()
        terms = " ".join(self.analyzer(query)) or query
        found = self.pipeline.run({"1 words": {"query": terms}, "2 vectors": {"query_embedding": vector}})
        return [document.id for document in found["joiner"]["documents"]]


class LangChain(System):
    """LangChain: its BM25 retriever (rank_bm25 inside), its FAISS store and its ensemble by reciprocal rank fusion."""

    given = (
        "our word terms as its `preprocess_func`; vectors as our model gives them, in FAISS by inner product; BM25 kept on disk as "
        "a pickle, FAISS by `save_local`"
    )

    def read(self) -> None:
        from langchain_community.retrievers import BM25Retriever
        from langchain_community.vectorstores import FAISS

        from index.words import content_terms

        super().read()
        self.retriever, self.faiss, self.analyzer = BM25Retriever, FAISS, content_terms
        self.names, self.texts, self.gists = self.passages()

    def build(self) -> None:
        about = [{"id": name} for name in self.names]
        self.words = self.retriever.from_texts(self.texts, about, preprocess_func=self.analyzer)
        vectors = self.encoder.encode_passages(self.gists).tolist()
        self.vectors = self.faiss.from_embeddings(
            zip(self.texts, vectors, strict=True), self.embeddings(), about, distance_strategy="MAX_INNER_PRODUCT"
        )

    def embeddings(self) -> Any:
        """Our model as LangChain's."""
        from langchain_core.embeddings import Embeddings

        encoder = self.encoder

        class Ours(Embeddings):  # type: ignore[misc] # Any where LangChain is not installed
            def embed_documents(self, texts: list[str]) -> Any:
                return encoder.encode_passages(texts).tolist()

            def embed_query(self, text: str) -> Any:
                return encoder.encode_queries([text])[0].tolist()

        return Ours()

    def save(self) -> None:
        self.vectors.save_local(str(self.own))
        (self.own / "words.pickle").write_bytes(pickle.dumps(self.words, pickle.HIGHEST_PROTOCOL))

    def open(self) -> None:
        from langchain_classic.retrievers.ensemble import EnsembleRetriever
        from langchain_community.vectorstores import FAISS

        self.encoder = load_encoder()
        words = pickle.loads((self.own / "words.pickle").read_bytes())  # noqa: S301 - this run's file
        words.k = self.depth
        vectors = FAISS.load_local(
            str(self.own),
            self.embeddings(),
            allow_dangerous_deserialization=True,
            distance_strategy="MAX_INNER_PRODUCT",
        )
        self.ensemble = EnsembleRetriever(
            retrievers=[words, vectors.as_retriever(search_kwargs={"k": self.depth})],
            weights=[1 - self.share, self.share],
            id_key="id",
        )

    def search(self, query: str) -> list[str]:
        return [document.metadata["id"] for document in self.ensemble.invoke(query)[:K]]


SYSTEMS: dict[str, type[System]] = {
    "tashika": Tashika,
    "rank_bm25": RankBM25,
    "txtai": Txtai,
    "haystack": Haystack,
    "langchain": LangChain,
    "bare": Bare,
}
