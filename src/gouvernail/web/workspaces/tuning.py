"""The rules as the settings show them: what each looks for, its thresholds, whether it is silent and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gouvernail.base.text import T, Text
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.finding import Severity
from gouvernail.checks.rule import Parameter, Rule
from gouvernail.checks.settings import fitted
from gouvernail.plan.model import Ignore, Plan, RuleSettings
from gouvernail.report.labels import LAYERS
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language


@dataclass(frozen=True)
class RuleRow:
    """One rule of the list. `off` is why it is silent everywhere; `silent` counts elements on which it is."""

    code: str
    title: Text
    severity: Severity
    parameters: int
    tuned: int
    off: Ignore | None
    silent: int


@dataclass(frozen=True)
class Family:
    """The rules of one layer of the chain, or of what surrounds it."""

    title: Text
    rows: tuple[RuleRow, ...]


def families(plan: Plan) -> tuple[Family, ...]:
    """Return every rule, grouped by the layer that it judges, in the order of the chain."""
    groups: dict[Text, list[RuleRow]] = {}
    around = T("Around the chain")
    for rule in RULES.values():
        groups.setdefault(LAYERS[rule.layer] if rule.layer else around, []).append(_row(rule, plan))
    return tuple(Family(title, tuple(rows)) for title, rows in groups.items())


def _row(rule: Rule, plan: Plan) -> RuleRow:
    mine = [one for one in plan.rules.ignore if one.rule == rule.code]
    known = {parameter.name for parameter in rule.parameters}
    return RuleRow(
        code=rule.code,
        title=rule.title,
        severity=rule.severity,
        parameters=len(rule.parameters),
        tuned=len(known & plan.rules.parameters.get(rule.code, {}).keys()),
        off=off(plan.rules, rule.code),
        silent=len({element for one in mine for element in one.elements}),
    )


def off(rules: RuleSettings, code: str) -> Ignore | None:
    """Return the entry that turns a rule off everywhere, None where it judges."""
    return next((one for one in reversed(rules.ignore) if one.rule == code and not one.elements), None)


def turned_off(rules: RuleSettings, entry: Ignore) -> Mapping[str, Any]:
    """Return the settings with a rule turned off; an earlier reason gives way."""
    kept = tuple(one for one in rules.ignore if one.rule != entry.rule or one.elements)
    return {"ignore": (*kept, entry)}


def turned_on(rules: RuleSettings, code: str) -> Mapping[str, Any]:
    """Return the settings with a rule judging again; elements set aside one by one stay so."""
    return {"ignore": tuple(one for one in rules.ignore if one.rule != code or one.elements)}


def tuned(rules: RuleSettings, code: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings with the thresholds of a rule; what equals the default is not written down."""
    defaults = {one.name: one.default for one in RULES[code].parameters}
    told = {name: value for name, value in values.items() if value != defaults[name]}
    # What the plan says of parameters that this version does not know is somebody's: it stays.
    strange = {n: v for n, v in rules.parameters.get(code, {}).items() if n not in defaults}
    parameters = {other: body for other, body in rules.parameters.items() if other != code}
    whole = {**strange, **told}
    return {"parameters": {**parameters, code: whole} if whole else parameters}


class ReasonForm(forms.Form):
    """Why a rule is turned off."""

    reason = forms.CharField(
        label=words(T("Reason")),
        min_length=3,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=words(T("Shown wherever the rule would have spoken, with your name and the day.")),
    )


class ParametersForm(forms.Form):
    """The thresholds of one rule; an empty field is the default."""

    def __init__(self, rule: Rule, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        told = plan.rules.parameters.get(rule.code, {})
        for parameter in rule.parameters:
            self.fields[parameter.name] = _field(parameter, told.get(parameter.name))

    def clean(self) -> dict[str, Any]:
        """Return values in the type of the defaults."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for parameter in self.rule.parameters:
            if parameter.name in data:
                try:
                    data[parameter.name] = _value(parameter, data[parameter.name])
                except ValidationError as error:
                    self.add_error(parameter.name, error)
        return data


def _field(parameter: Parameter, told: Any) -> forms.Field:
    label = words(parameter.meaning)
    if isinstance(parameter.default, bool):
        return forms.BooleanField(
            label=label, required=False, initial=parameter.default if told is None else told
        )
    default = parameter.default if isinstance(parameter.default, int | float) else _written(parameter.default)
    control = forms.Textarea(attrs={"rows": 3}) if isinstance(parameter.default, tuple) else forms.TextInput()
    return forms.CharField(
        label=label,
        required=False,
        initial="" if told is None else _written(told),
        help_text=words(
            T("Usually {default}; {name} in the plan file.", default=default, name=parameter.name)
        ),
        widget=control,
    )


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _value(parameter: Parameter, given: Any) -> Any:
    if isinstance(parameter.default, bool):
        return bool(given)
    words_ = str(given).strip()
    if not words_:
        return parameter.default
    read: Any = words_
    if isinstance(parameter.default, tuple):
        read = [word.strip() for word in words_.replace("\n", ",").split(",") if word.strip()]
    elif isinstance(parameter.default, int | float):
        read = _number(words_)
    if fitted(parameter.default, read) is None:
        raise ValidationError(
            T("Write a number, such as {default}.", default=_written(parameter.default)).render(language())
        )
    return read


def _number(words_: str) -> float | int | None:
    try:
        number = float("".join(words_.split()).replace(",", "."))
    except ValueError:
        return None
    if number != number or abs(number) > 1e15:  # noqa: PLR0124 - not a number is not itself
        return None
    return int(number) if number.is_integer() else number
