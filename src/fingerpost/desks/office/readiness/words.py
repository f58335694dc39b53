# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the readiness pages: why a rule is held, and who can mend what it finds."""

from markupsafe import Markup

from fingerpost.rules.returns.rule_book import Rule

WHY = {
    "A": "The Department's guide says so, as quoted by people who worked from it.",
    "B": "It follows from the shape of the return, from its dates, or from the law.",
    "C": "It is our own check: most who break it have made a mistake, some have a reason.",
}
# By the part of the return that a rule speaks of.
DATA_OFFICER = "The data officer, together with whoever supplies the software."
OFFICER = "The case officer, or whoever manages the team."
MENDERS = {
    "File": DATA_OFFICER,
    "Header": DATA_OFFICER,
    "Item": DATA_OFFICER,
    "Return": "The data officer: it shows only when the whole return is laid side by side.",
    "Person": "The case officer, with the family, the school or the college.",
    "SENneed": "The case officer, from section B of the plan.",
    "PlanDetail": "The case officer, from section I of the plan.",
    "PlacementDetail": "The case officer, with the school or college.",
}
LEVELS = {
    "error": "An error stands in the way of the return: put it right, or explain it where the Department allows that. "
    "Whoever signs a return with errors in it must say why.",
    "query": "A query does not stand in the way: put it right, or explain it in COLLECT when the return is handed in.",
}


def mender(rule: Rule) -> str:
    """Who can put it right."""
    return MENDERS.get(rule.record, OFFICER)


def sentence(text: str) -> str:
    """The rule book's half sentences as whole ones."""
    return f"{text[:1].upper()}{text[1:]}."


def link(href: str, text: str) -> Markup:
    """Words of a table that lead somewhere."""
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(href, text)
