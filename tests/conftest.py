"""What every test may ask for: the shipped documents, an index over them, and the shared folder beside the project."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # before any model library is imported: the tests use no network

from corpus import DOCUMENTS, Document, load_corpus
from index import Store, build, open_store

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/bin/chromium")

# The same examples on every machine; Japanese segmentation has no steady speed worth a deadline.
settings.register_profile("tashika", deadline=None, derandomize=True)
settings.load_profile("tashika")


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    """The shipped documents by id, freshly read."""
    loaded = load_corpus()
    assert loaded.failures == ()
    return {document.id: document for document in loaded.documents}


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index over the shipped documents. Not to be changed: copy it first."""
    folder = tmp_path_factory.mktemp("index")
    build(DOCUMENTS, folder)
    return folder


@pytest.fixture(scope="session")
def store(index_folder: Path) -> Store:
    """The index over the shipped documents, open."""
    return open_store(index_folder)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data beside the project; a test that needs it is skipped where it is not there."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"needs the shared data at {folder}, which is not there")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, closed after each file: while it is open an event loop runs, and no other may start."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not there: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()
