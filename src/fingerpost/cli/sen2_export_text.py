# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `sen2 export` says of the return that was made, in words or as one JSON document."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import orjson

from fingerpost.rules.returns import rule_book

if TYPE_CHECKING:
    from fingerpost.records.returns.models import PreparedReturn


def answer(prepared: "PreparedReturn", name: str, *, as_json: bool) -> None:
    """On standard output, unless the return itself went there."""
    if as_json:
        print(orjson.dumps(_document(prepared, name)).decode())
    else:
        print("\n".join(_words(prepared, name)), file=sys.stderr if name == "-" else sys.stdout)


def _document(prepared: "PreparedReturn", name: str) -> dict[str, object]:
    return {
        "file": name,
        "area": prepared.area.la_number,
        "year": prepared.year,
        "as_at": prepared.as_at_on,
        "serial": prepared.serial,
        "spelling": prepared.spelling,
        "fingerprint": prepared.fingerprint,
        "bytes": prepared.bytes,
        "people": prepared.persons,
        "errors": prepared.errors,
        "queries": prepared.queries,
        "rules": prepared.broken,
        "rule_book": prepared.rule_book,
    }


def _words(prepared: "PreparedReturn", name: str) -> Iterator[str]:
    yield (
        f"{name}: SEN2 return of {prepared.year}, authority {prepared.area.la_number}, serial {prepared.serial}, "
        f"{prepared.persons:,} people, as known on {prepared.as_at_on:%-d %B %Y}"
    )
    yield f"SHA-256 {prepared.fingerprint}"
    yield f"Checked by rule book {prepared.rule_book}: errors {prepared.errors:,}, queries {prepared.queries:,}."
    for key, count in sorted(prepared.broken.items(), key=lambda held: -held[1]):
        number, level = key.split()
        rule = rule_book.rules()[number]
        yield f"  {count:>7,}  {level} {number}: {rule.fault}"
    if prepared.errors or prepared.queries:
        yield f"Each finding, with its line: fingerpost sen2 check {name}"
