# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a case officer fills in: the decision whether to assess, the correction of a fact, and the list's filter."""

from datetime import date
from typing import cast

from django import forms

from fingerpost.kit.dates import DateField
from fingerpost.records.cases.models import ASSESS, REFUSE
from fingerpost.rules.duties import register

DECISIONS = {
    ASSESS: "Yes, there will be an assessment",
    REFUSE: "No, there will be no assessment",
}
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

    def __init__(self, *args: object, received_on: date | None, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        told = cast(DateField, self.fields["notified_on"])
        told.earliest, told.latest = received_on, today


class CorrectionForm(forms.Form):
    """The right day of a fact, and why the old one was wrong."""

    what = forms.ChoiceField(
        label="What is wrong?",
        choices=[("day", "The day is wrong"), ("never", "This never happened")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong"},
    )
    on = DateField(label="What is the right day?", called="the right day", required=False)
    reason = forms.CharField(
        label="Why is it wrong?",
        help_text="One or two sentences. They stay with the record, beside the old day.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": "Say why it is wrong", "max_length": "Say it in 1,000 letters or fewer"},
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        day = cast(DateField, self.fields["on"])
        day.latest = today

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if said.get("what") == "day" and "on" not in self.errors and said.get("on") is None:
            self.add_error("on", "Enter the right day")
        return said


class FilterForm(forms.Form):
    """What the caseload list shows."""

    standing = forms.ChoiceField(label="Show", choices=list(STANDINGS.items()), required=False)
    duty = forms.ChoiceField(label="Duty", required=False)
    officer = forms.ChoiceField(label="Officer", choices=list(OFFICERS.items()), required=False)
    text = forms.CharField(label="Name or pupil number", required=False, max_length=60)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        law = register.current().duties
        duty = cast(forms.ChoiceField, self.fields["duty"])
        duty.choices = [("", "Every duty"), *((name, law[name].title) for name in register.FIRST_COLUMN)]
