# SPDX-License-Identifier: Apache-2.0
"""The official measures of the return from the tallies, how sure each definition is, and what must add up."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from fingerpost.rules.returns import placement_columns
from fingerpost.rules.returns.layout import table

BREAKDOWNS = {
    "age": "Age on 31 August before census day",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "years": "Years the plan has been in place, by calendar year",
    "need": "Primary need",
    "place": "Main placement",
}
HEADLINES = {
    **{group: f"jan_{group}_total" for group in ("mainstream", "special", "ap_pru", "fe")},
    **{group: f"jan_{group}" for group in ("ed_elsewhere", "nm_early_years", "placement_unknown")},
}
SURENESS = {
    "checked": "the formula reproduces the published figure",
    "inferred": "fits the published figures; the Department does not state it",
    "assumed": "the boundary or reading is ours",
    "own": "ours, beside the official ones",
}


@dataclass(frozen=True, slots=True)
class Definition:
    """How one measure is made from tallies."""

    id: str
    topic: str
    title: str
    numerator: str
    denominator: str
    kind: str
    sure: str
    first_year: int
    headline: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of one return or of several: a count, a percentage or mean weeks; no value when of nothing."""

    id: str
    topic: str
    title: str
    numerator: int
    denominator: int | None
    value: float | None
    kind: str
    sure: str
    tally: str
    headline: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What must add up, and whether it does."""

    name: str
    whole: int
    parts: int
    holds: bool
    difference: int


@cache
def definitions() -> tuple[Definition, ...]:
    """Every measure of the sheet."""
    rows = table("measures.csv")
    return tuple(Definition(**{**row, "first_year": int(row["first_year"])}) for row in rows)  # type: ignore[arg-type]


def of(counts: Counter[str], year: int) -> Iterator[Measure]:
    """Every measure of that year's return."""
    counts = complete(counts)
    for one in definitions():
        if one.first_year <= year:
            yield _measure(one, counts, year)
    yield from _breakdowns(counts)


def complete(counts: Counter[str]) -> Counter[str]:
    """The tallies, with those that are sums of others."""
    decisions = ("requests_decided_not_to_assess", "assess_not_issued", "ehcplans", "ceased_2")
    return counts + Counter({"appealable_decisions": sum(counts[name] for name in decisions)})


def _measure(one: Definition, counts: Counter[str], year: int) -> Measure:
    numerator = counts[one.numerator]
    denominator = counts[one.denominator] if one.denominator else None
    return Measure(
        id=one.id.format(y=f"{year - 1:04}"[2:], c=f"{year:04}"[2:]),
        topic=one.topic,
        title=one.title,
        numerator=numerator,
        denominator=denominator,
        value=_value(one.kind, numerator, denominator),
        kind=one.kind,
        sure=one.sure,
        tally=one.numerator,
        headline=one.headline,
    )


def _value(kind: str, numerator: int, denominator: int | None) -> float | None:
    if denominator is None:
        return numerator
    if denominator == 0:
        return None
    return half_up(numerator / denominator / 7 if kind == "weeks" else 100 * numerator / denominator)


def half_up(value: float) -> float:
    """One decimal, halves away from zero, as the published tables round."""
    return int(abs(value) * 10 + 0.5 + 1.5e-8) / 10 * (1 if value >= 0 else -1)


def _breakdowns(counts: Counter[str]) -> Iterator[Measure]:
    whole = counts["ehcplans"]
    names = sorted((name for name in counts if ":" in name), key=_order)
    for name in names:
        kind, category = name.split(":", 1)
        title = f"{BREAKDOWNS[kind]}: {category}"
        value = _value("percent", counts[name], whole)
        yield Measure(
            name, "active plans by " + kind, title, counts[name], whole, value, "percent", "checked", name, ""
        )
    for group in sorted(set(placement_columns.groups().values())):
        name = f"{group}_total"
        total = _group(counts, group)
        value = _value("percent", total, whole)
        title, headline = f"All {group.replace('_', ' ')}", HEADLINES.get(group, "")
        topic = "active plans by place"
        yield Measure(name, topic, title, total, whole, value, "percent", "checked", "", headline)


def _order(name: str) -> tuple[str, int, str]:
    kind, category = name.split(":", 1)
    return kind, int(category) if category.lstrip("-").isdigit() else 999, category


def _group(counts: Mapping[str, int], group: str) -> int:
    columns = placement_columns.groups()
    return sum(n for name, n in counts.items() if name[:6] == "place:" and columns.get(name[6:]) == group)


# -- what must add up -----------------------------------------------------------------------------------------------

EQUAL: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("requests received = to assess + not to assess + not made + withdrawn", "requests_received_in_year",
     ("requests_decided_to_assess", "requests_decided_not_to_assess", "requests_decision_not_made",
      "requests_withdrawn")),
    ("decided in the year = within six weeks + over", "requests_decided_in_year",
     ("request_outcome_six_weeks", "request_outcome_over_6_weeks")),
    ("assessments = issued + not issued + not made + withdrawn", "assess_in_year",
     ("assess_issued", "assess_not_issued", "assess_not_made", "assess_withdrawn")),
    ("issued = with a usable pair of dates + without", "assess_issued", ("plans_issued_den", "issued_without_dates")),
    ("with dates = within 20 weeks + up to 52 + over 52", "plans_issued_den",
     ("plans_issued_within_20_weeks", "plans_issued_gt20weeks_ltYear", "plans_issued_gt_1_year")),
    ("the same without exceptions", "plans_issued_den_ex",
     ("plans_issued_20_weeks_ex", "plans_issued_gt20weeks_ltYear_ex", "plans_issued_gt_1_year_ex")),
    ("active plans = review expected + not expected", "ehcplans", ("review_expected", "review_not_expected")),
    ("review expected = meeting recorded + none", "review_expected", ("total_review_meeting", "no_review_meeting")),
    ("meetings = census year + activity year + earlier", "total_review_meeting",
     ("review_meeting_census_year", "review_meeting_activity_year", "review_meeting_prior")),
    ("meetings = amend + cease + maintain + no outcome", "total_review_meeting",
     ("outcome_amend", "outcome_cease", "outcome_maintan", "no_outcome")),
    ("meetings = decided + decision not due + outstanding", "total_review_meeting",
     ("decisions_with_meeting", "review_decision_not_due", "review_decision_outstanding")),
    ("decided = within four weeks + over", "decisions_with_meeting",
     ("number_decsion_4weeks", "number_decision_gt_4weeks")),
    ("review expected = completed in year + earlier + not completed", "review_expected",
     ("review_completed_in_year", "review_completed_prior", "review_not_completed")),
    ("ended = sum of the reasons", "total_ceased",
     (*(f"ceased_{n}" for n in range(1, 10)), "ceased_none")),
    ("residential = 38 to 51 weeks + 52 weeks", "res_total", ("res_A", "res_B")),
    ("work-based = interns + apprentices + trainees", "wbp_total", ("wbp_S", "wbp_A", "wbp_T")),
)  # fmt: skip
AT_MOST = (
    ("with dates, exceptions left out: at most those with dates", "plans_issued_den", "plans_issued_den_ex"),
    ("personal budgets: at most the active plans", "ehcplans", "personal_budget"),
)


def sums(counts: Counter[str]) -> Iterator[Sum]:
    """Each thing that must add up."""
    for name, whole, parts in EQUAL:
        yield _sum(name, counts[whole], sum(counts[part] for part in parts))
    for kind, words in BREAKDOWNS.items():
        total = sum(n for name, n in counts.items() if name.startswith(f"{kind}:"))
        yield _sum(f"active plans = sum by {words.lower()}", counts["ehcplans"], total)
    for name, most, part in AT_MOST:
        yield Sum(name, counts[most], counts[part], counts[part] <= counts[most], counts[most] - counts[part])


def _sum(name: str, whole: int, parts: int) -> Sum:
    return Sum(name, whole, parts, whole == parts, whole - parts)
