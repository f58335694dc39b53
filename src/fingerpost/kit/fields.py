# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a component needs to know about one field of a Django form, as data; `kit/fields.html` draws it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from fingerpost.kit import dates

Params = dict[str, Any]
# What a widget may say to the page. Placeholders vanish when typing starts, so they are left out.
PASSED_ON = ("autocomplete", "inputmode", "autocapitalize", "pattern")


@dataclass(frozen=True, slots=True)
class Shown:
    """One field, ready to draw: the component's name and its parameters."""

    component: str
    params: Params


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the error summary, and the box it leads to."""

    text: str
    href: str | None


def shown(
    bound: BoundField,
    *,
    heading: bool = False,
    inline: bool = False,
    classes: str = "",
    hint: str | None = None,
) -> Shown:
    """Which component draws this field. `heading` makes the label the h1; `hint` replaces the field's help text."""
    widget = bound.field.widget
    component, fill = next((name, fill) for kind, name, fill in _COMPONENTS if isinstance(widget, kind))
    size = "xl" if heading else "m"
    params: Params = {"id": bound.id_for_label or bound.auto_id, "name": bound.html_name, "classes": classes}
    said = str(bound.help_text) if hint is None else hint
    if said:
        params["hint"] = {"html" if isinstance(said, SafeString) else "text": said}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(_texts(bound))}
    fill(bound, params, heading, size)
    if inline:
        params["classes"] = f"{params['classes']} govuk-{component}--inline".strip()
    return Shown(component, params)


def faults(form: forms.BaseForm) -> tuple[Fault, ...]:
    """Every error of the form in page order, each leading to the first box it is about."""
    whole = [Fault(str(text), None) for text in form.non_field_errors()]
    return (*whole, *_field_faults(form))


def _field_faults(form: forms.BaseForm) -> Iterable[Fault]:
    for bound in form:
        for text in _texts(bound):
            yield Fault(str(text), None if bound.is_hidden else f"#{_first_box(bound)}")


def _texts(bound: BoundField) -> list[str]:
    """The field's errors; where Django would only say "required", say what to do about which field."""
    wanted = forms.Field.default_error_messages["required"]
    return [_to_do(bound) if str(text) == str(wanted) else str(text) for text in bound.errors]


def _to_do(bound: BoundField) -> str:
    label = str(bound.label)
    if isinstance(bound.field.widget, forms.widgets.ChoiceWidget):
        return f"Choose an answer: {label}"
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return f"Tick the box: {label}"
    return f"Answer the question: {label}" if label.endswith("?") else f"Enter {label[:1].lower()}{label[1:]}"


def _first_box(bound: BoundField) -> str:
    if isinstance(bound.field.widget, dates.DateBoxes):
        return f"{bound.auto_id}-{next(part for part in dates.PARTS if part in _wrong_boxes(bound))}"
    return str(bound.auto_id)


def _wrong_boxes(bound: BoundField) -> tuple[str, ...]:
    named = [
        box
        for error in bound.errors.as_data()
        for box in (error.params or {}).get("boxes", dates.PARTS if bound.errors else ())
    ]
    return tuple(part for part in dates.PARTS if part in named)


def _text(bound: BoundField, params: Params, heading: bool, size: str) -> None:
    widget = bound.field.widget
    params["label"] = _label(bound, heading, size if heading else "")
    value = bound.value()
    params["value"] = "" if value is None else str(value)
    params["type"] = getattr(widget, "input_type", "text")
    params["spellcheck"] = False if params["type"] in ("email", "url") else None
    for name in PASSED_ON:
        if name in widget.attrs:
            params[name] = widget.attrs[name]


def _password(bound: BoundField, params: Params, heading: bool, size: str) -> None:
    _text(bound, params, heading, size)
    params.pop("value")  # what was typed never goes back into the page
    params.pop("type")
    params.setdefault("autocomplete", "current-password")


def _textarea(bound: BoundField, params: Params, heading: bool, size: str) -> None:
    _text(bound, params, heading, size)
    params["rows"] = bound.field.widget.attrs.get("rows", 5)
    params["spellcheck"] = True


def _choices(bound: BoundField, params: Params, heading: bool, size: str) -> None:
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
    params["fieldset"] = {"legend": _legend(bound, heading, size)}
    params["idPrefix"] = bound.auto_id
    params["items"] = [
        {"value": str(value), "text": str(text), "checked": str(value) in chosen}
        for value, text in bound.field.widget.choices
        if str(value)
    ]


def _select(bound: BoundField, params: Params, heading: bool, size: str) -> None:
    params["label"] = _label(bound, heading, size if heading else "")
    chosen = str("" if bound.value() is None else bound.value())
    params["items"] = [
        {"value": str(value), "text": str(text), "selected": str(value) == chosen}
        for value, text in bound.field.widget.choices
    ]


def _tick(bound: BoundField, params: Params, heading: bool, size: str) -> None:
    params["idPrefix"] = bound.auto_id
    item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
    params["items"] = [{**item, "hint": params.pop("hint", None)}]


def _date(bound: BoundField, params: Params, heading: bool, size: str) -> None:
    wrong = _wrong_boxes(bound)
    params["id"] = bound.auto_id
    params["fieldset"] = {"legend": _legend(bound, heading, size), "role": "group"}
    params["items"] = [
        {
            "id": f"{bound.auto_id}-{part}",
            "name": f"{bound.html_name}-{part}",
            "label": part.capitalize(),
            "value": typed,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
        }
        for part, typed in zip(dates.PARTS, dates.DateBoxes.boxes(bound.value()), strict=True)
    ]


def _hidden(bound: BoundField, params: Params, heading: bool, size: str) -> None:
    params["value"] = "" if bound.value() is None else str(bound.value())


def _label(bound: BoundField, heading: bool, size: str) -> Params:
    sized = f"govuk-label--{size}" if size else ""
    return {"text": str(bound.label), "classes": sized, "isPageHeading": heading}


def _legend(bound: BoundField, heading: bool, size: str) -> Params:
    return {"text": str(bound.label), "classes": f"govuk-fieldset__legend--{size}", "isPageHeading": heading}


Fill = Callable[[BoundField, Params, bool, str], None]
# First match wins: the more particular widget stands above the one it descends from.
_COMPONENTS: tuple[tuple[type[forms.Widget], str, Fill], ...] = (
    (dates.DateBoxes, "date-input", _date),
    (forms.HiddenInput, "hidden", _hidden),
    (forms.CheckboxSelectMultiple, "checkboxes", _choices),
    (forms.RadioSelect, "radios", _choices),
    (forms.CheckboxInput, "checkboxes", _tick),
    (forms.Select, "select", _select),
    (forms.Textarea, "textarea", _textarea),
    (forms.PasswordInput, "password-input", _password),
    (forms.FileInput, "file-upload", _text),
    (forms.Widget, "input", _text),
)
