"""What is decoded on demand is what was written, one thing at a time, and the memory it takes is bounded."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from index import Store
from index.entries import Entry
from index.lazy import LazyDocuments, LazyEntries, Lines, write_lines


@pytest.mark.parametrize("blocks", [[], [b""], [b"a\n"], [b"a\nbc\n", b"", b"\n", "港\n".encode()]])
def test_lines_by_number(tmp_path: Path, blocks: list[bytes]) -> None:
    count = write_lines(tmp_path / "x.jsonl", blocks)
    lines = Lines(tmp_path / "x.jsonl")
    assert count == len(lines)
    assert [lines[i] for i in range(len(lines))] == b"".join(blocks).splitlines(keepends=True)


def test_entries_are_a_sequence(tmp_path: Path) -> None:
    made = tuple(Entry(f"{i:016}", "minato", "row", 0, i, f"桟橋 {i}\n修繕", f"桟橋 {i}") for i in range(5))
    write_lines(tmp_path / "entries.jsonl", [msgspec.json.Encoder().encode_lines(made)])
    entries = LazyEntries(tmp_path / "entries.jsonl")
    assert tuple(entries) == made
    assert (entries[0], entries[-1], entries[1:4], entries[::-2]) == (made[0], made[-1], made[1:4], made[::-2])
    assert made[3] in entries
    for position in (5, -6):
        with pytest.raises(IndexError):
            entries[position]


def test_documents_are_a_mapping_that_remembers_so_much(
    store: Store, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (generation,) = (index_folder / "generations").iterdir()
    documents = LazyDocuments(generation / "documents.jsonl", store.manifest.documents)
    one, other = documents
    assert dict(documents) == dict(store.documents)
    assert documents[one] is documents[one]
    assert one in documents
    assert "nowhere" not in documents
    with pytest.raises(KeyError):
        documents["nowhere"]
    monkeypatch.setattr("index.lazy._REMEMBERED", 1)
    documents = LazyDocuments(generation / "documents.jsonl", store.manifest.documents)
    first = documents[one]
    assert documents[other] == store.documents[other]
    assert documents[one] is not first, "only the last one is kept"
    assert documents[one] == first
