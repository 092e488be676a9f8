"""The way of a file: sent, looked at, imported, imported again, undone; and what goes wrong on it."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.warehouse.lake import Lake
from gouvernail.web.data.incoming import safe_name
from gouvernail.web.data.models import Upload
from gouvernail.web.workspaces.models import AuditEntry, Role, Workspace
from tests.web.conftest import Join, SignedIn

VENDOR = Path(__file__).parents[4] / "shared" / "data" / "vendor"
ADS = """date,campaign_name,spend,impressions,clicks
2026-08-01,Autumn,100.50,1000,20
2026-08-02,Autumn,200.25,1500,30
not a day,Autumn,1,1,1
"""


def send(client: Client, *files: tuple[str, bytes | str]):
    made = [
        SimpleUploadedFile(name, body.encode() if isinstance(body, str) else body) for name, body in files
    ]
    return client.post("/o/acme/data/files", {"files": made})


def mapped(client: Client, pk: int, **more: str):
    chosen = {
        "table": "spend",
        "source": "my ads",
        "column:day": "date",
        "column:campaign": "campaign_name",
        "column:cost": "spend",
        "column:clicks": "clicks",
        "column:impressions": "impressions",
        "currency": "chf",
    }
    return client.post(f"/o/acme/data/files/{pk}/mapping", chosen | more)


@pytest.fixture
def ads(owner: Client, plan: Plan) -> Upload:
    """A table that no source knows, looked at by its mapping."""
    send(owner, ("ads.csv", ADS))
    upload = Upload.objects.get()
    mapped(owner, upload.pk)
    upload.refresh_from_db()
    return upload


def test_a_file_is_shown_before_anything_is_imported(
    owner: Client, ads: Upload, workspace: Workspace
) -> None:
    page = owner.get(f"/o/acme/data/files/{ads.pk}").content.decode()

    assert not workspace.lake_path.exists()
    assert "2 good rows" in page
    assert "1 rejected row" in page
    assert "CHF\xa0300.75" in page
    assert "not a day" in page
    assert "Import 2 rows" in page


def test_what_was_seen_is_what_is_imported(owner: Client, ads: Upload, workspace: Workspace) -> None:
    owner.post(f"/o/acme/data/files/{ads.pk}/import")
    ads.refresh_from_db()

    record = Lake.open(workspace.lake_path).imports()[0]
    assert (ads.state, ads.import_id, ads.kept) == ("imported", record.id, "")
    assert record.tables["spend"].rows == 2
    newest = AuditEntry.objects.first()
    assert newest is not None
    assert newest.what == "import.committed"
    history = owner.get("/o/acme/data/imports").content.decode()
    assert "ads.csv" in history
    assert "Owner" in history
    rejected = owner.get(f"/o/acme/data/imports/{record.id}/rejects.csv").content.decode()
    assert list(csv.reader(StringIO(rejected)))[1][:3] == ["4", "date", "not a day"]


def test_the_same_file_twice_changes_nothing_and_says_so(
    owner: Client, ads: Upload, workspace: Workspace
) -> None:
    owner.post(f"/o/acme/data/files/{ads.pk}/import")
    before = Lake.open(workspace.lake_path).version()
    send(owner, ("ads again.csv", ADS))
    again = Upload.objects.order_by("pk").last()
    assert again is not None
    mapped(owner, again.pk)
    assert "already" in owner.get(f"/o/acme/data/files/{again.pk}").content.decode()
    owner.post(f"/o/acme/data/files/{again.pk}/import")
    again.refresh_from_db()

    assert again.state == "repeated"
    assert Lake.open(workspace.lake_path).version() == before
    assert "nothing was changed" in owner.get(f"/o/acme/data/files/{again.pk}").content.decode()


def test_an_import_is_undone_and_tells_before_what_goes_and_what_comes_back(
    owner: Client, ads: Upload, workspace: Workspace
) -> None:
    owner.post(f"/o/acme/data/files/{ads.pk}/import")
    send(owner, ("ads august.csv", ADS.replace("100.50", "999")))
    newer = Upload.objects.order_by("pk").last()
    assert newer is not None
    mapped(owner, newer.pk)
    page = owner.get(f"/o/acme/data/files/{newer.pk}").content.decode()
    assert "will be replaced" in page
    assert "August 1, 2026 to August 2, 2026, from ads.csv" in page
    owner.post(f"/o/acme/data/files/{newer.pk}/import")
    newer.refresh_from_db()

    page = owner.get(f"/o/acme/data/imports/{newer.import_id}").content.decode()
    assert "2 rows would be taken away" in page
    assert "ads.csv" in page
    owner.post(f"/o/acme/data/imports/{newer.import_id}/undo")
    newer.refresh_from_db()
    assert newer.state == "undone"
    assert [one.file for one in Lake.open(workspace.lake_path).imports()] == ["ads.csv"]
    # Once more, as somebody does whose page is old: it is told, and nothing breaks.
    assert owner.post(f"/o/acme/data/imports/{newer.import_id}/undo").status_code == 302


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("empty.csv", b"", "The file is empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "not a table"),
        ("half.xlsx", b"PK\x03\x04half of an archive", "damaged or incomplete"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"x" * 60, "old Excel file"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence(
    owner: Client, workspace: Workspace, name: str, body: bytes, words: str
) -> None:
    # Django's own parser leaves a file without a byte out of what it hands on.
    send(owner, (name, body))
    page = owner.get(f"/o/acme/data/files/{Upload.objects.get().pk}").content.decode()

    assert words in page
    assert not workspace.lake_path.exists()


def test_a_file_too_large_is_left_out_and_the_others_are_taken(owner: Client, settings) -> None:
    settings.UPLOAD_LIMIT = 1000
    answer = send(owner, ("large.csv", "x" * 1001), ("ads.csv", ADS))

    assert Upload.objects.get().name == "ads.csv"
    assert "large.csv" in owner.get(answer.headers["Location"]).content.decode()


def test_files_too_large_together_are_told_on_a_page(owner: Client, settings) -> None:
    settings.UPLOAD_LIMIT = 1000
    answer = send(owner, *((f"ads-{n}.csv", "x" * 900) for n in range(7)))
    said = owner.get(answer.headers["Location"]).content.decode()

    assert Upload.objects.count() == 4
    assert "ads-4.csv was left out" in said
    assert "ads-6.csv was left out" in said


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\report.csv", "report.csv"),
        ("<img src=x onerror=alert(1)>.csv", "_img src=x onerror=alert(1)_.csv"),
        (".bashrc", "bashrc"),
        ("Campanhas(2026.05.05-2026.05.24).csv", "Campanhas(2026.05.05-2026.05.24).csv"),
        ("", "file"),
        ("é" * 300 + ".csv", "é" * 54 + ".csv"),
    ],
)
def test_names_of_files_do_no_harm(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_only_who_may_bring_data_brings_data(
    join: Join, signed_in: SignedIn, ads: Upload, workspace: Workspace
) -> None:
    reader = signed_in(join(Role.reader))

    assert reader.get("/o/acme/data/").status_code == 200
    assert b'type="file"' not in reader.get("/o/acme/data/").content
    assert send(reader, ("ads.csv", ADS)).status_code == 403
    assert reader.get(f"/o/acme/data/files/{ads.pk}").status_code == 403
    assert reader.post(f"/o/acme/data/files/{ads.pk}/import").status_code == 403
    assert reader.get("/o/acme/data/forget").status_code == 403


def test_a_file_of_another_organisation_is_not_there(
    join: Join, signed_in: SignedIn, ads: Upload, db: None
) -> None:
    rival = Workspace.objects.create(slug="rival", name="Rival")
    client = signed_in(join(Role.owner, "boss@rival.example", rival))

    for path in ("", "/state", "/mapping", "/rejects.csv"):
        assert client.get(f"/o/rival/data/files/{ads.pk}{path}").status_code == 404
    for path in ("/import", "/cancel", "/discard", "/look"):
        assert client.post(f"/o/rival/data/files/{ads.pk}{path}").status_code == 404


def test_a_file_is_thrown_away_with_its_folder(owner: Client, ads: Upload) -> None:
    folder = ads.path.parent
    owner.post(f"/o/acme/data/files/{ads.pk}/discard")

    assert not folder.exists()
    assert not Upload.objects.exists()


def test_a_mapping_without_a_day_is_told_beside_the_form(owner: Client, ads: Upload) -> None:
    answer = mapped(owner, ads.pk, **{"column:day": ""})

    assert answer.status_code == 200
    assert "which column of the file holds the day" in answer.content.decode()


def test_a_mapping_takes_no_column_that_the_file_does_not_have(owner: Client, ads: Upload) -> None:
    mapped(owner, ads.pk, **{"column:ad": "no such column", "table": "spend'; DROP"})
    ads.refresh_from_db()

    assert "ad" not in ads.mapping["columns"]
    assert ads.mapping["table"] == "spend"


def test_the_next_file_with_the_same_columns_is_proposed_the_same_mapping(owner: Client, ads: Upload) -> None:
    owner.post(f"/o/acme/data/files/{ads.pk}/import")
    send(owner, ("ads september.csv", ADS.replace("2026-08", "2026-09")))
    next_ = Upload.objects.order_by("pk").last()
    assert next_ is not None

    page = owner.get(f"/o/acme/data/files/{next_.pk}/mapping").content.decode()
    assert 'value="my_ads"' in page
    assert 'value="CHF"' in page


def test_two_people_press_at_once_and_one_import_is_made(
    ads: Upload, join: Join, workspace: Workspace
) -> None:
    from gouvernail.web.data import orders

    other = join(Role.marketing)
    twice = [orders.bring(Upload.objects.get(pk=ads.pk), other) for _ in range(2)]
    assert twice == [True, False]
    assert len(Lake.open(workspace.lake_path).imports()) == 1


def test_work_begun_again_after_a_kill_ends_as_if_nothing_had_happened(
    ads: Upload, workspace: Workspace
) -> None:
    from gouvernail.web.data import orders, tasks

    orders.bring(ads, ads.author)  # type: ignore[arg-type]
    # Killed after the lake was written and before the record was: the worker finds it as it left it.
    Upload.objects.filter(pk=ads.pk).update(state="importing", import_id="", kept=ads.kept)
    path = Lake.open(workspace.lake_path).folder / "originals"
    kept = Upload.objects.get(pk=ads.pk)
    kept.path.parent.mkdir(parents=True, exist_ok=True)
    Upload.objects.filter(pk=ads.pk).update(kept=f"incoming/x/{ads.name}")
    target = workspace.folder / "incoming" / "x" / ads.name
    target.parent.mkdir(parents=True)
    target.write_bytes(next(path.iterdir()).read_bytes())
    tasks.bring.func(ads.pk, None)
    ads.refresh_from_db()

    assert ads.state == "imported"
    assert len(Lake.open(workspace.lake_path).imports()) == 1


def test_e_mail_addresses_are_not_kept_with_the_preview(owner: Client, workspace: Workspace) -> None:
    send(
        owner,
        (
            "people.csv",
            "date,mail,total\n2026-08-01,jane.doe@example.org,12\n2026-08-02,+41 79 123 45 67,3\n",
        ),
    )

    assert "jane.doe" not in str(Upload.objects.get().preview)
    assert "123 45 67" not in str(Upload.objects.get().preview)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_page_asks_the_database_the_same_whatever_there_is(
    owner: Client, plan: Plan, workspace: Workspace, django_assert_max_num_queries, count: int
) -> None:
    for number in range(count):
        Upload.objects.create(workspace=workspace, name=f"{number}.csv", state="previewed", preview={})
    owner.get("/o/acme/data/")

    with django_assert_max_num_queries(15):
        owner.get("/o/acme/data/")


def test_every_file_that_is_ready_is_imported_by_one_press(
    owner: Client, ads: Upload, workspace: Workspace
) -> None:
    send(owner, ("empty.csv", b" \n"))
    page = owner.get("/o/acme/data/").content.decode()
    assert "files that are ready" not in page  # one alone needs no such button

    owner.post("/o/acme/data/files/import")
    ads.refresh_from_db()
    assert ads.state == "imported"
    assert len(Lake.open(workspace.lake_path).imports()) == 1


@pytest.mark.skipif(not VENDOR.exists(), reason="the vendors' files are not here")
def test_parts_of_one_export_sent_together_explain_each_other(
    owner: Client, plan: Plan, workspace: Workspace
) -> None:
    folder = VENDOR / "google-search-console" / "fr-ui"
    names = ("Requêtes.csv", "Pays.csv", "Dates.csv")
    send(owner, *((name, (folder / name).read_bytes()) for name in names))

    assert {one.preview["status"] for one in Upload.objects.all()} == {"ready"}
    # The dates first: they stay beside the others until those are imported too.
    for name in ("Dates.csv", "Requêtes.csv", "Pays.csv"):
        owner.post(f"/o/acme/data/files/{Upload.objects.get(name=name).pk}/import")
    assert {one.state for one in Upload.objects.all()} == {"imported"}
    assert not list((workspace.folder / "incoming").glob("*"))


@pytest.mark.skipif(not VENDOR.exists(), reason="the vendors' files are not here")
@pytest.mark.parametrize(
    ("file", "source", "rows"),
    [
        ("meta-ads/fr-ui/mg_batam.xlsx", "meta_ads", 169),
        ("google-ads/en-eur-greek-names/Campaign report.csv", "google_ads", 3),
        ("ga4/aptamer/data-export.csv", "ga4", 39),
        ("hubspot/dummy/hubspot_deals.csv", "hubspot", 500),
        ("shopify/dev-store-redacted/orders_export_1.redacted.csv", "shopify", 51),
    ],
)
def test_real_exports_are_recognised_and_imported(
    owner: Client, plan: Plan, workspace: Workspace, file: str, source: str, rows: int
) -> None:
    path = VENDOR / file
    send(owner, (path.name, path.read_bytes()))
    one = Upload.objects.get()
    page = owner.get(f"/o/acme/data/files/{one.pk}").content.decode()
    assert f"Import {rows} rows" in page
    owner.post(f"/o/acme/data/files/{one.pk}/import")
    owner.get("/o/acme/data/coverage")

    record = Lake.open(workspace.lake_path).imports()[0]
    assert (record.source, sum(table.rows for table in record.tables.values())) == (source, rows)
    calendar = owner.get("/o/acme/data/coverage").content.decode()
    assert "days with data" in calendar
    assert owner.get("/o/acme/data/coverage?grain=day&until=2024-01-31").status_code == 200
    assert owner.get("/o/acme/data/coverage?grain=week&until=nonsense").status_code == 200
    assert b"Source" in owner.get("/o/acme/data/coverage.csv").content


def test_a_person_is_forgotten_and_their_address_is_kept_nowhere(
    owner: Client, plan: Plan, workspace: Workspace
) -> None:
    send(
        owner,
        (
            "orders.csv",
            "date,mail,order,total\n2026-08-01,jane@x.example,1,12\n2026-08-02,joe@x.example,2,3\n",
        ),
    )
    one = Upload.objects.get()
    columns = {
        "column:day": "date",
        "column:person": "mail",
        "column:order_id": "order",
        "column:value": "total",
    }
    owner.post(f"/o/acme/data/files/{one.pk}/mapping", {"table": "conversions", "source": "shop", **columns})
    owner.post(f"/o/acme/data/files/{one.pk}/import")
    answer = owner.post("/o/acme/data/forget", {"person": "Jane@x.example "}, follow=True).content.decode()

    assert "1 row of this person was erased" in answer
    entry = AuditEntry.objects.first()
    assert entry is not None
    assert (entry.what, entry.details) == ("person.forgotten", {"rows": 1})
    again = owner.post("/o/acme/data/forget", {"person": "jane@x.example"}, follow=True).content.decode()
    assert "no row of this person" in again
    kept = b"".join(path.read_bytes() for path in workspace.folder.rglob("*") if path.is_file())
    assert b"jane@x.example" not in kept
