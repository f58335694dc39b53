# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the return's check says of a case, in the rule book's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from fingerpost.kit import tags
from fingerpost.kit.tags import Tag
from fingerpost.kit.words import day
from fingerpost.records.returns.readiness.findings import FindingRow
from fingerpost.rules.returns import rule_book
from fingerpost.rules.returns.rule_book import Rule

ELSEWHERE = frozenset({"PlacementDetail", "SENneed"})  # parts of the return that no page here enters yet
NOT_HERE = "A placement or a need cannot be entered here yet: it comes with the next return that is loaded."


@dataclass(frozen=True, slots=True)
class FoundShown:
    """One finding: what is wrong, what to do, and whether it can be mended here."""

    tag: Tag
    fault: str
    remedy: str
    rule: str
    elsewhere: str


def found(rows: Iterable[FindingRow]) -> tuple[FoundShown, ...]:
    return tuple(_found(row, rule_book.rules()[row.rule]) for row in rows)


def _found(row: FindingRow, rule: Rule) -> FoundShown:
    away = rule.record in ELSEWHERE or not ELSEWHERE.isdisjoint(rule.items)
    return FoundShown(
        tag=tags.status("finding", row.level),
        fault=f"{rule.fault[:1].upper()}{rule.fault[1:]}.",
        remedy=rule.remedy,
        rule=f"Rule {row.rule}, since {day(row.first_seen_on)}.",
        elsewhere=NOT_HERE if away else "",
    )
