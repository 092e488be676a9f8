"""The driver grammar: `qualified_leads * win_rate - 3`, parsed to a typed tree, never run as Python.

    expression := term (("+" | "-") term)*
    term       := factor (("*" | "/") factor)*
    factor     := number | name | "(" expression ")" | "-" factor

Source: S1 (cascade of objectives) and S3 (two languages) need metrics tied to one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from gouvernail.base.errors import FormulaError
from gouvernail.base.text import T

Operator = Literal["+", "-", "*", "/"]
MAX_DEPTH = 100
MAX_TOKENS = 500
"""`a + b + c …` is a tree as deep as it is long; walking it must not exhaust the stack."""


@dataclass(frozen=True)
class Constant:
    """A number written in the formula."""

    value: float


@dataclass(frozen=True)
class Name:
    """A metric id."""

    id: str


@dataclass(frozen=True)
class Binary:
    """`left operator right`."""

    operator: Operator
    left: Node
    right: Node


Node = Constant | Name | Binary

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<mark>[-+*/()]))")


def parse(words: str) -> Node:
    """Return the tree of a formula.

    Raises:
        FormulaError: with the offset of the first fault.
    """
    tokens = _tokens(words)
    if len(tokens) > MAX_TOKENS:
        raise FormulaError(T("The formula is nested too deeply."), tokens[MAX_TOKENS][2])
    node, rest = _expression(tokens, 0, 0)
    kind, value, at = tokens[rest]
    if kind != "end":
        raise FormulaError(
            T(
                "“{value}” at character {n} was not expected here.",
                value=value,
                n=at + 1,
            ),
            at,
        )
    return node


def names(node: Node) -> tuple[str, ...]:
    """Return the metric ids of a formula, each once, in reading order."""
    found: dict[str, None] = {}

    def walk(part: Node) -> None:
        match part:
            case Name(id=id):
                found[id] = None
            case Binary(left=left, right=right):
                walk(left)
                walk(right)

    walk(node)
    return tuple(found)


def evaluate(node: Node, value_of: Callable[[str], float | None]) -> float | None:
    """Return the value of the formula, or None where a metric has none or a division is by zero."""
    match node:
        case Constant(value=value):
            return value
        case Name(id=id):
            return value_of(id)
        case Binary(operator=operator, left=left, right=right):
            a, b = evaluate(left, value_of), evaluate(right, value_of)
            return None if a is None or b is None else apply(operator, a, b)


def apply(operator: Operator, a: float, b: float) -> float | None:
    """Return `a operator b`, None for a division by zero."""
    match operator:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return a / b if b else None


def gradient(node: Node, values: Mapping[str, float]) -> dict[str, float] | None:
    """Return the partial derivative of the formula by each metric at `values`, exact (no differences).

    None where a metric has no value or a division is by zero.
    """
    found = _dual(node, values)
    return found[1] if found else None


def _dual(node: Node, values: Mapping[str, float]) -> tuple[float, dict[str, float]] | None:
    match node:
        case Constant(value=value):
            return value, {}
        case Name(id=id):
            return (values[id], {id: 1.0}) if id in values else None
        case Binary(operator=operator, left=left, right=right):
            first, second = _dual(left, values), _dual(right, values)
            if first is None or second is None:
                return None
            (a, da), (b, db) = first, second
            if operator in "+-":
                sign = 1.0 if operator == "+" else -1.0
                return a + sign * b, _sum(da, 1.0, db, sign)
            if operator == "*":
                return a * b, _sum(da, b, db, a)
            return None if b == 0 else (a / b, _sum(da, 1 / b, db, -a / (b * b)))


def _sum(a: dict[str, float], x: float, b: dict[str, float], y: float) -> dict[str, float]:
    return {id: x * a.get(id, 0.0) + y * b.get(id, 0.0) for id in {**a, **b}}


def show(node: Node) -> str:
    """Return the formula as text; `parse(show(node)) == node`."""
    match node:
        case Constant(value=value):
            return f"{value:.15g}" if "e" not in f"{value:.15g}" else f"{value:f}"
        case Name(id=id):
            return id
        case Binary(operator=operator, left=left, right=right):
            return f"{_wrapped(left, operator, False)} {operator} {_wrapped(right, operator, True)}"


def _wrapped(part: Node, outer: Operator, is_right: bool) -> str:
    words = show(part)
    if not isinstance(part, Binary):
        return words
    weak_inside = part.operator in "+-" and outer in "*/"
    same_level = (part.operator in "+-") == (outer in "+-")
    return f"({words})" if weak_inside or (same_level and is_right) else words


def _tokens(words: str) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    at = 0
    while at < len(words.rstrip()):
        match = _TOKEN.match(words, at)
        if not match or match.lastgroup is None:
            start = at + len(words[at:]) - len(words[at:].lstrip())
            raise FormulaError(
                T(
                    "“{value}” at character {n} is not allowed: use metric ids, numbers, + - * / and parentheses.",
                    value=words[start],
                    n=start + 1,
                ),
                start,
            )
        found.append((match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
        at = match.end()
    found.append(("end", "", len(words)))
    return found


def _expression(tokens: list[tuple[str, str, int]], i: int, depth: int) -> tuple[Node, int]:
    node, i = _term(tokens, i, depth)
    while tokens[i][1] in ("+", "-") and tokens[i][0] == "mark":
        operator: Operator = "+" if tokens[i][1] == "+" else "-"
        right, i = _term(tokens, i + 1, depth)
        node = Binary(operator, node, right)
    return node, i


def _term(tokens: list[tuple[str, str, int]], i: int, depth: int) -> tuple[Node, int]:
    node, i = _factor(tokens, i, depth)
    while tokens[i][1] in ("*", "/") and tokens[i][0] == "mark":
        operator: Operator = "*" if tokens[i][1] == "*" else "/"
        right, i = _factor(tokens, i + 1, depth)
        node = Binary(operator, node, right)
    return node, i


def _factor(tokens: list[tuple[str, str, int]], i: int, depth: int) -> tuple[Node, int]:
    kind, value, at = tokens[i]
    if depth > MAX_DEPTH:
        raise FormulaError(T("The formula is nested too deeply."), at)
    if kind == "number":
        return Constant(float(value)), i + 1
    if kind == "name":
        return Name(value), i + 1
    if value == "-":
        node, i = _factor(tokens, i + 1, depth + 1)
        return Binary("-", Constant(0.0), node), i
    if value == "(":
        node, i = _expression(tokens, i + 1, depth + 1)
        if tokens[i][1] != ")":
            raise FormulaError(T("A closing parenthesis is missing."), tokens[i][2])
        return node, i + 1
    if kind == "end":
        raise FormulaError(T("The formula stops too early: a metric or a number is missing."), at)
    raise FormulaError(
        T("“{value}” at character {n} was not expected here.", value=value, n=at + 1),
        at,
    )
