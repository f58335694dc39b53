# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lays the made-up area beside the published figures: `python -m fingerpost.demo.compare > PAGE`."""

import csv
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from fingerpost.demo import returns, tally
from fingerpost.demo.figures import BANNER, CENSUS_DAYS, Published, published
from fingerpost.demo.overdue import Overdue, counted
from fingerpost.demo.postcodes import BLOCKS, DISTRICTS
from fingerpost.demo.tally import Tally
from fingerpost.demo.who import ETHNICITIES
from fingerpost.rules.returns import reader
from fingerpost.rules.returns.records import PersonRecord

FLOW = {
    "requests_received_in_year": "requests received",
    "requests_decided_to_assess": "agreed to assess",
    "requests_decided_not_to_assess": "refused",
    "requests_decision_not_made": "not decided by census day",
    "requests_rya": "asked for while in youth accommodation",
    "request_outcome_six_weeks": "decided within six weeks",
    "request_outcome_over_6_weeks": "decided later",
    "mediation_related_request": "mediation on the decision to assess",
    "tribunal_related_request": "appeal on the decision to assess",
    "assess_in_year": "assessments done",
    "assess_issued": "plans issued",
    "assess_not_issued": "assessed, no plan",
    "new_ehc_plans": "new plans",
    "plans_issued_den": "issued with both dates",
    "plans_issued_within_20_weeks": "of these within 20 weeks",
    "plans_issued_gt20weeks_ltYear": "of these in 20 to 52 weeks",
    "plans_issued_gt_1_year": "of these over 52 weeks",
    "plans_issued_den_ex": "with both dates, without exceptions",
    "plans_issued_20_weeks_ex": "of these within 20 weeks, without exceptions",
}
REVIEWS = {
    "review_expected": "review_expected",
    "total_review_meeting": "total_review_meeting",
    "review_meeting_25": "review_meeting_this_year",
    "review_meeting_24": "review_meeting_last_year",
    "review_meeting_prior_24": "review_meeting_before",
    "no_review_meeting": "no_review_meeting",
    "review_decision25": "review_decision_this_year",
    "review_decision24": "review_decision_last_year",
    "review_decision_prior24": "review_decision_before",
    "number_decsion_4weeks": "number_decsion_4weeks",
    "number_decision_gt_4weeks": "number_decision_gt_4weeks",
    "outcome_amend": "outcome_amend",
    "outcome_cease": "outcome_cease",
    "outcome_maintan": "outcome_maintan",
}
Line = tuple[str, int, int]


def kinds(folder: Path) -> dict[str, str]:
    """Published placement column of each made-up setting, by its number."""
    with (folder / "establishments.csv").open(encoding="utf-8") as rows:
        lines = (row for row in rows if not row.startswith("#"))
        return {row["urn"]: row["placement_column"] for row in csv.DictReader(lines)}


def tallies(folder: Path) -> dict[int, Tally]:
    return {year: tally.of(folder / f"sen2-{year}.xml", kinds(folder)) for year in CENSUS_DAYS}


def persons(folder: Path) -> dict[int, list[PersonRecord]]:
    """Every record of the returns in a folder, by year."""
    found = {}
    for year in CENSUS_DAYS:
        with (folder / f"sen2-{year}.xml").open("rb") as stream:
            found[year] = list(reader.read(stream)[1])
    return found


def sections(found: Mapping[int, Tally], figures: Published) -> Iterator[tuple[str, list[Line]]]:
    """Title and lines (name, published, made up)."""
    for year, one in found.items():
        stock = figures.row("stock", year)
        yield f"Plans on census day {year}", [("all plans", stock["ehcplans"], one.counts["ehcplans"])]
        flow = figures.row("flow", year - 1)
        lines = [
            (words, flow[column], one.counts[column]) for column, words in FLOW.items() if column in flow
        ]
        yield f"Activity of {year - 1}", lines
        yield f"Plans ceased in {year - 1}", _ceased(figures, one)
    last = found[2025]
    yield (
        "Age on 31 August 2024, plans of January 2025",
        _ages(figures.by_age("stock_age", 2025, "ehcplans"), last.ages),
    )
    yield (
        "Age on 31 August 2023, plans of January 2024",
        _ages(figures.by_age("stock_age", 2024, "ehcplans"), found[2024].ages),
    )
    yield (
        "Age when a new plan of 2024 began",
        _ages(figures.by_age("new_age", 2024, "new_ehc_plans"), last.new_ages),
    )
    for year in (2023, 2024):
        ages = figures.by_age("request_age", year, "requests_received_in_year")
        yield f"Age when the request of {year} was received", _ages(ages, found[year + 1].request_ages)
    yield (
        "Sex, January 2025",
        [
            (sex, figures.count("stock_sex", 2025, "ehcplans", sex), last.counts[sex.lower()])
            for sex in ("Male", "Female")
        ],
    )
    yield "Ethnic group, January 2025", _ethnicity(figures, last)
    yield "Placement, January 2025", _columns(figures.row("stock", 2025), last)
    yield "Primary need, January 2025", _columns(figures.row("needs", 2025), last)
    yield (
        "Annual reviews, January 2025",
        [(name, figures.count("reviews", 2025, name), last.counts[own]) for name, own in REVIEWS.items()],
    )
    for year, one in found.items():
        yield f"Personal budgets, January {year}", _columns(figures.row("budgets", year), one)
    small = {**figures.row("residential", 2025), **figures.row("work_based", 2025)}
    yield "Residential and work-based places, January 2025", _columns(small, last)


def _ceased(figures: Published, one: Tally) -> list[Line]:
    row = figures.row("ceased", one.year - 1)
    return [
        (name, n, one.counts[name if name == "total_ceased" else f"ceased_{name}"]) for name, n in row.items()
    ]


def _ethnicity(figures: Published, last: Tally) -> list[Line]:
    groups = figures.by_row("stock_ethnicity", 2025, "ehcplans")
    own = {name: last.ethnicity[code] for name, code in ETHNICITIES.items()}
    own["Unclassified"] += last.ethnicity["REFU"]
    return [(name, count, own[name]) for name, count in groups.items()]


def _homes(last: Tally) -> Iterator[str]:
    """Plans by district; no such figure is published."""
    yield "## Home district, January 2025\n\n| | Made up |\n| --- | ---: |"
    for district, block in zip(DISTRICTS, BLOCKS, strict=True):
        yield f"| {district.name} ({district.team}) | {sum(last.homes[code.text] for code in block):,} |"
    yield ""


def _ages(ages: Mapping[int, int], own: Mapping[int, int]) -> list[Line]:
    return [(str(age), ages.get(age, 0), own.get(age, 0)) for age in sorted({*ages, *own})]


def _columns(row: Mapping[str, int], one: Tally) -> list[Line]:
    return [(name, count, one.counts[name]) for name, count in row.items() if name != "ehcplans"]


def _text(name: str) -> str:
    text = files("fingerpost.demo").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return text.partition("\n")[2].replace("BANNER", BANNER)


def page(found: Mapping[int, Tally], moved_in: Mapping[int, int], overdue: Overdue) -> Iterator[str]:
    yield "<!-- SPDX-License-Identifier: CC-BY-4.0 -->"
    yield _text("compare-intro.md")
    yield from _waiting(found[2025], moved_in, overdue)
    for title, lines in sections(found, published()):
        yield f"## {title}\n"
        yield from _table(lines)
    yield from _homes(found[2025])
    yield _text("compare-notes.md")


def _waiting(last: Tally, moved_in: Mapping[int, int], overdue: Overdue) -> Iterator[str]:
    clocks = {name: getattr(overdue, name) for name in ("on_the_clock", "after_a_refusal", "left_out")}
    counts = {name: f"{count:,}" for name, count in {**last.counts, **clocks}.items()}
    moved = ", ".join(f"{n:,} in {year}" for year, n in moved_in.items())
    yield _text("compare-waiting.md").format_map({**counts, "moved": moved})


def _table(lines: Iterable[Line]) -> Iterator[str]:
    yield "| | Published | Made up | Difference |\n| --- | ---: | ---: | ---: |"
    for name, count, own in lines:
        yield (
            f"| {name} | {count:,} | {own:,} | {own - count:+,} |"
            if own != count
            else f"| {name} | {count:,} | {own:,} | |"
        )
    yield ""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        written = returns.write_returns(Path(folder))
        waiting = counted(persons(Path(folder)))
        sys.stdout.writelines(f"{line}\n" for line in page(tallies(Path(folder)), written.moved_in, waiting))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
