# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the templates of preparing and signing are given: frozen values, words and links ready."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from markupsafe import Markup

from fingerpost.desks.doors import errands
from fingerpost.desks.office.handing_in.forms import OFFICERS, POSTS
from fingerpost.desks.office.place import Place
from fingerpost.desks.office.readiness import words
from fingerpost.kit import tags
from fingerpost.kit.tags import Tag
from fingerpost.kit.words import day, plural
from fingerpost.records.returns.handing_in.preparing import SerialsUsed
from fingerpost.records.returns.handing_in.queries import DRAFT, Asked, Prepared
from fingerpost.records.returns.readiness.findings import RunRow
from fingerpost.rules.returns import rule_book

Rows = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class ReturnsShown:
    """Every return of one year that was made here."""

    rows: Rows
    prepare_text: str
    prepare_href: str
    opens: str


def returns(found: Iterable[Prepared], place: Place, *, on: date) -> ReturnsShown:
    """Newest first; a signed one can only be sent again."""
    of_year = tuple(one for one in found if one.year == place.year)
    return ReturnsShown(
        rows=tuple(_row(one, place) for one in of_year),
        prepare_text="Prepare the return again, to send it again"
        if is_again(of_year)
        else "Prepare a return",
        prepare_href=place.address("prepare"),
        opens=opens(place) if place.is_ahead(on) else "",
    )


ASKED_ALREADY = "Somebody has asked for this return already. Open this page again in a minute."


@dataclass(frozen=True, slots=True)
class AskedShown:
    """What becomes of the return that was asked for last; `waits`: it is worth looking again."""

    text: str
    waits: bool


def asked(found: Asked | None, standing: str) -> AskedShown | None:
    """Nothing once it is made: then it stands in the list."""
    if found is None:
        return None
    who = f"The return that {found.by} asked for on {moment(found.at)}"
    if found.waits and standing == errands.DOING:
        text = f"{who} is being made and checked. That takes up to a minute for a large area."
        return AskedShown(text, waits=True)
    if found.waits and standing:
        return AskedShown(f"{who} is made {errands.when(standing)}", waits=True)
    if found.waits:
        return AskedShown(f"{who} was not made: the work was lost. Ask for it again.", waits=False)
    return AskedShown(f"{who} was not made: {found.refused}", waits=False) if found.refused else None


def opens(place: Place) -> str:
    """Why a return cannot be prepared yet, and from when on it can."""
    return (
        f"The return of {place.year} tells how things stood on census day. "
        f"It can be prepared from {day(place.census_on)} on."
    )


def is_again(of_year: tuple[Prepared, ...]) -> bool:
    """The newest of the year is signed: what is made now takes the place of one that was sent."""
    return bool(of_year) and of_year[0].signed_at is not None


def _row(one: Prepared, place: Place) -> tuple[object, ...]:
    link = words.link(place.address("return", one.id), f"{one.year}, serial {one.serial}")
    return (
        link,
        tags.status("return", one.standing).text,
        f"{moment(one.made_at)}, {one.made_by}",
        f"{one.errors:,} and {one.queries:,}",
        one.signed_by or "Nobody",
        Markup("<code>{}</code>").format(one.fingerprint[:12]),
    )


def moment(at: datetime) -> str:
    """3 February 2025, 09:00."""
    return f"{day(timezone.localtime(at).date())}, {timezone.localtime(at):%H:%M}"


# -- preparing ------------------------------------------------------------------------------------------------------


def check_prepare(said: dict[str, str], place: Place, *, on: date) -> tuple[tuple[str, str, str], ...]:
    """The answers to check: question, answer, where to change it."""
    change = place.address("prepare")
    posts = [
        (f"Is there a {title}?", POSTS[said[name]], change)
        for name, title in OFFICERS.items()
        if name in said
    ]
    spelling = ("How is the tag of a setting spelt?", said["spelling"], change)
    because = [("Why is the return sent again?", said["because"], change)] if "because" in said else []
    return (*posts, spelling, *because)


def about(place: Place, used: SerialsUsed, *, on: date) -> tuple[tuple[str, str], ...]:
    """What the file will be, which nobody can change here."""
    return (
        ("Return", f"SEN2 {place.year}"),
        ("Serial number", _serial(used)),
        ("Census day", day(place.census_on)),
        ("What is known up to", day(min(on, place.census_on))),
    )


def _serial(used: SerialsUsed) -> str:
    if not (used.loaded or used.signed):
        return "001: it is the first return of this year"
    signed_last = used.signed >= used.loaded
    what = "signed here last" if signed_last else "loaded"
    return f"{used.next:03}: {max(used.signed, used.loaded):03} is the return that was {what}"


def last_run(run: RunRow | None) -> str:
    """What the last look at the record said."""
    if run is None:
        return "Nobody has looked yet whether the record is ready."
    found = f"{plural(run.errors, 'error')} and {plural(run.queries, 'query', 'queries')}"
    return f"When the record was last looked at, on {day(run.on)}, it had {found}."


# -- one return -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReturnShown:
    """One return, how it was checked, and who answers for it."""

    id: UUID
    title: str
    tag: Tag
    about: tuple[tuple[str, object], ...]
    broken: Rows
    signed: tuple[tuple[str, object], ...]
    file_href: str
    sign_href: str
    signable: bool
    errors: int
    fingerprint: str


def one(found: Prepared, place: Place) -> ReturnShown:
    """Serial, fingerprint, size, what the check found, and the signature."""
    return ReturnShown(
        id=found.id,
        title=f"SEN2 return of {found.year}, serial {found.serial}",
        tag=tags.status("return", found.standing),
        about=(
            ("Prepared", f"{moment(found.made_at)}, by {found.made_by}"),
            ("Children and young people", f"{found.persons:,}"),
            ("What is known up to", day(found.as_at_on)),
            ("Size", f"{found.bytes:,} bytes"),
            ("Fingerprint (SHA-256)", Markup("<code>{}</code>").format(found.fingerprint)),
            ("Rule book", found.rule_book),
            ("Errors", f"{found.errors:,}"),
            ("Queries", f"{found.queries:,}"),
            *((("Sent again because", found.because),) if found.because else ()),
        ),
        broken=tuple(_broken(*line, place) for line in sorted(found.broken, key=_most)),
        signed=_signed(found),
        file_href=place.address("file", found.id) if found.has_file else "",
        sign_href=place.address("sign", found.id),
        signable=found.standing == DRAFT,
        errors=found.errors,
        fingerprint=found.fingerprint,
    )


def _most(line: tuple[str, str, int]) -> tuple[str, int, str]:
    return line[1], -line[2], line[0]


def _broken(number: str, level: str, count: int, place: Place) -> tuple[object, ...]:
    rule = rule_book.rules()[number]
    link = words.link(place.address("rule", number), words.sentence(rule.fault))
    return (link, tags.status("finding", level).text, f"{count:,}", number)


def _signed(found: Prepared) -> tuple[tuple[str, object], ...]:
    if found.signed_at is None:
        return ()
    reason = (("With errors because", found.reason),) if found.reason else ()
    return (("Signed by", found.signed_by or ""), ("Signed", moment(found.signed_at)), *reason)
