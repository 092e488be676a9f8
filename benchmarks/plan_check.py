"""Check of a large plan, against the time that PyYAML's C parser takes to read its YAML; linear in its elements."""

from __future__ import annotations

from cProfile import Profile
from datetime import date
from pathlib import Path
from time import process_time

import yaml

from benchmarks.bench import Ratio, Result, Setup, best_of, timed

FEW, MANY = 1_000, 10_000
TODAY = date(2026, 9, 30)


def bench(setup: Setup) -> Result:
    """Check a plan of 10,000 elements and one of a tenth of them."""
    from gouvernail.plan.load import load_plan

    seconds, figures = {}, dict[str, float | int | str]()
    for count in (setup.size(FEW), setup.size(MANY)):
        path = setup.folder / f"plan-{count}.yaml"
        path.write_text(plan_text(count), encoding="utf-8")
        parsing = best_of(3, lambda path=path: _compose(path), process_time)  # type: ignore[misc]
        loading = best_of(2, lambda path=path: load_plan(path), process_time)  # type: ignore[misc]
        # A plan of its own for each run, and no other alive: nothing is left over from the run before.
        checked = [_check(path) for _ in range(3)]
        checking, found = min(each for each, _ in checked), checked[0][1]
        seconds[count] = (parsing, checking, _calls(path))
        figures |= {
            f"{count:,} elements: YAML by PyYAML's C loader, seconds": parsing,
            f"{count:,} elements: load with places, seconds": loading,
            f"{count:,} elements: check, seconds": checking,
            f"{count:,} elements: findings": found,
        }
    (_, few, few_calls), (parsing, many, many_calls) = seconds.values()
    return Result(
        figures,
        (
            Ratio("check", many / parsing, 1.0, "parsing the same YAML"),
            # Calls are counted, not timed: ten times the elements no longer fit the processor's caches, so that
            # seconds grow a little faster than the work does.
            Ratio("calls for ten times the elements", many_calls / few_calls, 10.5, "calls for one time"),
            Ratio("seconds for ten times the elements", many / few, 20.0, "seconds for one time"),
        ),
    )


def _check(path: Path) -> tuple[float, int]:
    from gouvernail.checks.runner import check
    from gouvernail.plan.load import load_plan

    plan = load_plan(path).plan
    seconds, result = timed(lambda: check(plan, today=TODAY), process_time)
    return seconds, len(result.findings)


def _calls(path: Path) -> int:
    """Return how many Python calls a check makes."""
    from gouvernail.checks.runner import check
    from gouvernail.plan.load import load_plan

    plan = load_plan(path).plan
    profile = Profile()
    profile.runcall(check, plan, today=TODAY)
    return sum(entry.callcount for entry in profile.getstats())


def _compose(path: Path) -> object:
    with path.open(encoding="utf-8") as file:
        return yaml.compose(file, Loader=yaml.CSafeLoader)


def plan_text(elements: int) -> str:
    """Return the YAML of a whole plan of about as many elements: one objective in ten, the rest actions."""
    objectives, actions = max(1, elements // 10), max(1, elements - elements // 10 - 8)
    parts = [_HEAD]
    parts += [_objective(number) for number in range(objectives)]
    parts.append("actions:\n")
    parts += [_action(number, objectives) for number in range(actions)]
    return "".join(parts)


_HEAD = """\
version: 1
organisation: {name: Bench, currency: CHF, country: CH, market: b2b}
people:
  - {id: ana, title: Ana}
values:
  - {id: precision, title: Precision, text: We measure twice and cut once in every valve that leaves Yverdon.}
visions:
  - {id: vision, title: Vision, text: Every workshop in Europe runs without a leak., serves: [precision]}
missions:
  - {id: mission, title: Mission, text: Valves that tell when they wear., serves: [vision]}
segments:
  - {id: buyers, title: Industrial buyers, serves: [mission]}
objectives:
  - {id: revenue, title: Revenue, level: business, metric: revenue, baseline: 1000000, target: 1200000,
     start: 2026-01-01, due: 2026-12-31, serves: [mission], owner: ana, evaluated: monthly, reviewed: yearly}
"""


def _objective(number: int) -> str:
    return (
        f"  - {{id: objective-{number}, title: Leads of region {number}, level: marketing, metric: leads, baseline: 100,"
        f" target: {120 + number % 7}, start: 2026-01-01, due: 2026-12-31, serves: [revenue], owner: ana,"
        f" evaluated: monthly, reviewed: yearly}}\n"
    )


def _action(number: int, objectives: int) -> str:
    return (
        f"  - {{id: action-{number}, title: Campaign {number}, serves: [objective-{number % objectives}], owner: ana,"
        f" channel: linkedin_paid, budget: {100 + number % 900}, start: 2026-02-01, end: 2026-06-30,"
        f" audience: {{segments: [buyers], market: b2b, age: {{low: 40, high: 60}}}},"
        f" message: Valves that tell when they wear, tracking: [{{value: campaign-{number}}}], kpis: [leads]}}\n"
    )
