# SPDX-License-Identifier: AGPL-3.0-or-later
"""The few words every page shares: the product's name, the demo's banner, the links at the foot."""

from dataclasses import dataclass
from datetime import date

PRODUCT = "Fingerpost"
BANNER = "Made-up children. Shaped on published figures. Not run or endorsed by {council} or the NHS."


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. `current` marks the page the reader is on."""

    text: str
    href: str
    current: bool = False


# Addresses, not URL names: the error pages show them when nothing else works.
FOOTER = (
    Link("Accessibility", "/accessibility"),
    Link("Privacy", "/privacy"),
    Link("Words we use", "/glossary"),
)


def banner(council: str = "") -> str:
    """What every page and file of the made-up area says. The council is the one whose figures shaped it."""
    return BANNER.format(council=council or "any council")


def day(on: date | None, missing: str = "not known") -> str:
    """3 February 2025."""
    return f"{on.day} {on:%B %Y}" if on else missing


def count(number: float) -> str:
    """12,317."""
    return f"{number:,}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """1 day, 2 days; 0 enquiries."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
