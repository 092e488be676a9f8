"""Companies that buy from a company: who they are, and which of them ask again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from gouvernail.simulate.chance import stream
from gouvernail.simulate.names import FORMS, PLACES
from gouvernail.simulate.people import Lead
from gouvernail.simulate.world import Funnel

_SIZES = (35, 80, 140, 260, 520, 900)


@dataclass(frozen=True)
class Account:
    """A company that asked at least once. Its name is nobody else's."""

    number: int
    name: str
    country: str
    industry: str
    size: int


def with_accounts(leads: Iterable[Lead], funnel: Funnel, seed: int) -> Iterator[Lead]:
    """Yield the leads, which must come in the order of time, with the company that each asks for.

    A share `funnel.known` asks for a company that asked before (drawn among those of its country); private
    persons ask for none.
    """
    chance = stream(seed, "accounts")
    known: dict[str, list[Account]] = {}
    taken: set[str] = set()
    for lead in leads:
        if lead.private:
            yield lead
            continue
        mine = known.setdefault(lead.country, [])
        returns = bool(mine) and chance.random() < funnel.known
        if returns:
            account = mine[int(chance.integers(0, len(mine)))]
        else:
            account = _found(len(taken) + 1, lead.country, funnel, taken, chance)
            mine.append(account)
        yield replace(
            lead,
            account=account.number,
            company=account.name,
            size=account.size,
            industry=account.industry,
            returns=returns,
        )


def _found(
    number: int, country: str, funnel: Funnel, taken: set[str], chance: np.random.Generator
) -> Account:
    name = _name(country, funnel, chance)
    while name in taken:
        name = _name(country, funnel, chance)
    taken.add(name)
    return Account(number, name, country, str(chance.choice(funnel.industries)), int(chance.choice(_SIZES)))


def _name(country: str, funnel: Funnel, chance: np.random.Generator) -> str:
    forms: Mapping[str, tuple[str, ...]] = FORMS
    form = chance.choice(forms.get(country, forms[""]))
    return f"{chance.choice(PLACES)} {chance.choice(funnel.trades)} {form}"
