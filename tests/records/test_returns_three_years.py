# SPDX-License-Identifier: AGPL-3.0-or-later
"""Three made-up years come in and go out again: whatever a return said stands in the return that is made of it."""

import io
from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction

from fingerpost.demo import returns
from fingerpost.records.foundation.models import Area
from fingerpost.records.returns import export
from fingerpost.rules.returns import reader
from fingerpost.rules.returns.records import PersonRecord
from tests.database import SCALE
from tests.records.test_returns_export import AT


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The returns that the world was built from, made again: the same seed gives the same bytes."""
    return returns.write_returns(tmp_path_factory.mktemp("made"), scale=float(SCALE)).returns


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_nothing_that_was_said_is_lost(year: int, own_database: str, files: dict[int, Path]) -> None:
    with files[year].open("rb") as stream:
        said = list(reader.read(stream)[1])
    again = _exported(year)
    lost = Counter(map(repr, map(_bare, said))) - Counter(map(repr, map(_bare, again)))
    print(len(said), len(again), sum(lost.values()))
    assert not lost, "\n".join(list(lost)[:3])


def _bare(p: PersonRecord) -> object:
    from dataclasses import asdict

    def strip(v):
        if isinstance(v, dict):
            return {k: strip(x) for k, x in v.items() if k not in ("line", "ordinal")}
        if isinstance(v, (list, tuple)):
            return [strip(x) for x in v]
        return v

    return strip(asdict(p))


def _exported(year: int) -> list[PersonRecord]:
    out = io.BytesIO()
    area = Area.objects.get(la_number="888")
    officers = export.officers_known(area.pk, year)
    assert officers is not None
    with transaction.atomic():
        export.write(out, area_id=area.pk, year=year, on=AT.date(), serial="002", at=AT, officers=officers)
    out.seek(0)
    return list(reader.read(out)[1])
