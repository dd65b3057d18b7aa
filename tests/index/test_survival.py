"""What the index survives: kills, a full disk, two builds at once, and builds underneath those who read."""

from __future__ import annotations

import errno
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from index import IndexBusy, IndexDamaged, build, open_store, search
from index.store import check_store

ROOT = Path(__file__).resolve().parents[2]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def folders(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_dir()}


@pytest.fixture
def index(town: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    build(town, folder)
    return folder


def start(*arguments: str | Path, shell: str = "") -> subprocess.Popen[str]:
    """A command in another process; `shell` is run before it in the same process."""
    return subprocess.Popen(
        ["bash", "-c", f'{shell} exec "$@"', "bash", sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def edit(town: Path, figure: int) -> None:
    path = town / "yosan.txt"
    path.write_text(path.read_text("utf-8").replace("海岸清掃", f"海岸清掃{figure}"), "utf-8")


# --- kills -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_builds_killed_at_random_moments_leave_a_whole_index() -> None:
    ran = start("-m", "benchmarks.kills", "--kills", "12", "--seed", "7")
    out, err = ran.communicate(timeout=120)
    assert ran.returncode == 0, err
    assert "12 kills" in out


def test_a_killed_build_leaves_no_lock_behind(town: Path, index: Path) -> None:
    program = "import sys; from filelock import FileLock; lock = FileLock(sys.argv[1]); lock.acquire(); print('held', flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", program, index / "LOCK"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(IndexBusy):
        build(town, index, patience=0.1)
    holder.kill()
    holder.communicate()
    build(town, index, patience=0.1)


# --- two builds at once ----------------------------------------------------------------------------------------------


def test_a_second_build_says_that_another_is_running(town: Path, index: Path) -> None:
    before = tree(index)
    edit(town, 1)
    with FileLock(index / "LOCK"), pytest.raises(IndexBusy) as caught:
        build(town, index, patience=0.1)
    assert "\n" not in str(caught.value)
    assert str(index) in str(caught.value)
    assert "python -m index build" in str(caught.value)
    assert tree(index) == before
    assert search(open_store(index), "減塩教室")


def test_builds_started_together_come_one_after_another(town: Path, index: Path) -> None:
    edit(town, 1)
    builds = [start("-m", "index", "build", "--corpus", town, "--index", index) for _ in range(3)]
    for ran in builds:
        _, err = ran.communicate(timeout=60)
        assert (ran.returncode, err) == (0, "")
    check_store(index)
    assert any("海岸清掃1" in entry.text for entry in open_store(index).entries)


# --- those who read --------------------------------------------------------------------------------------------------

READER = """
import sys
from pathlib import Path
from index import open_store, search
kept = open_store(Path(sys.argv[1]))
first = search(kept, "減塩教室")
seen, rounds = set(), 0
print("ready", flush=True)
while not Path(sys.argv[2]).exists():
    store = open_store(Path(sys.argv[1]))
    hits = search(store, "海岸清掃")
    assert hits and all(store.documents[hit.entry.document] for hit in hits)
    assert search(kept, "減塩教室") == first
    seen.add(store.manifest.fingerprint)
    rounds += 1
assert kept.documents["yosan"].id == "yosan"
print(rounds, len(seen))
"""


def test_readers_go_on_while_builds_switch_underneath(town: Path, index: Path, tmp_path: Path) -> None:
    reader = start("-c", READER, index, tmp_path / "stop")
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    for figure in range(10):
        edit(town, figure)
        build(town, index)
    (tmp_path / "stop").touch()
    out, err = reader.communicate(timeout=60)
    assert reader.returncode == 0, err
    rounds, seen = map(int, out.split())
    assert rounds > 10
    assert seen > 2


def test_a_switch_while_the_index_is_being_opened_opens_the_new_one(
    town: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import index.store as module

    old = (index / "CURRENT").read_text("utf-8").strip()
    read = module.current_generation
    opened = []

    def slow(folder: Path) -> Path:
        """Two builds come between reading `CURRENT` and opening what it named."""
        generation = read(folder)
        opened.append(generation.name)
        if len(opened) == 1:
            for figure in (1, 2):
                edit(town, figure)
                build(town, index)
        return generation

    monkeypatch.setattr(module, "current_generation", slow)
    store = open_store(index)
    assert opened[0] == old
    assert store.manifest.fingerprint.startswith(opened[1])
    assert any("海岸清掃21" in entry.text for entry in store.entries)


# --- a full disk -----------------------------------------------------------------------------------------------------


def failing(function: Callable[..., Any], allowed: int) -> Callable[..., Any]:
    """The function, until the disk is full."""
    calls = 0

    def call(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > allowed:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return function(*arguments, **options)

    return call


@pytest.mark.parametrize("allowed", [0, 1, 3, 6])
@pytest.mark.parametrize(
    "place",
    [
        "pathlib.Path.write_bytes",
        "pathlib.Path.replace",
        "pathlib.Path.mkdir",
        "os.fsync",
        "numpy.lib.format.write_array_header_1_0",
        "bm25s.BM25.save",
    ],
)
def test_a_full_disk_leaves_the_old_index_and_nothing_else(
    town: Path, index: Path, monkeypatch: pytest.MonkeyPatch, place: str, allowed: int
) -> None:
    before = tree(index), folders(index)
    fingerprint = open_store(index).manifest.fingerprint
    edit(town, 1)
    with monkeypatch.context() as patch:
        patch.setattr(place, failing(pkgutil.resolve_name(place), allowed))
        try:
            build(town, index)
        except IndexDamaged as error:
            assert "\n" not in str(error)
            assert str(index) in str(error)
            assert "空き容量" in str(error)
        else:
            return  # so many calls are not made
    assert open_store(index).manifest.fingerprint == fingerprint
    assert (tree(index), folders(index)) == before
    build(town, index)
    assert any("海岸清掃1" in entry.text for entry in open_store(index).entries)


@pytest.mark.parametrize("kilobytes", [1, 3])
def test_a_file_that_grows_too_large_is_one_sentence(town: Path, index: Path, kilobytes: int) -> None:
    before = tree(index)
    edit(town, 1)
    ran = start("-m", "index", "build", "--corpus", town, "--index", index, shell=f"ulimit -f {kilobytes};")
    _, err = ran.communicate(timeout=60)
    assert ran.returncode == 2
    assert len(err.strip().splitlines()) == 1
    assert str(index) in err
    assert tree(index) == before


# --- work that is not done again -------------------------------------------------------------------------------------


def test_an_unchanged_document_is_neither_read_nor_segmented(
    town: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import index.segments as module

    read, segmented = [], []
    reads, terms = module.read_source, module.content_terms
    monkeypatch.setattr(module, "read_source", lambda path, source: read.append(path.name) or reads(path, source))
    monkeypatch.setattr(module, "content_terms", lambda text: segmented.append(text) or terms(text))
    build(town, index)
    assert (read, segmented) == ([], [])
    edit(town, 1)
    build(town, index)
    assert read == ["yosan.txt"]
    assert len(segmented) == len([e for e in open_store(index).entries if e.document == "yosan"])


def test_another_edition_of_our_reading_reads_again_and_keeps_vectors(
    town: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_store(index).manifest
    monkeypatch.setattr("index.segments.edition", lambda: "another")
    assert build(town, index).embedded == 0
    after = open_store(index).manifest
    assert after.fingerprint != before.fingerprint
    assert {d.segment for d in after.documents.values()}.isdisjoint(d.segment for d in before.documents.values())


def test_what_a_killed_build_had_finished_is_taken_over(
    town: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(town, 1)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.building.write_generation", killed)
        with pytest.raises(KeyboardInterrupt):
            build(town, index)
    assert build(town, index).embedded == 0
    assert any("海岸清掃1" in entry.text for entry in open_store(index).entries)


@pytest.mark.slow
def test_workers_make_the_same_index(town: Path, index: Path, tmp_path: Path) -> None:
    (town / "empty.txt").write_bytes(b"")
    report = build(town, tmp_path / "other", workers=2)
    assert [failure.source for failure in report.failures] == ["empty.txt"]
    assert tree(tmp_path / "other") == tree(index)


def test_a_source_that_changes_while_it_is_read_is_left_out(
    town: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.building.sha256", lambda _: "0" * 64)
    (town / "houkoku.txt").unlink()
    with pytest.raises(Exception, match="変わりました"):
        build(town, index)
    assert search(open_store(index), "減塩教室")
