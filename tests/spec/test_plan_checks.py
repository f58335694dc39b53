# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each check of the rule book fires on its own examples and stays quiet on the others; both stand on its page."""

from typing import Any

import pytest

from fingerpost.rules.plan_quality.checks import book
from tests.spec import plan_examples

CHECKS = book.checks()
FIRES = [(rule, number, one) for rule, check in CHECKS.items() for number, one in enumerate(check.fires)]
QUIET = [(rule, number, one) for rule, check in CHECKS.items() for number, one in enumerate(check.quiet)]


@pytest.mark.parametrize(
    ("rule", "number", "example"), FIRES, ids=[f"{rule}-{number}" for rule, number, _ in FIRES]
)
def test_fires(rule: str, number: int, example: Any) -> None:
    assert plan_examples.spots(CHECKS[rule], example), f"{rule} is silent on its example {number}: {example}"


@pytest.mark.parametrize(
    ("rule", "number", "example"), QUIET, ids=[f"{rule}-{number}" for rule, number, _ in QUIET]
)
def test_stays_quiet(rule: str, number: int, example: Any) -> None:
    assert not plan_examples.spots(CHECKS[rule], example), (
        f"{rule} fires on its near miss {number}: {example}"
    )


def test_the_whole_wording_book_is_there() -> None:
    assert [f"V{number:02}" for number in range(1, 103)] == [
        rule for rule, check in CHECKS.items() if check.wording
    ]


def test_every_check_that_can_run_here_has_examples_of_both_kinds() -> None:
    whole_documents = {"W9.2", "W9.4", "W9.6", "W9.7", "W9.9"}
    bare = {
        rule
        for rule, check in CHECKS.items()
        if not (check.fires and check.quiet) and rule not in whole_documents
    }
    assert bare == set()
