# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making a return from a test's own record, and the command itself in this process."""

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from fingerpost.cli.main import main
from fingerpost.records.foundation.models import Area
from fingerpost.records.returns.handing_in import export
from fingerpost.records.returns.handing_in.export import Officers
from fingerpost.rules.returns import reader
from fingerpost.rules.returns.records import Header, PersonRecord

AT = datetime(2025, 2, 3, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str


def sen2(*words: str) -> Said:
    """A verb of `fingerpost sen2`."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["sen2", *words])
    return Said(code, out.getvalue(), err.getvalue())


def exported(year: int, on: date | None = None) -> tuple[Header, list[PersonRecord]]:
    """The return of that year as it would go out, read again."""
    out = io.BytesIO()
    area = Area.objects.get(la_number="888")
    officers = export.officers_known(area.pk, year) or Officers("Y", "Y", "R")
    with transaction.atomic():
        export.write(
            out,
            area_id=area.pk,
            year=year,
            on=on or AT.date(),
            serial="002",
            at=AT,
            officers=officers,
        )
    out.seek(0)
    header, persons = reader.read(out)
    return header, list(persons)
