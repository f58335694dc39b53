# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m fingerpost.kit.build`: the served front-end files, from node_modules without the brand."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from fingerpost.kit import brand

ROOT = Path(__file__).resolve().parents[3]
SERVED = Path(__file__).resolve().parent / "static" / "kit" / "vendor"
NOTICE = "/* Made from govuk-frontend (MIT: govuk-frontend-licence.txt), changed by fingerpost.kit.build */\n"
# Starts the components without an inline script, so that the content security policy can forbid those.
START = 'document.body.classList.add("js-enabled","govuk-frontend-supported");initAll();\n'


class NoFrontEnd(Exception):
    """The front-end package is not there, or is not what we know how to clean."""


def build(node_modules: Path, served: Path = SERVED) -> tuple[Path, ...]:
    """Write components.css and components.js; the same input gives the same bytes."""
    package = node_modules / "govuk-frontend" / "dist" / "govuk"
    made = {
        "components.css": NOTICE + brand.plain_css(_read(package / "govuk-frontend.min.css")),
        "components.js": NOTICE + brand.plain_js(_read(package / "govuk-frontend.min.js")) + START,
    }
    served.mkdir(parents=True, exist_ok=True)
    return tuple(_write(served / name, text) for name, text in made.items())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoFrontEnd(
            f"{path} is missing; run `python -m fingerpost.kit.fetch` (or `npm ci`) first"
        ) from None


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m fingerpost.kit.build", description=__doc__)
    parser.add_argument("--node-modules", type=Path, default=ROOT / "node_modules")
    args = parser.parse_args(argv)
    try:
        for path in build(args.node_modules):
            print(f"front-end: {path.name}, {path.stat().st_size:,} bytes")
    except (NoFrontEnd, brand.StillBranded) as problem:
        print(f"front-end: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
