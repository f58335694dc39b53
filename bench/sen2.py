# SPDX-License-Identifier: AGPL-3.0-or-later
"""How fast and how small the SEN2 check and measures are, against lxml touching every element of the same file.

    python -m bench.sen2 [FOLDER] [--gigabyte]

FOLDER holds returns, as `fingerpost demo returns FOLDER` writes them. Ratios are of the same run, of the best times and
of the middle of all turns: where others share the machine, the best bare pass and the best check seldom meet.

The bars: check and measures together at most 3 times the bare pass in one process, at least 1.7 times faster with two,
and a peak below 300 MB whatever the size. What two processes bring to the bare pass shows what the machine has to give.
"""

import argparse
import contextlib
import functools
import io
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from fingerpost.cli import sen2_check, sen2_files
from fingerpost.demo import returns
from fingerpost.rules.returns import reader
from fingerpost.rules.returns.rounds import without_rounds

TIMES = 11
FILES, TURNS_OF_TWO = 4, 5
Work = Callable[[BinaryIO, str], sen2_check.Checked]
ROWS = {"touch": "lxml touches every element", "both": "check and measures", "strict": "strict reading"}


def touch(path: Path) -> int:
    """The bare pass: every element seen, its tag and text read, then dropped; without the collector, like the rest."""
    seen = 0
    events: Iterable[Any] = etree.iterparse(
        str(path), events=("end",), resolve_entities=False, no_network=True
    )
    with without_rounds():
        for _, element in events:
            seen += 1
            _ = element.tag, element.text
            if element.tag == "Person":
                element.clear()
                element.getparent().remove(element)
    return seen


def both(path: Path) -> int:
    """Check and measures of one file, as the command does them: its findings are written down as well."""
    with tempfile.TemporaryDirectory() as folder:
        done = sen2_files.one(_command(folder), str(path)).answer
    return done.summary.records if done else 0


def _command(folder: str) -> Work:
    return functools.partial(sen2_check.work, sen2_check.Ask(folder, None, None, None, measures=True))


def strict(path: Path) -> int:
    """The strict reading that an import begins with."""
    with path.open("rb") as stream, without_rounds():
        return sum(1 for _ in reader.read(stream)[1])


WORKS: dict[str, Callable[[Path], int]] = {"touch": touch, "both": both, "strict": strict}


def _timed(name: str, path: Path) -> float:
    began = time.process_time()
    WORKS[name](path)
    return time.process_time() - began


def rivals(path: Path) -> dict[str, list[float]]:
    """Processor seconds of each, in turns so that a busy machine hurts all alike, and each in a process of its own."""
    took: dict[str, list[float]] = {name: [] for name in WORKS}
    with contextlib.ExitStack() as stack:
        pools = {name: stack.enter_context(ProcessPoolExecutor(1)) for name in WORKS}
        for _ in range(TIMES):
            for name, pool in pools.items():
                took[name].append(pool.submit(_timed, name, path).result())
    return took


def in_processes(path: Path, work: Work | Callable[[BinaryIO, str], int]) -> list[float]:
    """How many times faster the same file, several times, is done in two processes than in one: of each turn."""
    names, faster = [str(path)] * FILES, []
    for _ in range(TURNS_OF_TWO):
        took = []
        for jobs in (1, 2):
            began = time.perf_counter()
            with contextlib.redirect_stderr(io.StringIO()):  # how far it is
                list(sen2_files.each(names, work, jobs=jobs))
            took.append(time.perf_counter() - began)
        faster.append(took[0] / took[1])
    return faster


def _touch_named(_: BinaryIO, name: str) -> int:
    return touch(Path(name))


def multiplied(path: Path, copies: int, out: Path) -> Path:
    """A bigger return: the same people again and again, renamed in each copy and without their numbers."""
    text = re.sub(rb"<UPN>.*?</UPN>", b"<UPNunknown>UN2</UPNunknown>", path.read_bytes())
    text = re.sub(rb"<UniqueLearnerNumber>.*?</UniqueLearnerNumber>", b"", text)
    start, end = text.index(b"<Persons>") + 9, text.index(b"</Persons>")
    with out.open("wb") as big:
        big.write(text[:start])
        for copy in range(copies):
            big.write(text[start:end].replace(b"<Surname>", b"<Surname>%d " % copy))
        big.write(text[end:])
    return out


PEAK = """
import re, sys
from fingerpost.cli.main import main
main(["sen2", "check", sys.argv[1], "--summary", "--jobs", "1"])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
"""


def peak(path: Path) -> float:
    """Peak megabytes of `sen2 check` on one file, in a process of its own (which a child of ours would inherit)."""
    words = [sys.executable, "-c", PEAK, str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-1]) / 1024


def main(words: Sequence[str] = ()) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", type=Path, nargs="?", help="returns to measure; the made-up area if left out"
    )
    parser.add_argument("--gigabyte", action="store_true", help="also one file of a gigabyte (minutes)")
    args = parser.parse_args(list(words))
    with tempfile.TemporaryDirectory() as folder:
        source = args.folder or Path(folder)
        if args.folder is None:
            returns.write_returns(source)
        path = max(source.glob("*.xml"), key=lambda each: each.stat().st_size)
        _speed(path)
        _sizes(path, Path(folder), gigabyte=args.gigabyte)
    return 0


def _speed(path: Path) -> None:
    took = rivals(path)
    size = path.stat().st_size / 1e6
    print(f"{path.name}, {size:.1f} MB, {touch(path):,} elements, {TIMES} turns, {os.cpu_count()} cores")
    for name, words in ROWS.items():
        best = min(took[name]) / min(took["touch"])
        turns = statistics.median(one / bare for one, bare in zip(took[name], took["touch"], strict=True))
        print(
            f"  {words:<30} best {min(took[name]):5.2f} s   {best:4.2f} times the best bare pass, "
            f"{turns:4.2f} times the one of the same turn (median)"
        )


def _sizes(path: Path, folder: Path, *, gigabyte: bool) -> None:
    with tempfile.TemporaryDirectory() as findings:
        for name, work in (("both", _command(findings)), ("touch", _touch_named)):
            faster = in_processes(path, work)
            print(
                f"  {ROWS[name]:<30} {FILES} files in two processes {statistics.median(faster):.2f} times faster "
                f"({min(faster):.2f} to {max(faster):.2f} in {TURNS_OF_TWO} turns)"
            )
    print(f"  peak of sen2 check, {path.stat().st_size / 1e6:.0f} MB: {peak(path):.0f} MB")
    copies = (10, int(1e9 / path.stat().st_size) + 1) if gigabyte else (10,)
    for count in copies:
        big = multiplied(path, count, folder / "big.xml")
        began = time.perf_counter()
        print(f"  peak of sen2 check, {big.stat().st_size / 1e6:.0f} MB: {peak(big):.0f} MB", end="")
        print(f" in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
