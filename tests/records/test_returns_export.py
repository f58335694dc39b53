# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was imported goes out again whole; what somebody changed since goes out as it is now."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from fingerpost.records.foundation.models import Area
from fingerpost.records.returns import export
from fingerpost.records.returns.export import Officers
from fingerpost.rules.returns import reader
from fingerpost.rules.returns.records import Header, PersonRecord
from tests.records.test_returns_import import CENSUS, asked, blank, child, load, record, with_plan, write

AT = datetime(2025, 2, 3, 9, 30, tzinfo=UTC)
HERE = (blank, record)  # fixtures


def exported(year: int, on: date | None = None) -> tuple[Header, list[PersonRecord]]:
    out = io.BytesIO()
    area = Area.objects.get()
    officers = export.officers_known(area.pk, year) or Officers("Y", "Y", "R")
    with transaction.atomic():
        export.write(
            out,
            area_id=area.pk,
            year=year,
            on=on or CENSUS[year],
            serial="002",
            at=AT,
            officers=officers,
        )
    out.seek(0)
    header, persons = reader.read(out)
    return header, list(persons)


def plain(persons: list[PersonRecord]) -> list[PersonRecord]:
    return sorted(persons, key=lambda p: (p.surname, p.forename, p.birth_on, repr(p)))


def test_a_return_goes_out_as_it_came(record: str, tmp_path: Path) -> None:
    one = child(1, with_plan(asked(date(2024, 3, 1), "Y", date(2024, 4, 1)), date(2024, 7, 1)))
    two = child(2, asked(date(2024, 12, 2)))
    load(write(tmp_path, 2025, one, two))
    header, persons = exported(2025)
    assert (header.dmo, header.dco, header.dsco, header.serial) == ("Y", "Y", "Y", "002")
    assert plain(persons) == [one, two]
