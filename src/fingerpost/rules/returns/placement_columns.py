# SPDX-License-Identifier: Apache-2.0
"""In which column of the published placement table a placement falls, and which group each column adds up to."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from fingerpost.rules.returns import ages
from fingerpost.rules.returns.layout import table
from fingerpost.rules.returns.records import SettingRecord
from fingerpost.rules.returns.rule_book import Establishment

UNKNOWN = "placement_unknown"
SETTINGS = {
    "EHE": "elective_home_education",
    "OLA": "other_arrangements_la",
    "OPA": "other_arrangements_parents",
    "OTH": "other_placement_settings",
    "NEET": "neet",
    "NIEC": "neet_ntci",
    "EYP": "nm_early_years",
}


@cache
def groups() -> Mapping[str, str]:
    """Column -> group."""
    return {row["column"]: row["group"] for row in table("placement_columns.csv")}


@cache
def _types() -> Mapping[str, tuple[str, bool]]:
    return {row["type_code"]: (row["column"], row["by_flags"] == "1") for row in table("placement_types.csv")}


def column(
    placement: SettingRecord | None,
    born: date | None,
    census_on: date,
    register: Mapping[str, Establishment] | None,
) -> str:
    """The column of a main placement; `not_looked_up` when only a schools register could say."""
    if placement is None:
        return UNKNOWN
    if placement.urn is not None:
        return _school(placement, register)
    if placement.ukprn is not None:
        return "ukrlp_provider"
    if placement.setting == "NIEO":
        school_age = born is not None and ages.of_school_age(born, census_on)
        return "neet_other_csa" if school_age else "neet_other"
    return SETTINGS.get(placement.setting or "", UNKNOWN)


def _school(placement: SettingRecord, register: Mapping[str, Establishment] | None) -> str:
    if register is None:
        return "not_looked_up"
    school = register.get(placement.urn or "")
    found = _types().get(school.type_code) if school is not None else None
    if found is None:
        return UNKNOWN
    name, by_flags = found
    if by_flags and placement.sen_unit:
        return f"{name}_senunit"
    return f"{name}_resourced_provision" if by_flags and placement.resourced else name
