# SPDX-License-Identifier: AGPL-3.0-or-later
"""A return comes in whole, once, in order, and survives being killed half-way; a bad file changes nothing."""

import io
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from fingerpost.cli.main import main
from fingerpost.postgres import roles
from fingerpost.postgres.address import Address
from fingerpost.rules.returns import writer
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    Header,
    NamedPlanRecord,
    NeedRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)
from tests.database import WORKER, clone, command, connected, drop, environment, raw, run
from tests.rules.hostile_returns import HOSTILE

CENSUS = {2023: date(2023, 1, 19), 2024: date(2024, 1, 18), 2025: date(2025, 1, 16)}
TABLES = (
    *("people_person", "cases_case", "cases_fact", "cases_clock", "plans_plan", "plans_need"),
    *("placements_placement", "returns_returnfile", "returns_sourcerecord", "returns_helditem"),
    "foundation_journalentry",
)
OPEN_AREA = (
    "INSERT INTO foundation_area (id, la_number, name, ons_code) VALUES (gen_random_uuid(), '888', 'Made-up area', '')",
    "INSERT INTO accounts_organisation (id, area_id, kind, name)"
    " SELECT gen_random_uuid(), id, 'council', 'Council' FROM foundation_area",
    "INSERT INTO accounts_team (id, area_id, organisation_id, code, name, is_front_door)"
    " SELECT gen_random_uuid(), area_id, id, code, code, code = 'front'"
    " FROM accounts_organisation, unnest(ARRAY['front', 'north']) code",
)


@pytest.fixture(scope="session")
def blank(server: Address) -> Iterator[str]:
    """A migrated database that holds one area, two teams and no child."""
    name = f"returns_{WORKER}_{uuid4().hex[:8]}"
    drop(server, name)
    roles.ensure_database(server, name)
    done = run("migrate", "--quiet", database=name)
    assert done.returncode == 0, done.stderr.decode()
    with raw(server, name, "loader") as loader:
        for statement in OPEN_AREA:
            loader.execute(statement)
    yield name
    drop(server, name)


@pytest.fixture
def record(
    server: Address, blank: str, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A database of its own, with Django connected to it as the command line's login."""
    name = f"returns_{WORKER}_{uuid4().hex[:8]}"
    clone(server, blank, name)
    monkeypatch.setenv("FINGERPOST_DATABASE", name)
    monkeypatch.setenv("FINGERPOST_DATABASE_ROLE", "loader")
    with django_db_blocker.unblock(), connected(name, "loader"):
        yield name
    drop(server, name)


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str


def sen2_import(*words: str) -> Said:
    """The command itself, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["sen2", "import", *words])
    return Said(code, out.getvalue(), err.getvalue())


# -- small returns --------------------------------------------------------------------------------------------------


def header(year: int, serial: str = "001") -> Header:
    return Header(
        "SEN2", year, CENSUS[year], "888", serial, software="Test", dmo="Y", dco="Y", dsco="Y", release="1"
    )


def asked(received: date, outcome: str = "A", on: date | None = None) -> RequestRecord:
    flag = False if on else None
    return RequestRecord(
        received_on=received,
        source=None,
        rya=False,
        outcome=outcome,
        outcome_on=on,
        mediation=flag,
        tribunal=flag,
    )


def with_plan(request: RequestRecord, issued: date | None, **active: object) -> RequestRecord:
    """`issued` None: an older plan, told as history."""
    setting = SettingRecord(urn="999417", rank=1, sen_unit=False, resourced=False)
    plan = NamedPlanRecord(started_on=issued or date(2021, 9, 1), settings=(setting,), pb=False)
    assessment = AssessmentRecord(
        outcome="Y" if issued else "H",
        outcome_on=issued,
        plan=plan,
        **(
            dict.fromkeys(("mediation", "tribunal", "other_mediation", "other_tribunal", "week20"), False)
            if issued
            else {}
        ),
    )
    placed = replace(setting, entered_on=date(2021, 9, 6))
    picture = ActivePlanRecord(placements=(placed,), needs=(NeedRecord(kind="SLCN", rank=1),), **active)  # type: ignore[arg-type]
    return replace(request, assessment=assessment, active=picture)


HISTORY = RequestRecord(outcome="H")


def child(number: int, *requests: RequestRecord, **said: object) -> PersonRecord:
    person = PersonRecord(
        ordinal=number,
        line=0,
        surname=f"Sample{number}",
        forename="Wren",
        birth_on=date(2015, 3, 4),
        sex="F",
        ethnicity="WBRI",
        postcode="PR1 8XJ",
        upn=f"W8889999{number:05d}"[:13],
        requests=requests,
    )
    return replace(person, **said)  # type: ignore[arg-type]


def write(folder: Path, year: int, *persons: PersonRecord, serial: str = "001", la: str = "888") -> str:
    out = io.BytesIO()
    writer.write(out, replace(header(year, serial), la=la), persons)
    path = folder / f"sen2-{la}-{year}-{serial}.xml"
    path.write_bytes(out.getvalue())
    return str(path)


def load(file: str, *more: str) -> dict[str, object]:
    done = sen2_import(file, "--json", *more)
    assert done.code == 0, done.err
    found: dict[str, object] = json.loads(done.out)
    return found


def rows(server: Address, record: str, sql: str) -> list[tuple[Any, ...]]:
    with raw(server, record, "loader") as loader:
        return loader.execute(sql).fetchall()


def content(server: Address, record: str) -> dict[str, int]:
    return {table: rows(server, record, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


STANDS = (
    "SELECT f.name, f.on FROM cases_fact f WHERE NOT f.retracts"
    " AND NOT EXISTS (SELECT 1 FROM cases_fact n WHERE n.supersedes_id = f.id)"
)


# -- one file -------------------------------------------------------------------------------------------------------


def test_a_return_becomes_children_cases_facts_plans_and_placements(
    server: Address, record: str, tmp_path: Path
) -> None:
    request = with_plan(asked(date(2024, 3, 1), "Y", date(2024, 4, 1)), date(2024, 7, 1))
    file = write(tmp_path, 2025, child(1, request), child(2, asked(date(2024, 12, 2))))
    counts = load(file)["counts"]
    assert isinstance(counts, dict)
    assert (counts["children added"], counts["cases added"], counts["plans added"]) == (2, 2, 1)
    facts = dict(rows(server, record, STANDS + " AND f.on IS NOT NULL"))
    assert facts["final_sent"] == date(2024, 7, 1)
    sources = rows(server, record, "SELECT DISTINCT length(source), line > 0, origin FROM cases_fact")
    assert sources == [(64, True, "imported")]
    waiting = rows(
        server,
        record,
        "SELECT due_on, standing, as_at_on FROM cases_clock WHERE duty = 'final-plan' AND standing = 'open'",
    )
    assert waiting == [(date(2025, 4, 21), "open", CENSUS[2025])]


def test_the_same_file_twice_is_nothing_new(server: Address, record: str, tmp_path: Path) -> None:
    file = write(tmp_path, 2025, child(1, with_plan(HISTORY, None)), child(2, asked(date(2024, 12, 2))))
    load(file)
    before = content(server, record)
    assert load(file)["already_loaded"] is True
    assert content(server, record) == before


def test_a_caseload_list_says_which_team_holds_a_new_child(
    server: Address, record: str, tmp_path: Path
) -> None:
    one, two = child(1, HISTORY), child(2, HISTORY)
    listed = tmp_path / "caseload.csv"
    listed.write_text(f"upn,team\n{one.upn},North\n")
    load(write(tmp_path, 2025, one, two), "--caseload", str(listed))
    found = rows(
        server,
        record,
        "SELECT p.upn, t.code FROM people_person p JOIN accounts_team t ON t.id = p.team_id ORDER BY 1",
    )
    assert found == [(one.upn, "north"), (two.upn, "front")]


def test_standard_input_and_the_wrong_area(record: str, tmp_path: Path) -> None:
    file = Path(write(tmp_path, 2025, child(1, HISTORY)))
    refused = run("sen2", "import", "-", "--area", "887", database=record, stdin=file.read_bytes())
    assert refused.returncode == 2
    assert "authority 888, not 887" in refused.stderr.decode()
    assert run("sen2", "import", "-", database=record, stdin=file.read_bytes()).returncode == 0


# -- several years --------------------------------------------------------------------------------------------------


def test_a_request_moves_on_from_one_return_to_the_next(server: Address, record: str, tmp_path: Path) -> None:
    day = date(2023, 11, 1)
    load(write(tmp_path, 2024, child(1, asked(day))))
    issued = with_plan(asked(day, "Y", date(2023, 12, 10)), date(2024, 3, 15))
    load(write(tmp_path, 2025, child(1, issued)))
    assert rows(server, record, "SELECT stage, census_on FROM cases_case") == [("maintained", CENSUS[2025])]
    standing = dict(rows(server, record, "SELECT duty, standing FROM cases_clock"))
    assert standing["final-plan"] == "met"


def test_history_adds_nothing_and_removes_nothing(server: Address, record: str, tmp_path: Path) -> None:
    issued = with_plan(asked(date(2023, 3, 1), "Y", date(2023, 4, 1)), date(2023, 7, 1))
    load(write(tmp_path, 2024, child(1, issued)))
    older = with_plan(HISTORY, None)
    assert older.assessment is not None
    plan = replace(older.assessment.plan, started_on=date(2023, 7, 1))  # type: ignore[type-var]
    older = replace(older, assessment=replace(older.assessment, plan=plan))
    load(write(tmp_path, 2025, child(1, older)))
    assert rows(server, record, "SELECT count(*) FROM cases_case") == [(1,)]
    facts = dict(rows(server, record, STANDS))
    assert facts["final_sent"] == date(2023, 7, 1)
    assert "history_before_return" not in facts


def test_each_years_review_stays(server: Address, record: str, tmp_path: Path) -> None:
    for year, met in ((2024, date(2023, 11, 2)), (2025, date(2024, 11, 5))):
        plan = with_plan(HISTORY, None, review_meeting_on=met, review_outcome="M", last_review_on=met)
        load(write(tmp_path, year, child(1, plan)))
    meetings = [on for name, on in rows(server, record, STANDS) if name == "review_meeting"]
    assert sorted(meetings) == [date(2023, 11, 2), date(2024, 11, 5)]


def test_an_older_year_that_arrives_late_fills_gaps_and_overwrites_nothing(
    server: Address, record: str, tmp_path: Path
) -> None:
    day, decided = date(2023, 3, 1), date(2023, 4, 1)
    load(write(tmp_path, 2025, child(1, with_plan(asked(day, "H"), None), postcode="PR2 9XX")))
    older = with_plan(asked(day, "Y", decided), date(2023, 7, 1))
    load(write(tmp_path, 2024, child(1, older, postcode="PR1 8XJ")))
    facts = dict(rows(server, record, STANDS))
    assert facts["decision_notified"] == decided
    assert facts["current_plan_started"] == date(2021, 9, 1)
    assert rows(server, record, "SELECT postcode FROM people_person") == [("PR2 9XX",)]
    assert rows(server, record, "SELECT started_on, first_made_on FROM plans_plan") == [
        (date(2021, 9, 1), date(2023, 7, 1))
    ]


def test_a_resubmission_replaces_its_years_values_and_keeps_the_old_ones_to_be_seen(
    server: Address, record: str, tmp_path: Path
) -> None:
    day = date(2024, 3, 1)
    load(write(tmp_path, 2025, child(1, asked(day, "N", date(2024, 4, 1)))))
    again = write(tmp_path, 2025, child(1, asked(day, "Y", date(2024, 4, 9))), serial="002")
    load(again)
    decided = [on for name, on in rows(server, record, STANDS) if name == "decision_notified"]
    assert decided == [date(2024, 4, 9)]
    replaced = rows(
        server,
        record,
        "SELECT o.on, length(o.source) FROM cases_fact n JOIN cases_fact o ON o.id = n.supersedes_id"
        " WHERE o.on IS NOT NULL",
    )
    assert replaced == [(date(2024, 4, 1), 64)]
    assert rows(server, record, "SELECT stage FROM cases_case") == [("assessing",)]


def test_a_lower_serial_is_refused(record: str, tmp_path: Path) -> None:
    load(write(tmp_path, 2025, child(1, HISTORY), serial="002"))
    refused = sen2_import(write(tmp_path, 2025, child(2, HISTORY)))
    assert refused.code == 2
    assert "higher SerialNo" in refused.err


# -- held for review ------------------------------------------------------------------------------------------------


def test_two_children_under_one_number_are_never_put_together(
    server: Address, record: str, tmp_path: Path
) -> None:
    one = child(1, asked(date(2024, 3, 1)))
    other = child(
        2, asked(date(2024, 9, 1)), upn=one.upn, birth_on=date(2010, 1, 1), surname="Other", forename="Ellis"
    )
    found = load(write(tmp_path, 2025, one, other))["held_for_review"]
    assert isinstance(found, dict)
    assert found["number-twice"] >= 1
    assert rows(
        server,
        record,
        "SELECT surname, count(*) FROM people_person JOIN cases_case c ON c.person_id = people_person.id GROUP BY 1",
    ) == [(one.surname, 1)]


def test_an_open_request_that_the_next_return_leaves_out_is_asked_about(
    server: Address, record: str, tmp_path: Path
) -> None:
    load(write(tmp_path, 2024, child(1, asked(date(2023, 12, 1))), child(2, HISTORY)))
    found = load(write(tmp_path, 2025, child(2, HISTORY)))["held_for_review"]
    assert found == {"request-absent": 1}
    assert rows(server, record, "SELECT state, case_id IS NOT NULL FROM returns_helditem") == [("open", True)]


def test_a_first_decision_that_changes_is_believed_and_asked_about(
    server: Address, record: str, tmp_path: Path
) -> None:
    day = date(2023, 3, 1)
    load(write(tmp_path, 2024, child(1, asked(day, "N", date(2023, 4, 1)))))
    found = load(write(tmp_path, 2025, child(1, asked(day, "N", date(2023, 4, 3)))))["held_for_review"]
    assert isinstance(found, dict)
    assert found["changed-between-returns"] == 1
    assert dict(rows(server, record, STANDS))["decision_notified"] == date(2023, 4, 3)


def _open_next_door(server: Address, record: str) -> None:
    """An area that shares this database."""
    next_door = " FROM foundation_area WHERE la_number = '890'"
    with raw(server, record, "loader") as loader:
        loader.execute(OPEN_AREA[0].replace("'888', 'Made-up area'", "'890', 'Next door'"))
        loader.execute(OPEN_AREA[1].replace(" FROM foundation_area", next_door))
        loader.execute(
            OPEN_AREA[2] + " WHERE area_id = (SELECT id FROM foundation_area WHERE la_number = '890')"
        )


def test_one_child_in_two_authorities_is_asked_about_unless_the_move_is_told(
    server: Address, record: str, tmp_path: Path
) -> None:
    _open_next_door(server, record)
    told = with_plan(HISTORY, None, transfer_la="890")
    load(write(tmp_path, 2025, child(1, HISTORY), child(2, HISTORY), child(3, HISTORY), la="890"))
    found = load(write(tmp_path, 2025, child(1, HISTORY), child(2, told), child(4, HISTORY)))[
        "held_for_review"
    ]
    assert found == {"two-authorities": 1}
    held = "SELECT p.upn, p.area_id = h.area_id FROM returns_helditem h JOIN people_person p ON p.id = h.person_id"
    assert rows(server, record, held) == [(child(1).upn, True)]


def test_what_a_person_corrected_is_not_overwritten_by_the_same_old_value(
    server: Address, record: str, tmp_path: Path
) -> None:
    day = date(2023, 11, 1)
    load(write(tmp_path, 2024, child(1, asked(day))))
    with raw(server, record, "loader") as loader:
        loader.execute(
            'INSERT INTO cases_fact (id, area_id, team_id, person_id, case_id, name, "on", origin, certainty, reason,'
            " supersedes_id, retracts, by_id, at) SELECT gen_random_uuid(), area_id, team_id, person_id, case_id, name,"
            " '2023-11-08', 'corrected', 'settled', 'the letter says so', id, false, by_id, now() FROM cases_fact"
            " WHERE name = 'request_received'"
        )
        loader.execute("UPDATE cases_case SET request_received_on = '2023-11-08'")
    load(write(tmp_path, 2025, child(1, asked(day, "Y", date(2023, 12, 10)))))
    assert rows(server, record, "SELECT request_received_on FROM cases_case") == [(date(2023, 11, 8),)]
    assert dict(rows(server, record, STANDS))["request_received"] == date(2023, 11, 8)


# -- broken, and interrupted ----------------------------------------------------------------------------------------


def test_a_hostile_file_changes_nothing(server: Address, record: str, tmp_path: Path, subtests: Any) -> None:
    before = content(server, record)
    for kind, text in sorted(HOSTILE.items()):
        with subtests.test(kind):
            file = tmp_path / "return.xml"
            file.write_bytes(text)
            done = sen2_import(str(file))
            assert done.code == 2, done.out
            waiting = "waiting for another process"  # the launcher's own word while a parallel test starts it
            said = [line for line in done.err.strip().splitlines() if not line.startswith(waiting)]
            assert len(said) == 1, said
            assert said[0].startswith("fingerpost: ")
            assert content(server, record) == before


def test_an_import_killed_half_way_goes_on_where_it_stopped(
    server: Address, record: str, tmp_path: Path
) -> None:
    count = 3000
    file = write(
        tmp_path, 2025, *(child(n, with_plan(HISTORY, None), asked(date(2024, 12, 2))) for n in range(count))
    )
    _kill_half_way(server, record, file)
    stopped = _done(server, record)
    assert 0 < stopped < count
    assert content(server, record)["people_person"] == stopped
    other = sen2_import(write(tmp_path, 2024, child(1, HISTORY)))
    assert "half loaded" in other.err
    found = load(file)
    assert found["resumed_at"] == stopped
    assert found["counts"]["children added"] == count  # type: ignore[index]
    held = content(server, record)
    assert (held["people_person"], held["cases_case"], held["plans_plan"]) == (count, 2 * count, count)
    assert held["returns_sourcerecord"] == count
    batches = rows(
        server, record, "SELECT count(*) FROM foundation_journalentry WHERE kind = 'return.batch-loaded'"
    )
    assert batches == [(6,)]
    assert run("log", "verify", database=record).returncode == 0


def _kill_half_way(server: Address, record: str, file: str) -> None:
    with subprocess.Popen(
        command("sen2", "import", file),
        env=environment(record),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as importing:
        until = time.monotonic() + 300
        while _done(server, record) < 1000 and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(importing.pid, signal.SIGKILL)


def _done(server: Address, record: str) -> int:
    try:
        found = rows(server, record, "SELECT coalesce(max(persons_done), 0) FROM returns_returnfile")
    except psycopg.OperationalError:
        return 0
    return int(found[0][0])
