# SPDX-License-Identifier: Apache-2.0
"""The whole rule book: importing the modules below names their checks, and the list is built once."""

from functools import cache

from fingerpost.rules.plan_quality.checks import (
    advice,
    advice_list,
    amendment,
    blanks,
    days,
    health_and_care,
    law,
    letter,
    money,
    needs,
    outcome_set,
    outcomes,
    plain_english,
    process,
    provision,
    registry,
    terms,
    therapy,
    thread,
    voice,
    wording,
)
from fingerpost.rules.plan_quality.checks.leaks import identity, names, sending, template, third_party
from fingerpost.rules.plan_quality.checks.registry import Check

MODULES = (
    *(law, letter, process, amendment, blanks, days),
    *(voice, needs, health_and_care, outcomes, outcome_set, provision, therapy, money, thread),
    *(advice, advice_list, plain_english, terms),
    *(names, identity, sending, template, third_party),
)


@cache
def checks() -> dict[str, Check]:
    """Every check by id."""
    return registry.build(wording.find)
