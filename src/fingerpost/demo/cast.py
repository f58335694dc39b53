# SPDX-License-Identifier: AGPL-3.0-or-later
"""The made-up people of the sign-ins, and the officers of the caseload list."""

from dataclasses import dataclass
from datetime import datetime

from fingerpost.demo.area import OPENED_ON, MadeArea
from fingerpost.demo.people import CAST, OFFICERS
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Organisation, Role, User
from fingerpost.records.accounts.queries import DEMO_DOMAIN
from fingerpost.records.people import actions as people
from fingerpost.records.people import actor
from fingerpost.records.people.access import OWN_RECORD
from fingerpost.records.people.actions import Holder
from fingerpost.records.people.models import Level, Person
from fingerpost.records.people.sight import sight_of


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody the visitor can be."""

    name: str
    role: str
    team: str | None = None
    child: str | None = None  # surname of the child of CAST they reach
    ground: str = ""
    because: str = ""


PARTS = (
    Part("Hazel Tanner", "data-officer"),
    Part("Laurel Shepherd", "return-signatory"),
    Part(OFFICERS["East"], "case-officer", team="East"),
    Part("Linnet Mason", "team-manager", team="East"),
    Part(OFFICERS["South"], "case-officer", team="South"),
    Part("Heather Potter", "designated-clinical-officer"),
    Part("Flint Cooper", "system-administrator"),
    Part(
        "Juniper Weaver",
        "senco",
        child="Hollybank",
        ground="on the school's roll",
        because="Its SENCO coordinates her support.",
    ),
    Part("Willow Hollybank", "parent-or-carer", child="Hollybank", ground="parent", because="Wren's mother"),
    Part(
        "Rowan Fernsby",
        "young-person",
        child="Fernsby",
        ground=OWN_RECORD,
        because="a young person's own record",
    ),
    Part(
        "Clover Thistlewood", "parent-or-carer", child="Thistlewood", ground="parent", because="Skye's father"
    ),
)


def address(name: str) -> str:
    """The address somebody of the cast signs in with."""
    return f"{name.lower().replace(' ', '.')}@{DEMO_DOMAIN}"


def enrol(made: MadeArea, *, at: datetime) -> dict[str, User]:
    """Give every part its user, role and reach, in the builder's name; answers users by name."""
    return {part.name: _enrol(part, made, at) for part in PARTS}


def _enrol(part: Part, made: MadeArea, at: datetime) -> User:
    found = User.objects.filter(email=address(part.name)).first()
    if found:  # an officer of the caseload list, who holds the role since then
        return found
    user = accounts.enrol(email=address(part.name), name=part.name, password=None, by=made.builder.pk, at=at)
    child = _child(part, made) if part.child else None
    accounts.give_role(
        user=user,
        role=Role.objects.get(code=part.role),
        area=made.area,
        team=made.teams[part.team] if part.team else None,
        organisation=_school(made, part.name, at) if part.role == "senco" else None,
        from_on=OPENED_ON,
        by=made.builder.pk,
        at=at,
    )
    if child:
        _let_see(part, user, child, made, at)
    return user


def _child(part: Part, made: MadeArea) -> Person:
    said = next(c for c in CAST if c.surname == part.child)
    return Person.objects.get(
        area=made.area, surname=said.surname, forename=said.forename, born_on=said.birth_on
    )


def _school(made: MadeArea, name: str, at: datetime) -> Organisation:
    return accounts.add_organisation(
        area=made.area,
        kind="school",
        name=f"{name.rsplit(maxsplit=1)[-1]} Fold Primary School",
        by=made.builder.pk,
        at=at,
    )


def _let_see(part: Part, user: User, child: Person, made: MadeArea, at: datetime) -> None:
    held = user.memberships.select_related("organisation").get()
    to = Holder(organisation=held.organisation) if held.organisation else Holder(user=user)
    level = Level.SCHOOL if held.organisation else Level.FAMILY
    with actor.acting(made.builder.pk):
        people.grant_reach(
            person=child,
            to=to,
            ground=part.ground,
            because=part.because,
            from_on=OPENED_ON,
            level=level,
            by=sight_of(made.builder, on=at.date()),
            at=at,
        )
