# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a case officer fills in to put a fact right: its day or its value, by the kind that the vocabulary gives it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from django import forms

from fingerpost.desks.casework import words
from fingerpost.kit.dates import DateField
from fingerpost.records.cases import values
from fingerpost.records.cases.models import Fact

HAPPENINGS = [("right", "The day is wrong"), ("never", "This never happened")]
VALUES = [("right", "The value is wrong"), ("never", "The record should not say this at all")]
PAST = ("date_of_birth", "left_education_on")  # days among the values that cannot lie ahead
LABEL = "What is the right value?"
MISSING = "Enter the right value"


class CorrectionForm(forms.Form):
    """The right day or value of a fact, and why the old one was wrong."""

    what = forms.ChoiceField(
        label="What is wrong?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong"},
    )
    reason = forms.CharField(
        label="Why is it wrong?",
        help_text="One or two sentences. They stay with the record, beside what it said before.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": "Say why it is wrong", "max_length": "Say it in 1,000 letters or fewer"},
    )
    field_order = ("what", "on", "value", "reason")

    def __init__(self, *args: Any, fact: Fact, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        happening = values.is_happening(fact)
        self.asked = "on" if happening else "value"
        cast(forms.ChoiceField, self.fields["what"]).choices = HAPPENINGS if happening else VALUES
        self.fields[self.asked] = _day(today) if happening else _value(fact, today)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        missing = said.get(self.asked) in (None, "", [])
        if said.get("what") == "right" and self.asked not in self.errors and missing:
            self.add_error(self.asked, "Enter the right day" if self.asked == "on" else MISSING)
        return said


def _day(today: date) -> forms.Field:
    return DateField(label="What is the right day?", called="the right day", required=False, latest=today)


def _value(fact: Fact, today: date) -> forms.Field:
    return _FIELDS.get(values.kind(fact.name), _text)(fact, today)


def _date(fact: Fact, today: date) -> forms.Field:
    latest = today if fact.name in PAST else None
    return DateField(label=LABEL, called="the right value", required=False, latest=latest)


def _listed(fact: Fact, today: date) -> forms.Field:
    offer = [(one, words.choice(fact.name, one)) for one in values.choices(fact.name)]
    return forms.ChoiceField(label=LABEL, choices=offer, widget=forms.RadioSelect, required=False)


def _truth(fact: Fact, today: date) -> forms.Field:
    offer = [("yes", "Yes"), ("no", "No")]
    return forms.TypedChoiceField(
        label=LABEL,
        choices=offer,
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )


def _number(fact: Fact, today: date) -> forms.Field:
    return forms.IntegerField(
        label=LABEL,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        required=False,
        error_messages={"invalid": "The right value must be a whole number, such as 12"},
    )


class _Lines(forms.CharField):
    """Several things, each on a line of its own."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: object) -> list[str]:
        return [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]


def _list(fact: Fact, today: date) -> forms.Field:
    return _Lines(label=LABEL, help_text="One to a line.", max_length=1000, required=False)


def _text(fact: Fact, today: date) -> forms.Field:
    return forms.CharField(label=LABEL, max_length=200, required=False)


_FIELDS: Mapping[str, Callable[[Fact, date], forms.Field]] = {
    "date": _date,
    "enum": _listed,
    "bool": _truth,
    "int": _number,
    "list": _list,
}
