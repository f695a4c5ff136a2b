"""Heavy work in one worker process, so that it does not hold up the event loop.

What makes processes is imported with the first of that work: most bots never need it.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

P = ParamSpec("P")
T = TypeVar("T")


class Worker:
    """Runs pure functions in a process of its own, started with the first of them."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._processes: list[BaseProcess] = []
        self._closed = False

    async def __call__(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns or raises; it and its arguments must be picklable."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            return await self._run(partial(work, *args, **kwargs))
        except BrokenProcessPool:  # somebody killed the process: a new one takes the work once more
            if self._closed:
                raise
            self._pool = None
            self._processes.clear()
            return await self._run(partial(work, *args, **kwargs))

    async def _run(self, work: Callable[[], T]) -> T:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_belong_to_the_bot)
        before = multiprocessing.active_children()
        working = asyncio.get_running_loop().run_in_executor(self._pool, work)  # starts the process where there is none
        self._processes += [each for each in multiprocessing.active_children() if each not in before]
        return await working

    async def close(self) -> None:
        """Ends the process, whatever it is at."""
        self._closed = True
        if self._pool is None:
            return
        for process in self._processes:
            process.kill()
        await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)


def _belong_to_the_bot() -> None:
    # Ctrl-C reaches the whole group of processes; the bot itself decides when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Before numpy is imported: several threads leave the event loop no processor, and take longer than one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()  # a bot that was killed cannot end its worker
        os._exit(0)
