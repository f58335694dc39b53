# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost sen2 measures`: every official measure of SEN2 returns, and whether the parts add up."""

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from fingerpost.cli import sen2_files, sen2_measures_text
from fingerpost.cli.errors import Unusable
from fingerpost.cli.sen2_measures_text import Measured
from fingerpost.rules.returns import comparison, layout, measures, survey
from fingerpost.rules.returns.comparison import Comparison, LastYear
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.rule_book import Establishment
from fingerpost.rules.returns.survey import Survey
from fingerpost.rules.returns.tally import Tally


def add(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="returns in XML; - reads standard input")
    parser.add_argument("--year", type=int, help="read as the return of this year, whatever the header says")
    parser.add_argument("--json", action="store_true", help="answer with one JSON document")
    parser.add_argument("--csv", metavar="F", help="write the measures to this CSV file")
    parser.add_argument(
        "--register", metavar="F", help="CSV of all establishments, for the placement columns"
    )
    parser.add_argument("--members", metavar="ID", action="append", default=[],
                        help="name the people a measure counts, by their place in the file")  # fmt: skip
    parser.add_argument("--compare", metavar="LAST_YEAR", help="last year's return: who came, went, changed")
    parser.add_argument("--published", action="store_true", help="set published figures beside the measures")
    parser.add_argument("--with", dest="areas", metavar="LA", action="append", default=[],
                        help="with --published: this area too, by its number")  # fmt: skip
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (0: all cores)")
    parser.set_defaults(run=run)


@dataclass(frozen=True, slots=True)
class Ask:
    """What each file is read for."""

    year: int | None
    register: Mapping[str, Establishment] | None
    keep: tuple[str, ...]


def run(args: argparse.Namespace) -> int:
    """Measure every file: 0 done, 1 something does not add up, 2 a file could not be read."""
    ask = Ask(args.year, sen2_files.register(args.register), _tallies(args.members))
    outcomes = list(sen2_files.each(args.files, partial(measure, ask), jobs=args.jobs))
    sen2_files.all_unreadable(outcomes)
    done = [outcome.answer for outcome in outcomes if outcome.answer is not None]
    total = together(done) if done else None
    differences = _compare(args) if args.compare else None
    sen2_measures_text.answer(outcomes, total, differences, args)
    unread = sen2_files.say_problems(outcomes)
    if unread or total is None:
        return 2
    return int(not all(one.holds for one in measures.sums(total.counts)))


def measure(ask: Ask, stream: BinaryIO, name: str) -> Measured:
    """Count one return."""
    made: list[Tally] = []

    def watch(held: Layout) -> list[survey.Counting]:
        made.append(Tally(held, ask.register, ask.keep))
        return [made[0].watch]

    found = survey.survey(stream, watch, year=ask.year)
    return Measured(found, made[0].counts, {name: list(kept) for name, kept in made[0].members.items()})


def together(done: Sequence[Measured]) -> Measured:
    """Several returns of one year as one; who is counted is only known file by file."""
    if len(done) == 1:
        return done[0]
    years = sorted({one.survey.year for one in done})
    if len(years) > 1:
        raise Unusable(
            f"returns of different years ({', '.join(map(str, years))}) cannot be added; give one year"
        )
    counts: Counter[str] = Counter()
    for one in done:
        counts.update(one.counts)
    records = sum(one.survey.records for one in done)
    return Measured(Survey(years[0], "", "", records), counts, {})


def _tallies(wanted: Sequence[str]) -> tuple[str, ...]:
    """From the ids of measures to the tallies they count by; an id may carry any year held."""
    known = {one.numerator: one.numerator for one in measures.definitions()}
    for year in layout.years():
        parts = {"y": f"{year - 1}"[2:], "c": f"{year}"[2:]}
        known |= {one.id.format(**parts): one.numerator for one in measures.definitions()}
    unknown = [name for name in wanted if name not in known and name.split(":")[0] not in measures.BREAKDOWNS]
    if unknown:
        raise Unusable(f"no measure is called {unknown[0]}; the ids are those the command prints")
    return tuple(known.get(name, name) for name in wanted)


def _compare(args: argparse.Namespace) -> list[comparison.Difference]:
    """Two readings: last year's return is kept, this year's streams past it."""
    if len(args.files) > 1 or args.files[0] == "-":
        raise Unusable("--compare takes one return of this year, named as a file")
    before = _last_year(args.compare)
    made: list[Comparison] = []

    def watch(held: Layout) -> list[survey.Counting]:
        made.append(Comparison(before, held))
        return [made[0].watch]

    _survey(args.files[0], watch, args.year)
    return made[0].finish()


def _last_year(name: str) -> LastYear:
    made: list[LastYear] = []

    def watch(held: Layout) -> list[survey.Counting]:
        made.append(LastYear(held))
        return [made[0].watch]

    _survey(name, watch, None)
    return made[0]


def _survey(name: str, watch: Callable[[Layout], list[survey.Counting]], year: int | None) -> None:
    outcome = sen2_files.one(lambda stream, _: survey.survey(stream, watch, year=year), name)
    if outcome.problem is not None:
        raise Unusable(outcome.problem)
