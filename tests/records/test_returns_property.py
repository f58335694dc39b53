# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever return Hypothesis thinks of: what came in goes out, so that it could come in again the same."""

import io
from collections import Counter
from datetime import date
from pathlib import Path

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.records.accounts import actions as accounts
from fingerpost.records.foundation.models import Area
from fingerpost.records.people import actor, sight
from fingerpost.records.returns.handing_in import export
from fingerpost.records.returns.handing_in.export import Officers
from fingerpost.records.returns.loading import actions
from fingerpost.rules.returns import reader, writer
from fingerpost.rules.returns.records import Header, PersonRecord
from tests.records.returns_kept import AT
from tests.records.test_returns_import import blank, record
from tests.rules.any_return import any_return

FIXTURES = (blank, record)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=any_return(), spelling=st.sampled_from(["SENSetting", "SENsetting"]))
def test_what_came_in_goes_out(
    record: str, tmp_path: Path, made: tuple[Header, list[PersonRecord]], spelling: str
) -> None:
    header, persons = made
    file = tmp_path / "in.xml"
    with file.open("wb") as out:
        writer.write(out, header, persons)
    with transaction.atomic():
        load(file)
        officers = export.officers_known(Area.objects.get().pk, header.year)
        assert officers == Officers(header.dmo, header.dco, header.dsco)
        again = exported(header.year, officers, spelling)
        assert Counter(reader.read(io.BytesIO(again))[1]) == Counter(persons)
        transaction.set_rollback(True)


def load(file: Path) -> None:
    area = Area.objects.get()
    by = accounts.service_user(name="Loader", area=area, role="data-officer", from_on=AT.date(), at=AT)
    with actor.acting(by.pk):
        seen = sight.sight_of(by, on=AT.date())
    actions.import_return(file, by=seen, at=AT)


def exported(year: int, officers: Officers, spelling: str) -> bytes:
    out = io.BytesIO()
    area_id = Area.objects.get().pk
    export.write(
        out,
        area_id=area_id,
        year=year,
        on=date(2030, 1, 1),
        serial="008",
        at=AT,
        officers=officers,
        spelling=spelling,
    )
    return out.getvalue()
