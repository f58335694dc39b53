# SPDX-License-Identifier: AGPL-3.0-or-later
"""The made-up area's document says why fewer clocks run than children wait; the record must count what it says."""

from pathlib import Path

import pytest
from django.conf import settings

from fingerpost.demo import compare, overdue, returns
from fingerpost.records.accounts.models import User
from fingerpost.records.cases import caseload
from fingerpost.records.people import actor, sight
from tests.database import SCALE

pytestmark = pytest.mark.django_db


def test_the_caseload_counts_the_clocks_that_the_document_names(tmp_path: Path) -> None:
    returns.write_returns(tmp_path, scale=float(SCALE))
    hazel = User.objects.get(name="Hazel Tanner")
    actor.assume(hazel.pk)
    counts = caseload.counts(sight.sight_of(hazel, on=settings.DEMO_ON), today=settings.DEMO_ON)
    shown = next(count.overdue for count in counts if count.duty == "final-plan")
    said = overdue.counted(compare.persons(tmp_path))
    assert said.waiting > 0
    assert shown == said.on_the_clock
