# SPDX-License-Identifier: AGPL-3.0-or-later
"""Behind the fence nothing can be opened: no file, no socket."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from fingerpost.rules.plan_quality.reading.fence import Fence
from tests.rules import plan_quality_files as files

_TRY = """
import socket
from fingerpost.rules.plan_quality.reading import child
child.close_doors()
for deed in (lambda: open('/etc/hostname'), lambda: socket.socket()):
    try:
        deed()
    except OSError:
        print('shut')
    else:
        print('open')
"""


def test_no_file_and_no_socket() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _TRY], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    assert said.stdout.split() == ["shut", "shut"]


@pytest.fixture(scope="module")
def fence() -> Iterator[Fence]:
    one = Fence()
    yield one
    one.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_of_an_office_can_be_read_behind_the_fence(encoding: str, fence: Fence) -> None:
    words = "Section A\nErin\u2019s caf\u00e9 costs \u00a33."
    said, _ = fence.ask({"do": "read", "name": "x.txt"}, [words.encode(encoding)])
    assert "caf\u00e9" in said["text"]


@pytest.mark.parametrize("name", ["x.docx", "x.pdf"])
def test_every_kind_of_file_can_be_read_behind_the_fence(name: str, fence: Fence) -> None:
    content = (
        files.long_word()
        if name == "x.docx"
        else files.pdf([["Section A: Views", "I like maths."]], title="x")
    )
    said, _ = fence.ask({"do": "read", "name": name}, [content])
    assert said["form"] == name.removeprefix("x.")
