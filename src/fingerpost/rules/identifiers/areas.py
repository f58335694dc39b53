# SPDX-License-Identifier: Apache-2.0
"""Local authority numbers that may stand in a UPN, former areas and the pseudo numbers included."""

import csv
from functools import cache
from importlib.resources import files


@cache
def in_upn() -> frozenset[str]:
    """Every three-digit number allowed in characters 2 to 4 of a UPN."""
    text = files(__package__).joinpath("upn_areas.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    spans = [range(int(row["first"]), int(row["last"]) + 1) for row in rows]
    return frozenset(f"{number:03}" for span in spans for number in span)
