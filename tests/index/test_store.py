"""The index on disk: built once, brought up to date cheaply, refused when it is not what it says."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus import BadSources, Document, load_corpus
from corpus.errors import TashikaError
from index import (
    IndexDamaged,
    IndexForeign,
    IndexMissing,
    ModelUnavailable,
    NothingToIndex,
    Store,
    build,
    open_store,
    search,
)
from index.entries import document_entries


def refused(folder: Path, kind: type[TashikaError]) -> str:
    """The sentence with which an index is refused."""
    with pytest.raises(kind) as caught:
        open_store(folder)
    message = str(caught.value)
    assert "\n" not in message
    assert "python -m index build" in message, "the way out"
    return message


def current(folder: Path) -> Path:
    return folder / "generations" / (folder / "CURRENT").read_text("utf-8").strip()


def rewrite_manifest(folder: Path, **changes: object) -> None:
    path = current(folder) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def vectors(store: Store) -> np.ndarray:
    identity = np.eye(store.vectors.dimensions, dtype=np.float32)
    return np.array([store.vectors.cosines(axis, range(store.vectors.size)) for axis in identity]).T


def embedded(store: Store) -> np.ndarray:
    """The vectors the entries should have: of what is embedded."""
    return store.encoder.encode_passages([entry.gist for entry in store.entries])


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def index(town: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    build(town, folder)
    return folder


# --- build and open --------------------------------------------------------------------------------------------------


def test_what_is_opened_is_what_was_read(town: Path, index: Path) -> None:
    store = open_store(index)
    read = {document.id: document for document in load_corpus(town).documents}
    assert store.documents == read
    assert tuple(store.entries) == tuple(entry for document in read.values() for entry in document_entries(document))
    assert store.words.size == store.bigrams.size == store.vectors.size == len(store.entries)
    expected = embedded(store)
    np.testing.assert_allclose(vectors(store), expected, atol=1e-6)


def test_the_shipped_documents_survive_the_store(store: Store, documents: dict[str, Document]) -> None:
    assert store.documents == documents


def test_the_manifest_says_what_built_it(town: Path, index: Path) -> None:
    manifest = open_store(index).manifest
    read = load_corpus(town).documents
    assert {name: document.sha256 for name, document in manifest.documents.items()} == {d.id: d.sha256 for d in read}
    assert {name: document.entries for name, document in manifest.documents.items()} == {
        d.id: len(document_entries(d)) for d in read
    }
    assert manifest.model_fingerprint == open_store(index).encoder.fingerprint
    assert set(manifest.files) == set(tree(current(index))) - {"manifest.json"}


def test_nothing_in_the_index_is_pickled(index: Path) -> None:
    assert {Path(name).suffix for name in tree(current(index))} <= {".json", ".jsonl", ".npy"}
    for name, data in tree(index).items():
        if name.endswith(".npy"):
            np.load(io.BytesIO(data), allow_pickle=False)


def test_the_same_documents_give_the_same_index(town: Path, index: Path, tmp_path: Path) -> None:
    report = build(town, tmp_path / "again")
    assert report.fingerprint == open_store(index).manifest.fingerprint
    assert tree(tmp_path / "again") == tree(index)


def test_an_index_may_be_moved(index: Path, tmp_path: Path) -> None:
    before = open_store(index).manifest
    shutil.move(index, tmp_path / "elsewhere")
    assert open_store(tmp_path / "elsewhere").manifest == before


# --- bring up to date ------------------------------------------------------------------------------------------------


def test_a_second_build_embeds_nothing(town: Path, index: Path) -> None:
    before = tree(index)
    report = build(town, index)
    assert (report.embedded, report.documents) == (0, 2)
    assert report.entries == len(open_store(index).entries)
    assert tree(index) == before


def test_an_edited_document_embeds_only_what_changed(town: Path, index: Path) -> None:
    path = town / "yosan.txt"
    path.write_text(path.read_text("utf-8").replace("480", "495"), "utf-8")
    report = build(town, index)
    assert report.embedded == 1
    store = open_store(index)
    assert any("495千円" in entry.text for entry in store.entries)
    assert not any("480千円" in entry.text for entry in store.entries)
    expected = embedded(store)
    np.testing.assert_allclose(vectors(store), expected, atol=1e-6)


def test_lines_moved_inside_a_document_embed_nothing_and_are_cited_anew(town: Path, index: Path) -> None:
    path = town / "houkoku.txt"
    path.write_text("\n\n" + path.read_text("utf-8"), "utf-8")
    before = open_store(index).documents["houkoku"].sections[0].span.start
    assert build(town, index).embedded == 0
    assert open_store(index).documents["houkoku"].sections[0].span.start == before + 2


def test_a_new_document_embeds_its_own_entries(town: Path, index: Path) -> None:
    (town / "yama.txt").write_text("1 登山費\n\n登山道を直した。\n\n山小屋を建てた。\n", "utf-8")
    report = build(town, index)
    assert (report.documents, report.embedded) == (3, 2)


def test_a_removed_document_is_gone(town: Path, index: Path) -> None:
    assert search(open_store(index), "減塩")
    (town / "houkoku.txt").unlink()
    report = build(town, index)
    store = open_store(index)
    assert (report.documents, report.embedded) == (1, 0)
    assert set(store.documents) == set(store.manifest.documents) == {"yosan"}
    assert {entry.document for entry in store.entries} == {"yosan"}
    assert search(store, "減塩", mode="lexical") == ()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_generation_before_is_kept_one_build_longer(town: Path, index: Path) -> None:
    first = current(index)
    (town / "houkoku.txt").unlink()
    build(town, index)
    second = current(index)
    assert names(index) == {"CURRENT", "LOCK", "generations", "segments"}
    assert names(index / "generations") == {first.name, second.name}
    (town / "yosan.txt").write_text("1 港湾費\n\n桟橋を直した。\n", "utf-8")
    build(town, index)
    assert names(index / "generations") == {second.name, current(index).name}
    build(town, index)
    assert names(index / "generations") == {current(index).name}
    assert names(index / "segments") == {d.segment for d in open_store(index).manifest.documents.values()}


def test_what_stood_in_the_folder_of_an_older_format_goes(town: Path, index: Path) -> None:
    old = index / "0123456789abcdef"
    old.mkdir()
    (old / "manifest.json").write_text('{"format": 2}', "utf-8")
    (index / "CURRENT").write_text(f"{old.name}\n", "utf-8")
    (index / "mine").mkdir()
    assert "2" in refused(index, IndexForeign)
    build(town, index)
    assert names(index) == {"CURRENT", "LOCK", "generations", "segments", "mine"}


def test_an_open_index_goes_on_while_a_new_one_is_built(town: Path, index: Path) -> None:
    store = open_store(index)
    before = search(store, "減塩教室")
    document = load_corpus(town).documents[0]
    (town / "houkoku.txt").unlink()
    for _ in range(3):
        (town / "yosan.txt").write_text((town / "yosan.txt").read_text("utf-8") + "\n桟橋を直した。\n", "utf-8")
        build(town, index)
    assert not (index / "generations" / store.manifest.fingerprint[:16]).exists()
    assert search(store, "減塩教室") == before
    assert store.documents[document.id] == document, "decoded only now"


def test_leftovers_of_a_broken_off_build_do_no_harm_and_go(town: Path, index: Path) -> None:
    before = tree(index)
    for leftover in (".new-1-CURRENT", "generations/.new-1/words/x", "segments/.new-1-abc/entries.jsonl"):
        (index / leftover).parent.mkdir(parents=True, exist_ok=True)
        (index / leftover).write_text("[", "utf-8")
    open_store(index)
    assert build(town, index).embedded == 0
    assert tree(index) == before


def test_a_bad_file_is_reported_and_the_others_are_indexed(town: Path, index: Path) -> None:
    (town / "empty.txt").write_bytes(b"")
    report = build(town, index)
    assert [failure.source for failure in report.failures] == ["empty.txt"]
    assert set(open_store(index).documents) == {"yosan", "houkoku"}


# --- a build that fails ----------------------------------------------------------------------------------------------


def empty_folder(town: Path) -> None:
    for path in town.iterdir():
        path.unlink()


def only_bad_files(town: Path) -> None:
    for path in town.iterdir():
        path.write_bytes(b"")


def wrong_sources(town: Path) -> None:
    (town / "sources.toml").write_text("[[document]]\nfile = 'yosan.txt'\n", "utf-8")


def no_folder(town: Path) -> None:
    shutil.rmtree(town)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (empty_folder, NothingToIndex),
        (only_bad_files, NothingToIndex),
        (wrong_sources, BadSources),
        (no_folder, TashikaError),
    ],
)
def test_the_old_index_still_opens_when_a_build_fails(
    town: Path, index: Path, change: Callable[[Path], None], kind: type[TashikaError]
) -> None:
    before = tree(index)
    change(town)
    with pytest.raises(kind) as caught:
        build(town, index)
    assert "\n" not in str(caught.value)
    assert tree(index) == before
    assert search(open_store(index), "減塩教室")


def test_the_old_index_still_opens_when_the_model_is_not_there(town: Path, index: Path) -> None:
    with pytest.raises(ModelUnavailable):
        build(town, index, "no-such-model-anywhere")
    assert search(open_store(index), "減塩教室")


def test_nothing_to_index_says_which_files_could_not_be_read(town: Path, tmp_path: Path) -> None:
    only_bad_files(town)
    with pytest.raises(NothingToIndex, match=r"houkoku\.txt.*yosan\.txt"):
        build(town, tmp_path / "index")


def test_an_index_that_cannot_be_written_is_said(town: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(TashikaError) as caught:
        build(town, tmp_path / "file" / "index")
    assert str(tmp_path / "file") in str(caught.value)


# --- an index that is not what it says -------------------------------------------------------------------------------

FILES = [
    "entries.jsonl",
    "entries.npy",
    "documents.jsonl",
    "vectors.npy",
    "words/vocab.index.json",
    "words/limits.npy",
    "bigrams/data.csc.index.npy",
]


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def edit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", [truncate, edit, Path.unlink])
def test_a_damaged_file_is_named(index: Path, file: str, damage: Callable[[Path], None]) -> None:
    damage(current(index) / file)
    assert file in refused(index, IndexDamaged)


def test_no_index_is_said(index: Path, tmp_path: Path) -> None:
    assert "nowhere" in refused(tmp_path / "nowhere", IndexMissing)
    (index / "CURRENT").unlink()
    assert str(index) in refused(index, IndexMissing)


@pytest.mark.parametrize("content", [b"0123456789abcdef\n", b"", b"\xff\xfe\x00"])
def test_a_pointer_to_nothing_is_damage(index: Path, content: bytes) -> None:
    (index / "CURRENT").write_bytes(content)
    refused(index, IndexDamaged)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"format": 3}', b"\xff\xfe"])
def test_a_manifest_that_cannot_be_read_is_damage(index: Path, content: bytes) -> None:
    (current(index) / "manifest.json").write_bytes(content)
    assert "manifest.json" in refused(index, IndexDamaged)


def test_another_format_is_foreign(index: Path) -> None:
    rewrite_manifest(index, format=99)
    assert "99" in refused(index, IndexForeign)


def test_another_segmentation_is_foreign(index: Path) -> None:
    rewrite_manifest(index, segmentation="mecab 0.1, ipadic 2")
    assert "ipadic 2" in refused(index, IndexForeign)


@pytest.mark.parametrize("change", [{"model_fingerprint": "0" * 64}, {"dimensions": 3}])
def test_another_model_under_the_same_name_is_foreign(index: Path, change: dict[str, object]) -> None:
    rewrite_manifest(index, **change)
    assert "tashika-static" in refused(index, IndexForeign)


def test_an_index_of_a_model_that_is_gone_says_which(index: Path) -> None:
    rewrite_manifest(index, model="no-such-model-anywhere")
    with pytest.raises(ModelUnavailable, match="no-such-model-anywhere"):
        open_store(index)


@pytest.mark.parametrize("file", [*FILES, "manifest.json"])
@pytest.mark.parametrize("damage", [truncate, Path.unlink])
def test_building_again_mends_an_index(town: Path, index: Path, file: str, damage: Callable[[Path], None]) -> None:
    before = tree(index)
    damage(current(index) / file)
    build(town, index)
    open_store(index)
    assert tree(index) == before


@pytest.mark.parametrize("file", ["entries.jsonl", "words/vocab.index.json", "documents.jsonl"])
def test_building_again_mends_an_edited_file(town: Path, index: Path, file: str) -> None:
    before = tree(index)
    edit(current(index) / file)
    build(town, index)
    assert tree(index) == before


def test_building_again_mends_edited_vectors(town: Path, index: Path) -> None:
    before = vectors(open_store(index))
    path = current(index) / "vectors.npy"
    np.save(path, before[::-1].copy())
    refused(index, IndexDamaged)
    build(town, index)
    np.testing.assert_array_equal(vectors(open_store(index)), before)


@pytest.mark.parametrize("file", ["segment.json", "document.json.gz", "entries.jsonl", "vectors.npy", "words.ids.npy"])
@pytest.mark.parametrize("damage", [truncate, edit, Path.unlink])
def test_a_damaged_segment_is_never_built_from(
    town: Path, index: Path, file: str, damage: Callable[[Path], None]
) -> None:
    before = tree(index)
    segment = index / "segments" / open_store(index).manifest.documents["yosan"].segment
    damage(segment / file)
    build(town, index)
    assert tree(index) == before


def test_building_needs_no_segments_to_go_on(town: Path, index: Path) -> None:
    before = tree(index)
    shutil.rmtree(index / "segments")
    open_store(index)
    build(town, index)
    assert tree(index) == before


def test_building_again_replaces_a_foreign_index(town: Path, index: Path) -> None:
    rewrite_manifest(index, format=99)
    build(town, index)
    open_store(index)


# --- other models ----------------------------------------------------------------------------------------------------


def test_any_model_by_its_path(town: Path, tmp_path: Path, tiny_model: Path) -> None:
    report = build(town, tmp_path / "index", str(tiny_model))
    assert report.embedded == report.entries > 0
    store = open_store(tmp_path / "index")
    assert store.manifest.model == str(tiny_model)
    assert store.vectors.dimensions == store.manifest.dimensions == 4
    assert search(store, "海岸清掃")[0].entry.text.startswith("1 港湾費")


def test_another_model_embeds_everything_again(town: Path, index: Path, tiny_model: Path) -> None:
    report = build(town, index, str(tiny_model))
    assert report.embedded == report.entries
    assert build(town, index, str(tiny_model)).embedded == 0
    assert build(town, index).embedded == report.entries


def test_other_weights_at_the_same_path_are_foreign(town: Path, tmp_path: Path, tiny_model: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(tiny_model, model)
    build(town, tmp_path / "index", str(model))
    (weights,) = model.rglob("*.safetensors")
    data = bytearray(weights.read_bytes())
    data[-24:] = np.full(6, 0.5, dtype=np.float32).tobytes()
    data[-96:-72] = np.full(6, -0.5, dtype=np.float32).tobytes()
    weights.write_bytes(data)
    refused(tmp_path / "index", IndexForeign)
