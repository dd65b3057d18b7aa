"""Our figures on public sets are measured again and compared; a difference ends with 1, missing data with 2."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import TashikaError
from eval.published import FIGURES, BadFigures, Checked, check, plain_bm25, read_figures, table
from eval.retrieval import beir_of
from eval.sets import Passage, Query, RetrievalSet

ROOT = Path(__file__).resolve().parents[2]
PARAGRAPHS = {
    "杉沢村 [SEP] 杉沢村の棚田は冬に水を張る。": "杉沢村の棚田はいつ水を張りますか。",
    "沼田沢 [SEP] 沼田沢の灯籠まつりは八月に開かれる。": "灯籠まつりは何月に開かれますか。",
    "波留町 [SEP] 波留町の図書館は五千冊を貸し出す。": "図書館は何冊を貸し出しますか。",
}
SET = """
[[set]]
name = "jsquad"
title = "Three paragraphs"
data = "retrieval"
measures = ["R@1"]
within = 0.0005
remark = "Made up."
[[set.reproduced]]
system = "hybrid"
figures = { "R@1" = 1.0 }
[[set.reproduced]]
system = "bm25"
figures = { "R@1" = 1.0 }
[[set.published]]
system = "Another"
figures = { "R@5" = 0.5 }
source = "somewhere"
"""
U4 = """
[[set]]
name = "u4"
title = "One cell"
data = "u4"
measures = ["value", "cell"]
within = 0.0005
[[set.reproduced]]
system = "cells"
figures = { value = 1.0, cell = 1.0 }
"""
TABLE = {
    "table_id": "R1-1-tab1",
    "before": "(単位:千円)",
    "html": '<table><tr><td cell-id="r1c1"></td><td cell-id="r1c2">2020年3月31日</td><td cell-id="r1c3">2021年3月31日</td></tr>'
    '<tr><td cell-id="r2c1">土地</td><td cell-id="r2c2">1,000</td><td cell-id="r2c3">1,100</td></tr></table>',
}
ASKED = {
    "id": "q1",
    "question": "甲社の2021年時点における「土地」は？",
    "table_id": "R1-1-tab1",
    "cell_id": "r2c3",
    "value": "1100000",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name in ("jglue", "u4"):
        (folder / name).mkdir()
    paragraphs = [
        {"context": context, "qas": [{"id": f"a{n}", "question": question}]}
        for n, (context, question) in enumerate(PARAGRAPHS.items())
    ]
    whole = json.dumps({"data": [{"paragraphs": paragraphs}]}).encode()
    (folder / "jglue" / "jsquad-valid.json.gz").write_bytes(gzip.compress(whole))
    (folder / "u4" / "valid_tables.jsonl.gz").write_bytes(gzip.compress(json.dumps(TABLE).encode()))
    (folder / "u4" / "valid_questions.jsonl").write_text(json.dumps(ASKED), "utf-8")
    return folder


def figures(folder: Path, text: str) -> Path:
    path = folder / "figures.toml"
    path.write_text(text, "utf-8")
    return path


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eval", "published", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_figures_that_are_reached_end_with_0_and_a_difference_with_1(data: Path, tmp_path: Path) -> None:
    ran = program("--figures", str(figures(tmp_path, SET + U4)), "--data", str(data))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("一致") == 4
    other = figures(tmp_path, SET.replace('"R@1" = 1.0', '"R@1" = 0.9', 1))
    ran = program("--figures", str(other), "--data", str(data))
    assert ran.returncode == 1
    assert "jsquad hybrid R@1" in ran.stdout
    assert "差 +0.1000" in ran.stdout
    assert ran.stdout.count("一致") == 1


@pytest.mark.parametrize(
    ("text", "only", "named"),
    [
        (SET, (), "jsquad-valid.json.gz"),
        (U4, (), "valid_tables.jsonl.gz"),
        (SET, ("u4",), "u4"),
        ("set = 5", (), ".toml"),
    ],
)
def test_missing_data_and_unknown_names_are_named(text: str, only: tuple[str, ...], named: str, tmp_path: Path) -> None:
    with pytest.raises(TashikaError, match=named):
        list(check(read_figures(figures(tmp_path, text), only), tmp_path))


def test_without_the_data_the_command_ends_with_2_and_one_sentence(tmp_path: Path) -> None:
    ran = program("--figures", str(figures(tmp_path, SET)), "--data", str(tmp_path))
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert "jsquad-valid.json.gz" in ran.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        SET.replace('data = "retrieval"', 'data = "guesses"'),
        SET.replace('name = "jsquad"', 'name = "nowhere"'),
        SET.replace('system = "bm25"', 'system = "cells"'),
        SET.replace('"R@1" = 1.0', '"R@2" = 1.0'),
        SET.replace("within = 0.0005", ""),
        "[[set",
    ],
)
def test_a_table_that_cannot_be_measured_is_named(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(BadFigures, match=r"figures\.toml"):
        read_figures(figures(tmp_path, wrong))


def test_only_some_sets(data: Path, tmp_path: Path) -> None:
    (one,) = read_figures(figures(tmp_path, SET + U4), ["u4"])
    assert list(check([one], data)) == [Checked("u4", "cells", name, 1.0, 1.0, 0.0005) for name in ("value", "cell")]


def test_a_figure_differs_when_it_is_further_off_than_allowed() -> None:
    assert not Checked("s", "hybrid", "R@1", 0.9000, 0.9004, 0.0005).differs
    assert Checked("s", "hybrid", "R@1", 0.9000, 0.9006, 0.0005).differs
    assert Checked("s", "hybrid", "R@1", 0.9000, 0.8994, 0.0005).differs


def test_plain_bm25_ranks_what_shares_letters_first() -> None:
    passages = (Passage("a", "", "棚田に水を張る"), Passage("b", "", "灯籠まつり"))
    beir = beir_of(RetrievalSet(passages, (Query("q", "灯籠まつりはいつ", ("b",)),)))
    assert [one.doc_id for one in plain_bm25(beir)] == ["b", "a"]


def test_the_table_shows_ours_theirs_the_command_and_the_source(tmp_path: Path) -> None:
    shown = table(read_figures(figures(tmp_path, SET)))
    assert "`python -m eval published --only jsquad`" in shown
    assert "| **Tashika**, search alone | 1.000 | measured here |" in shown
    assert "| Another | — | somewhere |" in shown
    assert shown.endswith("\n\nMade up.")


def test_the_docs_show_the_shipped_figures() -> None:
    sets = read_figures(FIGURES)
    assert {one.name for one in sets} == {"jsquad", "jaquad", "u4"}
    assert table(sets) in (ROOT / "docs" / "evaluation.md").read_text("utf-8")


SHARED = ROOT.parent / "shared" / "data" / "u4"


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the U4 files are not here")
def test_the_figures_of_the_quickest_set_are_reached() -> None:
    assert not any(one.differs for one in check(read_figures(only=["u4"]), SHARED.parent))
