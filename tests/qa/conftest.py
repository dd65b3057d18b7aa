"""A small town's two documents, written and indexed here, and the ways in which the tests of `qa` look at answers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from corpus import DOCUMENTS
from index import Store, build, open_store
from qa import Answer, Citation
from qa.compose import compose_value
from qa.link import link
from qa.retrieve import evidence, retrieve
from qa.types import Draft, Link
from qa.understand import understand

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

_HEADER = "担当課	事業名	開始年度	事業内容	参加者	R4 当初予算額 (千円)	R5 当初予算額 (千円)	備考"
BUDGET = f"""白嶺市における文化振興事業(令和4年度実績及び令和5年度予定)

1 舞台づくり

{_HEADER}
文化課	市民合唱祭	H20	市内の合唱団が集い、日頃の練習の成果を披露する。	312名	1,240	1,385	
	湖畔野外劇	H27	湖のほとりで市民劇団が新作を上演する。	1,904名	8,610	9,075	雨天のため1公演を中止
	こども能楽教室	R2	小学生に能の謡と仕舞の手ほどきを行う。	48名	530	-	R5年度は休止
図書館	移動図書館ひまわり号	S58	山あいの集落を月2回巡回し、本の貸出しを行う。	2,215名	3,427	3,518	
	郷土資料デジタル化	R3	明治期の絵図と写真を電子化し、公開する。	-	2,760	2,940	

2 担い手づくり

{_HEADER}
生涯学習課	和太鼓指導者講習	H12	各地区の和太鼓指導者を対象に技術講習を行う。	26名	415	402	
	市史編さん	R4	市制施行70周年に向けて市史を編さんする。	実績なし	0	6,180	
	伝統織物体験工房	H30	空き店舗を活用し、白嶺織の体験工房を運営する。	873名	4,052	4,118	指定管理者:白嶺織保存会
"""
REPORT = """白嶺市 主要施策の成果(令和5年度)

第1 観光交流費

1 観光振興

(1) 観光案内所運営

決算額 12,406 千円

駅前と湖畔の2か所で観光案内所を運営し、外国語対応のため案内員に語学研修を行った。

区分	実績
駅前案内所 来所者数	41,873人
湖畔案内所 来所者数	18,052人
外国語パンフレット 配布部数	6,300部

(2) 姉妹都市交流 決算額 3,219 千円

令和5年9月に姉妹都市ロセルダム市から訪問団を迎え、市内の中学校で交流授業を行った。

- ・訪問団 14人
- ・交流授業 5校

2 移住促進

(1) 空き家活用

決算額 7,754 千円

空き家の改修費の一部を補助し、移住世帯の住まいを確保した。

区分	件数	金額
改修補助	17件	5,950千円
家財処分補助	9	804
合計	26	6,754
"""


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    (folder / "shirane-bunka-r4r5.txt").write_text(BUDGET, "utf-8")
    (folder / "shirane-houkoku-r5.txt").write_text(REPORT, "utf-8")
    return folder


@pytest.fixture(scope="session")
def town_index(town_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town-index")
    build(town_folder, folder)
    return folder


@pytest.fixture(scope="session")
def town(town_index: Path) -> Store:
    return open_store(town_index)


@pytest.fixture(scope="session")
def cases() -> dict[str, list[dict[str, Any]]]:
    """`questions.toml`: questions on the town's and on the shipped documents with what is right."""
    return tomllib.loads((HERE / "questions.toml").read_text("utf-8"))


Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def program() -> Program:
    """Run a program of ours as its user does: `program("-m", "qa.cli", "質問", stdin=…)`."""

    def run(*arguments: str | bytes, stdin: str | bytes = b"") -> subprocess.CompletedProcess[str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            input=given,
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8:surrogateescape"},
        )
        return subprocess.CompletedProcess(
            ran.args, ran.returncode, ran.stdout.decode(errors="replace"), ran.stderr.decode(errors="replace")
        )

    return run


Stands = Callable[[Citation], bool]


@pytest.fixture(scope="session")
def stands(town_folder: Path) -> Stands:
    """Whether a citation's quote stands on the cited lines of the file itself, read here and not by `corpus`."""
    files = {path.stem: path for folder in (town_folder, DOCUMENTS) for path in folder.glob("*.txt")}
    lines = {name: path.read_bytes().decode("utf-8").split("\n") for name, path in files.items()}

    def look(citation: Citation) -> bool:
        if not 1 <= citation.line_start <= citation.line_end <= len(lines[citation.document]):
            return False
        there = "\n".join(lines[citation.document][citation.line_start - 1 : citation.line_end])
        return bool(citation.quote.strip()) and citation.quote in there

    return look


def numbers(text: str) -> set[str]:
    """The numbers printed in a text, without thousands separators."""
    return {n.replace(",", "") for n in re.findall(r"\d[\d,]*(?:\.\d+)?", unicodedata.normalize("NFKC", text))}


Numbers = Callable[[str], set[str]]


@pytest.fixture(scope="session", name="numbers")
def numbers_fixture() -> Numbers:
    return numbers


@pytest.fixture(scope="session")
def loose_numbers() -> Callable[[Answer, Store], set[str]]:
    """Numbers of an answer that stand neither in its citations nor in its calculation nor are its document's year."""

    def look(given: Answer, store: Store) -> set[str]:
        ground = set(numbers(given.calculation or ""))
        for citation in given.citations:
            for part in (citation.quote, citation.title, citation.row or "", *citation.column, *citation.heading):
                ground |= numbers(part)
            for year in store.documents[citation.document].years:
                ground |= {str(year), str(year - 2018)}
        return numbers(given.answer) - ground

    return look


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    loaded = json.loads((HERE / "answer.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


@pytest.fixture(scope="session")
def conform(schema: dict[str, Any]) -> Callable[[Any], None]:
    """Fail unless an answer object, read from JSON, is of the contract's form."""
    validator = jsonschema.Draft202012Validator(schema)

    def look(given: Any) -> None:
        validator.validate(given)
        assert list(given) == schema["required"], "the contract's order of fields"
        for citation in given["citations"]:
            assert citation["line_start"] <= citation["line_end"]

    return look


@pytest.fixture(scope="session")
def links_of(town: Store) -> Callable[[str], tuple[Link, ...]]:
    """What the pipeline links a question on the town to, best first."""

    def run(text: str) -> tuple[Link, ...]:
        question = understand(text)
        return link(town, question, evidence(town, retrieve(town, question)))

    return run


@pytest.fixture(scope="session")
def draft_of(town: Store, links_of: Callable[[str], tuple[Link, ...]]) -> Callable[[str], Draft]:
    """What the composer would say to a question on the town, before the gate."""

    def run(text: str) -> Draft:
        return compose_value(town, understand(text), links_of(text), 0.9)

    return run
