# SPDX-License-Identifier: AGPL-3.0-or-later
"""The answer of `fingerpost sen2 measures`: as words, as one JSON document, as CSV."""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from fingerpost.cli.errors import Unusable
from fingerpost.cli.sen2_files import Outcome
from fingerpost.rules.returns import comparison, measures, published
from fingerpost.rules.returns.comparison import Difference
from fingerpost.rules.returns.measures import Measure
from fingerpost.rules.returns.survey import Survey

COLUMNS = ("file", "la", "year", "id", "topic", "title", "numerator", "denominator", "value", "kind", "sure")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one return, or several together, hold."""

    survey: Survey
    counts: Counter[str]
    members: Mapping[str, Sequence[int]]


def answer(
    outcomes: Sequence[Outcome[Measured]],
    total: Measured | None,
    differences: list[Difference] | None,
    args: argparse.Namespace,
) -> None:
    """Say it in the form asked for."""
    if args.csv:
        _write_csv(args.csv, outcomes)
    if args.json:
        sys.stdout.buffer.write(orjson.dumps(_document(outcomes, total, differences, args)) + b"\n")
        return
    if total is not None:
        _print(outcomes, total, args)
    if differences is not None:
        _print_differences(differences)


# -- JSON -----------------------------------------------------------------------------------------------------------


def _document(
    outcomes: Sequence[Outcome[Measured]],
    total: Measured | None,
    differences: list[Difference] | None,
    args: argparse.Namespace,
) -> dict[str, Any]:
    held: dict[str, Any] = {"records": total.survey.records if total else 0}
    if total is not None:
        held |= document(total, args)
    held["files"] = [_file(outcome, args, len(outcomes) > 1) for outcome in outcomes]
    if differences is not None:
        counts = {kind: n for kind, _, n in comparison.kinds(differences)}
        held["compare"] = {"counts": counts, "differences": [asdict(one) for one in differences]}
    if args.published:
        held["attribution"] = published.ATTRIBUTION
    return held


def document(total: Measured, args: argparse.Namespace) -> dict[str, Any]:
    """Measures and sums, for a document that holds more."""
    return _measured(total, args) | {"sums": [asdict(one) for one in measures.sums(total.counts)]}


def _measured(one: Measured, args: argparse.Namespace) -> dict[str, Any]:
    found = measures.of(one.counts, one.survey.year)
    return {"year": one.survey.year, "la": one.survey.la, "measures": [_measure(m, one, args) for m in found]}


def _measure(m: Measure, one: Measured, args: argparse.Namespace) -> dict[str, Any]:
    held = asdict(m)
    tally, headline = held.pop("tally"), held.pop("headline")
    if tally in one.members:
        held["members"] = one.members[tally]
    if args.published and headline:
        beside = published.beside(one.survey.la, headline, one.survey.year, tuple(args.areas))
        held["published"] = [{"area": area, "count": count, "value": rate} for area, count, rate in beside]
    return held


def _file(outcome: Outcome[Measured], args: argparse.Namespace, several: bool) -> dict[str, Any]:
    if outcome.answer is None:
        return {"file": outcome.file, "problem": outcome.problem}
    s = outcome.answer.survey
    known = {"file": outcome.file, "year": s.year, "la": s.la, "serial": s.serial, "records": s.records}
    return known | (_measured(outcome.answer, args) if several else {})


# -- CSV ------------------------------------------------------------------------------------------------------------


def _rows(outcomes: Sequence[Outcome[Measured]]) -> Iterator[list[object]]:
    for outcome in outcomes:
        if outcome.answer is not None:
            s = outcome.answer.survey
            for m in measures.of(outcome.answer.counts, s.year):
                held = {"file": outcome.file, "la": s.la, "year": s.year} | asdict(m)
                yield [held[column] for column in COLUMNS]


def _write_csv(name: str, outcomes: Sequence[Outcome[Measured]]) -> None:
    try:
        with Path(name).open("w", encoding="utf-8-sig", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(COLUMNS)
            rows.writerows(_rows(outcomes))
    except OSError as problem:
        raise Unusable(f"{name}: cannot be written ({problem.strerror}); give a file you may write") from None


# -- words ----------------------------------------------------------------------------------------------------------


def _print(outcomes: Sequence[Outcome[Measured]], total: Measured, args: argparse.Namespace) -> None:
    for outcome in outcomes:
        if outcome.answer is not None:
            s = outcome.answer.survey
            print(
                f"{outcome.file}: SEN2 return of {s.year}, authority {s.la or 'unknown'}, {s.records:,} people"
            )
    if len(outcomes) > 1:
        done = sum(outcome.answer is not None for outcome in outcomes)
        print(f"Together: {done} of {len(outcomes)} returns, {total.survey.records:,} people")
    show(total, args)


def show(total: Measured, args: argparse.Namespace) -> None:
    """Every measure, who is counted, and what must add up."""
    topic = ""
    print(f"\n  {'':<78} {'number':>9} {'of':>9} {'value':>8}  how sure the definition is")
    for m in measures.of(total.counts, total.survey.year):
        if m.topic != topic:
            topic = m.topic
            print(f"\n{topic.capitalize()}")
        print(f"  {m.title:<78} {_number(m)}  {m.sure}")
        _print_beside(m, total, args)
    _print_members(total)
    _print_sums(total)
    if args.published:
        print(f"\n{published.ATTRIBUTION}")


def _number(m: Measure) -> str:
    if m.denominator is None:
        return f"{m.numerator:>9,} {'':>9} {'':>8}"
    if m.kind == "weeks":
        return f"{'':>9} {m.denominator:>9,} {_value(m.value)}"
    return f"{m.numerator:>9,} {m.denominator:>9,} {_value(m.value)}{'%' if m.value is not None else ' '}"


def _value(value: float | None) -> str:
    return f"{'none':>7}" if value is None else f"{value:>7}"


def _print_beside(m: Measure, total: Measured, args: argparse.Namespace) -> None:
    if args.published and m.headline:
        for area, count, rate in published.beside(
            total.survey.la, m.headline, total.survey.year, tuple(args.areas)
        ):
            print(f"      published, {area:<60} {count:>16,} {'' if rate is None else f'{rate:>17}%'}")


def _print_members(total: Measured) -> None:
    for name, ordinals in total.members.items():
        print(f"\nCounted as {name}, by place in the file: {', '.join(map(str, ordinals)) or 'nobody'}")


def _print_sums(total: Measured) -> None:
    sums = list(measures.sums(total.counts))
    wrong = [one for one in sums if not one.holds]
    print(f"\nWhat must add up: {len(sums) - len(wrong)} of {len(sums)} do.")
    for one in wrong:
        print(f"  {one.name}: {one.whole:,} against {one.parts:,}, a difference of {one.difference:,}")


def _print_differences(differences: list[Difference]) -> None:
    print(f"\nAgainst last year's return: {len(differences):,} differences to look at.")
    for _, words, n in comparison.kinds(differences):
        print(f"  {n:>7,}  {words}")
    for one in differences:
        now = f"person {one.person}, line {one.line}" if one.person else "not in this return"
        then = f"person {one.person_last_year} last year" if one.person_last_year else "not in last year's"
        print(f"  {now}; {then}: {one.message}")
