"""Gold answered in parts by several processes is what one process answers in one go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eval import evaluate, read_gold
from eval.baseline import NAME
from eval.gold import document_sets
from eval.run import Run
from eval.whole import DOCUMENTS_RUN, evaluate_all, gold_name, parts_of
from index import Store


def without_times(run: Run) -> Run:
    return Run(run.name, tuple(replace(i, answer=replace(i.answer, elapsed_ms=0.0)) for i in run.items))


def test_parts_keep_dialogues_whole_and_in_order(gold_file: Path) -> None:
    gold = read_gold(gold_file) * 20
    parts = list(parts_of("村", gold, Path("x")))
    assert tuple(d for part in parts for d in part.dialogues) == gold
    assert len(parts) > 2
    assert all(sum(len(d.turns) for d in part.dialogues) >= 40 for part in parts[:-1])
    assert list(parts_of("村", (), Path("x"))) == []


def test_several_processes_answer_as_one(gold_file: Path, village: Store, village_index: Path) -> None:
    gold = read_gold(gold_file)
    jobs = [part for one in gold for part in parts_of("村", (one,), village_index)]
    jobs += parts_of("村", gold, village_index, baseline=True)
    alone, together = evaluate_all(jobs, 1), evaluate_all(jobs, 2)
    assert [run.name for run in together] == ["村", f"村 / {NAME}"]
    assert [without_times(run) for run in alone] == [without_times(run) for run in together]
    assert without_times(evaluate("村", gold, village)) == without_times(alone[0])


def test_documents_of_other_places_are_one_run_that_names_them() -> None:
    one = next(one for one in document_sets() if not one.test)
    (run,) = evaluate_all([one])
    assert run.name == DOCUMENTS_RUN
    assert {item.document for item in run.items} == {one.document.stem}
    assert len(run.items) == len(list(one.questions()))


def test_names_tell_folders_apart() -> None:
    assert [gold_name(Path(p)) for p in ("gold/a.jsonl", "gold/dev/a.jsonl")] == ["a", "dev/a"]
