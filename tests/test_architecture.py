"""Imports point one way, each package shows what it means to show, and no document's name stands in a program."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "index", "qa", "eval")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
PROGRAMS = [*MODULES, ROOT / "app.py"]
# What each may import of ours: corpus ← index ← qa ← eval, and qa ← app.py.
ALLOWED = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "qa": {"corpus", "index", "qa"},
    "eval": {"corpus", "index", "qa", "eval"},
    "app": {"corpus", "index", "qa"},
}
PARSERS = {
    "bs4", "charset_normalizer", "docx", "fitz", "html5lib", "lxml", "openpyxl", "pandas", "pdfminer", "pdfplumber", "pymupdf",
    "pypdf", "pypdfium2", "selectolax", "xlrd",
}  # fmt: skip
NAMES = ("gunma", "群馬", "ぐんま", "ぐ ん ま", "上海")
LONGEST = 450


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> set[tuple[str, str]]:
    """(module, name) of every import in a file, wherever it stands; name is "" where a module is imported whole."""
    found: set[tuple[str, str]] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_id(path)}:{node.lineno} imports relatively"
            found |= {(node.module or "", alias.name) for alias in node.names}
    return found


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", PROGRAMS, ids=_id)
def test_imports_point_one_way(path: Path) -> None:
    ours = {module.split(".")[0] for module, _ in imports(path)} & {*PACKAGES, "app", "tests"}
    assert ours <= ALLOWED[room(path)]


@pytest.mark.parametrize("path", PROGRAMS, ids=_id)
def test_documents_are_parsed_only_in_corpus(path: Path) -> None:
    used = {module.split(".")[0] for module, _ in imports(path)} & PARSERS
    assert not used or room(path) == "corpus"


@pytest.mark.parametrize("path", PROGRAMS, ids=_id)
def test_nobody_reaches_for_private_names_of_another_module(path: Path) -> None:
    private = {
        f"{module}.{name}"
        for module, name in imports(path)
        if module.split(".")[0] in PACKAGES and name.startswith("_") and not name.startswith("__")
    }
    assert private == set()


EXPORTS = {
    "corpus": [
        "DOCUMENTS", "BadSources", "Cell", "Column", "Corpus", "Document", "Fact", "Line", "Origin", "Passage", "Place",
        "Row", "Section", "Span", "Table", "TashikaError", "TotalCheck", "UnknownDocument", "UnreadableDocument", "find_document",
        "load_corpus", "read_document",
    ],
    "index": [
        "DEFAULT_INDEX", "MODES", "SHIPPED", "BuildReport", "Encoder", "Entry", "Hit", "IndexBusy", "IndexDamaged", "IndexForeign",
        "IndexMissing", "Manifest", "ModelUnavailable", "NothingToIndex", "Store", "build", "load_encoder",
        "open_store", "search",
    ],
    "qa": ["Answer", "Citation", "Conversation", "Question", "Turn", "UnaskableQuestion", "Value", "answer", "ask"],
    "eval": [
        "BadGold", "GoldDialogue", "GoldQuestion", "Judgement", "Run", "evaluate", "judge", "read_gold",
    ],
}  # fmt: skip


def order(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then functions, each by name."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_exports_exactly_this(package: str) -> None:
    exported = importlib.import_module(package).__all__
    assert exported == EXPORTS[package]
    assert exported == sorted(exported, key=order)


@pytest.mark.parametrize("package", PACKAGES)
def test_what_is_exported_is_there_and_what_is_there_is_exported(package: str) -> None:
    path = ROOT / package / "__init__.py"
    module = importlib.import_module(package)
    assert all(hasattr(module, name) for name in module.__all__)
    imported = {name for source, name in imports(path) if source.split(".")[0] == package}
    assert imported == set(module.__all__)


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=_id)
def test_a_package_says_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(parsed(path))
    assert said
    if path.parent.name in PACKAGES:
        assert said.startswith(f"{path.parent.name}: ")
        assert len(said.splitlines()) > 1


@pytest.mark.parametrize("path", PROGRAMS, ids=_id)
def test_no_program_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def mentions(path: Path) -> list[str]:
    text = path.read_text("utf-8").lower()
    return [name for name in NAMES if name in text]


def settings() -> list[Path]:
    found = [ROOT / "pyproject.toml", *(p for package in PACKAGES for p in (ROOT / package).rglob("*.toml"))]
    return [path for path in found if (ROOT / "corpus" / "documents") not in path.parents]


@pytest.mark.parametrize("path", PROGRAMS + settings(), ids=_id)
def test_no_program_names_a_document_or_its_words(path: Path) -> None:
    assert mentions(path) == []
