"""What every command line of ours shares: our errors become one sentence on standard error and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click
import msgspec

from corpus.errors import TashikaError

FOUND, NOT_FOUND, WRONG_USE = 0, 1, 2


def run(command: Callable[..., Any], program: str) -> None:
    """Run a click command as a program and leave with its exit code."""
    try:
        code = command(prog_name=program, standalone_mode=False)
    except TashikaError as error:
        print(error, file=sys.stderr)
        sys.exit(WRONG_USE)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USE)
    except click.Abort:
        sys.exit(130)
    except (BrokenPipeError, SystemExit):
        # The reader (head, less) has gone, which click turns into an exit: nothing to say, and no error.
        sys.stderr.close()
        sys.exit(FOUND)
    sys.exit(code if isinstance(code, int) else FOUND)


def print_json_lines(values: Iterable[Any]) -> None:
    """One JSON object a line, UTF-8, in order."""
    for value in values:
        print(msgspec.json.encode(value).decode("utf-8"))
