# SPDX-License-Identifier: AGPL-3.0-or-later
"""Three made-up years come in and go out again: whatever a return said stands in the return that is made of it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from fingerpost.demo import returns
from fingerpost.rules.returns import reader
from tests.database import SCALE
from tests.records.returns_kept import exported, sen2


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The returns that the world was built from, made again: the same seed gives the same bytes."""
    return returns.write_returns(tmp_path_factory.mktemp("made"), scale=float(SCALE)).returns


@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_nothing_that_was_said_is_lost(year: int, files: dict[int, Path]) -> None:
    with files[year].open("rb") as stream:
        said = list(reader.read(stream)[1])
    _, again = exported(year)
    lost = Counter(said) - Counter(again)
    assert not lost
    assert len(again) - len(said) <= 3  # whoever an earlier return held open and this one left out


@pytest.mark.usefixtures("own_database")
def test_what_went_out_brings_nothing_new_back(tmp_path: Path) -> None:
    file = tmp_path / "again.xml"
    assert sen2("export", "--area", "888", "--year", "2025", "--output", str(file)).code == 1
    done = sen2("import", str(file), "--json")
    assert done.code == 0, done.err
    counts = json.loads(done.out)["counts"]
    assert counts["facts unchanged"] > 1000
    news = {name: n for name, n in counts.items() if name.endswith((" added", " changed"))}
    del news["placements added"]  # census day's picture is drawn again, the same
    assert news == {"plans changed": 1}  # the one that the first file of this year had left out
