# SPDX-License-Identifier: AGPL-3.0-or-later
"""Behind the fence nothing can be opened: no file, no socket."""

import subprocess
import sys

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
