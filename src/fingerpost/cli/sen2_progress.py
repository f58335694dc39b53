# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far `fingerpost sen2 import` has got, and what it answers in the end."""

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fingerpost.records.returns.actions import Imported

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


def document(done: "Imported") -> dict[str, object]:
    held, rest = _split(done)
    return {
        "area": done.area,
        "year": done.year,
        "serial": done.serial,
        "fingerprint": done.fingerprint,
        "children": done.persons,
        "already_loaded": done.already,
        "resumed_at": done.resumed_at,
        "counts": {} if done.already else rest,
        "held_for_review": {} if done.already else held,
    }


def words(done: "Imported") -> str:
    if done.already:
        return f"The return of {done.year} (serial {done.serial}) is loaded already: nothing new."
    held, rest = _split(done)
    lines = [f"Loaded the return of {done.year} (serial {done.serial}): {done.persons:,} children."]
    if done.resumed_at:
        lines.append(f"It went on where it had stopped, after {done.resumed_at:,} children.")
    lines += [f"  {name}: {count:,}" for name, count in rest.items()]
    lines.append(f"Held for review: {sum(held.values()):,}")
    lines += [f"  {name}: {count:,}" for name, count in held.items()]
    return "\n".join(lines)


def _split(done: "Imported") -> tuple[dict[str, int], dict[str, int]]:
    held = {n.removeprefix("held: "): c for n, c in sorted(done.counts.items()) if n.startswith("held: ")}
    return held, {n: c for n, c in sorted(done.counts.items()) if not n.startswith("held: ") and c}
