# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one error of the launcher, and how to pick from a program's many lines the ones that tell why."""

import re

_TELLING = re.compile(r"FATAL|PANIC|ERROR|error:|could not|No space|denied|invalid|HINT", re.IGNORECASE)


class ClusterError(Exception):
    """What went wrong, where, why, and what to do; written for the person at the keyboard."""


def gist(said: str, *, most: int = 3) -> str:
    """The first lines that name a cause, or else the last lines, as one line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.search(line)]
    return " / ".join(telling[:most] or lines[-most:]) or "(nothing)"
