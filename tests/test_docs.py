"""The documents say what the program does: every example in the README is run, every command's help is there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
TASHIKA = [sys.executable, "-m", "qa.cli"]


def examples() -> list[tuple[str, str]]:
    """Each `$ .venv/bin/tashika "…"` of the README with the lines printed under it."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", README, re.S):
        for command, printed in re.findall(r"^\$ (\.venv/bin/tashika [^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", block, re.M):
            if printed.strip():
                found.append((command, printed.strip()))
    return found


@pytest.mark.parametrize(("command", "printed"), examples())
def test_readme_example_prints_what_it_says(command: str, printed: str, index_folder: Path) -> None:
    arguments = shlex.split(command)[1:]
    ran = subprocess.run(
        [*TASHIKA, *arguments, "--index", str(index_folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.stdout.strip() == printed


def test_readme_has_examples() -> None:
    assert len(examples()) >= 2


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "qa.cli"],
        ["-m", "qa", "batch"],
        ["-m", "corpus", "rows"],
        ["-m", "corpus", "outline"],
        ["-m", "corpus", "check"],
        ["-m", "index", "build"],
        ["-m", "index", "search"],
        ["-m", "eval", "run"],
        ["-m", "eval", "retrieval"],
        ["app.py"],
    ],
    ids=" ".join,
)
def test_every_command_helps(command: list[str]) -> None:
    ran = subprocess.run([sys.executable, *command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "--help" in ran.stdout
    assert re.search(r"[ぁ-んァ-ヶ一-鿿]", ran.stdout)


@pytest.mark.parametrize("name", ["corpus", "index", "qa", "eval"])
def test_architecture_names_every_package_and_file_exists(name: str) -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    section = text.split(f"\n## {name}: ")[1].split("\n## ")[0]
    files = {file for file in re.findall(r"`([a-z_]+\.(?:py|toml))`", section)}
    assert files
    assert [file for file in files if not (ROOT / name / file).exists()] == []


def test_every_dependency_is_explained() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    block = project.split("dependencies = [")[1].split("]")[0]
    names = re.findall(r'"([A-Za-z0-9-]+)', block)
    table = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("## Dependencies")[1]
    assert names
    assert [name for name in names if name not in table] == []
