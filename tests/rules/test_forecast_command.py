# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost forecast` on files: answers, files written, going on after a stop, faults in one line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fingerpost.cli.main import main

SCENARIO = """
name = "clinic"
purpose = "a test"
starts_on = 2025-02-03
until = 2025-12-31
pathways = ["neurodivergent"]
[pools."neurodivergent clinicians"]
hours = {uniform = [4000, 6000], basis = "guessed"}
[demand.referrals]
enters = "triage"
yearly = {value = 600, basis = "measured", source = "referral log"}
[backlog.waiting]
step = "assessment"
count = 200
age_days = {between = [30, 300]}
[variants."more hours".pools."neurodivergent clinicians"]
hours = "+50%"
[goal]
measure = "waiting"
subject = "neurodivergent clinicians"
at_most = 60
by = 2025-10-31
chance = 0.7
[choose."neurodivergent clinicians"]
most = 6000
price = 60
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.toml"
    path.write_text(SCENARIO, "utf-8")
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    assert main(["forecast", *(str(word) for word in words), "--json", "--quiet"]) == 0
    return json.loads(capsys.readouterr().out)


def test_run_is_readable_and_says_what_it_rests_on(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forecast", "run", str(scenario), "--draws", "6", "--quiet"]) == 0
    out = capsys.readouterr().out
    assert "diagnosed (legal time 126 days)" in out
    assert "measured  streams.requests" not in out
    assert "measured  streams.referrals.yearly: 600 (referral log)" in out
    assert "guessed   pools.neurodivergent clinicians.hours: uniform 4,000, 6,000" in out
    assert "assumed   pathway.triage.days: between 1, 7" in out
    assert "stated    backlog.waiting.count: 200" in out
    assert "not modelled" in out


def test_run_writes_json_parquet_and_pictures(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, pictures = tmp_path / "out" / "table.parquet", tmp_path / "pictures"
    found = answer(capsys, "run", scenario, "--draws", 6, "--parquet", table, "--charts", pictures)
    assert found["header"]["replications"] == 6
    assert set(found) >= {"reached", "bottlenecks", "hours", "cost", "table", "assumptions"}
    assert pl.read_parquet(table)["measure"].n_unique() > 10
    drawn = (pictures / "diagnosed-timeliness.svg").read_text("utf-8")
    assert drawn.startswith("<svg")
    assert 'aria-label="diagnosed, within the legal time' in drawn
    beneath = (pictures / "diagnosed-timeliness.md").read_text("utf-8")
    assert "| clinic |" in beneath
    assert "(diagnosed-timeliness.svg)" in beneath


def test_a_second_run_goes_on_from_the_parts_of_the_first(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep = tmp_path / "parts"
    first = answer(capsys, "run", scenario, "--draws", 8, "--keep", keep)
    parts = sorted(keep.iterdir())
    parts[0].unlink()
    parts[-1].write_bytes(b"broken")
    assert answer(capsys, "run", scenario, "--draws", 8, "--keep", keep) == first
    assert len(sorted(keep.glob("*.npz"))) >= len(parts) - 1


def test_compare_goes_on_from_kept_parts(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep = tmp_path / "parts"
    first = answer(capsys, "compare", scenario, "--draws", 6, "--keep", keep)
    parts = {path: path.stat().st_mtime_ns for path in keep.iterdir()}
    assert answer(capsys, "compare", scenario, "--draws", 6, "--keep", keep) == first
    assert {path: path.stat().st_mtime_ns for path in keep.iterdir()} == parts


def test_compare_gives_paired_differences(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "compare", scenario, "--draws", 6)
    waiting = [
        row for row in found["differences"] if row["measure"] == "waiting" and row["month"] == "2025-12"
    ]
    assert waiting[0]["q95"] < 0
    assert {one["header"]["scenario"] for one in found["scenarios"]} == {"clinic", "more hours"}


def test_cheapest_answers_with_a_fresh_check(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "cheapest", scenario, "--draws", 10)
    assert 0 < found["best"]["hours"]["neurodivergent clinicians"] < 6000
    assert 0 <= found["fresh_chance"] <= 1


def history(tmp_path: Path) -> Path:
    lines = ["month,measure,subject,value"]
    for at in range(10):
        lines.append(f"2025-{at + 2:02},requests,referrals,{48 + at % 4}")
        lines.append(f"2025-{at + 2:02},waiting,neurodivergent clinicians,{190 - 4 * at}")
    path = tmp_path / "history.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_calibrate_writes_draws_that_run_takes(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "posterior.parquet"
    found = answer(capsys, "calibrate", scenario, "--history", history(tmp_path), "--sims", 200, "--out", out)
    assert found["learned"][0]["path"] == "pools.neurodivergent clinicians.hours"
    ran = answer(capsys, "run", scenario, "--posterior", out)
    assert ran["header"]["draws_from"] == "posterior"


def test_backtest_scores_beside_naive_guesses(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(
        capsys, "backtest", scenario, "--history", history(tmp_path), "--sims", 200, "--hold-out", 3
    )
    assert found["scores"][0]["naive"]
    assert 0 <= found["covered"] <= 1


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["run", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["run", "FILE", "--until", "soon"], "--until: write a day"),
        (["run", "FILE", "--draws", "0"], "scenario: draws: must be between 1 and"),
        (["run", "FILE", "--from-return", "nowhere.xml"], "nowhere.xml: cannot be read"),
        (["run", "FILE", "--seed", "-1"], "--seed: must not be negative, here -1"),
        (["run", "FILE", "--workers", "99999"], "--workers: must be between 0 and 1024"),
        (["run", "FILE", "--charts", "FILE"], "cannot be written (File exists)"),
        (["run", "FILE", "--keep", "FILE"], "cannot be written (File exists)"),
        (["run", "FILE", "--parquet", "FOLDER"], "cannot be written (Is a directory)"),
        (["run", "FILE", "--posterior", "FILE"], "no posterior can be read from it"),
        (["run", "FILE", "--posterior", "STRANGE"], '"pools.dentists.hours" is no figure of clinic'),
        (["calibrate", "FILE", "--history", "FILE", "--out", "FOLDER"], "cannot be written (Is a directory)"),
        (["compare", "FILE", "--only", "nothing"], '--only: there is no variant "nothing"'),
        (["calibrate", "FILE", "--history", "FILE"], "scenario: history: the first line must be"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_code_2(
    scenario: Path, capsys: pytest.CaptureFixture[str], words: list[str], line: str
) -> None:
    strange = scenario.with_name("strange.parquet")
    pl.DataFrame({"pools.dentists.hours": [1.0]}).write_parquet(strange)
    paths = {"FILE": str(scenario), "FOLDER": str(scenario.parent), "STRANGE": str(strange)}
    code = main(["forecast", *(paths.get(word, word) for word in words)])
    err = capsys.readouterr().err
    assert code == 2
    assert line in err
    assert err.count("\n") == 1


def test_a_bad_scenario_is_refused_before_the_engine_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("name = 3\nx = 1\n", "utf-8")
    words = (
        "import sys; from fingerpost.cli.main import main;"
        f"code = main(['forecast', 'run', {str(path)!r}]); sys.exit(9 if 'numba' in sys.modules else code)"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "x: no such table" in done.stderr
