"""Orders of an online shop: lines, discounts, refunds, customers who come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

import numpy as np

from gouvernail.simulate.chance import stream
from gouvernail.simulate.flow import Flow, Flows
from gouvernail.simulate.names import FIRST, LAST, slug
from gouvernail.simulate.world import DAY_ONE, Product, Promotion, Shop

FIRST_ORDER = 1001


@dataclass(frozen=True)
class Line:
    """One product of an order."""

    product: Product
    quantity: int

    @property
    def cents(self) -> int:
        return round(self.product.price * 100) * self.quantity


@dataclass(frozen=True)
class Order:
    """An order, amounts in hundredths."""

    number: int
    instant: datetime
    flow: Flow
    customer: int
    first: str
    last: str
    country: str
    lines: tuple[Line, ...]
    discount: int
    code: str
    shipping: int
    refunded: int

    @property
    def day(self) -> date:
        return self.instant.date()

    @cached_property
    def email(self) -> str:
        return f"{slug(self.first)}.{slug(self.last)}{self.customer}@mail.example"

    @cached_property
    def subtotal(self) -> int:
        """Goods after discount."""
        return sum(line.cents for line in self.lines) - self.discount

    @property
    def total(self) -> int:
        return self.subtotal + self.shipping


def orders(flows: Flows) -> tuple[Order, ...]:
    """Return every order of the simulated calendar, by instant, numbered as a shop numbers them."""
    shop = flows.world.shop
    if shop is None:
        return ()
    moments = sorted(
        (instant, index)
        for index, flow in enumerate(flows.flows)
        if not flow.trade
        for instant in _instants(flow, flows.seed)
    )
    chance = stream(flows.seed, flows.world.id, "orders")
    return tuple(_orders(moments, flows.flows, shop, chance))


def _instants(flow: Flow, seed: int) -> Iterator[datetime]:
    chance = stream(seed, "orders", flow.source, flow.medium, flow.campaign)
    for index in np.flatnonzero(flow.demand):
        morning = datetime.combine(DAY_ONE + timedelta(int(index)), time(6))
        for _ in range(int(flow.demand[index])):
            yield morning + timedelta(seconds=int(chance.integers(0, 17 * 3600)))


def _orders(
    moments: list[tuple[datetime, int]], flows: tuple[Flow, ...], shop: Shop, chance: np.random.Generator
) -> Iterator[Order]:
    people: list[tuple[str, str, str]] = []
    countries = list(shop.countries)
    for number, (instant, index) in enumerate(moments, start=FIRST_ORDER):
        if people and chance.random() < shop.repeat_rate:
            customer = int(chance.integers(0, len(people)))
        else:
            country = str(chance.choice(countries, p=list(shop.countries.values())))
            people.append((str(chance.choice(FIRST)), str(chance.choice(LAST)), country))
            customer = len(people) - 1
        first, last, country = people[customer]
        lines = _lines(shop, chance)
        promotion = _promotion(shop, instant.date(), chance)
        goods = sum(line.cents for line in lines)
        discount = round(goods * promotion.discount) if promotion else 0
        refunded = goods - discount if chance.random() < shop.refund_rate else 0
        yield Order(
            number,
            instant,
            flows[index],
            customer,
            first,
            last,
            country,
            lines,
            discount,
            promotion.code if promotion else "",
            round(shop.shipping * 100),
            refunded,
        )


def _lines(shop: Shop, chance: np.random.Generator) -> tuple[Line, ...]:
    shares = np.array([product.share for product in shop.products])
    count = min(1 + int(chance.poisson(shop.extra_lines)), len(shop.products))
    chosen = chance.choice(len(shop.products), size=count, replace=False, p=shares / shares.sum())
    return tuple(Line(shop.products[int(index)], 1 + int(chance.random() < 0.06)) for index in chosen)


def _promotion(shop: Shop, day: date, chance: np.random.Generator) -> Promotion | None:
    for promotion in shop.promotions:
        if promotion.start <= day <= promotion.end and chance.random() < promotion.share:
            return promotion
    return None
