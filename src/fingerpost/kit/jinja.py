# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one Jinja2 environment: kit templates, the GOV.UK macros, and the few words a template may call.

Settings name it in TEMPLATES OPTIONS["environment"] and list the desks' template folders in DIRS.
"""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined

from fingerpost.kit import fields, links, tags, words


def environment(*, loader: BaseLoader | None = None, **options: Any) -> Environment:
    """Desk templates first, then the kit's own, then the component macros."""
    options |= {"trim_blocks": True, "lstrip_blocks": True, "undefined": Undefined, "autoescape": True}
    own = [loader] if loader else []
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    found = ChoiceLoader([*own, PackageLoader("fingerpost.kit"), macros])
    made = Environment(loader=found, **options)  # noqa: S701 -- autoescape stands in the options
    made.globals.update(GLOBALS)
    made.filters.update(FILTERS)
    return made


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page by its URL name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


GLOBALS: dict[str, Any] = {
    "url": url,
    "static": static,
    "product": words.PRODUCT,
    "footer_links": words.FOOTER,
    "banner_words": words.banner,
    "plural": words.plural,
    "shown": fields.shown,
    "faults": fields.faults,
    "status": tags.status,
    "with_query": links.with_query,
}
FILTERS: dict[str, Any] = {"day": words.day, "count": words.count}
