# SPDX-License-Identifier: AGPL-3.0-or-later
"""How fast the clocks are, as ratios taken in one run: the command's own path against `json.loads` of the same lines.

`python -m bench.clocks [--cases N] [--linear LARGEST] [--peers]`; nothing here is a timed test."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench import clocks_cases, clocks_peers
from fingerpost.cli import clocks_pool
from fingerpost.cli.clocks_answers import Ask
from fingerpost.rules.duties import register

_CHUNK = 45  # lines, as the command takes them
_SLICE = 500  # lines, measured in turn with their alternative, so that a busy machine slows both alike
_LIMITS = {"first column": 10, "full register": 25}


def timed(work: Callable[[], object]) -> float:
    """Processor time of one run."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _loads(lines: list[bytes]) -> None:
    for line in lines:
        json.loads(line)


def _answers(lines: list[bytes], mask: int) -> None:
    chunks = [lines[place : place + _CHUNK] for place in range(0, len(lines), _CHUNK)]
    for _ in clocks_pool.lines(chunks, Ask(mask, (), False, True), 1):
        pass


def ratios(count: int) -> None:
    """One core: read lines, answer, write JSON, against json.loads of the same lines. No line is answered twice; as
    many others are answered first, because a national run spends its time far from its beginning."""
    lines = list(clocks_cases.lines(count))
    law = register.current()
    _answers(list(clocks_cases.lines(count, seed=2)), -1)
    masks = {"first column": law.mask(register.FIRST_COLUMN), "full register": -1}
    print(
        f"{count} cases, {sum(map(len, lines)) / count:.0f} bytes a line, one core, median of {_SLICE} lines"
    )
    for name, mask in masks.items():
        ours, ratio = _against_loads(lines, mask)
        print(f"  {name:14} {ours:7.1f} us a case   {ratio:5.1f} x json.loads (bar {_LIMITS[name]})")


def _against_loads(lines: list[bytes], mask: int) -> tuple[float, float]:
    """Microseconds a case, and how many times json.loads that is, in the middle of all slices."""
    taken, ratio = [], []
    for place in range(0, len(lines), _SLICE):
        part = lines[place : place + _SLICE]
        before = timed(lambda: _loads(part))  # noqa: B023  called at once
        ours = timed(lambda: _answers(part, mask))  # noqa: B023  called at once
        after = timed(lambda: _loads(part))  # noqa: B023  called at once
        taken.append(ours / len(part) * 1e6)
        ratio.append(2 * ours / (before + after))
    return median(taken), median(ratio)


def linear(sizes: tuple[int, ...]) -> None:
    """The command itself over growing files: time a case and the largest memory of the process and its children."""
    print(
        "the command over files, all cores: cases, seconds, us a case, peak MB of one process, x json.loads"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "cases.jsonl"
            with path.open("wb") as out:
                out.writelines(clocks_cases.lines(size))
            for words in (["--duties", "first-column"], []):
                _one_file(path, size, words)


def _one_file(path: Path, size: int, words: list[str]) -> None:
    with path.open("rb") as lines:
        begun = time.perf_counter()
        for line in lines:
            json.loads(line)
        base = time.perf_counter() - begun
    code = "import resource, sys; from fingerpost.cli.main import main; code = main(sys.argv[1:]); "
    code += "own = int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]); "
    code += "child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss; "
    code += "print(max(own, child) // 1024, file=sys.stderr); sys.exit(code)"
    begun = time.perf_counter()
    command = [sys.executable, "-c", code, "clocks", str(path), "--json", *words]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    taken = time.perf_counter() - begun
    which = "first column" if words else "full register"
    memory = done.stderr.decode().strip().splitlines()[-1]
    print(f"  {size:8} {which:14} {taken:8.1f} {taken / size * 1e6:8.1f} {memory:>6} {taken / base:6.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument(
        "--linear", type=int, default=0, metavar="LARGEST", help="files from 1,000 cases up to 720000"
    )
    parser.add_argument("--peers", action="store_true", help="three duties in named alternatives")
    args = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    ratios(args.cases)
    if args.peers:
        clocks_peers.compare(args.cases)
    if args.linear:
        linear(tuple(size for size in (1_000, 10_000, 100_000, 720_000) if size <= args.linear))


if __name__ == "__main__":
    main()
