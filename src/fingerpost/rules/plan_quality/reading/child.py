# SPDX-License-Identifier: Apache-2.0
"""The reading process: takes orders on its standard input, answers on its standard output, and can do
nothing else.

After its modules are loaded it may open no file and no socket (no new descriptors), and its memory is
bounded. It answers with data or with one plain line; what went wrong inside never carries a word of the
document.
"""

import ctypes
import resource
import sys
from typing import BinaryIO

import orjson

from fingerpost.rules.plan_quality import orders
from fingerpost.rules.plan_quality.checks import book
from fingerpost.rules.plan_quality.reading import frames
from fingerpost.rules.plan_quality.reading.refusals import Refused

MEMORY_BYTES = 1_500_000_000
_NEWNET, _NEWUSER = 0x40000000, 0x10000000


def main() -> None:
    """Serve until the other side closes."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    orders.warm()
    book.checks()
    close_doors()
    frames.put(sink, [b"ready"])
    serve(source, sink)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """One answer for each order."""
    while (order := frames.take(source)) is not None:
        frames.put(sink, answer(order))


def answer(order: list[bytes]) -> list[bytes]:
    """The answer to one order, or one plain line on why there is none."""
    try:
        head, *contents = order
        said, *attached = orders.carry_out(orjson.loads(head), contents)
        return [orjson.dumps({"ok": said}), *attached]
    except Refused as problem:
        return [orjson.dumps({"refused": str(problem)})]
    except MemoryError:
        return [
            orjson.dumps(
                {
                    "refused": (
                        "The file needs more memory than a plan may use. Send the plan alone, as .docx or "
                        "text."
                    )
                }
            )
        ]
    except RecursionError:
        return [
            orjson.dumps(
                {"refused": "The file is nested too deeply to be a plan. Save it again from its program."}
            )
        ]
    except Exception as problem:  # the name of the error only: its message could quote the plan
        return [
            orjson.dumps(
                {
                    "refused": (
                        f"The file could not be read ({type(problem).__name__}). Save it again, or send it "
                        "as text."
                    )
                }
            )
        ]


def close_doors() -> None:
    """No network, no new files or sockets, bounded memory, no core dump with a plan in it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEWNET) != 0:
        libc.unshare(
            _NEWUSER | _NEWNET
        )  # where the machine allows neither, the descriptor limit below still holds
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (3, 3)
    )  # the three pipes that are open; nothing new can be opened


if __name__ == "__main__":
    main()
