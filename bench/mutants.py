# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mutation testing of the calendars and the operators: small faults put in one by one, and which of them no test sees.

`python -m bench.mutants [--minutes 20] [--fresh]`; a run that is cut short goes on where it stopped."""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = ROOT / "mutants"  # not in git
ROOM = Path("src/fingerpost/rules/calendars")
_SETTINGS = """
[tool.mutmut]
paths_to_mutate = ["src/fingerpost/rules/calendars"]
tests_dir = ["tests"]
also_copy = ["src"]

[tool.pytest.ini_options]
pythonpath = ["src"]
addopts = "-q -x -p no:randomly -p no:django"
"""
_KEPT_ANSWERS = re.compile(r"^@((?:lru_cache|cache)\b.*)\ndef (\w+)", re.MULTILINE)
_FORGET = """
import sys

from hypothesis import settings

settings.register_profile("mutants", deadline=None)
settings.load_profile("mutants")


def pytest_runtest_setup(item):
    for name, module in list(sys.modules.items()):
        if name.startswith("fingerpost.rules.calendars"):
            for kept in vars(module).values():
                getattr(kept, "cache_clear", int)()
"""


def lay_out() -> None:
    """A copy of the room and its own tests, which forget kept answers before each test."""
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.copytree(ROOT / ROOM, WORK / ROOM, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in (WORK / ROOM).parents:
        if folder.is_relative_to(WORK / "src/fingerpost"):
            (folder / "__init__.py").touch()
    for module in (WORK / ROOM).glob("*.py"):
        module.write_text(_undecorated(module.read_text("utf-8")), "utf-8")
    (WORK / "tests").mkdir()
    for test in (ROOT / "tests/rules").glob("test_calendars_*.py"):
        shutil.copy(test, WORK / "tests")
    (WORK / "tests/conftest.py").write_text(_FORGET, "utf-8")
    (WORK / "pyproject.toml").write_text(_SETTINGS, "utf-8")


def _undecorated(text: str) -> str:
    """mutmut passes over decorated functions, so their caches move to the end of the module."""
    kept = [f"{name} = {cache}({name})\n" for cache, name in _KEPT_ANSWERS.findall(text)]
    return "\n".join([_KEPT_ANSWERS.sub(r"def \2", text), *kept])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--fresh", action="store_true", help="begin again")
    args = parser.parse_args()
    if args.fresh or not WORK.exists():
        lay_out()
    mutmut = [str(Path(sys.executable).with_name("mutmut"))]
    try:
        subprocess.run([*mutmut, "run"], cwd=WORK, timeout=args.minutes * 60, check=False)
    except subprocess.TimeoutExpired:
        print(f"stopped after {args.minutes:g} minutes; the same words go on from here")
    return subprocess.run([*mutmut, "results"], cwd=WORK, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
