# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see a child: opening a record to somebody, ending that, handing it on; each as the real web login."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection

from fingerpost.records.accounts.models import Membership, Organisation, Role, Team, User
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.foundation.models import JournalEntry
from fingerpost.records.people import actions as people
from fingerpost.records.people import actor, queries
from fingerpost.records.people.actions import Holder
from fingerpost.records.people.models import Level, Person, Reach
from fingerpost.records.people.sight import Sight, sight_of
from fingerpost.records.placements.models import Placement
from fingerpost.records.plans.models import Need, Plan
from fingerpost.records.returns.models import Finding, HeldDecision, HeldItem, ReturnFile, SourceRecord
from tests.database import connected

AT = datetime(2025, 2, 3, 9, tzinfo=UTC)
TODAY = datetime.now(UTC).date()  # the database asks the real day whether a reach holds
As = Callable[[str], AbstractContextManager[Sight]]


@pytest.fixture
def signed(own_database: str) -> As:
    """Work as the web login, in this person's name."""

    @contextmanager
    def working(name: str) -> Iterator[Sight]:
        user = User.objects.get(name=name)
        with connected(own_database, "web"), actor.acting(user.pk):
            yield sight_of(user, on=TODAY)

    return working


def _wren() -> Person:
    return Person.objects.get(surname="Hollybank", forename="Wren")


def _grant(person: Person, to: Holder, by: Sight, **more: object) -> UUID:
    said: dict[str, object] = {
        "ground": "carer",
        "because": "her grandmother",
        "from_on": TODAY,
        "level": Level.FAMILY,
        **more,
    }
    return people.grant_reach(person=person, to=to, by=by, at=AT, **said)  # type: ignore[arg-type]


# -- opening a record -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Robin Carter", "Linnet Mason", "Hazel Tanner"])
def test_who_may_change_the_record_may_open_it_to_somebody(signed: As, name: str) -> None:
    wren, outsider = _wren(), User.objects.get(name="Clover Thistlewood")
    with signed(name) as by:
        made = _grant(wren, Holder(user=outsider), by)
    reach = Reach.objects.get(pk=made)
    assert (reach.person_id, reach.user_id, reach.area_id) == (wren.pk, outsider.pk, wren.area_id)
    assert reach.granted_by_id == User.objects.get(name=name).pk
    entry = JournalEntry.objects.latest("pk")
    assert (entry.kind, entry.subject_id, entry.by_id) == ("reach.granted", made, reach.granted_by_id)
    assert (entry.person_id, entry.origin, entry.at) == (wren.pk, "entered", AT)
    with signed("Clover Thistlewood") as sight:
        assert wren.pk in sight.family
        assert Person.objects.filter(pk=wren.pk).exists()


@pytest.mark.parametrize(
    "name", ["Martin Thatcher", "Heather Potter", "Willow Hollybank", "Juniper Weaver", "Flint Cooper"]
)
def test_who_may_not_change_the_record_opens_it_to_nobody(signed: As, name: str) -> None:
    """Another team, an area reader who may not write, the mother herself, the SENCO, the administrator."""
    wren, mate = _wren(), User.objects.get(name="Clover Thistlewood")
    before = (Reach.objects.count(), JournalEntry.objects.count())
    with pytest.raises(ProgrammingError, match="not yours to open"), signed(name) as by:
        _grant(wren, Holder(user=mate), by)
    assert (Reach.objects.count(), JournalEntry.objects.count()) == before


def test_nobody_opens_a_record_in_another_name(signed: As) -> None:
    """The verb is told one reader and the database another: the journal's policy refuses the entry."""
    wren, clover = _wren(), User.objects.get(name="Clover Thistlewood")
    with signed("Hazel Tanner") as hazel:
        pass
    with pytest.raises(ProgrammingError, match="row-level security"), signed("Robin Carter"):
        _grant(wren, Holder(user=clover), hazel)
    assert not Reach.objects.filter(person=wren, user=clover).exists()


def test_without_a_signed_actor_nothing_opens(own_database: str) -> None:
    with connected(own_database, "web"), connection.cursor() as cursor:
        for verb in ("grant_reach(%s, null, null, %s, 'x', 'whole', current_date, null, 'x', now())",):
            with pytest.raises(ProgrammingError, match="not yours to open"):
                cursor.execute(f"SELECT fingerpost.{verb}", [uuid4(), uuid4()])


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"because": ""}, "people_reach_because"),
        ({"until_on": TODAY}, "people_reach_days"),
        ({"until_on": TODAY - timedelta(days=9)}, "people_reach_days"),
    ],
    ids=["no reason", "ends as it begins", "ends before it begins"],
)
def test_a_reach_has_a_reason_and_days_in_order(
    signed: As, wrong: dict[str, object], constraint: str
) -> None:
    wren, clover = _wren(), User.objects.get(name="Clover Thistlewood")
    with pytest.raises(IntegrityError, match=constraint), signed("Robin Carter") as by:
        _grant(wren, Holder(user=clover), by, **wrong)


def test_a_reach_has_one_holder(signed: As) -> None:
    wren, south = _wren(), Team.objects.get(name="South team")
    clover = User.objects.get(name="Clover Thistlewood")
    for to in (Holder(), Holder(team=south, user=clover)):
        with pytest.raises(IntegrityError, match="people_reach_one_holder"), signed("Robin Carter") as by:
            _grant(wren, to, by)


def test_a_reach_holds_from_its_day_until_the_day_before_its_end(signed: As) -> None:
    day = timedelta(days=1)
    spans = (
        (TODAY - 2 * day, TODAY + 2 * day, True),
        (TODAY - 2 * day, None, True),
        (TODAY, TODAY + day, True),
        (TODAY - 9 * day, TODAY, False),  # until_on is the first day on which it no longer holds
        (TODAY + 2 * day, None, False),
    )
    children = list(Person.objects.filter(team__name="East team").exclude(surname="Hollybank")[: len(spans)])
    to = Holder(user=User.objects.get(name="Clover Thistlewood"))
    with signed("Robin Carter") as by:
        for child, (from_on, until_on, _) in zip(children, spans, strict=True):
            _grant(child, to, by, from_on=from_on, until_on=until_on)  # type: ignore[arg-type]
    with signed("Clover Thistlewood") as sight:
        for child, (from_on, until_on, holds) in zip(children, spans, strict=True):
            assert (child.pk in sight.family) is holds, (from_on, until_on)
            assert Person.objects.filter(pk=child.pk).exists() is holds, (from_on, until_on)
            assert Fact.objects.filter(person_id=child.pk).exists() is holds, (from_on, until_on)


@pytest.mark.parametrize("kind", ["team", "organisation"])
def test_a_reach_of_a_team_or_school_is_for_those_who_work_there(signed: As, kind: str) -> None:
    wren = _wren()
    if kind == "team":
        to, name = Holder(team=Team.objects.get(name="South team")), "Martin Thatcher"
    else:
        school = Organisation.objects.create(area=wren.area, kind="school", name="Hill School")
        senco = User.objects.get(name="Juniper Weaver")
        Membership.objects.filter(user=senco).update(organisation=school)
        to, name = Holder(organisation=school), "Juniper Weaver"
    with signed(name) as sight:
        assert not sight.sees(area_id=uuid4(), team_id=uuid4(), person_id=wren.pk)
    with signed("Robin Carter") as by:
        _grant(wren, to, by, level=Level.WHOLE)
    with signed(name) as sight:
        assert wren.pk in sight.persons
        assert wren.pk not in sight.family
        assert not sight.changes(area_id=wren.area_id, team_id=wren.team_id)
        assert Person.objects.filter(pk=wren.pk).exists()
        assert Person.objects.filter(pk=wren.pk).update(surname="Changed") == 0


# -- ending one -----------------------------------------------------------------------------------------------------


def _mothers(wren: Person) -> Reach:
    return Reach.objects.get(person=wren, user__name="Willow Hollybank")


def test_an_ended_reach_shows_nothing_and_stays_on_record(signed: As) -> None:
    wren = _wren()
    reach = _mothers(wren)
    with signed("Robin Carter") as by:
        people.end_reach(
            person=wren, reach_id=reach.pk, until_on=TODAY, by=by, at=AT, because="no longer her carer"
        )
    assert _mothers(wren).until_on == TODAY
    entry = JournalEntry.objects.latest("pk")
    assert (entry.kind, entry.subject_id, entry.person_id) == ("reach.ended", reach.pk, wren.pk)
    with signed("Willow Hollybank") as sight:
        assert sight.family == frozenset()
        assert not Case.objects.exists()
        assert queries.who_can_see(wren.pk) == ()


@pytest.mark.parametrize(
    "name", ["Martin Thatcher", "Heather Potter", "Willow Hollybank", "Clover Thistlewood"]
)
def test_who_may_not_change_the_record_ends_no_reach(signed: As, name: str) -> None:
    wren = _wren()
    reach = _mothers(wren)
    with pytest.raises(ProgrammingError, match="not yours to end"), signed(name) as by:
        people.end_reach(person=wren, reach_id=reach.pk, until_on=TODAY, by=by, at=AT, because="x")
    assert _mothers(wren).until_on is None


def test_a_reach_that_does_not_exist_is_refused_like_anothers(signed: As) -> None:
    wren = _wren()
    with pytest.raises(ProgrammingError, match="not yours to end"), signed("Robin Carter") as by:
        people.end_reach(person=wren, reach_id=uuid4(), until_on=TODAY, by=by, at=AT, because="x")


def test_an_end_brings_no_reach_back_to_life(signed: As) -> None:
    wren = _wren()
    reach = _mothers(wren)
    with signed("Robin Carter") as by:
        people.end_reach(person=wren, reach_id=reach.pk, until_on=TODAY, by=by, at=AT, because="x")
    with signed("Robin Carter") as by:
        later = TODAY + timedelta(days=99)
        people.end_reach(person=wren, reach_id=reach.pk, until_on=later, by=by, at=AT, because="x")
    assert _mothers(wren).until_on == TODAY


# -- handing a record on --------------------------------------------------------------------------------------------


def _everything(wren: Person) -> None:
    """One row in every table that tells of a child, where the made-up world has none for her."""
    builder = User.objects.get(name="Demo builder")
    case = cast(Case, Case.objects.filter(person=wren).latest("opened_at"))
    said = {"area": wren.area, "team": wren.team, "person": wren}
    on = date(2025, 1, 16)
    plan = Plan.objects.create(**said, case=case, started_on=on)
    Need.objects.create(**said, plan=plan, census_on=on, kind="ASD", rank=1)
    Placement.objects.create(**said, plan=plan, census_on=on, place=1, urn="900001")
    file = ReturnFile.objects.create(
        area=wren.area,
        year=2025,
        census_on=on,
        serial="099",
        fingerprint="b" * 64,
        bytes=1,
        persons_total=1,
        state="done",
        started_at=AT,
        by=builder,
    )
    SourceRecord.objects.create(**said, file=file, line=9, record={})
    item = HeldItem.objects.create(**said, case=case, file=file, pattern="x", line=9, question="?")
    HeldDecision.objects.create(**said, item=item, turn=1, reason="because", by=builder, at=AT)
    seen = {"first_seen_on": on, "last_seen_on": on}
    Finding.objects.create(
        **said, **seen, case=case, year=2025, rule="L504", level="error", item="x", message="?"
    )


def _tables_with_team() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN"
            " (SELECT table_name FROM information_schema.columns WHERE column_name = 'person_id')"
            " AND column_name = 'team_id' AND table_name <> 'people_reach' ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def _teams(table: str, wren: Person) -> set[object]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT team_id FROM {table} WHERE person_id = %s", [wren.pk])
        return {team for (team,) in cursor.fetchall()}


def test_a_record_that_is_handed_on_takes_every_row_along(signed: As) -> None:
    wren, south = _wren(), Team.objects.get(name="South team")
    _everything(wren)
    tables = _tables_with_team()
    assert {"cases_fact", "cases_clock", "plans_plan", "plans_need", "placements_placement"} <= set(tables)
    assert {"returns_sourcerecord", "returns_helditem", "returns_helddecision", "returns_finding"} <= set(
        tables
    )
    assert {table: _teams(table, wren) for table in tables} == {name: {wren.team_id} for name in tables}
    with signed("Linnet Mason") as by:
        people.move_to_team(person=wren, team=south, by=by, at=AT, because="moved to Chorley")
    assert {table: _teams(table, wren) for table in tables} == {name: {south.pk} for name in tables}
    assert _wren().team_id == south.pk
    entry = JournalEntry.objects.latest("pk")
    assert (entry.kind, entry.person_id) == ("person.moved-to-team", wren.pk)


def test_the_former_team_sees_nothing_afterwards_and_the_new_one_everything(signed: As) -> None:
    wren, south = _wren(), Team.objects.get(name="South team")
    with signed("Linnet Mason") as by:
        people.move_to_team(person=wren, team=south, by=by, at=AT, because="moved to Chorley")
    for name, sees in (("Robin Carter", False), ("Linnet Mason", False), ("Martin Thatcher", True)):
        with signed(name) as sight:
            assert Person.objects.filter(pk=wren.pk).exists() is sees, name
            assert Fact.objects.filter(person_id=wren.pk).exists() is sees, name
            assert Case.objects.visible_to(sight).filter(person_id=wren.pk).exists() is sees, name
            assert bool(queries.who_can_see(wren.pk)) is sees, name
    with signed("Willow Hollybank"):
        assert "South team" in {seer.holder for seer in queries.who_can_see(wren.pk)}


@pytest.mark.parametrize(
    "name", ["Robin Carter", "Martin Thatcher", "Hazel Tanner", "Heather Potter", "Willow Hollybank"]
)
def test_only_a_manager_of_the_team_hands_a_record_on(signed: As, name: str) -> None:
    wren, south = _wren(), Team.objects.get(name="South team")
    before = JournalEntry.objects.count()
    with pytest.raises(PermissionDenied), signed(name) as by:
        people.move_to_team(person=wren, team=south, by=by, at=AT, because="x")
    assert _wren().team_id == wren.team_id
    assert JournalEntry.objects.count() == before


def test_a_manager_of_another_team_cannot_take_a_child(signed: As) -> None:
    """Past the first wall, too: the database refuses what the verb would have refused."""
    martin, south, wren = (
        User.objects.get(name="Martin Thatcher"),
        Team.objects.get(name="South team"),
        _wren(),
    )
    Membership.objects.filter(user=martin).update(role=Role.objects.get(code="team-manager"))
    with pytest.raises(PermissionDenied), signed("Martin Thatcher") as by:
        people.move_to_team(person=wren, team=south, by=by, at=AT, because="x")
    with pytest.raises(ProgrammingError, match="not yours to hand on"), signed("Martin Thatcher"):
        _move(wren, south.pk)


def test_a_record_stays_within_its_area(signed: As) -> None:
    wren = _wren()
    with pytest.raises(IntegrityError, match="not one of this child's area"), signed("Linnet Mason"):
        _move(wren, uuid4())


def _move(wren: Person, to: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT fingerpost.move_to_team(%s, %s)", [wren.pk, to])


def test_no_row_of_a_child_can_stand_under_another_team(own_database: str) -> None:
    wren, south = _wren(), Team.objects.get(name="South team")
    fact = Fact.objects.filter(person=wren).first()
    assert isinstance(fact, Fact)
    fact.pk, fact.team = uuid4(), south
    with pytest.raises(DatabaseError, match="follows_team"):
        fact.save(force_insert=True)


# -- who can see me, and why ----------------------------------------------------------------------------------------


def test_everybody_who_can_see_is_named_with_ground_and_reason(signed: As) -> None:
    wren = _wren()
    with signed("Willow Hollybank"):
        seers = queries.who_can_see(wren.pk)
    said = {(seer.kind, seer.holder, seer.role, seer.ground) for seer in seers}
    assert ("user", "Willow Hollybank", None, "parent") in said
    assert ("organisation", "Weaver Fold Primary School", None, "on the school's roll") in said
    assert ("team", "East team", "Case officer", "holds the record") in said
    assert ("team", "East team", "Team manager", "holds the record") in said
    assert ("area", "Lancashire", "Designated clinical officer", "works for the whole area") in said
    assert all(seer.because for seer in seers)
    holders = {seer.holder for seer in seers}
    assert not {"South team", "Clover Thistlewood", "Robin Carter"} & holders, "teams, not single officers"


@pytest.mark.parametrize("name", ["Martin Thatcher", "Clover Thistlewood", "Flint Cooper", "Rowan Fernsby"])
def test_who_cannot_see_a_child_is_not_told_who_can(signed: As, name: str) -> None:
    wren = _wren()
    with signed(name):
        assert queries.who_can_see(wren.pk) == ()


def test_the_list_ends_with_the_reach(signed: As) -> None:
    wren, clover = _wren(), User.objects.get(name="Clover Thistlewood")
    with signed("Robin Carter") as by:
        past = TODAY - timedelta(days=9)
        _grant(wren, Holder(user=clover), by, from_on=past, until_on=TODAY)
    with signed("Willow Hollybank"):
        assert "Clover Thistlewood" not in {seer.holder for seer in queries.who_can_see(wren.pk)}
    Reach.objects.filter(user=clover, person=wren).update(until_on=TODAY + timedelta(days=5))
    with signed("Willow Hollybank"):
        seen = {seer.holder: seer.until_on for seer in queries.who_can_see(wren.pk)}
    assert seen["Clover Thistlewood"] == TODAY + timedelta(days=5)


# -- at work and at home --------------------------------------------------------------------------------------------


def test_a_senco_who_is_a_parent_finds_only_their_own_at_home(signed: As) -> None:
    wren, senco = _wren(), User.objects.get(name="Juniper Weaver")
    ash = Person.objects.get(surname="Meadowcroft", forename="Ash")
    role = Role.objects.get(code="parent-or-carer")
    Membership.objects.create(user=senco, role=role, area=wren.area, from_on=date(2024, 1, 1))
    with signed("Hazel Tanner") as by:
        _grant(ash, Holder(user=senco), by, ground="parent", because="Ash's mother")
    with signed("Juniper Weaver") as sight:
        assert sight.may("family.read")
        assert sight.may("pupil.read")
        assert sight.family == {ash.pk}
        assert sight.persons == {ash.pk, wren.pk}
