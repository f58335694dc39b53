# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder of plans, with one and with two reading processes: wall, what each process did, what it waited for, memory.

The wall alone tells of the neighbours on the machine too. The kernel says how long each reading process ran and how
long it stood ready without a core; what is left it waited for the command, and only that is ours to mend.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.plans_made import plans

_COMMAND = "from fingerpost.cli.main import main; import sys; sys.exit(main())"
_LOOK_EVERY = 0.2
# A process that has run for less is not one that reads plans.
_READER = 0.5


@dataclass(slots=True)
class Spent:
    """What the kernel says of one process so far: seconds it ran, seconds it stood ready, its largest size in MB."""

    ran: float = 0.0
    ready: float = 0.0
    peak: float = 0.0


@dataclass(slots=True)
class Run:
    """One run of the command."""

    wall: float
    command: Spent
    readers: list[Spent] = field(default_factory=list)

    @property
    def peak(self) -> float:
        """The largest process, in MB."""
        return max(one.peak for one in (self.command, *self.readers))

    @property
    def idle(self) -> float:
        """The share of the wall in which a reading process had nothing to do."""
        busy = sum(one.ran + one.ready for one in self.readers) / max(1, len(self.readers))
        return max(0.0, 1 - busy / self.wall)


def main() -> None:
    """Print the walls, the shares and the memory."""
    runs = {(count, workers): run(count, workers) for count, workers in _turns()}
    alone, together = runs[1000, 1], runs[1000, 2]
    print(
        f"1,000 plans: 1 reading process {alone.wall:.1f} s, 2 {together.wall:.1f} s, "
        f"{together.wall / alone.wall:.2f} of it"
    )
    for (count, workers), one in runs.items():
        ran, ready = (sum(getattr(reader, name) for reader in one.readers) for name in ("ran", "ready"))
        print(
            f"{count} plans, {workers} processes: readers ran {ran:.1f} s, stood ready without a core {ready:.1f} s, "
            f"had nothing to do {one.idle:.0%}; the command itself ran {one.command.ran:.1f} s; "
            f"largest {one.peak:.0f} MB"
        )


def _turns() -> Iterator[tuple[int, int]]:
    yield from ((100, 2), (500, 2), (1000, 2), (1000, 1))


def run(count: int, workers: int) -> Run:
    """The command on a folder of so many made-up plans."""
    with tempfile.TemporaryDirectory() as folder:
        for number, made in enumerate(plans(count, 7)):
            (Path(folder) / f"{number:04}{Path(made.name).suffix}").write_bytes(made.content)
        return _watched([folder, "--json", "--today", "2025-05-06", "--workers", str(workers)])


def _watched(options: list[str]) -> Run:
    start, seen = time.perf_counter(), dict[int, Spent]()
    command = [sys.executable, "-c", _COMMAND, "plan", "check", *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            for pid in (process.pid, *_children(process.pid)):
                if spent := _spent(pid):
                    seen[pid] = spent
            time.sleep(_LOOK_EVERY)
        wall = time.perf_counter() - start
        own = seen.pop(process.pid, Spent())
    return Run(wall, own, [one for one in seen.values() if one.ran > _READER])


def _children(parent: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{parent}/task").iterdir())
        return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
    except OSError:
        return []


def _spent(pid: int) -> Spent | None:
    """Nothing for a process that has just ended."""
    try:
        ran, ready, _ = map(int, Path(f"/proc/{pid}/schedstat").read_text().split())
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    peak = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return Spent(ran / 1e9, ready / 1e9, peak / 1024)


if __name__ == "__main__":
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the first run")
    main()
