"""The console script `tashika`: imports what answers only once it is ready to take patterns that were compiled before."""

from __future__ import annotations

import gc
from pathlib import Path

from corpus.console import run
from corpus.patterns import kept_patterns

KEPT = Path(__file__).resolve().parent.parent / ".tashika"


def main() -> None:
    """The console script."""
    gc.set_threshold(50_000)  # as long as modules are imported nothing is garbage
    with kept_patterns(KEPT):
        from qa.prompt import tashika

        run(tashika, "tashika")


if __name__ == "__main__":
    main()
