"""Every file of the simulated companies is imported to what is true: rows, amounts to the cent, planted dirt."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.sources.protocol import Status
from gouvernail.warehouse.tables import TABLES
from tests.simulate.conftest import Importer


@pytest.mark.parametrize("company", COMPANIES)
def test_vendor_files_import_to_the_truth(company: str, imported: Importer) -> None:
    found = imported(company)
    for written in found.truth.files:
        preview = found.files[written.file]
        assert (preview.status, preview.source) == (Status.ready, written.source), written.file
        table = preview.tables[written.table]
        known = {
            name: total for name, total in written.totals.items() if name in TABLES[written.table].summable
        }
        assert table.rows == written.rows, written.file
        assert {name: Decimal(table.totals[name]) for name in known} == known, written.file
        assert sum(each.rejected for each in preview.tables.values()) == written.rejected, written.file
