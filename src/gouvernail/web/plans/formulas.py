"""Formulas for people: read out in the names of their metrics, and put together from what can stand in one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import parse
from gouvernail.base.text import T, Text
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.model import Plan

MARKS: Mapping[str, tuple[str, Text]] = {
    "+": ("+", T("plus")),
    "-": ("−", T("minus")),
    "*": ("×", T("times")),
    "/": ("÷", T("divided by")),
    "(": ("(", T("open a parenthesis")),
    ")": (")", T("close a parenthesis")),
}
"""What a formula writes between metrics → how people write it, and its name."""
_PART = re.compile(r"[A-Za-z_]\w*|[-+*/]")


def said(formula: str, plan: Plan, language: str) -> str:
    """Return a formula in the names of its metrics; nothing where it cannot be read yet."""
    if not formula.strip():
        return ""
    try:
        parse(formula)
    except FormulaError:
        return ""
    own = {one.id: one.name for one in plan.metrics}

    def spoken(part: re.Match[str]) -> str:
        word = part[0]
        if word in MARKS:
            return MARKS[word][0]
        known = METRICS.get(word)
        return own.get(word) or (known.name.render(language) if known else word)

    spaced = " ".join(_PART.sub(lambda part: f" {spoken(part)} ", formula).split())
    return spaced.replace("( ", "(").replace(" )", ")")
