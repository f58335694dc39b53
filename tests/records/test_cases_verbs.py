# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verbs about a case: all of it or none, refused to those who may not, one journal entry, clocks kept true."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fingerpost.records.accounts.models import Membership, User
from fingerpost.records.cases import actions, caseload, checking, queries, refusals
from fingerpost.records.cases.filtering import Filters
from fingerpost.records.cases.models import Case, Clock, Fact
from fingerpost.records.foundation.models import JournalEntry
from fingerpost.records.people import actor, sight
from fingerpost.records.people.models import Person
from fingerpost.records.people.sight import Sight

pytestmark = pytest.mark.django_db
TODAY = date(2025, 2, 3)
AT = datetime(2025, 2, 3, 10, tzinfo=UTC)


def _as(role: str, **narrower: Any) -> Sight:
    """Work in the name of somebody of the made-up area who holds this role."""
    held = (
        Membership.objects.filter(role_id=role, user__is_active=True, **narrower)
        .order_by("user__email")
        .first()
    )
    assert held is not None, f"the made-up area has no {role}"
    actor.assume(held.user_id)
    return sight.sight_of(User.objects.get(pk=held.user_id), on=timezone.localdate())


@pytest.fixture
def manager() -> Sight:
    return _as("team-manager")


def _undecided(by: Sight) -> Case:
    rows = Case.objects.visible_to(by).filter(
        stage="requested", request_received_on__lt=TODAY - timedelta(days=50)
    )
    found = rows.order_by("request_received_on").first()
    assert isinstance(found, Case)
    return found


def test_a_decision_closes_its_clock_and_is_one_journal_entry(manager: Sight) -> None:
    case = _undecided(manager)
    before = JournalEntry.objects.count()
    actions.decide_to_assess(case=case, decision="assess", notified_on=TODAY, by=manager, at=AT)
    clock = Clock.objects.get(case=case, duty="ehcna-decision-notice")
    assert (clock.standing, clock.closed_on) == ("met", TODAY)
    assert Case.objects.get(pk=case.pk).stage == "assessing"
    assert JournalEntry.objects.count() == before + 1
    assert set(Fact.objects.filter(case=case, origin="entered").values_list("name", flat=True)) == {
        "decision_notified",
        "assessment_decision",
    }


def test_a_decision_is_made_once_and_never_ahead_of_time_or_before_the_request(manager: Sight) -> None:
    case = _undecided(manager)
    assert case.request_received_on is not None
    for day in (TODAY + timedelta(days=1), case.request_received_on - timedelta(days=1)):
        with pytest.raises(refusals.NotPossible) as refused:
            actions.decide_to_assess(case=case, decision="assess", notified_on=day, by=manager, at=AT)
        assert refused.value.field == "notified_on"
    actions.decide_to_assess(case=case, decision="refuse", notified_on=TODAY, by=manager, at=AT)
    with pytest.raises(refusals.AlreadyDecided):
        actions.decide_to_assess(case=case, decision="assess", notified_on=TODAY, by=manager, at=AT)


def test_a_correction_supersedes_and_the_old_fact_stays(manager: Sight) -> None:
    case = _undecided(manager)
    fact = Fact.objects.get(case=case, name="request_received")
    assert fact.on is not None
    newer = actions.correct_fact(
        fact=fact, on=fact.on + timedelta(days=2), reason="date stamp", by=manager, at=AT
    )
    view = queries.case_page(case.pk, manager, today=TODAY)
    assert newer.pk in {row.id for row in view.facts}
    assert fact.pk in {row.id for row in view.superseded}
    assert view.request_received_on == newer.on
    with pytest.raises(refusals.AlreadyCorrected):
        actions.correct_fact(fact=fact, on=fact.on, reason="again", by=manager, at=AT)
    with pytest.raises(refusals.NotPossible):
        actions.correct_fact(fact=newer, on=fact.on, reason="  ", by=manager, at=AT)


def test_a_fact_that_never_was_is_taken_back(manager: Sight) -> None:
    case = _undecided(manager)
    fact = Fact.objects.get(case=case, name="request_received")
    actions.retract_fact(fact=fact, reason="another child's letter", by=manager, at=AT)
    view = queries.case_page(case.pk, manager, today=TODAY)
    assert "request_received" not in {row.name for row in view.facts}
    assert not [clock for clock in view.clocks if clock.due is not None]
    assert not Clock.objects.filter(case=case, standing="open").exists()


def test_a_fact_is_superseded_once_and_never_overwritten(manager: Sight) -> None:
    fact = Fact.objects.get(case=_undecided(manager), name="request_received")
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Fact.objects.filter(pk=fact.pk).update(on=TODAY)
    actions.correct_fact(fact=fact, on=TODAY, reason="one", by=manager, at=AT)
    twin = {f.attname: getattr(fact, f.attname) for f in Fact._meta.local_concrete_fields} | {
        "id": None,
        "supersedes_id": fact.pk,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact(**{name: value for name, value in twin.items() if name != "id"}).save(force_insert=True)


def test_another_team_sees_and_changes_nothing(manager: Sight) -> None:
    case = _undecided(manager)
    other = _as("case-officer", team__in=_other_teams(manager))
    with pytest.raises(Case.DoesNotExist):
        queries.case_page(case.pk, other, today=TODAY)
    with pytest.raises(PermissionDenied):
        actions.decide_to_assess(case=case, decision="assess", notified_on=TODAY, by=other, at=AT)
    assert not Case.objects.filter(pk=case.pk).exists()


def _other_teams(mine: Sight) -> list[object]:
    held = Membership.objects.filter(role_id="case-officer").exclude(team_id__in=mine.teams)
    return list(held.values_list("team_id", flat=True))


def test_pages_ask_a_constant_number_of_questions(manager: Sight) -> None:
    with CaptureQueriesContext(connection) as small:
        caseload.caseload(manager, filters=Filters(), today=TODAY, size=2)
    with CaptureQueriesContext(connection) as large:
        page = caseload.caseload(manager, filters=Filters(standing="overdue"), today=TODAY, size=50)
    assert len(small) == len(large) == 3
    assert page.rows
    assert all(row.days_late and row.days_late > 0 for row in page.rows)
    with CaptureQueriesContext(connection) as one:
        queries.case_page(page.rows[0].case_id, manager, today=TODAY)
    assert len(one) == 3


def test_the_most_overdue_comes_first_and_the_head_counts_what_the_list_shows(manager: Sight) -> None:
    overdue = {count.duty: count.overdue for count in caseload.counts(manager, today=TODAY)}
    page = caseload.caseload(
        manager, filters=Filters(duty="final-plan", standing="overdue"), today=TODAY, size=1000
    )
    assert page.total == overdue["final-plan"]
    late = [row.days_late for row in page.rows]
    assert late == sorted(late, key=lambda days: -(days or 0))


def test_kept_clocks_are_what_the_facts_say(manager: Sight) -> None:
    case = _undecided(manager)
    assert list(checking.differing(case.area_id)) == []


# -- values, and what goes together ---------------------------------------------------------------------------------


def _value(case: Case, name: str) -> Fact:
    found = Fact.objects.filter(case=case, name=name).current().first()
    assert isinstance(found, Fact)
    return found


def test_a_date_of_birth_is_put_right_everywhere_it_is_said(manager: Sight) -> None:
    fact = _value(_undecided(manager), "date_of_birth")
    before = JournalEntry.objects.count()
    actions.correct_fact(fact=fact, value=date(2014, 3, 1), reason="birth certificate", by=manager, at=AT)
    said = Fact.objects.filter(person_id=fact.person_id, name="date_of_birth").current()
    assert {one.value for one in said if isinstance(one, Fact)} == {"2014-03-01"}
    assert Person.objects.get(pk=fact.person_id).born_on == date(2014, 3, 1)
    assert JournalEntry.objects.count() == before + 1
    assert list(checking.differing(fact.area_id)) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("requester", "aunt", "none of parent"),
        ("requester", " ", "Give the right value"),
        ("requester", None, "Give the right value"),
        ("date_of_birth", "2014-02-31", "day that exists"),
        ("date_of_birth", date(2025, 2, 4), "future"),
        ("date_of_birth", date(2025, 2, 2), "after the request"),
    ],
)
def test_a_value_that_the_vocabulary_does_not_know_is_refused(
    manager: Sight, name: str, value: object, words: str
) -> None:
    case = _undecided(manager)
    fact = Fact.objects.filter(case=case, name=name).current().first() or Fact.objects.create(
        **{f: getattr(case, f) for f in ("area_id", "team_id", "person_id")},
        case=case, name=name, value="parent", origin="entered", by_id=manager.user_id, at=AT,
    )  # fmt: skip
    assert isinstance(fact, Fact)
    with pytest.raises(refusals.NotPossible, match=words) as refused:
        actions.correct_fact(fact=fact, value=value, reason="a slip", by=manager, at=AT)
    assert refused.value.field == "value"


@pytest.mark.parametrize("name", refusals.DECISION)
def test_a_decision_is_taken_back_whole_and_can_be_recorded_anew(manager: Sight, name: str) -> None:
    case = _undecided(manager)
    actions.decide_to_assess(case=case, decision="assess", notified_on=TODAY, by=manager, at=AT)
    before = JournalEntry.objects.count()
    actions.retract_fact(fact=_value(case, name), reason="another child's file", by=manager, at=AT)
    assert JournalEntry.objects.count() == before + 1
    assert Case.objects.get(pk=case.pk).stage == "requested"
    assert Clock.objects.get(case=case, duty="ehcna-decision-notice").standing == "open"
    actions.decide_to_assess(case=case, decision="refuse", notified_on=TODAY, by=manager, at=AT)
    assert Case.objects.get(pk=case.pk).stage == "refused"


def test_the_decision_itself_is_put_right_as_a_value(manager: Sight) -> None:
    case = _undecided(manager)
    actions.decide_to_assess(case=case, decision="assess", notified_on=TODAY, by=manager, at=AT)
    fact = _value(case, "assessment_decision")
    actions.correct_fact(fact=fact, value="refuse", reason="misread", by=manager, at=AT)
    assert Case.objects.get(pk=case.pk).stage == "refused"


def test_a_day_that_was_not_held_is_filled_in(manager: Sight) -> None:
    case = _undecided(manager)
    known = Fact.objects.create(
        **{f: getattr(case, f) for f in ("area_id", "team_id", "person_id")},
        case=case, name="request_withdrawn", value=True, origin="entered", by_id=manager.user_id, at=AT,
    )  # fmt: skip
    newer = actions.correct_fact(fact=known, on=TODAY, reason="their letter", by=manager, at=AT)
    assert (newer.on, newer.value) == (TODAY, None)
