"""A formula made ready for its shares: division by a plain product becomes a product with reciprocals.

Own code: the driver grammar is ours, and no kept library takes the Shapley value of a formula (icanexplain splits sums
and one product in a fixed order; `shap` samples a model).
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from gouvernail.base.formula import Binary, Constant, Name, Node


@dataclass(frozen=True)
class Step:
    """One step: `const`, `var` (a name), `over` (1 / a name), or an operator on two earlier steps."""

    kind: Literal["const", "var", "over", "+", "-", "*", "/"]
    value: float = 0.0
    name: str = ""
    left: int = 0
    right: int = 0


@dataclass(frozen=True)
class Program:
    """The steps of a formula, parts before wholes; the last step is the formula.

    `knotted` names are those that the formula does not take once and to the first power: it is neither
    straight in them nor straight in one over them, the others being held. In all other names together it is multilinear.
    """

    steps: tuple[Step, ...]
    knotted: frozenset[str]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the formula, each once, in reading order."""
        return tuple(dict.fromkeys(step.name for step in self.steps if step.name))

    @cached_property
    def mentions(self) -> tuple[tuple[int, str, bool], ...]:
        """Where a name that is not knotted stands, the name, and whether one over it."""
        return tuple(
            (at, step.name, step.kind == "over")
            for at, step in enumerate(self.steps)
            if step.name and step.name not in self.knotted
        )

    @cached_property
    def inverted(self) -> frozenset[str]:
        """The names of which the formula takes one over."""
        return frozenset(step.name for step in self.steps if step.kind == "over")

    @cached_property
    def _rows(self) -> tuple[tuple[str, float, str, int, int], ...]:
        # Steps as plain tuples: explaining a tree of ten thousand leaves runs them a hundred thousand times.
        return tuple((step.kind, step.value, step.name, step.left, step.right) for step in self.steps)

    def degree(self, moved: Set[str]) -> int:
        """Return a bound of the formula's degree in the moved names that are not knotted, taken together."""
        degrees: list[int] = []
        for step in self.steps:
            if step.name:
                degrees.append(int(step.name in moved and step.name not in self.knotted))
            elif step.kind == "const":
                degrees.append(0)
            elif step.kind in "+-":
                degrees.append(max(degrees[step.left], degrees[step.right]))
            else:
                degrees.append(degrees[step.left] + degrees[step.right])
        return degrees[-1]

    def run(self, values: Mapping[str, Any], over: Mapping[str, Any]) -> list[Any]:
        """Return the value of every step. `over` holds one over each value; numbers or arrays alike."""
        found: list[Any] = []
        for kind, value, name, left, right in self._rows:
            if kind == "var":
                found.append(values[name])
            elif kind == "*":
                found.append(found[left] * found[right])
            elif kind == "+":
                found.append(found[left] + found[right])
            elif kind == "-":
                found.append(found[left] - found[right])
            elif kind == "over":
                found.append(over[name])
            elif kind == "const":
                found.append(value)
            else:
                found.append(found[left] / found[right])
        return found

    def slopes(self, found: list[Any]) -> list[Any]:
        """Return the derivative of the formula by every step, at the values that `run` found."""
        slopes: list[Any] = [0.0] * len(found)
        slopes[-1] = 1.0
        at = len(found)
        for kind, _, _, left, right in reversed(self._rows):
            at -= 1
            slope = slopes[at]
            if kind == "+":
                slopes[left], slopes[right] = slopes[left] + slope, slopes[right] + slope
            elif kind == "*":
                slopes[left] = slopes[left] + slope * found[right]
                slopes[right] = slopes[right] + slope * found[left]
            elif kind == "-":
                slopes[left], slopes[right] = slopes[left] + slope, slopes[right] - slope
            elif kind == "/":
                slopes[left] = slopes[left] + slope / found[right]
                slopes[right] = slopes[right] - slope * found[at] / found[right]
        return slopes

    def secant(
        self, name: str, ends: tuple[float, float], values: Mapping[str, Any], over: Mapping[str, Any]
    ) -> Any:
        """Return what the formula moves by, over what `name` moves by, between its two `ends`, all else held.

        Worked out step by step without dividing by the move, so that it is the derivative where the ends are one.
        """
        x, y = ends
        rows: list[tuple[Any, Any, Any]] = []
        for step in self.steps:
            if step.name == name:
                told = (x, y, 1.0) if step.kind == "var" else (1 / x, 1 / y, -1 / (x * y))
            elif step.name:
                held = values[step.name] if step.kind == "var" else over[step.name]
                told = (held, held, 0.0)
            elif step.kind == "const":
                told = (step.value, step.value, 0.0)
            else:
                told = _joined(step.kind, rows[step.left], rows[step.right])
            rows.append(told)
        return rows[-1][2]


def _joined(kind: str, a: tuple[Any, Any, Any], b: tuple[Any, Any, Any]) -> tuple[Any, Any, Any]:
    (a0, a1, da), (b0, b1, db) = a, b
    if kind == "+":
        return a0 + b0, a1 + b1, da + db
    if kind == "-":
        return a0 - b0, a1 - b1, da - db
    if kind == "*":
        return a0 * b0, a1 * b1, da * b1 + a0 * db
    return a0 / b0, a1 / b1, (da - a0 / b0 * db) / b1


def compiled(node: Node) -> Program:
    """Return the program of a formula."""
    making = _Making([], set())
    making.add(node)
    return Program(tuple(making.steps), frozenset(making.knotted))


def is_monomial(node: Node) -> bool:
    """Return whether a formula only multiplies and divides: then one over it is made of ones over its names."""
    match node:
        case Binary(operator=operator, left=left, right=right):
            return operator in "*/" and is_monomial(left) and is_monomial(right)
    return True


@dataclass
class _Making:
    """Steps as they are made. `add` returns where a part stands and how it takes each of its names."""

    steps: list[Step]
    knotted: set[str]

    def add(self, node: Node, inverse: bool = False) -> tuple[int, dict[str, str]]:
        match node:
            case Constant(value=value):
                return self._put(Step("const", 1 / value if inverse else value)), {}
            case Name(id=id):
                kind: Literal["var", "over"] = "over" if inverse else "var"
                return self._put(Step(kind, name=id)), {id: kind}
            case Binary(operator=operator, left=left, right=right):
                if operator in "+-":
                    return self._both(operator, self.add(left), self.add(right))
                if operator == "/" and not is_monomial(right):
                    # Never inside a monomial, hence never inverted.
                    divided, by = self.add(left), self.add(right)
                    self.knotted |= set(by[1])
                    return self._both("/", divided, by)
                flipped = inverse != (operator == "/")
                return self._both("*", self.add(left, inverse), self.add(right, flipped))

    def _both(
        self,
        kind: Literal["+", "-", "*", "/"],
        left: tuple[int, dict[str, str]],
        right: tuple[int, dict[str, str]],
    ) -> tuple[int, dict[str, str]]:
        (a, in_a), (b, in_b) = left, right
        for name in in_a.keys() & in_b.keys():
            if kind in "*/" or in_a[name] != in_b[name]:
                self.knotted.add(name)
        return self._put(Step(kind, left=a, right=b)), {**in_a, **in_b}

    def _put(self, step: Step) -> int:
        self.steps.append(step)
        return len(self.steps) - 1
