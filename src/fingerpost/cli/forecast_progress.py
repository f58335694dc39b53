# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far a forecast is and how long it still takes, on standard error."""

import sys
import time


class Progress:
    """One line that is written over on a terminal; a line every few seconds elsewhere."""

    def __init__(self, what: str, *, quiet: bool) -> None:
        self.what, self.quiet = what, quiet
        self.began = self.told = time.monotonic()
        self.first: int | None = None
        self.terminal = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.first is None:
            self.first, self.began = done, now
        pause = 0.2 if self.terminal else 5.0
        if self.quiet or (now - self.told < pause and done < total):
            return
        if done < total or self.terminal:
            self.told = now
            self._write(f"{self.what}: {done:,} of {total:,} runs{self._left(done, total, now)}")

    def _left(self, done: int, total: int, now: float) -> str:
        fresh = done - (self.first or 0)
        if fresh <= 0 or done >= total:
            return ""
        return f", about {(now - self.began) / fresh * (total - done):.0f} s left"

    def _write(self, line: str) -> None:
        sys.stderr.write(f"\r{line:<70}" if self.terminal else f"{line}\n")
        sys.stderr.flush()

    def tell(self, line: str) -> None:
        """Any other news."""
        if not self.quiet and self.terminal:
            self._write(f"{self.what}: {line}")

    def done(self) -> None:
        """Leave the line behind."""
        if self.terminal and not self.quiet:
            sys.stderr.write("\n")
