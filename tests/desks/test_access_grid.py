# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may open which page about which child: what happens is compared with access_grid.md, which anybody can read.

When a page or a role is added on purpose, write the new table with FINGERPOST_WRITE_GRID=1 and read what changed.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from fingerpost.config import sign_in
from fingerpost.postgres.address import Address
from fingerpost.records.foundation.models import Area
from fingerpost.records.people import actor
from fingerpost.records.people.models import AboutAChild
from fingerpost.records.people.sight import sight_of
from fingerpost.records.returns.handing_in import preparing
from fingerpost.records.returns.handing_in.preparing import Making
from tests.desks.cast import AT, Child, World

OWN = "888"
GRID = Path(__file__).with_name("access_grid.md")
READERS = (
    None,
    "Outsider",
    "Flint Cooper",
    "Hazel Tanner",
    "Laurel Shepherd",
    "Robin Carter",
    "Linnet Mason",
    "Martin Thatcher",
    "Nextdoor officer",
    "Heather Potter",
    "Juniper Weaver",
    "Willow Hollybank",
    "Rowan Fernsby",
)
ABOUT_A_CHILD = (
    "case_id",
    "person_id",
    "fact_id",
    "item_id",
)  # parts of an address that name a child's record
WORDS = {200: "opens", 403: "refused", 404: "not found", 405: "only by form"}
HEAD = """<!-- SPDX-License-Identifier: CC-BY-4.0 -->
# Who may open which page

Written by a test and compared on every run (`tests/desks/test_access_grid.py`). Rows: a page and, where it is
about one, whose child. Columns: who asks. **Robin** and **Linnet** (the manager) work in the East team, which
holds Wren; **Martin** in the South team, which holds Skye; **Willow** is Wren's mother; **Rowan** is a young
person of 17; **Hazel** (data), **Laurel** (who signs the return) and **Heather** (designated clinical officer)
work for the whole area;
**Flint** runs the system; **Juniper** is the SENCO of Wren's school; the **officer next door** works for
another area. "Not found" is said of a child who is somebody else's, so that nobody learns that a record
exists.

"""


def _patterns(resolver: URLResolver, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += _patterns(entry, prefix + str(entry.pattern))
        else:
            found.append((prefix + str(entry.pattern), entry))
    return found


def pages() -> list[tuple[str, URLPattern]]:
    """Every address of our own; allauth guards its own, which test_doors names one by one."""
    theirs = {id(entry) for entry in sign_in.ALLAUTH}
    return [(route, entry) for route, entry in _patterns(get_resolver()) if id(entry) not in theirs]


def _address(route: str, child: Child, known: dict[str, object]) -> str:
    said = {
        "case_id": child.case_id,
        "fact_id": child.fact_id,
        "person_id": child.person_id,
        "item_id": child.item_id,
        "duty": "final-plan",
        "year": 2025,
        "rule": "L548",
        **known,
    }
    route = re.sub(r"<\w+:(\w+)>", lambda found: str(said.get(found[1], found[0])), route)
    assert "<" not in route, f"{route} has a part the grid does not know: add it to _address"
    return f"/{route}"


def _answer(client: Client, address: str) -> str:
    reply = client.get(address)
    if reply.status_code == 302:
        to = reply["Location"]
        return (
            "sign in first"
            if to.startswith("/account/login")
            else f"goes on to {to.split('?')[0]}"
            if len(to) < 20
            else "goes on"
        )
    return WORDS.get(reply.status_code, str(reply.status_code))


def _about(route: str, world: World) -> list[tuple[str, Child, str]]:
    """What a page may be about: each child, each area, or nothing in particular."""
    anybody = next(iter(world.children.values()))
    if any(f"<uuid:{name}>" in route for name in ABOUT_A_CHILD):
        return [(kind, child, OWN) for kind, child in world.children.items()]
    if "<slug:la>" in route:
        return [("Lancashire", anybody, OWN), ("another area", anybody, "001")]
    return [("", anybody, OWN)]


def _prepared(world: World) -> object:
    """A return of the made-up area that waits to be signed."""
    hazel, area = world.user("Hazel Tanner"), Area.objects.get(la_number=OWN)
    with actor.acting(hazel.pk):
        by = sight_of(hazel, on=datetime.now(UTC).date())
        making = Making(year=2025, on=AT.date())
        return preparing.prepare_return(area_id=area.pk, making=making, by=by, at=AT).pk


def _grid(world: World) -> str:
    names = [name or "nobody signed in" for name in READERS]
    lines = ["| Page | " + " | ".join(names) + " |", "| --- " * (len(names) + 1) + "|"]
    clients = [world.client(name) for name in READERS]
    known = {"user_id": world.user("Outsider").pk, "prepared_id": _prepared(world)}
    for route, _ in sorted(pages(), key=lambda found: found[0]):
        for kind, child, la in _about(route, world):
            address = _address(route, child, {**known, "la": la})
            row = [_answer(client, address) for client in clients]
            plain = "/" + route.replace("<uuid:", "<")
            lines.append(f"| `{plain}`{', ' + kind if kind else ''} | " + " | ".join(row) + " |")
    return HEAD + "\n".join(lines) + "\n"


def test_the_grid_is_the_one_we_agreed_on(everybody: World) -> None:
    found = _grid(everybody)
    if os.environ.get("FINGERPOST_WRITE_GRID"):
        GRID.write_text(found)
    assert found == GRID.read_text(), "who may open what has changed; see this file's head"


def test_every_address_has_a_door() -> None:
    bare = [route for route, entry in pages() if not hasattr(entry.callback, "door")]
    assert bare == []


def test_no_page_about_a_child_is_public() -> None:
    for route, entry in pages():
        if any(name in route for name in ABOUT_A_CHILD):
            assert "public" not in entry.callback.door.allow, route  # type: ignore[attr-defined]


PRESSING = ("Robin Carter", "Willow Hollybank", "Rowan Fernsby", "Nextdoor officer")


def _everything_stays_shut(world: World) -> None:
    skye = world.children["South (Skye)"]
    for name in PRESSING:
        client = world.client(name)
        for address in (
            f"/casework/{skye.case_id}",
            f"/family/{skye.case_id}",
            f"/casework/{skye.case_id}/decision",
            f"/casework/held/{skye.item_id}",
        ):
            reply = client.get(address)
            assert reply.status_code in (403, 404), f"{name} at {address}"
            assert "Thistlewood" not in reply.content.decode()
    found = world.client("Robin Carter").get("/casework/?text=Thistlewood")
    assert "0 cases found" in found.content.decode()
    found = world.client("Robin Carter").get("/casework/held?text=Thistlewood")
    assert "0 questions found" in found.content.decode()


def test_the_python_wall_holds_alone(everybody: World, server: Address) -> None:
    """The database's policies are taken away; no page of another team's child opens all the same."""
    with psycopg.connect(server.url(role=server.superuser, database=everybody.name), autocommit=True) as root:
        for (table,) in root.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity"
        ).fetchall():
            root.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    _everything_stays_shut(everybody)


def test_the_database_wall_holds_alone(everybody: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python filter is taken away; no page of another team's child opens all the same."""
    monkeypatch.setattr(AboutAChild, "visible_to", lambda self, sight: self.all())
    _everything_stays_shut(everybody)
