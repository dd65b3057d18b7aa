"""The training of the ranking: questions made from tables, and the same scores in torch as in numpy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qa.intersect import Grid, rank
from qa.intersect_features import features
from qa.intersect_model import load_model
from qa.intersect_question import asked
from qa.training.data import Example, read_lines
from qa.training.invented import invented, nameable, turned

GRID = Grid.of_texts(
    [
        ["", "令和2年度", "令和3年度"],
        ["市民税", "120", "130"],
        ["固定資産税", "80", "85"],
        ["その他", "5", "6"],
        ["その他", "7", "8"],
    ]
)


def test_only_cells_that_their_row_and_column_tell_apart_are_asked_for() -> None:
    assert {(cell.row, cell.column) for cell in nameable(GRID)} == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert nameable(GRID)[0].words == ("市民税", "令和2年度")


def test_questions_made_from_a_table_name_its_row_and_its_column() -> None:
    made = invented([("d", GRID), ("d", GRID)], seed=1, each=3)
    assert len(made) >= 6
    for example in made:
        texts = [[example.grid.texts[n] for n in row] for row in example.grid.cells]
        assert texts[example.row][0] in example.question
        assert texts[0][example.column] in example.question
    assert made == invented([("d", GRID), ("d", GRID)], seed=1, each=3)


def test_a_turned_grid_has_rows_for_columns() -> None:
    side = turned(GRID)
    assert [side.texts[n] for n in side.cells[1]] == ["令和2年度", "120", "80", "5", "7"]
    assert turned(side).cells == GRID.cells


def test_lines_are_read_gzipped_or_not(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "a.jsonl").write_text('{"a": "行\u2028区切り"}\n\n', "utf-8")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress('{"a": "行\u2028区切り"}\n'.encode()))
    assert read_lines(tmp_path / "a.jsonl") == read_lines(tmp_path / "a.jsonl.gz") == [{"a": "行\u2028区切り"}]


@pytest.mark.slow
def test_a_model_learns_saves_and_scores_the_same_without_torch(tmp_path: Path) -> None:
    import torch

    from qa.training.link import accuracy, prepare, save, temperature, together, train

    examples = [
        Example(f"令和{year}年度の{row}は？", GRID, r, c, "d")
        for r, row in ((1, "市民税"), (2, "固定資産税"))
        for c, year in ((1, 2), (2, 3))
    ]
    prepared = prepare(examples * 4)
    ranker = train(prepared, prepared[:4], epochs=12, batch=4)
    assert accuracy(ranker, prepared) == 1.0
    heat = temperature(ranker, prepared)
    path = tmp_path / "link.safetensors"
    save(ranker, heat, path)
    model = load_model(path)
    sought = asked(examples[0].question)
    found, _, _ = features(sought, GRID, model.similarities(sought, GRID))
    with torch.no_grad():
        expected = ranker(together(prepared[:1]))[0].numpy() / heat
    assert np.allclose(model.scores(found), expected, atol=0.05)  # letter vectors are kept in half precision
    assert (rank(examples[3].question, GRID, model)[0].row, rank(examples[3].question, GRID, model)[0].column) == (2, 2)
