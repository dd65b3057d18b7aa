"""Vectors: the shipped model read without torch is the model, and every model gets its input as it wants it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index import SHIPPED, ModelUnavailable, load_encoder
from index.encoder import SHIPPED_FOLDER, ModelEntry, StaticEncoder, model_entry
from index.words import segmented

TEXTS = [
    "令和3年度の予算額はいくらですか。",
    "港湾課 桟橋修繕 R3 当初予算額 1,250千円",
    "ぐ ん ま 広 報",
    "ＪＥＴプログラム",
    "観光",
    "a",
    "海岸の清掃に312名が参加した。" * 40,
    "",
    "\u3000",
    "𓀀",
]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    loaded = load_encoder()
    assert isinstance(loaded, StaticEncoder)
    return loaded


def test_the_shipped_model_read_directly_is_what_the_library_computes(encoder: StaticEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(SHIPPED_FOLDER), device="cpu")
    expected = model.encode([segmented(text) for text in TEXTS], show_progress_bar=False)
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), expected, atol=1e-5)
    np.testing.assert_allclose(encoder.encode_queries(TEXTS), expected, atol=1e-5)


def test_vectors_have_length_one_or_are_zero(encoder: StaticEncoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimensions)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert all(length == pytest.approx(1, abs=1e-5) or length == 0 for length in lengths)
    assert lengths[TEXTS.index("観光")] > 0
    assert lengths[TEXTS.index("")] == 0


@pytest.mark.parametrize("text", ["𓀀", "鱵", "𓀀 鱵"])
def test_a_text_without_a_known_word_is_zero(encoder: StaticEncoder, text: str) -> None:
    assert not encoder.encode_queries([text]).any()


def test_no_texts_give_no_vectors(encoder: StaticEncoder) -> None:
    assert encoder.encode_queries([]).shape == (0, encoder.dimensions)


def test_a_vector_does_not_depend_on_its_neighbours(encoder: StaticEncoder) -> None:
    together = encoder.encode_passages(TEXTS)
    alone = np.vstack([encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_array_equal(together, alone)


def test_spellings_of_one_text_have_one_vector(encoder: StaticEncoder) -> None:
    one, other = encoder.encode_passages(["ぐ ん ま 広 報", "ぐんま広報"])
    np.testing.assert_array_equal(one, other)


def test_near_in_meaning_is_near(encoder: StaticEncoder) -> None:
    query, near, far = encoder.encode_passages(["道路の工事", "道路の整備", "図書館で絵本を読む"])
    assert query @ near > query @ far


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("cl-nagoya/ruri-v3-30m", "検索クエリ: ", "検索文書: "),
        ("/models/ruri-v3-310m", "検索クエリ: ", "検索文書: "),
        ("cl-nagoya/ruri-small", "クエリ: ", "文章: "),
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("someone/unknown-model", "", ""),
    ],
)
def test_models_get_their_own_prefixes(name: str, query: str, passage: str) -> None:
    assert model_entry(name) == ModelEntry(query, passage, False)


def test_the_shipped_model_reads_segmented_text_without_prefixes() -> None:
    assert model_entry(SHIPPED) == ModelEntry("", "", True)


def test_prefixes_go_before_the_text(tiny_model: Path, tmp_path: Path) -> None:
    named = tmp_path / "multilingual-e5-tiny"
    shutil.copytree(tiny_model, named)
    plain, prefixed = load_encoder(str(tiny_model)), load_encoder(str(named))
    np.testing.assert_allclose(prefixed.encode_queries(["港"]), plain.encode_queries(["query: 港"]), atol=1e-6)
    np.testing.assert_allclose(prefixed.encode_passages(["港"]), plain.encode_passages(["passage: 港"]), atol=1e-6)
    assert not np.allclose(prefixed.encode_queries(["港"]), prefixed.encode_passages(["港"]))
    assert plain.fingerprint != prefixed.fingerprint


def test_any_model_folder_gives_unit_vectors(tiny_model: Path) -> None:
    encoder = load_encoder(str(tiny_model))
    vectors = encoder.encode_passages(["港 海", "山"])
    assert vectors.shape == (2, encoder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert load_encoder(str(tiny_model)).fingerprint == encoder.fingerprint


@pytest.mark.parametrize("name", ["no-such-model-anywhere", "someone/no-such-model", "/nowhere/model"])
def test_a_model_that_is_not_there_is_said(name: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        load_encoder(name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unreachable_hub_is_said_at_once(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    from huggingface_hub import HfApi, constants

    asked = []

    def unreachable(_: HfApi, name: str, timeout: float) -> None:
        asked.append((name, timeout))
        raise OSError("no route")

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(HfApi, "model_info", unreachable)
    with pytest.raises(ModelUnavailable, match="someone/elsewhere"):
        load_encoder("someone/elsewhere")
    assert [name for name, _ in asked] == ["someone/elsewhere"]
    assert "Retrying" not in capfd.readouterr().err


def test_a_folder_that_is_no_model_is_said(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("{", "utf-8")
    with pytest.raises(ModelUnavailable) as caught:
        load_encoder(str(tmp_path))
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("damage", ["missing", "truncated"])
def test_damage_to_the_shipped_model_is_said(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED_FOLDER, folder)
    weights = folder / "model.safetensors"
    if damage == "missing":
        weights.unlink()
    else:
        weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelUnavailable) as caught:
        StaticEncoder(folder, SHIPPED)
    assert str(folder) in str(caught.value)


def test_the_fingerprint_follows_the_weights(tmp_path: Path, encoder: StaticEncoder) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED_FOLDER, folder)
    assert StaticEncoder(folder, SHIPPED).fingerprint == encoder.fingerprint
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert StaticEncoder(folder, SHIPPED).fingerprint != encoder.fingerprint
