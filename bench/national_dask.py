# SPDX-License-Identifier: AGPL-3.0-or-later
"""All of England over Dask: two local workers give the sums of one process, also when one of them is killed on the way.

python -m bench.national_dask [--plans N] [--england DIR]
"""

import argparse
import functools
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import distributed

from bench import national
from fingerpost.cli import sen2_files, sen2_measures
from fingerpost.cli.sen2_measures_text import Measured

PLANS = 12_000  # every file is counted three times
WORK = functools.partial(sen2_measures.measure, sen2_measures.Ask(national.YEAR, None, ()))


def summed(names: Sequence[str], *, executor: Executor | None) -> tuple[Measured, list[str]]:
    """Every return counted and added; the names of those that cannot be read."""
    done = list(sen2_files.each(names, WORK, executor=executor, jobs=1))
    total = sen2_measures.together([one.answer for one in done if one.answer is not None])
    return total, [Path(one.file).name for one in done if one.problem is not None]


def main(words: Sequence[str] = ()) -> int:
    """One process, then two workers, then two of which one is killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=PLANS)
    parser.add_argument(
        "--england", type=Path, metavar="DIR", help="where its files are kept for the next run"
    )
    args = parser.parse_args(list(words))
    with tempfile.TemporaryDirectory() as folder:
        files = national.england(None, args.england or Path(folder), args.plans)
        _compare([str(file) for file in files], args.plans)
    return 0


def _compare(names: Sequence[str], plans: int) -> None:
    began = time.perf_counter()
    alone = summed(names, executor=None)
    serial = time.perf_counter() - began
    assert alone[0].counts["ehcplans"] == plans
    assert alone[1] == [national.DAMAGED]
    make: Any = distributed
    with (
        make.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        make.Client(cluster) as client,
    ):
        began = time.perf_counter()
        assert summed(names, executor=client.get_executor()) == alone
        seconds = time.perf_counter() - began
        victim = next(iter(client.run(os.getpid).values()))
        threading.Timer(seconds / 3, os.kill, (victim, signal.SIGKILL)).start()
        assert summed(names, executor=client.get_executor()) == alone
    print(f"{len(names) - 1} returns and a damaged one, {plans:,} plans: the same sums over Dask")
    print(f"  one process {serial:.0f} s, two workers {seconds:.0f} s: {serial / seconds:.2f} times faster")
    print("  one of the workers was killed on the way, and the sums are the same")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
