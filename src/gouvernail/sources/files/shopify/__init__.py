"""Shopify: the export of orders, one line a line item (FORMATS §14).

Fields of the order stand on its first line only: that line becomes one conversion (`order`, value = `Total`). What was
refunded, and the whole of an order that was cancelled or voided, becomes a second one (`refund`, negative),
on the day of the order: the export does not tell when. Instants bear the shop's offset and are turned to the
organisation's time. Buyers become pseudonyms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gouvernail.sources.layout import Derived, Field, FileSource, Layout, LayoutMatch
from gouvernail.sources.protocol import Chunk, Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Reading, empty, read_rows

_UTM = r"(?i)utm_{name}[\"'']?\s*[:=]\s*[\"'']?([^\n\r&;,\"'']+)"
_GIVEN_BACK = "('voided', 'expired')"


class Shopify(FileSource):
    """One layout, read twice: orders, then what was given back."""

    def read(self, sheet: Sheet, match: LayoutMatch, context: Context) -> Iterator[Chunk]:
        """Yield the orders, then the refunds."""
        reading, notes = self.plan(sheet, match, context)
        yield from read_rows(sheet, reading, context)
        for chunk in read_rows(sheet, _refunds(reading, match), context):
            # Faults were reported by the first pass.
            yield replace(chunk, rejects=(), rejected=0)
        if notes:
            yield Chunk(reading.table, empty(reading.table), notes=tuple(notes))


def _refunds(reading: Reading, match: LayoutMatch) -> Reading:
    raw = {name: f"c{at}" for name, at in match.positions.items()}
    back = f"lower(trim({raw['_status']})) IN {_GIVEN_BACK}"
    if "_cancelled" in raw:
        back += f" OR coalesce(trim({raw['_cancelled']}), '') <> ''"
    some = f"coalesce(TRY_CAST({raw['_refunded']} AS DOUBLE), 0) <> 0"
    # `value` is made from the order's own total, under another name.
    cells = tuple(replace(c, column="_total") if c.column == "value" else c for c in reading.cells)
    derived = {**reading.derived, "value": f'CASE WHEN {back} THEN -"_total" ELSE -"_refunded" END'}
    constants = {**reading.constants, "kind": "refund"}
    skip = f"({reading.skip or 'false'}) OR NOT coalesce({some} OR {back}, false)"
    return replace(reading, cells=cells, derived=derived, constants=constants, skip=skip)


def _utm(column: str, name: str) -> Derived:
    return Derived(
        column, f"nullif(trim(regexp_extract(\"_notes\", '{_UTM.format(name=name)}', 1)), '')", ("_notes",)
    )


LAYOUTS = (
    Layout(
        "orders", "conversions",
        (
            Field("order_id", "text", ("Name",), required=True, value_required=True),
            Field("_created", "instant", ("Created at",), required=True, value_required=True, style="iso"),
            Field("value", "money", ("Total",), required=True, value_required=True),
            Field("currency", "currency", ("Currency",)),
            Field("person", "person", ("Email",)),
            Field("promo_code", "text", ("Discount Code",)),
            Field("country", "text", ("Shipping Country", "Billing Country")),
            Field("_status", "text", ("Financial Status",), required=True),
            Field("_refunded", "money", ("Refunded Amount",), required=True),
            Field("_cancelled", "instant", ("Cancelled at",), style="iso"),
            Field("_notes", "text", ("Note Attributes",)),
        ),
        marks=(("Lineitem name", "Lineitem quantity"), ("Financial Status",)),
        known=("Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing", "Subtotal", "Shipping", "Taxes",
               "Discount Amount", "Shipping Method", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku",
               "Vendor", "Outstanding Balance", "Id", "Tags", "Risk Level", "Source", "Payment Method"),
        constants={"kind": "order"},
        derived=(
            Derived("instant", '"_created"', ("_created",)),
            Derived("day", 'CAST("_created" AS DATE)', ("_created",)),
            _utm("campaign", "campaign"), _utm("traffic_source", "source"), _utm("medium", "medium"),
        ),
        where="coalesce(trim({_status}), '') <> '' OR coalesce(trim({value}), '') <> ''",
    ),
)  # fmt: skip

SOURCE = Shopify("shopify", "Shopify", LAYOUTS)
