# SPDX-License-Identifier: AGPL-3.0-or-later
"""Form fields: the right component, errors that say what to do, nothing typed is lost."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from fingerpost.kit import dates, fields

TODAY = date(2025, 2, 3)


class Decision(forms.Form):
    decided_on = dates.DateField(
        label="When was it decided?",
        called="the day of the decision",
        earliest=date(2014, 9, 1),
        latest=TODAY,
    )
    outcome = forms.ChoiceField(
        label="What was decided?",
        widget=forms.RadioSelect,
        choices=[("", "-"), ("yes", "Assess"), ("no", "Do not assess")],
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea, help_text="In plain <words>")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    read = forms.BooleanField(label="I have read the advice")
    mark = forms.CharField(widget=forms.HiddenInput, required=False)


def filled(day: str = "", month: str = "", year: str = "", **rest: str) -> Decision:
    data = QueryDict(mutable=True)
    data.update({"decided_on-day": day, "decided_on-month": month, "decided_on-year": year, **rest})
    return Decision(data)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", "", ""), "Enter the day of the decision"),
        (("3", "", ""), "The day of the decision must include a month and a year"),
        (("", "2", "2025"), "The day of the decision must include a day"),
        (("31", "2", "2025"), "The day of the decision must be a real date, such as 27 3 2025"),
        (("3", "13", "2025"), "The day of the decision must be a real date, such as 27 3 2025"),
        (("x", "2", "2025"), "The day of the decision must be a real date, such as 27 3 2025"),
        (("3", "2", "25"), "The day of the decision must have a year of 4 numbers, such as 2025"),
        (("4", "2", "2025"), "The day of the decision must be 3 February 2025 or earlier"),
        (("31", "8", "2014"), "The day of the decision must be 1 September 2014 or later"),
    ],
)
def test_a_date_that_cannot_be_used_says_what_to_mend(typed: tuple[str, str, str], said: str) -> None:
    assert filled(*typed)["decided_on"].errors == [said]


@pytest.mark.parametrize("month", ["1", "01", "January", "jan", " 1 "])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = filled("20", month, "2025")
    form.full_clean()

    assert form.cleaned_data["decided_on"] == date(2025, 1, 20)


def test_what_was_typed_stays_and_only_the_wrong_box_is_marked() -> None:
    items = fields.shown(filled("3", "", "2025")["decided_on"]).params["items"]

    assert [item["value"] for item in items] == ["3", "", "2025"]
    assert ["error" in item["classes"] for item in items] == [False, True, False]


def test_a_date_already_known_fills_the_boxes() -> None:
    items = fields.shown(Decision(initial={"decided_on": TODAY})["decided_on"]).params["items"]

    assert [item["value"] for item in items] == ["3", "2", "2025"]


def test_an_unchanged_date_is_not_a_change() -> None:
    data = {"decided_on-day": "3", "decided_on-month": "2", "decided_on-year": "2025"}

    assert "decided_on" not in Decision(data, initial={"decided_on": TODAY}).changed_data


def test_the_summary_leads_to_the_first_box_that_is_wrong() -> None:
    found = fields.faults(filled("3", "", "2025"))

    assert [(one.text, one.href) for one in found] == [
        ("The day of the decision must include a month", "#id_decided_on-month"),
        ("Choose an answer: What was decided?", "#id_outcome"),
        ("Enter reason", "#id_reason"),
        ("Enter password", "#id_secret"),
        ("Tick the box: I have read the advice", "#id_read"),
    ]


def test_each_widget_has_its_component() -> None:
    drawn = {bound.name: fields.shown(bound).component for bound in Decision()}

    assert drawn == {
        "decided_on": "date-input",
        "outcome": "radios",
        "reason": "textarea",
        "secret": "password-input",
        "read": "checkboxes",
        "mark": "hidden",
    }


def test_a_choice_made_stays_chosen_and_the_empty_choice_is_no_radio() -> None:
    items = fields.shown(filled(outcome="no")["outcome"]).params["items"]

    assert [(item["value"], item["checked"]) for item in items] == [("yes", False), ("no", True)]


def test_a_password_never_goes_back_into_the_page() -> None:
    assert "value" not in fields.shown(filled(secret="correct horse")["secret"]).params


def test_a_page_may_replace_or_leave_out_the_help_text() -> None:
    reason = Decision()["reason"]

    assert fields.shown(reason).params["hint"] == {"text": "In plain <words>"}
    assert fields.shown(reason, hint="One line").params["hint"] == {"text": "One line"}
    assert "hint" not in fields.shown(reason, hint="").params


def test_a_label_can_be_the_heading_of_the_page() -> None:
    legend = fields.shown(Decision()["outcome"], heading=True).params["fieldset"]["legend"]

    assert (legend["isPageHeading"], legend["classes"]) == (True, "govuk-fieldset__legend--xl")
