"""Facts to actions by tracking keys: what each action spent and brought, what belongs to none, who is silent.

The engine groups facts by what they say of themselves (campaign, code, source); only the distinct
identities come to Python. Amounts of actions and orphans sum exactly to the total.
Method: docs/methods/matching.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gouvernail.base.periods import Period
from gouvernail.metrics.groups import Group, Groups
from gouvernail.metrics.keys import ActionKeys, Owners
from gouvernail.metrics.matches import ActionMatch, Matches, Orphan, OrphanSales
from gouvernail.metrics.rates import rates_of

_ZERO = Decimal(0)


def match(
    engine: Any,
    actions: Sequence[ActionKeys],
    period: Period,
    currency: str = "EUR",
    rates: Iterable[tuple[str, date, Decimal]] = (),
    of_record: Mapping[str, str] | None = None,
) -> Matches:
    """Return what matched each action, what matched none, and which actions are silent."""
    asked = Groups(engine, actions, period, currency.upper(), rates_of(rates), of_record or {})
    owners = Owners(actions)
    groups = {
        "spend": asked.spend(),
        "web": asked.visits(),
        "email": asked.mails(),
        "leads": asked.funnel("leads"),
        "others": asked.conversions(),
        "sales": asked.funnel("revenue"),
    }
    shared = {name: _shared(owners, rows) for name, rows in groups.items()}
    found = {
        each.action: _action(asked, each, {name: own.get(each.action, []) for name, own in shared.items()})
        for each in actions
    }
    loose = [(identity, row) for identity, row in groups["spend"] if owners.of(identity) is None]
    return Matches(
        period,
        currency.upper(),
        found,
        _orphans(loose),
        _orphan_sales([each for each in groups["sales"] if owners.of(each[0]) is None]),
        tuple(sorted(each.action for each in actions if _silent(each, found[each.action], period))),
        _owned(owners, groups),
        sum((row["cost"] or _ZERO for _, row in groups["spend"]), _ZERO),
        sum((row["value"] or _ZERO for _, row in groups["sales"]), _ZERO),
        asked.unconverted(),
    )


def _shared(owners: Owners, groups: list[Group]) -> dict[str, list[Group]]:
    """Return the groups by the action that owns them."""
    owned: dict[str, list[Group]] = {}
    for identity, row in groups:
        action = owners.of(identity)
        if action is not None:
            owned.setdefault(action, []).append((identity, row))
    return owned


def _action(asked: Groups, keys: ActionKeys, groups: Mapping[str, list[Group]]) -> ActionMatch:
    """Return the sums of one action over the groups that it owns."""
    own = {name: [row for _, row in rows] for name, rows in groups.items()}
    spent, sold = own["spend"], own["sales"]
    now = [row for row in spent if row["rows"]]
    begun = asked.starts.index(keys.start) + 1 if keys.start else 0
    days = [row for rows in (now, own["leads"], sold) for row in rows]
    return ActionMatch(
        keys.action,
        _total(now, "cost"),
        _total([row for row in spent if row["begun"] >= begun], "to_date"),
        _total([*now, *own["email"]], "clicks"),
        _total(now, "impressions"),
        _total(own["web"], "sessions"),
        _total(own["leads"], "count"),
        _total(sold, "count"),
        _total(sold, "value"),
        min((row["first"] for row in days if row["first"]), default=None),
        max((row["last"] for row in days if row["last"]), default=None),
        asked.outside(keys, groups["spend"]) if now else 0,
        sum(row["rows"] for rows in own.values() for row in rows),
    )


def _total(rows: list[dict[str, Any]], name: str) -> Any:
    values = [row[name] for row in rows if row.get(name) is not None]
    return sum(values[1:], values[0]) if values else None


def _orphans(loose: list[Group]) -> tuple[Orphan, ...]:
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for identity, row in loose:
        if row["rows"] and row["cost"]:
            by_name.setdefault((identity.source, identity.campaign or ""), []).append(row)
    found = [
        Orphan(
            source,
            campaign,
            sum((row["cost"] for row in rows), _ZERO),
            min(row["first"] for row in rows),
            max(row["last"] for row in rows),
        )
        for (source, campaign), rows in by_name.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.amount, each.source, each.campaign)))


def _orphan_sales(loose: list[Group]) -> tuple[OrphanSales, ...]:
    by_name: dict[tuple[str, str], OrphanSales] = {}
    for identity, row in loose:
        key = (identity.source, identity.campaign or "")
        before = by_name.get(key, OrphanSales(*key, 0, _ZERO))
        by_name[key] = OrphanSales(
            *key, before.conversions + row["count"], before.revenue + (row["value"] or _ZERO)
        )
    return tuple(sorted(by_name.values(), key=lambda each: (-each.revenue, each.source, each.campaign)))


def _silent(keys: ActionKeys, found: ActionMatch, period: Period) -> bool:
    begun = keys.start is None or keys.start <= period.end
    running = keys.end is None or keys.end >= period.start
    return bool(keys.keys) and begun and running and not found.rows


def _owned(owners: Owners, groups: Mapping[str, list[Group]]) -> tuple[tuple[str, str, str], ...]:
    owned: dict[tuple[str, str], str] = {}
    for rows in groups.values():
        for identity, _ in rows:
            action = owners.of(identity)
            if action and identity.campaign:
                owned.setdefault((identity.source, identity.campaign), action)
    return tuple(sorted((source, campaign, action) for (source, campaign), action in owned.items()))
