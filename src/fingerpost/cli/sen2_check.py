# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost sen2 check`: SEN2 returns against the rule book; a summary first, then each finding."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from fingerpost.cli import sen2_files, sen2_measures, sen2_measures_text, sen2_tables
from fingerpost.cli.errors import Unusable
from fingerpost.cli.sen2_files import Outcome
from fingerpost.cli.sen2_measures_text import Measured
from fingerpost.rules.returns import check, measures, rule_book
from fingerpost.rules.returns.check import Finding, Summary, Watcher
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.rule_book import Establishment
from fingerpost.rules.returns.survey import Survey
from fingerpost.rules.returns.tally import Tally


def add(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="returns in XML; - reads standard input")
    parser.add_argument("--year", type=int, help="check as the return of this year, whatever the header says")
    parser.add_argument("--json", action="store_true", help="answer with one JSON document")
    parser.add_argument("--csv", metavar="F", help="write the findings to this CSV file")
    parser.add_argument("--xlsx", metavar="F", help="write the findings to this workbook")
    parser.add_argument("--summary", action="store_true", help="only the summary, without each finding")
    parser.add_argument("--register", metavar="F", help="CSV of all establishments, to look URNs up in")
    parser.add_argument("--last-year", metavar="F", help="last year's return, to compare the numbers with")
    parser.add_argument(
        "--measures", action="store_true", help="every official measure too, in the same reading"
    )
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (0: all cores)")
    parser.set_defaults(run=run, published=False, areas=[])


@dataclass(frozen=True, slots=True)
class Checked:
    """One file checked: the summary, where its findings lie, one JSON object a line, and its measures if asked for."""

    summary: Summary
    findings: str
    measured: Measured | None


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of each file, and the folder its findings are written to."""

    folder: str
    year: int | None
    register: Mapping[str, Establishment] | None
    before: Mapping[str, int] | None
    measures: bool


def run(args: argparse.Namespace) -> int:
    """Check every file: 0 nothing wrong, 1 findings of level error, 2 a file could not be read."""
    register = sen2_files.register(args.register)
    before = _counts(args.last_year) if args.last_year else None
    with tempfile.TemporaryDirectory(prefix="fingerpost-") as folder:
        doing = partial(work, Ask(folder, args.year, register, before, args.measures))
        outcomes = list(sen2_files.each(args.files, doing, jobs=args.jobs))
        sen2_files.all_unreadable(outcomes)
        total = _together(outcomes) if args.measures else None
        _answer(outcomes, total, args)
    unread = sen2_files.say_problems(outcomes)
    errors = any(outcome.answer and outcome.answer.summary.errors for outcome in outcomes)
    wrong = total is not None and not all(one.holds for one in measures.sums(total.counts))
    return 2 if unread else int(errors or wrong)


def work(ask: Ask, stream: BinaryIO, name: str) -> Checked:
    """Check one return, and measure it if that is asked for."""
    with tempfile.NamedTemporaryFile(dir=ask.folder, suffix=".jsonl", delete=False) as out:
        begins, write = orjson.dumps({"file": name})[:-1] + b",", out.file.write

        def report(finding: Finding) -> None:
            write(begins + orjson.dumps(finding)[1:] + b"\n")

        tallies: list[Tally] = []

        def watch(held: Layout) -> list[Watcher]:
            tallies.append(Tally(held, ask.register))
            return [tallies[0].watch]

        summary = check.check(
            stream,
            report,
            year=ask.year,
            register=ask.register,
            before=ask.before,
            watch=watch if ask.measures else None,
        )
        return Checked(summary, out.name, _measured(summary, tallies[0]) if tallies else None)


def _measured(summary: Summary, tally: Tally) -> Measured:
    return Measured(Survey(summary.year, summary.la, summary.serial, summary.records), tally.counts, {})


def _together(outcomes: Sequence[Outcome[Checked]]) -> Measured | None:
    done = [one.answer.measured for one in outcomes if one.answer and one.answer.measured]
    return sen2_measures.together(done) if done else None


def _counts(name: str) -> Mapping[str, int]:
    outcome = sen2_files.one(lambda stream, _: check.check(stream, lambda _: None), name)
    if outcome.answer is None:
        raise Unusable(outcome.problem or name)
    return outcome.answer.compared


def findings(checked: Sequence[Checked]) -> Iterator[dict[str, Any]]:
    """Every finding of every file, read back as it is needed."""
    for answer in checked:
        with Path(answer.findings).open("rb") as lines:
            yield from map(orjson.loads, lines)


def _answer(outcomes: Sequence[Outcome[Checked]], total: Measured | None, args: argparse.Namespace) -> None:
    checked = [outcome.answer for outcome in outcomes if outcome.answer is not None]
    if args.csv:
        sen2_tables.write_csv(args.csv, findings(checked))
    if args.xlsx:
        sen2_tables.write_workbook(args.xlsx, _totals(checked), findings(checked))
    if args.json:
        _json(outcomes, checked, sen2_measures_text.document(total, args) if total else {})
        return
    for outcome in outcomes:
        if outcome.answer is not None:
            _print_summary(outcome.file, outcome.answer.summary)
    if not (args.summary or args.csv or args.xlsx):
        _print_findings(checked, len(outcomes) > 1)
    if total is not None:
        sen2_measures_text.show(total, args)


# -- words ----------------------------------------------------------------------------------------------------------


def _print_summary(name: str, summary: Summary) -> None:
    print(
        f"{name}: SEN2 return of {summary.year}, authority {summary.la or 'unknown'}, file {summary.serial or '?'}, "
        f"{summary.records:,} people"
    )
    errors, queries = _many(summary.errors, "error"), _many(summary.queries, "query", "queries")
    print(f"{errors} to correct, {queries} to correct or explain.")
    for level, words in ((rule_book.ERROR, "Errors"), (rule_book.QUERY, "Queries")):
        rows = [(n, number) for (number, held), n in summary.counts.items() if held == level]
        if rows:
            print(f"\n{words}")
        for n, number in sorted(rows, reverse=True):
            rule = rule_book.rules()[number]
            print(
                f"  {n:>7,}  {number:<5} {', '.join(rule.items) or 'any item'}: {rule.fault}. {rule.remedy}"
            )
    print()


def _many(number: int, one: str, more: str = "errors") -> str:
    return f"{number:,} {one if number == 1 else more}"


def _print_findings(checked: Sequence[Checked], several: bool) -> None:
    first = True
    for row in findings(checked):
        if first:
            print("Each finding")
            first = False
        where = f"line {row['line']}" if row["line"] else "whole file"
        person = f", person {row['person']}" if row["person"] else ""
        name = f"{row['file']}: " if several else ""
        print(f"  {name}{where}{person}: {row['level']} {row['rule']}: {row['message']}")


# -- JSON -----------------------------------------------------------------------------------------------------------


def _json(outcomes: Sequence[Outcome[Checked]], checked: Sequence[Checked], more: dict[str, Any]) -> None:
    """One document, its findings streamed through: the list may be long."""
    out = sys.stdout.buffer
    records = sum(answer.summary.records for answer in checked)
    out.write(
        b'{"records":%d,"files":' % records + orjson.dumps([_file(o) for o in outcomes]) + b',"findings":['
    )
    several = len(outcomes) > 1
    for place, row in enumerate(findings(checked)):
        if not several:
            del row["file"]
        out.write((b",\n" if place else b"\n") + orjson.dumps(row))
    out.write(b"]" + (b"," + orjson.dumps(more)[1:-1] if more else b"") + b"}\n")
    out.flush()


def _file(outcome: Outcome[Checked]) -> dict[str, Any]:
    if outcome.answer is None:
        return {"file": outcome.file, "problem": outcome.problem}
    s = outcome.answer.summary
    return {
        "file": outcome.file,
        "year": s.year,
        "la": s.la,
        "serial": s.serial,
        "records": s.records,
        "errors": s.errors,
        "queries": s.queries,
        "rules": {f"{number} {level}": n for (number, level), n in sorted(s.counts.items())},
    }


def _totals(checked: Sequence[Checked]) -> Iterator[tuple[str, str, int, str, str]]:
    for answer in checked:
        for (number, level), n in sorted(answer.summary.counts.items()):
            rule = rule_book.rules()[number]
            yield number, level, n, rule.fault, rule.remedy
