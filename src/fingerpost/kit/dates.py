# SPDX-License-Identifier: AGPL-3.0-or-later
"""A date asked for in three boxes, with errors that say which box to mend."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fingerpost.kit import words

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
Typed = tuple[str, str, str]


class DateBoxes(forms.Widget):
    """Day, month and year, each in its own box: `name-day`, `name-month`, `name-year`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> Typed:
        day, month, year = (str(data.get(f"{name}-{part}") or "").strip() for part in PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in PARTS)

    @staticmethod
    def boxes(value: Any) -> Typed:
        """What stands in the three boxes, from a date or from what was typed."""
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        return value if isinstance(value, tuple) else ("", "", "")


class DateField(forms.Field):
    """`called` stands in the errors ("the day it was sent"). A form may set `earliest` and `latest`."""

    widget = DateBoxes

    def __init__(
        self, *, called: str, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ):
        super().__init__(**kwargs)
        self.called, self.earliest, self.latest = called, earliest, latest

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        missing = [part for part, typed in zip(PARTS, value, strict=True) if not typed]
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise self._wrong(f"must include a {' and a '.join(missing)}", *missing)
        return self._read(value)

    def validate(self, value: date | None) -> None:
        if value is None:
            if self.required:
                raise ValidationError(f"Enter {self.called}", code="required", params={"boxes": PARTS})
            return
        if self.latest and value > self.latest:
            raise self._wrong(f"must be {words.day(self.latest)} or earlier", *PARTS)
        if self.earliest and value < self.earliest:
            raise self._wrong(f"must be {words.day(self.earliest)} or later", *PARTS)

    def _read(self, typed: Typed) -> date:
        day, month, year = typed
        if len(year) != 4 or not year.isdecimal():
            raise self._wrong("must have a year of 4 numbers, such as 2025", "year")
        try:
            return date(int(year), _month(month), int(day))
        except ValueError:
            raise self._wrong("must be a real date, such as 27 3 2025", *PARTS) from None

    def _wrong(self, fault: str, *boxes: str) -> ValidationError:
        called = self.called[:1].upper() + self.called[1:]
        return ValidationError(f"{called} {fault}", code="date", params={"boxes": boxes})


def _month(typed: str) -> int:
    """A number, or the name as people write it: 3, March, mar."""
    name = typed[:3].lower()
    return MONTHS.index(name) + 1 if name in MONTHS else int(typed)
