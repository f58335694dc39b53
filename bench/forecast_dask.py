# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dask with two local workers gives the figures of one thread, also when a worker is killed on the way."""

import os
import signal
import threading
import time
from datetime import date
from typing import Any

import distributed

from bench.forecast_worlds import doubtful
from fingerpost.rules.forecast import running
from fingerpost.rules.forecast.kept import Kept


def same(a: Kept, b: Kept) -> bool:
    """Bit for bit."""
    return all(x.tobytes() == b.tables()[name].tobytes() for name, x in a.tables().items())


def main() -> None:
    """Serial against two workers, then a killed one."""
    work = running.job(doubtful(), until=date(2030, 3, 31), draws=600)
    began, busy = time.perf_counter(), time.process_time()
    whole = running.run_part(work, 0, 600)
    serial, cost = time.perf_counter() - began, time.process_time() - busy
    make: Any = distributed
    with (
        make.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        make.Client(cluster) as client,
    ):
        client.run(_ready)
        executor, busy = client.get_executor(), _busy(client)
        began = time.perf_counter()
        spread = running.run_job(work, executor=executor).kept
        seconds = time.perf_counter() - began
        spent = _busy(client) - busy
        assert same(spread, whole)
        victim = next(iter(client.run(os.getpid).values()))
        threading.Timer(seconds / 4, os.kill, (victim, signal.SIGKILL)).start()
        assert same(running.run_job(work, executor=client.get_executor()).kept, whole)
    print(
        f"{'Dask, two local workers: same figures; serial / two workers':<66}{serial / seconds:>10.2f}   bar >= 1.6"
    )
    print(
        f"{'Dask, two local workers: their processor time / serial':<66}{spent / cost:>10.2f}   (1: nothing lost)"
    )
    print("Dask: one of the workers was killed on the way, and the figures are the same")


def _busy(client: Any) -> float:
    """Processor seconds of all workers so far."""
    return float(sum(client.run(time.process_time).values()))


def _ready() -> None:
    running.run_part(running.job(doubtful(), until=date(2025, 6, 30), draws=1), 0, 1)


if __name__ == "__main__":
    main()
