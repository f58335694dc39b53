# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far a return has got, on standard error: loading one, or making one."""

import sys
import time

EVERY = 2.0  # seconds between two lines of progress when nobody watches


class Progress:
    """One line on standard error, with the rate and the time left; a terminal sees it move."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.doing, self.began, self.first, self.said = "", 0.0, 0, 0.0

    def __call__(self, doing: str, done: int, total: int) -> None:
        now = time.monotonic()
        if doing != self.doing:
            self.doing, self.began, self.first, self.said = doing, now, done, now if not self.live else 0.0
        wait = 0.1 if self.live else EVERY
        if now - self.said < wait and done != total:
            return
        self.said = now
        self._say(self._line(done, total, now), last=done == total)

    def _line(self, done: int, total: int, now: float) -> str:
        rate = (done - self.first) / max(now - self.began, 1e-9)
        words = f"{self.doing}: {done:,}" + (f" of {total:,} children" if total else " children")
        if rate > 0 and done > self.first:
            words += f", {rate:,.0f} a second"
            words += f", {(total - done) / rate:,.0f} s left" if total else ""
        return words

    def _say(self, words: str, *, last: bool) -> None:
        end = "\n" if last or not self.live else ""
        print(("\r\x1b[K" if self.live else "") + words, end=end, file=sys.stderr, flush=True)
