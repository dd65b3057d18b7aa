"""Other processes that read and embed documents, each with a model of its own, and none that outlives the build."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process

from index.encoder import Encoder, load_encoder
from index.errors import IndexDamaged
from index.segments import Job, Outcome, make_segment

_encoders: list[Encoder] = []


@contextmanager
def pool(workers: int, model: str) -> Iterator[ProcessPoolExecutor]:
    """So many processes with a model loaded; what they have not begun when the block ends is dropped.

    They are spawned, not forked: a fork copies the threads' locks of the libraries that are already at work.

    Raises:
        IndexDamaged: one of them was ended from outside.

    """
    made = ProcessPoolExecutor(workers, get_context("spawn"), _start, (model,))
    try:
        yield made
    except BrokenProcessPool as error:
        raise IndexDamaged(
            "文書を読む処理の 1 つが外から止められました。メモリーが足りないときは --workers 1 を付けて作り直してください"
        ) from error
    finally:
        made.shutdown(cancel_futures=True)


def segment_in_worker(job: Job) -> Outcome:
    """`make_segment` with this process's model."""
    return make_segment(job, _encoders[0])


def _start(model: str) -> None:
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # the processors are taken by the processes
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build itself says that it was interrupted
    threading.Thread(target=_end_with_build, daemon=True).start()
    _encoders.append(load_encoder(model))


def _end_with_build() -> None:
    """A killed build cannot stop its workers; they see that it is gone."""
    build = parent_process()
    if build is not None:
        connection.wait([build.sentinel])
        os._exit(1)
