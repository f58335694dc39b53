# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked before a return is made, and before somebody answers for it."""

from typing import Any

from django import forms

from fingerpost.records.returns.handing_in.export import SPELLING, Officers

POSTS = {"Y": "Yes, in post", "R": "No, being recruited", "N": "No"}
OFFICERS = {
    "dmo": "designated medical officer",
    "dco": "designated clinical officer",
    "dsco": "designated social care officer",
}
SPELLINGS = {SPELLING: f"{SPELLING}, as COLLECT is believed to take it", "SenSetting": "SenSetting"}


class PrepareForm(forms.Form):
    """Who is in post, and how one tag is spelt. A return that is sent again needs its reason."""

    because = forms.CharField(
        label="Why is the return sent again?",
        help_text="One or two sentences. They stay with the return.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": "Say why the return is sent again"},
    )
    spelling = forms.ChoiceField(
        label="How is the tag of a setting spelt?",
        help_text="Leave it unless COLLECT refuses the file for it.",
        choices=list(SPELLINGS.items()),
        widget=forms.RadioSelect,
        initial=SPELLING,
        error_messages={"required": "Choose how the tag is spelt"},
    )

    def __init__(self, *args: Any, again: bool, has_dsco: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["because"]
        asked = {name: title for name, title in OFFICERS.items() if name != "dsco" or has_dsco}
        posts = {name: _post(title) for name, title in asked.items()}
        self.fields = {**posts, **self.fields}


def _post(title: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"Is there a {title}?",
        choices=list(POSTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": f"Choose whether there is a {title}"},
    )


def officers(said: dict[str, str]) -> Officers:
    """The answers as the header of the return has them."""
    return Officers(*(said.get(name) or None for name in OFFICERS))


class SignForm(forms.Form):
    """Whoever signs says so in so many words; with errors in the file, also why it goes as it is."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label="Why does the return go with errors in it?",
        help_text="What is wrong and why it cannot be put right in time. It stays with the return.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": "Say why the return goes with errors in it"},
    )
    agreed = forms.BooleanField(
        label="I have looked at what was found and answer for this return on the authority's behalf",
        error_messages={"required": "Tick the box to say that you answer for this return"},
    )

    def __init__(self, *args: Any, errors_found: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not errors_found:
            del self.fields["reason"]
