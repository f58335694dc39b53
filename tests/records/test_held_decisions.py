# SPDX-License-Identifier: AGPL-3.0-or-later
"""Deciding what a return left in doubt: what follows for the facts, that a newer decision undoes it, and who may."""

from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from fingerpost.records.accounts.models import Membership, User
from fingerpost.records.cases import checking, keeping
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.cases.refusals import NotPossible
from fingerpost.records.foundation.models import JournalEntry
from fingerpost.records.people import actor, sight
from fingerpost.records.people.sight import Sight
from fingerpost.records.plans.models import Plan
from fingerpost.records.returns.held import review
from fingerpost.records.returns.held.deciding import OPEN_AGAIN, decide
from fingerpost.records.returns.held.review import HeldFilters
from fingerpost.records.returns.loading.absences import PLAN, REQUEST
from fingerpost.records.returns.models import HeldDecision, HeldItem, ReturnFile
from fingerpost.rules.returns.doubts import CHOICES

pytestmark = pytest.mark.django_db
AT = datetime(2025, 2, 3, 10, tzinfo=UTC)
TODAY = AT.date()
WHY = "The team wrote to us."


def _as(role: str, **narrower: Any) -> Sight:
    held = Membership.objects.filter(role_id=role, user__is_active=True, **narrower).order_by("user__email")[
        0
    ]
    actor.assume(held.user_id)
    return sight.sight_of(User.objects.get(pk=held.user_id), on=timezone.localdate())


@pytest.fixture
def hazel() -> Sight:
    """The data officer of the whole area."""
    return _as("data-officer", user__name="Hazel Tanner")


def _case(by: Sight, stage: str, **narrower: Any) -> Case:
    rows = Case.objects.visible_to(by).filter(stage=stage, request_received_on__isnull=False, **narrower)
    return cast(Case, rows.order_by("request_received_on")[0])


def _held(case: Case, pattern: str, offer: tuple[str, ...], **said: Any) -> HeldItem:
    return HeldItem.objects.create(
        area_id=case.area_id,
        team_id=case.team_id,
        person_id=case.person_id,
        case=said.pop("case", case),
        file=ReturnFile.objects.get(year=2025),
        pattern=pattern,
        line=1,
        question="what is it?",
        offer=list(offer),
        **said,
    )


def _names(case: Case) -> set[str]:
    return {fact.name for fact in keeping.standing_facts(case)}


def _stage(case: Case) -> str:
    return str(Case.objects.get(pk=case.pk).stage)


def test_a_note_changes_no_fact_and_is_one_journal_entry(hazel: Sight) -> None:
    case = _case(hazel, "requested")
    item = _held(case, "late-decision", CHOICES["late-decision"])
    facts, entries = Fact.objects.count(), JournalEntry.objects.count()
    decide(item=item, choice="which review", reason=WHY, by=hazel, at=AT)
    assert (Fact.objects.count(), JournalEntry.objects.count()) == (facts, entries + 1)
    kept = HeldItem.objects.get(pk=item.pk)
    assert (kept.state, kept.decision, kept.reason, kept.decided_by_id) == (
        "decided",
        "which review",
        WHY,
        hazel.user_id,
    )


def test_a_withdrawal_closes_the_clocks_and_a_newer_decision_opens_them_again(hazel: Sight) -> None:
    case = _case(hazel, "requested")
    item = _held(case, REQUEST.name, REQUEST.offer)
    decide(item=item, choice="withdrawn", reason=WHY, by=hazel, at=AT)
    assert _stage(case) == "withdrawn"
    added = Fact.objects.get(case=case, name="request_withdrawn")
    assert (added.origin, added.reason, added.by_id) == ("corrected", WHY, hazel.user_id)
    decide(item=item, choice="still open", reason="It was another child.", by=hazel, at=AT)
    assert _stage(case) == "requested"
    assert "request_withdrawn" not in _names(case)
    assert [row.choice for row in review.held_item(item.pk, hazel).decisions] == ["still open", "withdrawn"]
    assert list(checking.differing(case.area_id)) == []


def test_a_refusal_needs_its_day_and_an_honest_one(hazel: Sight) -> None:
    case = _case(hazel, "requested")
    item = _held(case, REQUEST.name, REQUEST.offer)
    for on, words in ((None, "Enter the day"), (date(2030, 1, 1), "future"), (date(2001, 1, 1), "before")):
        with pytest.raises(NotPossible, match=words) as refused:
            decide(item=item, choice="refused", reason=WHY, on=on, by=hazel, at=AT)
        assert refused.value.field == "on"
    decide(item=item, choice="refused", reason=WHY, on=TODAY, by=hazel, at=AT)
    assert _stage(case) == "refused"
    assert {"decision_notified", "assessment_decision"} <= _names(case)


def test_an_assessment_that_was_refused_is_a_refusal_of_the_plan(hazel: Sight) -> None:
    case = _case(hazel, "assessing")
    decide(
        item=_held(case, REQUEST.name, REQUEST.offer), choice="refused", reason=WHY, on=TODAY, by=hazel, at=AT
    )
    assert _stage(case) == "plan_refused"


def test_a_plan_that_ended_says_so_everywhere_until_the_decision_is_taken_back(hazel: Sight) -> None:
    case = _case(hazel, "maintained", plan__ended_on=None)
    item = _held(case, PLAN.name, PLAN.offer)
    decide(item=item, choice="ended on", reason=WHY, on=date(2025, 1, 6), by=hazel, at=AT)
    assert (_stage(case), Plan.objects.get(case=case).ended_on) == ("ended", date(2025, 1, 6))
    decide(item=item, choice=OPEN_AGAIN, reason="The wrong sister.", by=hazel, at=AT)
    assert (_stage(case), Plan.objects.get(case=case).ended_on) == ("maintained", None)
    kept = HeldItem.objects.get(pk=item.pk)
    assert (kept.state, kept.decision, kept.decided_by_id) == ("open", "", None)


def test_what_the_older_return_said_stands_again(hazel: Sight) -> None:
    case = _case(hazel, "assessing")
    older = Fact.objects.get(case=case, name="decision_notified")
    newer = Fact.objects.create(
        area_id=case.area_id,
        team_id=case.team_id,
        person_id=case.person_id,
        case=case,
        name="decision_notified",
        on=TODAY,
        origin="imported",
        census_on=ReturnFile.objects.get(year=2025).census_on,
        supersedes=older,
        by_id=hazel.user_id,
        at=AT,
    )
    offer = ("correction of the older", "correction of the newer")
    item = _held(case, "changed-between-returns", offer, about={"fact": "decision_notified"})
    decide(item=item, choice="correction of the newer", reason=WHY, by=hazel, at=AT)
    assert _told(case) == older.on
    decide(item=item, choice="correction of the older", reason="No: the letter.", by=hazel, at=AT)
    assert _told(case) == newer.on


def _told(case: Case) -> date | None:
    return next(fact.on for fact in keeping.standing_facts(case) if fact.name == "decision_notified")


def test_what_the_return_says_may_replace_what_was_entered(hazel: Sight) -> None:
    case = _case(hazel, "assessing")
    about = {"fact": "decision_notified", "on": "2025-01-31", "value": None}
    item = _held(
        case, "differs-from-record", ("keep what was entered", "take what the return says"), about=about
    )
    before = _told(case)
    decide(item=item, choice="take what the return says", reason=WHY, by=hazel, at=AT)
    assert _told(case) == date(2025, 1, 31)
    decide(item=item, choice=OPEN_AGAIN, reason="Not yet sure.", by=hazel, at=AT)
    assert _told(case) == before


def test_the_transfer_is_the_one_decided(hazel: Sight) -> None:
    case = _case(hazel, "maintained")
    item = _held(case, "phase-due-missing", CHOICES["phase-due-missing"])
    for choice, due in (("a move between schools", "2025-02-15"), ("a move into post-16", "2025-03-31")):
        decide(item=item, choice=choice, reason=WHY, by=hazel, at=AT)
        said = {f.value for f in keeping.standing_facts(case) if f.name == "phase_transfer_due_returned"}
        assert said == {due}
    decide(item=item, choice="no transfer this year", reason=WHY, by=hazel, at=AT)
    assert "phase_transfer_due_returned" not in _names(case)


@pytest.mark.parametrize(
    ("choice", "reason", "words"),
    [
        ("nonsense", WHY, "Choose one"),
        ("still open", "  ", "Say why"),
        ("still open", "ok", "a few words"),
        (OPEN_AGAIN, WHY, "open already"),
    ],
)
def test_a_decision_is_refused_in_plain_words(hazel: Sight, choice: str, reason: str, words: str) -> None:
    item = _held(_case(hazel, "requested"), REQUEST.name, REQUEST.offer)
    with pytest.raises(NotPossible, match=words):
        decide(item=item, choice=choice, reason=reason, by=hazel, at=AT)
    assert not HeldDecision.objects.filter(item=item).exists()


def test_the_same_decision_is_not_made_twice(hazel: Sight) -> None:
    item = _held(_case(hazel, "requested"), REQUEST.name, REQUEST.offer)
    decide(item=item, choice="still open", reason=WHY, by=hazel, at=AT)
    with pytest.raises(NotPossible, match="decided already"):
        decide(item=item, choice="still open", reason="Once more.", by=hazel, at=AT)


def test_an_officer_decides_about_his_own_teams_case_and_not_whose_record_it_is(hazel: Sight) -> None:
    own = _case(hazel, "requested", team__name__startswith="East")
    other = _case(hazel, "requested", team__name__startswith="South")
    about_it, whose = (
        _held(own, REQUEST.name, REQUEST.offer),
        _held(own, "two-numbers", CHOICES["two-numbers"]),
    )
    theirs = _held(other, REQUEST.name, REQUEST.offer)
    robin = _as("case-officer", user__name="Robin Carter")
    decide(item=about_it, choice="still open", reason=WHY, by=robin, at=AT)
    for refused in (whose, theirs):
        with pytest.raises(PermissionDenied):
            decide(item=refused, choice=refused.offer[0], reason=WHY, by=robin, at=AT)
    listed = {row.id for row in review.held_page(robin, filters=HeldFilters(state=""), size=500).rows}
    assert about_it.pk in listed
    assert {whose.pk, theirs.pk}.isdisjoint(listed)


def test_who_only_reads_decides_nothing(hazel: Sight) -> None:
    item = _held(_case(hazel, "requested"), REQUEST.name, REQUEST.offer)
    reader = _as("designated-clinical-officer")
    with pytest.raises(PermissionDenied):
        decide(item=item, choice="still open", reason=WHY, by=reader, at=AT)


def test_a_decision_is_never_changed(hazel: Sight) -> None:
    item = _held(_case(hazel, "requested"), REQUEST.name, REQUEST.offer)
    decide(item=item, choice="still open", reason=WHY, by=hazel, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        HeldDecision.objects.filter(item=item).update(reason="another")


def test_the_list_is_narrowed_and_counted(hazel: Sight) -> None:
    case = _case(hazel, "requested")
    for pattern in ("late-decision", "review-before-plan"):
        _held(case, pattern, CHOICES[pattern])
    found = review.held_page(hazel, filters=HeldFilters(pattern="late-decision", text=case.person.surname))
    assert {row.pattern for row in found.rows} == {"late-decision"}
    assert found.total == len(found.rows)
    counted = {count.pattern: count.open for count in review.open_patterns(hazel)}
    assert counted["late-decision"] >= 1
    assert sum(counted.values()) == review.held_page(hazel, filters=HeldFilters()).total
