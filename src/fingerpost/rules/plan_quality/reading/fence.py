# SPDX-License-Identifier: Apache-2.0
"""Runs the reading process behind a fence: one order at a time, a time limit on each, a fresh process after
any trouble."""

import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from fingerpost.rules.plan_quality.reading import frames
from fingerpost.rules.plan_quality.reading.refusals import Refused

SECONDS = 120.0
# A process that starts says so; its start does not count towards the time of the first file.
_START = 120.0


class Fence:
    """One reading process and the way to it. Not for several threads at once."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, order: Mapping[str, Any], contents: Sequence[bytes]) -> tuple[Any, list[bytes]]:
        """Carry out an order on untrusted bytes; `Refused` when it cannot be done within the limits."""
        child = self._ready()
        message = [orjson.dumps(order), *contents]
        answer, late = _in_time(child, self._seconds, lambda: _talk(child, message))
        if answer is None:
            self.close()
            raise Refused(_gone(late, self._seconds))
        said = orjson.loads(answer[0])
        if "refused" in said:
            raise Refused(said["refused"])
        return said["ok"], answer[1:]

    def close(self) -> None:
        """End the reading process."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    _shut(pipe)
            self._child = None

    def _ready(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self.close()
            command = [sys.executable, "-m", "fingerpost.rules.plan_quality.reading.child"]
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            _in_time(self._child, _START, lambda: _talk(self._child, []))
        return self._child


def _in_time(
    child: "subprocess.Popen[bytes]", seconds: float, deed: Callable[[], list[bytes] | None]
) -> tuple[list[bytes] | None, bool]:
    """What the deed gives, and whether the process had to be stopped for taking too long."""
    late = threading.Event()
    timer = threading.Timer(seconds, _stop, (child, late))
    timer.start()
    try:
        return deed(), late.is_set()
    finally:
        timer.cancel()


def _talk(child: "subprocess.Popen[bytes] | None", parts: list[bytes]) -> list[bytes] | None:
    """Send a message, if there is one, and take the next one."""
    if child is None or child.stdin is None or child.stdout is None:
        return None
    try:
        if parts:
            frames.put(child.stdin, parts)
        return frames.take(child.stdout)
    except (OSError, EOFError):
        return None


def _stop(child: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    child.kill()


def _shut(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return


def _gone(late: bool, seconds: float) -> str:
    if late:
        return (
            f"The file took more than {seconds:.0f} seconds to read. Send the plan alone, as .docx or text."
        )
    return (
        "The reader stopped at this file (too much memory, or a damaged file). Save it again, or send it "
        "as text."
    )
