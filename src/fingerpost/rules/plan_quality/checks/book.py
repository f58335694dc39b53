# SPDX-License-Identifier: Apache-2.0
"""The whole rule book: importing the modules below names their checks, and the list is built once."""

from functools import cache

from fingerpost.rules.plan_quality.checks import (
    advice,
    law,
    leaks,
    outcomes,
    plain_english,
    provision,
    registry,
    sections,
    thread,
    voice,
    wording,
)
from fingerpost.rules.plan_quality.checks.registry import Check

MODULES = (law, sections, voice, outcomes, provision, thread, advice, plain_english, leaks)


@cache
def checks() -> dict[str, Check]:
    """Every check by id."""
    return registry.build(wording.find)
