"""Cells of a preview as readers write them."""

import pytest

from gouvernail.web.data.cells import shown


@pytest.mark.parametrize(
    ("table", "column", "cell", "english", "french"),
    [
        ("spend", "day", "2026-08-02", "August 2, 2026", "2 août 2026"),
        ("spend", "cost", "1200.5", "1,200.50", "1\u202f200,50"),
        ("spend", "cost", "1200", "1,200.00", "1\u202f200,00"),
        ("spend", "cost", "-0.125", "−0.125", "−0,125"),
        ("spend", "video_views", "12.5", "12.5", "12,5"),
        ("spend", "clicks", "12000", "12,000", "12\u202f000"),
        ("spend", "campaign", "2026-08-01", "2026-08-01", "2026-08-01"),
        ("web", "channel", "search_paid", "Paid search", "Liens sponsorisés"),
        ("web", "channel", "an own one", "an own one", "an own one"),
        ("deals", "stage", "mql", "marketing qualified lead", "prospect qualifié par le marketing"),
        ("conversions", "new_customer", "True", "yes", "oui"),
        ("deals", "amount", "•••", "•••", "•••"),
        ("deals", "amount", "", "", ""),
        ("nowhere", "x", "1", "1", "1"),
    ],
)
def test_a_cell_is_said_in_the_readers_way(
    table: str, column: str, cell: str, english: str, french: str
) -> None:
    assert (shown(table, "en", column, cell), shown(table, "fr", column, cell)) == (english, french)
