# SPDX-License-Identifier: Apache-2.0
"""The statutory days a pathway names by duty: read from the register, so that a change of law changes forecasts."""

from fingerpost.rules.duties import register
from fingerpost.rules.forecast.faults import Unsuitable


def days(field: str, duty: str) -> int:
    """Days from the request within which this duty must be met, under the text in force last."""
    found = register.current().duties.get(duty)
    if found is None:
        raise Unsuitable(
            field, f'there is no duty "{duty}" in the register; use its name or a number of days'
        )
    operator = found.rules[-1].operator
    if operator is None or operator.sign != "W+":
        raise Unsuitable(field, f'the duty "{duty}" is not counted in weeks; use a number of days')
    return 7 * operator.count
