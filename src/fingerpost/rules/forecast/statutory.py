# SPDX-License-Identifier: Apache-2.0
"""The statutory days a pathway names by duty: SEND Regulations 2014, regulations 5(1), 10(1) and 13(2)."""

from fingerpost.rules.forecast.faults import Unsuitable

WEEKS = {"ehcna-decision-notice": 6, "plan-refusal-notice": 16, "final-plan": 20}


def days(field: str, duty: str) -> int:
    """Days from the request within which this duty must be met."""
    if duty not in WEEKS:
        raise Unsuitable(
            field, f'no duty "{duty}" is counted in weeks from the request; use a number of days'
        )
    return 7 * WEEKS[duty]
