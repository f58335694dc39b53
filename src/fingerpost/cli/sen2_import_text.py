# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `fingerpost sen2 import` answers: as a document, and in words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fingerpost.records.returns.loading.actions import Imported


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
