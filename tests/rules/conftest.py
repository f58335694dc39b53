# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tests of the rules share."""

from pathlib import Path

import pytest

from tests.rules.plan_quality_files import PLAN


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return path
