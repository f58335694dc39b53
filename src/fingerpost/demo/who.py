# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sex, ethnic group, home, names and pupil numbers."""

from fingerpost.demo import (
    people,
)
from fingerpost.demo.figures import AREA, CENSUS_DAYS, Published
from fingerpost.demo.holder import Holder
from fingerpost.demo.identities import UpnRegister
from fingerpost.demo.lives import Child, age_on
from fingerpost.demo.names import Namer
from fingerpost.demo.postcodes import BLOCKS, DISTRICTS
from fingerpost.demo.quotas import shuffled, spread, stream

ETHNICITIES = {
    "Any other ethnic group": "OOTH", "Asian - Any other Asian background": "AOTH", "Asian - Bangladeshi": "ABAN",
    "Asian - Chinese": "CHNE", "Asian - Indian": "AIND", "Asian - Pakistani": "APKN",
    "Black - Any other Black background": "BOTH", "Black - Black African": "BAFR", "Black - Black Caribbean": "BCRB",
    "Mixed - Any other Mixed background": "MOTH", "Mixed - White and Asian": "MWAS",
    "Mixed - White and Black African": "MWBA", "Mixed - White and Black Caribbean": "MWBC", "Unclassified": "NOBT",
    "White - Any other White background": "WOTH", "White - Gypsy/Roma": "WROM", "White - Irish": "WIRI",
    "White - Traveller of Irish heritage": "WIRT", "White - White British": "WBRI",
}  # fmt: skip


def describe(seed: int, figures: Published, holders: list[Holder], others: list[Child]) -> None:
    """Sex, ethnicity and home, exact in the stock of January 2025 and alike in everybody else."""
    now = [h for h in holders if not h.ceased]
    new = [h.child for h in now if h.start_year == 2024 and h.origin == "made" and not h.amended]
    seen = {id(child) for child in new}
    old = [h.child for h in now if id(h.child) not in seen]
    rest = [h.child for h in holders if h.ceased] + others
    men = figures.count("stock_sex", 2025, "ehcplans", "Male") / figures.count("stock", 2025, "ehcplans")
    boys = figures.count("new_sex", 2024, "new_ehc_plans", "Male")
    new_men = round(len(new) * boys / figures.count("flow", 2024, "new_ehc_plans"))
    rng = stream(seed, "sex")
    for group, males in (
        (new, new_men),
        (old, round(men * len(now)) - new_men),
        (rest, round(0.68 * len(rest))),
    ):
        for child, sex in zip(
            group, shuffled(rng, ["M"] * males + ["F"] * (len(group) - males)), strict=True
        ):
            child.sex = sex
    weights = {
        ETHNICITIES[name]: n for name, n in figures.by_row("stock_ethnicity", 2025, "ehcplans").items()
    }
    rng = stream(seed, "ethnicity")
    for group in (new + old, rest):
        for child, code in zip(group, spread(rng, len(group), weights), strict=True):
            child.ethnicity = "REFU" if code == "NOBT" and rng.random() < 0.2 else code
    rng = stream(seed, "homes")
    for group in (new + old, rest):
        for child, number in zip(
            group, spread(rng, len(group), {i: d.weight for i, d in enumerate(DISTRICTS)}), strict=True
        ):
            child.district = DISTRICTS[number]
            child.postcode = BLOCKS[number][int(rng.integers(100))].text


def number(seed: int, everyone: list[Child]) -> None:
    """Names and pupil numbers, oldest first. Some of the youngest have no number yet, some refused never got one."""
    namer = Namer(stream(seed, "names"), people.SURNAMES)
    register = UpnRegister(AREA)
    rng = stream(seed, "numbers")
    for child in sorted(everyone, key=lambda c: c.birth_on):
        child.forename, child.surname = namer.next()
        only = child.requests[0]
        fresh = (
            only.received_on is not None and only.received_on > CENSUS_DAYS[2024] and len(child.requests) == 1
        )
        if fresh and age_on(child.birth_on, CENSUS_DAYS[2025]) < 5 and not only.plan and rng.random() < 0.25:
            child.upn_missing = "UN1"
        elif fresh and only.decision == "N" and not only.assessment and rng.random() < 0.03:
            child.upn_missing = "UN10"
        else:
            child.upn = register.next(child.birth_on)
