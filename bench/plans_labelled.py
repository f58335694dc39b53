# SPDX-License-Identifier: AGPL-3.0-or-later
"""The second to the fifth set: plans written before their hands had read the wording book or the rules,
labelled by kind of fault.

A finding is right when it touches a labelled quote of a kind its rule may speak of, and wrong
everywhere else, also where a strict reader might have agreed with it: what the other hand did not call
a fault counts against us.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.plans_judge import Tally
from fingerpost.rules.plan_quality import briefs, check
from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.reading import door

SECOND = Path(__file__).parent / "plans_second"
THIRD = Path(__file__).parent / "plans_third"
FOURTH = Path(__file__).parent / "plans_fourth"
FIFTH = Path(__file__).parent / "plans_fifth"
TODAY = date(2026, 11, 23)


def _provision(rule: str) -> bool:
    return (rule[0] == "V" and rule[1:].isdigit() and int(rule[1:]) <= 95) or rule in {
        "Q27",
        "Q31",
        "Q32",
        "Q33",
    }


def _one_of(*rules: str) -> Callable[[str], bool]:
    return frozenset(rules).__contains__


KINDS: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(
        (
            "vague-provision",
            "vague-quantity",
            "optional-wording",
            "delegated-decision",
            "no-person-named-role",
        ),
        _provision,
    ),
    "resource-reason": _provision,
    "aim-without-measure": _one_of("E6.4", "E6.2M", "E6.2T", "E6.3", "E6.5", "L08"),
    "outcome-is-provision": _one_of("E6.5", "E6.4", "E6.2M", "E6.3"),
    "need-without-provision": _one_of("T1", "T2"),
    "provision-without-need": _one_of("T3", "T4"),
    "health-in-F-missing": _one_of("Q30"),
    "jargon-unexplained": _one_of("W9.3"),
    "disrespectful-wording": _one_of("V99", "V100"),
    "copy-left-over": _one_of("P09", "P01", "P02", "P05", "W9.5"),
    "setting-named-in-draft": _one_of("L03"),
    "wrong-child-name": _one_of("P01", "P02"),
    "other-child-leak": _one_of("P01", "P10"),
    "wrong-pronoun-throughout": _one_of("P03"),
    "empty-section": _one_of("A01", "C01", "D01", "E01", "F01", "I01", "L01E", "V95", "P09"),
    "missing-section": _one_of("L01"),
    "no-child-voice": _one_of("A8.1", "Q07", "Q08", "A01"),
    "date-impossible": _one_of("Q03", "L02", "F11.6", "P04", "Q03D"),
}
_WHOLE = frozenset({"missing-section", "no-child-voice", "wrong-pronoun-throughout", "empty-section"})
_RULES = (
    "E6.5",
    "E6.4",
    "L08",
    "T1",
    "Q30",
    "Q31",
    "Q32",
    "Q33",
    "L01",
    "L03",
    "P01",
    "P03",
    "P09",
    "P10",
    "A01",
    "C01",
    "D01",
    "E01",
    "F01",
    "I01",
    "L01E",
    "T2",
    "T3",
    "T4",
    "E6.2M",
    "E6.2T",
    "Q27",
)


def judge(folder: Path) -> Tally:
    """Right, wrong and missed over one set."""
    tally = Tally()
    found: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    for labels in sorted(folder.glob("*.labels.json")):
        stem = labels.name.removesuffix(".labels.json")
        for file in sorted(one for one in folder.glob(f"{stem}.*") if one != labels):
            _one(file, json.loads(labels.read_text(encoding="utf-8")), tally, found, planted)
    tally.kinds = {kind: (found[kind], planted[kind]) for kind in planted}
    return tally


def report(file: Path, said: Mapping[str, Any]) -> check.Report:
    """The report on one plan of the set."""
    first, _, last = said["child"]["name"].partition(" ")
    pronouns = said["child"].get("pronouns", "").split("/")[0]
    child = {"first_name": first, "last_name": last, "born_on": said["child"]["born"], "pronouns": pronouns}
    others = [list(name.split(" ", 1)) for name in said["others"]]
    brief = briefs.of({"today": TODAY.isoformat(), "child": child, "others": others})
    return check.check(door.read(file.read_bytes(), name=file.name), brief)


def _one(
    file: Path, said: Mapping[str, Any], tally: Tally, found: Counter[str], planted: Counter[str]
) -> None:
    used: set[int] = set()
    for finding in report(file, said).findings:
        matches = [i for i, label in enumerate(said["faults"]) if fits(finding, label)]
        used |= set(matches)
        if _measured(finding):
            (tally.right if matches else tally.wrong)[finding.rule] += 1
            if not matches:
                tally.errors.append(
                    f"WRONG {finding.rule} {file.name}: {finding.quote[:90]!r} in {finding.section}"
                )
    for place, label in enumerate(said["faults"]):
        planted[label["kind"]] += 1
        found[label["kind"]] += place in used
        if place not in used:
            tally.missed[label["kind"]] += 1
            tally.errors.append(f"MISSED {label['kind']} {file.name}: {label['quote'][:120]!r}")


def _measured(finding: Finding) -> bool:
    return finding.rule in _RULES or (finding.rule[0] == "V" and finding.rule[1:].isdigit())


def fits(finding: Finding, label: Mapping[str, Any]) -> bool:
    """The rule may speak of this kind, and the words touch."""
    if not KINDS[label["kind"]](finding.rule):
        return False
    quote, said = _plain(finding.quote), _plain(label["quote"])
    return label["kind"] in _WHOLE or bool(
        quote and said and (quote in said or said in quote or _overlaps(quote, said))
    )


def _overlaps(quote: str, said: str) -> bool:
    """A long quote that begins inside the label, or the other way round."""
    return any(len(part) > 25 and part in said for part in (quote[:40], quote[-40:])) or any(
        len(part) > 25 and part in quote for part in (said[:40], said[-40:])
    )


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("|", " ").replace("**", "").replace("\u2019", "'").split())
