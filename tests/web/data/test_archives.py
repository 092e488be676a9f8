"""Archives that cannot be read: each is one clear sentence, and never a fault of ours."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gouvernail.base.errors import SourceError
from gouvernail.plan.model import Plan
from gouvernail.sources.reading.container import kind_of, unpack_zip
from gouvernail.web.data.models import Upload

PACKED = "The archive is compressed in a way that cannot be read here: unpack it and bring what is in it."
LOCKED = "The archive is protected by a password: unpack it and bring what is in it."
BROKEN = "The archive is damaged or incomplete: download it again."


def zipped(how: int = zipfile.ZIP_DEFLATED) -> bytearray:
    """Return a zip of one small table."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        archive.writestr("plan.yaml", "day,cost\n" + "2026-01-01,3\n" * 50)
    return bytearray(made.getvalue())


def edited(offset: int, value: int, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip whose entry says otherwise, in its own heading and in the table of contents."""
    data = zipped(how)
    struct.pack_into("<H", data, offset, value)
    struct.pack_into("<H", data, data.find(b"PK\x01\x02") + offset + 2, value)
    return bytes(data)


def torn(how: int) -> bytes:
    """Return a zip whose content was overwritten."""
    data = zipped(how)
    start = 30 + len("plan.yaml")
    data[start : start + 24] = b"\xff" * 24
    return bytes(data)


def read(path: Path, folder: Path) -> None:
    """Unpack an archive as the importers do."""
    assert kind_of(path) == "zip"
    unpack_zip(path, folder)


BAD = {
    "another way of packing": (edited(8, 9), PACKED),
    "a newer way of packing": (edited(4, 99), PACKED),
    "a password": (edited(6, 1), LOCKED),
    "torn deflate": (torn(zipfile.ZIP_DEFLATED), BROKEN),
    "torn bzip2": (torn(zipfile.ZIP_BZIP2), BROKEN),
    "torn lzma": (torn(zipfile.ZIP_LZMA), BROKEN),
    "cut short": (bytes(zipped()[:60]), BROKEN),
}


@pytest.mark.parametrize(("data", "words"), BAD.values(), ids=BAD)
def test_an_archive_that_cannot_be_read_says_why(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(data)

    with pytest.raises(SourceError) as found:
        read(path, tmp_path)

    assert found.value.message.render("en") == words


@pytest.mark.parametrize(("data", "words"), BAD.values(), ids=BAD)
def test_the_page_of_a_file_and_of_a_plan_say_it_too(
    data: bytes, words: str, owner: Client, plan: Plan
) -> None:
    owner.post("/o/acme/data/files", {"files": SimpleUploadedFile("export.zip", data)})
    seen = owner.get(f"/o/acme/data/files/{Upload.objects.get().pk}").content.decode()
    brought = owner.post(
        "/o/acme/plan/import/", {"files": SimpleUploadedFile("export.zip", data)}, follow=True
    )

    assert words in seen
    assert "Say what its columns are" not in seen
    assert words in brought.content.decode()


def test_a_table_that_was_not_recognised_can_be_told_by_hand(owner: Client, plan: Plan) -> None:
    rows = b"alpha,beta\n" + b"1,2\n" * 9
    owner.post("/o/acme/data/files", {"files": SimpleUploadedFile("own.csv", rows)})

    assert (
        "Say what its columns are"
        in owner.get(f"/o/acme/data/files/{Upload.objects.get().pk}").content.decode()
    )
