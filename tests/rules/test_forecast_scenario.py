# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scenario that cannot be run is refused with one line that names the field."""

import pickle
from datetime import date

import pytest

from fingerpost.rules.forecast import library, planning, reading, variants
from fingerpost.rules.forecast.faults import Unsuitable

GOOD = """
name = "small"
starts_on = 2025-02-03
rule = "earliest_due"
pathways = ["neurodivergent"]
[pools."neurodivergent clinicians"]
hours = {uniform = [9000, 11000], basis = "assumed", source = "rota"}
[demand.referrals]
enters = "triage"
yearly = 1200
growth = {normal = [1.05, 0.02]}
[backlog.waiting]
step = "assessment"
count = 300
age_days = {between = [30, 400]}
[injections.agency]
pool = "neurodivergent clinicians"
first_on = 2025-04-01
last_on = 2025-12-31
hours = 800
[losses.leave]
pool = "neurodivergent clinicians"
first_on = 2025-06-01
last_on = 2025-06-30
share = 0.2
"""


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


FAULTS = [
    ('enters = "triage"', 'enters = "triag"', 'demand.referrals.enters: there is no step "triag"'),
    ("yearly = 1200", "yearly = -3", "demand.referrals.yearly: requests a year must be between 0 and 150,000"),
    ("yearly = 1200", "yearly = 9e9", "demand.referrals.yearly: requests a year"),
    ("yearly = 1200", 'yearly = "many"', "demand.referrals.yearly: write a number, not 'many'"),
    ("uniform = [9000, 11000]", "uniform = [-9000, 11000]", 'hours: hours a year must be between 0 and 5,000,000'),
    ("uniform = [9000, 11000]", "uniform = [11000, 9000]", "hours: the numbers of uniform must rise"),
    ("uniform = [9000, 11000]", "uniform = [9000]", "hours.uniform: takes lowest and highest"),
    ('basis = "assumed"', 'basis = "dreamt"', "hours.basis: 'dreamt' is none of measured, published"),
    ("hours = 800", "hours = -800", "injections.agency.hours: hours must be between 0 and"),
    ('pool = "neurodivergent clinicians"\nfirst_on = 2025-04-01', 'pool = "EPs"\nfirst_on = 2025-04-01',
     'injections.agency.pool: there is no pool "EPs" in this scenario'),
    ("last_on = 2025-12-31", "last_on = 2025-03-01", "injections.agency.last_on: 2025-03-01 is before first_on"),
    ("last_on = 2025-12-31", "last_on = 2999-03-01", "injections.agency.last_on: the year must be between"),
    ("share = 0.2", "share = 1.2", "losses.leave.share: share lost must be between 0 and 1, here 1.2"),
    ("count = 300", "count = 99999999", "backlog"),
    ("count = 300", "count = 1.5", "backlog.waiting.count: write a whole number, not 1.5"),
    ('step = "assessment"', 'step = "told"', 'backlog.waiting.step: a case cannot stand at "told"'),
    ("between = [30, 400]", "between = [400, 30]", "backlog.waiting.age_days: the numbers must rise"),
    ('rule = "earliest_due"', 'rule = "loudest_first"', "rule: 'loudest_first' is none of first_joined"),
    ('pathways = ["neurodivergent"]', 'pathways = ["autism"]', 'there is no ready-made pathway "autism"'),
    ("starts_on = 2025-02-03", 'starts_on = "soon"', "starts_on: write a date like 2026-03-31"),
    ("yearly = 1200", "yearly = 1200\nyeerly = 3", 'demand.referrals.yeerly: no such field; did you mean "yearly"?'),
    ('name = "small"', "", "name: this field is missing"),
    ('name = "small"', 'nam = "small"', "nam: no such table"),
    ("[losses.leave]", "[losses.leave", "file: this is not TOML"),
    ('[pools."neurodivergent clinicians"]', "[pools.spare]\nhours = 1\n[pools.\"neurodivergent clinicians\"]",
     "pools.spare: no step uses this pool"),
    ('name = "small"', 'name = "sm\\nall"', "name: write it in one line without control characters"),
    ("[losses.leave]", '[losses."on\\u0007leave"]', "losses: write it in one line without control characters"),
    ("yearly = 1200", "yearly = 1200\nweekdays = [1e300, 1, 1, 1, 1, 0, 0]", "the weights must be between 0"),
    ("yearly = 1200", "yearly = " + "9" * 5000, "file: this is not TOML"),
    ("between = [30, 400]", "between = [30, 400], level = 99", "age_days: days of age, level included, must be"),
    ("[losses.leave]", "[[live]]\nnumber = 1\nclock_on = 2025-01-20\njoined_on = 2025-01-01\nsteps = ['triage']\n"
     "[losses.leave]",
     "live.1.joined_on: 2025-01-01 is before clock_on, 2025-01-20"),
    ("[demand.referrals]", "[bands.urgent]\nshare = 0.2\norder = 9\n[demand.referrals]",
     "bands.urgent.order: order must be between 0 and 3, here 9"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line"), FAULTS)
def test_a_fault_is_one_line_that_names_the_field(old: str, new: str, line: str) -> None:
    with pytest.raises(Unsuitable) as fault:
        reading.read(changed(old, new))
    assert line in str(fault.value)
    assert "\n" not in str(fault.value)


STEPS = """
name = "steps"
starts_on = 2025-02-03
[pools.staff]
hours = 100
[demand.all]
enters = "see"
yearly = 10
[pathway.see]
op = "work"
pool = "staff"
hours = 1
days = 2
next = "out"
[pathway.out]
op = "end"
"""

PATHWAY_FAULTS = [
    ('next = "out"', 'next = "nowhere"', 'pathway.see.next: there is no step "nowhere"'),
    ('op = "end"', 'op = "teleport"', 'pathway.out.op: "teleport" is not a kind of step; there are work, delay'),
    ('next = "out"', 'next = "see"', "pathway.see: a case that comes here can never leave"),
    ('pool = "staff"', 'pool = "nobody"', 'pathway.see.pool: there is no pool "nobody" in this scenario'),
    ("hours = 1\n", "hours = -1\n", "pathway.see.hours: hours must be between 0 and 1,000, here -1"),
    ("hours = 1\n", "hours = 90000\n", "pathway.see.hours: hours must be between"),
    ("days = 2", 'days = 2\ndue = "final-plann"', 'pathway.see.due: there is no duty "final-plann"'),
    ("days = 2", "days = 2\ndue = -4", "pathway.see.due: days must be between 1 and"),
    ('op = "end"', 'op = "mark"\nnext = "again"\n[pathway.again]\nop = "clock"\nnext = "out"',
     "a circle in which no time passes: out > again > out"),
    ('op = "end"', 'op = "fork"\nsteps = ["o", "o"]\njoin = "o"\n[pathway.o]\nop = "end"', '"o" is not a join'),
    ('op = "end"', 'op = "fork"\nsteps = ["w", "w"]\njoin = "j"\n[pathway.w]\nop = "delay"\ndays = 3\nnext = "j"\n'
     '[pathway.j]\nop = "join"\nnext = "o"\n[pathway.o]\nop = "end"', 'out.steps: two branches go through "w"'),
    ('op = "end"', 'op = "join"\nnext = "o"\n[pathway.o]\nop = "end"', 'leads to the join "out" outside its fork'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line"), PATHWAY_FAULTS)
def test_a_pathway_in_which_a_case_could_be_lost_is_refused(old: str, new: str, line: str) -> None:
    assert old in STEPS
    with pytest.raises(Unsuitable) as fault:
        reading.read(STEPS.replace(old, new))
    assert line in str(fault.value)


def test_the_small_scenario_is_read_whole() -> None:
    scenario = reading.read(GOOD)
    assert scenario.starts_on == date(2025, 2, 3)
    assert [path for path, figure in scenario.figures() if not figure.certain] == [
        "injections.agency.delivery",
        "pools.neurodivergent clinicians.hours",
        "streams.referrals.growth",
    ]
    assert pickle.loads(pickle.dumps(scenario)) == scenario  # noqa: S301  our own bytes


def test_the_digest_is_of_the_content_not_of_the_name() -> None:
    scenario = reading.read(GOOD)
    assert scenario.digest() == scenario.but(name="another").digest()
    assert scenario.digest() != scenario.but(rule="first_joined").digest()


@pytest.mark.parametrize(
    "chosen", [["ehc"], ["ehc", "appeals"], ["ehc", "reviews"], ["ehc", "appeals", "reviews"]]
)
def test_ready_made_pathways_go_together(chosen: list[str]) -> None:
    text = f"""
name = "joined"
starts_on = 2025-02-03
pathways = {chosen!r}
[pools.caseworkers]
hours = 1000
[pools."educational psychologists"]
hours = 1000
[pools.health]
hours = 1000
{'[pools."review officers"]' + chr(10) + "hours = 1000" if "reviews" in chosen else ""}
[demand.requests]
enters = "decide"
yearly = 100
"""
    steps = {step.name: step for step in reading.read(text).pathway.steps}
    assert getattr(steps["decided"], "target", None) == 42
    assert getattr(steps["draft"], "due", None) == 112
    assert getattr(steps["issued"], "target", None) == 140
    assert ("review" in steps) == ("reviews" in chosen)
    assert set(chosen) <= set(library.names())


def test_a_variant_says_only_what_changes() -> None:
    text = (
        GOOD
        + """
[variants."a fifth more".demand.referrals]
yearly = "+20%"
[variants."more staff".pools."neurodivergent clinicians"]
hours = "+500"
[variants."as it is"]
"""
    )
    base, more, staff, same = variants.variants(reading.parse(text))
    assert more.streams[0].yearly.middle == pytest.approx(1440)
    assert staff.pools[0].hours.numbers == (9500.0, 11500.0)
    assert same.digest() == base.digest()
    assert (more.name, staff.name) == ("a fifth more", "more staff")


def test_a_variant_cannot_change_what_is_no_part_of_the_scenario() -> None:
    for word in ("poools", "until", "variants"):
        with pytest.raises(Unsuitable, match=rf"variants\.odd\.{word}: a variant can change name, purpose"):
            variants.variants(reading.parse(GOOD + f"[variants.odd.{word}]\nhours = 3\n"))


def test_growth_beyond_counting_is_refused_when_the_horizon_is_known() -> None:
    grown = GOOD.replace("hours = {uniform", "growth = 2.0\nhours = {uniform").replace(
        "9000, 11000", "4e6, 5e6"
    )
    with pytest.raises(
        Unsuitable, match=r"pools\.neurodivergent clinicians: growth or extra hours come to more than"
    ):
        planning.template(reading.read(grown), 10_000)


def test_a_fault_in_a_variant_names_the_variant() -> None:
    text = GOOD + '[variants.worse.demand.referrals]\nyearly = "+x"\n'
    with pytest.raises(Unsuitable, match=r"variants\.worse\.demand\.referrals\.yearly: write a number"):
        variants.variants(reading.parse(text))
