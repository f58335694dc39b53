# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the list of findings may be narrowed to: only what stands in it is offered."""

from collections.abc import Iterable
from textwrap import shorten
from typing import Any, cast

from django import forms

from fingerpost.records.returns.readiness.findings import MINE, NOBODY, HandsCount, RuleCount
from fingerpost.rules.returns import rule_book

LONGEST = 60  # a choice that a phone still shows
LEVELS = {"": "Errors and queries", "error": "Errors", "query": "Queries"}


class FilterForm(forms.Form):
    """A choice that makes no sense is not applied; the form shows what is."""

    level = forms.ChoiceField(label="Show", choices=list(LEVELS.items()), required=False)
    rule = forms.ChoiceField(label="Rule", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    officer = forms.ChoiceField(label="Officer", required=False)
    text = forms.CharField(label="Name or pupil number", required=False, max_length=60)

    def __init__(
        self, *args: Any, rules: Iterable[RuleCount], hands: Iterable[HandsCount], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer(
            "rule", "Every rule", {number: _rule(number) for number in sorted({r.rule for r in rules})}
        )
        self._offer("team", "Every team", {str(one.team_id): one.team for one in hands if one.team_id})
        officers = {str(one.officer_id): one.officer for one in hands if one.officer_id}
        by_name = dict(sorted(officers.items(), key=lambda one: str(one[1])))
        self._offer("officer", "Everybody", {MINE: "Mine", NOBODY: "Nobody's", **by_name})

    def _offer(self, name: str, nothing: str, choices: dict[str, Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", nothing), *choices.items()]


def _rule(number: str) -> str:
    return f"{number}: {shorten(rule_book.rules()[number].fault, LONGEST, placeholder='…')}"
