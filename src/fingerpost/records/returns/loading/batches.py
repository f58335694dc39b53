# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cuts a return into batches, and loads one: children first, then everything about them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from fingerpost.records.returns.loading import children
from fingerpost.records.returns.loading.job import Job, One
from fingerpost.records.returns.loading.work import Work
from fingerpost.rules.returns.records import PersonRecord

BATCH = 500


def batches(records: Iterable[PersonRecord], job: Job, *, size: int) -> Iterator[list[One]]:
    """Records in order; no batch holds two that might be about one child, so that each sees the other's work."""
    batch: list[One] = []
    seen: set[object] = set()
    for record in records:
        keys = _keys(record)
        if batch and (len(batch) >= size or not seen.isdisjoint(keys)):
            yield batch
            batch, seen = [], set()
        seen.update(keys)
        batch.append(One(record, job.together.add(record)))
    if batch:
        yield batch


def _keys(record: PersonRecord) -> tuple[object, ...]:
    names = (record.surname.casefold(), record.forename.casefold(), record.birth_on)
    return tuple(key for key in (record.upn, record.uln, names) if key)


def load(batch: Sequence[One], job: Job) -> Counter[str]:
    """In the caller's transaction. How many of each kind were added, changed, left and held."""
    register = children.Register(job.area_id, [one.record for one in batch], job.used)
    matched = [register.match(one.record, job.place_of) for one in batch]
    counts: Counter[str] = Counter()
    added, changed = children.write(matched, area_id=job.area_id, at=job.at, newest=job.newest)
    counts.update({"children added": added, "children changed": changed})
    work = Work(job, matched, counts)
    for one, match in zip(batch, matched, strict=True):
        work.take(one, match)
    work.write()
    return counts
