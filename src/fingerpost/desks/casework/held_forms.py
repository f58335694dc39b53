# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is filled in about a held item: the answer, its day, the reason; and the list's filter."""

from datetime import date
from typing import Any, cast

from django import forms

from fingerpost.desks.casework import held_words
from fingerpost.kit.dates import DateField
from fingerpost.records.returns.held import deciding
from fingerpost.records.returns.held.deciding import SHORTEST
from fingerpost.records.returns.held.review import HeldItemView

STATES = {"open": "Still to be decided", "decided": "Decided", "all": "Both"}
REOPEN = "open-again"


class HeldForm(forms.Form):
    """One of the answers that the item offers, or, once decided, the question opened again."""

    choice = forms.ChoiceField(
        label="What is right?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    on = DateField(label="On which day?", called="the day", required=False)
    reason = forms.CharField(
        label="How do you know?",
        help_text="One or two sentences. They stay with the decision.",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=SHORTEST,
        max_length=1000,
        error_messages={
            "required": "Say how you know",
            "min_length": "Say how you know in a few words, so that others can follow it",
            "max_length": "Say it in 1,000 letters or fewer",
        },
    )

    def __init__(self, *args: Any, item: HeldItemView, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        again = [(REOPEN, "Not decided after all: open it again")] if item.state == "decided" else []
        offer = [(choice.name, held_words.offered(item.pattern, choice.name)) for choice in item.choices]
        cast(forms.ChoiceField, self.fields["choice"]).choices = [*offer, *again]
        dated = [choice.name for choice in item.choices if choice.asks_day]
        if dated:
            cast(DateField, self.fields["on"]).latest = today
            self.fields[
                "on"
            ].help_text = f"Only for “{'” and “'.join(held_words.sentence(name) for name in dated)}”."
        else:
            del self.fields["on"]

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if not deciding.asks_day(str(said.get("choice", ""))):
            said["on"] = None
        elif "on" not in self.errors and said.get("on") is None:
            self.add_error("on", "Enter the day")
        return said


class HeldFilterForm(forms.Form):
    """What the list shows."""

    state = forms.ChoiceField(label="Show", choices=list(STATES.items()), required=False)
    pattern = forms.ChoiceField(label="What is in doubt", required=False)
    text = forms.CharField(label="Name", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted((held_words.title(name), name) for name in held_words.patterns())
        choices = [("", "Everything"), *((name, title) for title, name in named)]
        cast(forms.ChoiceField, self.fields["pattern"]).choices = choices
