# SPDX-License-Identifier: Apache-2.0
"""From a fault of the file to the rule that speaks of it, and how values of a child are shown in a finding."""

from datetime import date
from functools import lru_cache

from fingerpost.rules.returns.reading import Fault
from fingerpost.rules.returns.unreadable import short

KINDS = {
    "unknown": "L2",
    "order": "L2",
    "twice": "L2",
    "nested": "L2",
    "text": "L2",
    "date": "L3",
    "empty": "L4",
}
REASONS = {
    "unknown": "this year's return has no such item in {record}",
    "order": "it stands out of the order of {record}",
    "twice": "it is given twice in one {record}",
    "nested": "it holds other elements where a value belongs",
    "text": "it holds text that belongs to no item",
}
REMEDIES = {
    "twice": "Keep one and make the file again.",
    "nested": "Ask the maker of the software to mend how it writes the file.",
    "text": "Ask the maker of the software to mend how it writes the file.",
}
# Code faults: the rule that speaks of the item. Where an item stands in two records, the record is named.
CODES = {
    "GenderCurrent": "L106", "Sex": "L106", "Ethnicity": "L107", "UPNunknown": "L120", "RequestSource": "L211",
    "RYA": "L210", "RequestOutcome": "L201", "RequestMediation": "L212", "RequestTribunal": "L213",
    "Exported": "L215", "AssessmentOutcome": "L301", "AssessmentMediation": "L308", "AssessmentTribunal": "L309",
    "OtherMediation": "L310", "OtherTribunal": "L311", "Week20": "L312", "PlanRes": "L416", "PlanWBP": "L417",
    "PB": "L419", "DP": "L422", "CeaseReason": "L425", "TransferLA": "L503", "Res": "L521", "WBP": "L522",
    "SENtype": "L531", "SENtypeRank": "L533", "ReviewOutcome": "L542", "DMO": "L12", "DCO": "L13", "DSCO": "L14",
    "LEA": "L9", "PlanDetail/SENSetting": "L410", "PlacementDetail/SENSetting": "L509",
    "PlanDetail/PlacementRank": "L412", "PlacementDetail/PlacementRank": "L512",
    "PlanDetail/SENunitIndicator": "L414", "PlacementDetail/SENunitIndicator": "L519",
    "PlanDetail/ResourcedProvisionIndicator": "L414", "PlacementDetail/ResourcedProvisionIndicator": "L519",
}  # fmt: skip
BLIND = frozenset({"UPN", "UniqueLearnerNumber", "Surname", "Forename"})  # never repeated whole


@lru_cache(maxsize=256)
def name_of(item: str) -> str:
    """An item's name, which a broken file may make as long as it likes."""
    return short(item, 60)


def rule_of(fault: Fault) -> str:
    """The number of the rule that speaks of a fault."""
    if fault.kind in KINDS:
        return KINDS[fault.kind]
    element = "SENSetting" if fault.element.casefold() == "sensetting" else fault.element
    return CODES.get(f"{fault.record}/{element}") or CODES.get(element, "F1")


def reason(fault: Fault) -> str:
    """What is wrong, where the rule's own words do not say it."""
    return REASONS.get(fault.kind, "").format(record=fault.record)


def remedy(fault: Fault) -> str:
    """What to do, where the rule's own advice does not fit."""
    return REMEDIES.get(fault.kind, "")


def written(value: object) -> str:
    """A value as the file has it."""
    return value.isoformat() if isinstance(value, date) else str(value)


def masked(item: str, value: str | None) -> str | None:
    """A pupil's number or name is blind: its start is enough to find it by."""
    if value is None or item not in BLIND or value.startswith("as person") or value.endswith("characters"):
        return None if value is None else short(value, 40)
    return f"{value[:4]}\u2026"
