# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a case officer fills in: the decision whether to assess, and the list's filter."""

from datetime import date
from typing import Any, cast

from django import forms

from fingerpost.desks.casework.words import DECISIONS
from fingerpost.kit.dates import DateField
from fingerpost.rules.duties import register

STANDINGS = {
    "": "All cases",
    "overdue": "Past a legal limit",
    "due_soon": "Due in the next 14 days",
    "open": "With a clock running",
    "unknown": "A date is not known",
}


OFFICERS = {"": "Everybody's cases", "mine": "My cases", "nobody": "Nobody's cases"}


class DecisionForm(forms.Form):
    """Whether the authority will assess, and when the family was told."""

    decision = forms.ChoiceField(
        label="What was decided?",
        choices=list(DECISIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether there will be an assessment"},
    )
    notified_on = DateField(
        label="When was the family told?",
        called="the day the family was told",
        help_text="The day the notice reached them, not the day of the meeting.",
    )

    def __init__(self, *args: Any, received_on: date | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = cast(DateField, self.fields["notified_on"])
        told.earliest, told.latest = received_on, today


class FilterForm(forms.Form):
    """What the caseload list shows."""

    standing = forms.ChoiceField(label="Show", choices=list(STANDINGS.items()), required=False)
    duty = forms.ChoiceField(label="Duty", required=False)
    officer = forms.ChoiceField(label="Officer", choices=list(OFFICERS.items()), required=False)
    text = forms.CharField(label="Name or pupil number", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        law = register.current().duties
        duty = cast(forms.ChoiceField, self.fields["duty"])
        duty.choices = [("", "Every duty"), *((name, law[name].title) for name in register.FIRST_COLUMN)]
