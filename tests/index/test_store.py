"""The index on disk: built once, brought up to date cheaply, refused when it is not what it says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import faiss
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
    return folder / (folder / "CURRENT").read_text("utf-8").strip()


def rewrite_manifest(folder: Path, **changes: object) -> None:
    path = current(folder) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def vectors(store: Store) -> np.ndarray:
    return np.asarray(store.vectors.reconstruct_n(0, store.vectors.ntotal))


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
    assert store.entries == tuple(entry for document in read.values() for entry in document_entries(document))
    assert store.words.size == store.bigrams.size == store.vectors.ntotal == len(store.entries)
    expected = store.encoder.encode_passages([entry.text for entry in store.entries])
    np.testing.assert_allclose(vectors(store), expected, atol=1e-6)


def test_the_shipped_documents_survive_the_store(store: Store, documents: dict[str, Document]) -> None:
    assert store.documents == documents


def test_the_manifest_says_what_built_it(town: Path, index: Path) -> None:
    manifest = open_store(index).manifest
    assert manifest.documents == {document.id: document.sha256 for document in load_corpus(town).documents}
    assert manifest.model_fingerprint == open_store(index).encoder.fingerprint
    assert set(manifest.files) == set(tree(current(index))) - {"manifest.json"}


def test_nothing_in_the_index_is_pickled(index: Path) -> None:
    assert {Path(name).suffix for name in tree(current(index))} <= {".json", ".npy", ".faiss"}


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
    expected = store.encoder.encode_passages([entry.text for entry in store.entries])
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


def test_only_the_index_that_holds_is_kept(town: Path, index: Path) -> None:
    (town / "houkoku.txt").unlink()
    build(town, index)
    assert sorted(path.name for path in index.iterdir()) == sorted(["CURRENT", current(index).name])


def test_an_open_index_goes_on_while_a_new_one_is_built(town: Path, index: Path) -> None:
    store = open_store(index)
    before = search(store, "減塩教室")
    (town / "houkoku.txt").unlink()
    build(town, index)
    assert search(store, "減塩教室") == before


def test_leftovers_of_a_broken_off_build_do_no_harm(town: Path, index: Path) -> None:
    (index / ".build-1" / "words").mkdir(parents=True)
    (index / ".build-1" / "entries.json").write_text("[", "utf-8")
    open_store(index)
    assert build(town, index).embedded == 0


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
    "entries.json",
    "documents/yosan.json",
    "vectors.faiss",
    "words/vocab.index.json",
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


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"format": 2}', b"\xff\xfe"])
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


@pytest.mark.parametrize("file", ["entries.json", "words/vocab.index.json", "documents/yosan.json"])
def test_building_again_mends_an_edited_file(town: Path, index: Path, file: str) -> None:
    before = tree(index)
    edit(current(index) / file)
    build(town, index)
    assert tree(index) == before


def test_building_again_mends_edited_vectors(town: Path, index: Path) -> None:
    before = vectors(open_store(index))
    path = current(index) / "vectors.faiss"
    flat = faiss.IndexFlatIP(before.shape[1])
    flat.add(before[::-1].copy())
    faiss.write_index(flat, str(path))
    refused(index, IndexDamaged)
    build(town, index)
    np.testing.assert_array_equal(vectors(open_store(index)), before)


def test_building_again_mends_entries_that_do_not_fit_the_vectors(town: Path, index: Path) -> None:
    path = current(index) / "entries.json"
    entries = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps([*entries, {**entries[0], "text": "余分"}]), "utf-8")
    build(town, index)
    open_store(index)


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
    assert store.vectors.d == store.manifest.dimensions == 4
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
