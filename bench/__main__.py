# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make bench [ONLY=name]`: runs the measurements; each prints ratios against a named alternative of the same run."""

import importlib
import sys

ALL = ("clocks", "import_return", "pages", "sen2", "plans", "forecast")
BY_NAME = (
    *ALL,
    "national",
    "national_dask",
)  # takes minutes and a gigabyte of disk, so only when it is asked for


def main(asked: list[str]) -> int:
    unknown = [name for name in asked if name not in BY_NAME]
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}. There are: {', '.join(BY_NAME)}.", file=sys.stderr)
        return 2
    for name in asked or ALL:
        print(f"== {name}", flush=True)
        sys.argv = [f"bench.{name}"]  # each reads its own words; here it takes its defaults
        importlib.import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
