"""A village's one document, indexed, and a small gold set about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index import Store, build, open_store
from qa import Answer, Citation

REPORT = """杉沢村 主要施策の成果(令和4年度)

1 農林振興

(1) 棚田保全

決算額 4,518 千円

休耕田の草刈りと水路の補修を行い、棚田オーナー制度の会員を募集した。

区分	実績
水路の補修	11か所
棚田オーナー 会員数	138人

(2) 特産品開発

決算額 2,075 千円

杉沢わさびの加工品を試作し、都市部の百貨店で試食販売会を開いた。
"""
GOLD = [
    {"id": "V1", "type": "fact", "question": "棚田保全の決算額は？", "answer": "4,518千円", "must_include": [["4518千円"]],
     "must_not_include": ["2,075"], "citations": [{"document": "sugisawa-r4", "line": 7}]},
    {"id": "V2", "type": "fact", "question": "棚田オーナーの会員数は何人ですか？", "must_include": [["138人", "138名"]],
     "citations": [{"document": "sugisawa-r4", "line": 13}]},
    {"id": "V3", "type": "none", "question": "黒部市の棚田保全の決算額は？", "expect": "abstain",
     "must_not_include": ["4,518"]},
    {"id": "V4", "type": "none", "question": "棚田オーナーの年会費はいくらですか？", "answerable": False},
    {"id": "V5", "turns": [
        {"question": "こんにちは", "turn_type": "chitchat"},
        {"question": "特産品開発の決算額は？", "turn_type": "start", "must_include": [["2,075千円"]],
         "citations": [{"document": "sugisawa-r4", "line": 17}]},
        {"question": "特産品開発の決算額は？", "turn_type": "start", "answer": "<b>不明</b>", "must_include": [["9,999千円"]],
         "recomputed": "誤りの見本", "citations": [{"document": "sugisawa-r4", "line": 7}]},
    ]},
]  # fmt: skip


@pytest.fixture(scope="session")
def village_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("village")
    (root / "documents").mkdir()
    (root / "documents" / "sugisawa-r4.txt").write_text(REPORT, "utf-8")
    build(root / "documents", root / "index")
    return root / "index"


@pytest.fixture(scope="session")
def village(village_index: Path) -> Store:
    return open_store(village_index)


@pytest.fixture(scope="session")
def gold_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "village.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in GOLD), "utf-8")
    return path


def cited(line_start: int, line_end: int | None = None, document: str = "d", page: int | None = None) -> Citation:
    return Citation(document, "題", line_start, line_end or line_start, page, None, (), None, (), "引用")


def said(text: str, *citations: Citation, answered: bool = True) -> Answer:
    return Answer("", 0, "問", "問", answered, "value", text, (), None, citations, 0.9, "0" * 64, 1.0)


@pytest.fixture(scope="session", name="cited")
def cited_fixture() -> Callable[..., Citation]:
    """A citation of lines of a document: `cited(3, 5, document="d")`."""
    return cited


@pytest.fixture(scope="session", name="said")
def said_fixture() -> Callable[..., Answer]:
    """An answer made by hand: `said("5千円です。", cited(3), answered=True)`."""
    return said
