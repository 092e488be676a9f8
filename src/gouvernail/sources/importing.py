"""Import a file, or say what an import would bring. Either way the file is read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T, Text
from gouvernail.sources.ahead import Ahead
from gouvernail.sources.detect import Detection, Part, recognise
from gouvernail.sources.protocol import Chunk, Context, Preview, Reject, Source, Status, TablePreview
from gouvernail.sources.reading import Opened, open_file
from gouvernail.sources.tally import Tally

if TYPE_CHECKING:
    from gouvernail.warehouse.lake import Lake
    from gouvernail.warehouse.records import ImportRecord

Mappings = Mapping[str, Any] | list[Mapping[str, Any]] | None
Progress = Callable[[int, int], None]
_SHOWN_REJECTS = 100


@dataclass(frozen=True)
class Imported:
    """What came of a file: what was found, and the record of the import, None where nothing was committed.

    `repeated`: the same file was in the lake already, and nothing changed.
    """

    preview: Preview
    record: ImportRecord | None = None
    repeated: bool = False


class _Work:
    """One pass over a file: tallies, rejects and notes, with every chunk handed to `take`."""

    def __init__(
        self, path: Path, opened: Opened, detection: Detection, source: Source, context: Context
    ) -> None:
        self.path, self.opened, self.detection, self.source, self.context = (
            path,
            opened,
            detection,
            source,
            context,
        )
        self.tallies: dict[str, Tally] = {}
        self.rejects: list[Reject] = []
        self.notes: list[Text] = []
        self.faults: list[SourceError] = []

    @property
    def account(self) -> str:
        return next(
            (a for part in self.detection.parts if (a := self.source.account(part.sheet, part.match))), ""
        )

    def reading(self) -> Ahead[Chunk]:
        """Begin to read the file."""
        return Ahead(self._chunks())

    def run(self, chunks: Ahead[Chunk], take: Callable[[Chunk], None], progress: Progress | None) -> Preview:
        """Read the file through.

        Raises:
            SourceError: no row of it can be used.
        """
        size = self.path.stat().st_size
        width = _bytes_a_row(self.detection.parts)
        for chunk in chunks:
            self.tallies.setdefault(chunk.table, Tally()).add(chunk.table, chunk)
            self.rejects += chunk.rejects
            self.notes += [note for note in chunk.notes if note not in self.notes]
            take(chunk)
            if progress:
                progress(min(size, int(width * sum(t.rows for t in self.tallies.values()))), size)
        self.notes += [fault.message for fault in self.faults]
        if progress:
            progress(size, size)
        if not any(tally.rows for tally in self.tallies.values()):
            if not self._may_be_empty():
                raise SourceError(self._nothing())
            self.tallies = {}
            self.notes.append(T("It holds no row, as the platform does when there is nothing to tell."))
        return self._preview()

    def _chunks(self) -> Iterator[Chunk]:
        faults: list[SourceError] = []
        read = 0
        for part in self.detection.parts:
            try:
                yield from self.source.read(part.sheet, part.match, self.context)
                read += 1
            except SourceError as error:
                faults.append(error)
        if faults and not read:
            raise faults[0]
        self.faults = faults

    def _may_be_empty(self) -> bool:
        layouts = [getattr(part.match, "layout", None) for part in self.detection.parts]
        return not self.rejects and all(layout is not None and layout.may_be_empty for layout in layouts)

    def _nothing(self) -> Text:
        rejected = sum(tally.rejected for tally in self.tallies.values())
        if not rejected:
            return T("The file has headers but no row: nothing to import.")
        first = self.rejects[0]
        return T(
            "None of the {n} rows can be read; the first, line {line}: {reason} (“{value}”).",
            n=rejected, line=str(first.line), reason=first.reason, value=first.value,
        )  # fmt: skip

    def _preview(self) -> Preview:
        mixed = [tally for tally in self.tallies.values() if len(tally.currencies) > 1]
        if mixed:
            codes = ", ".join(sorted(set().union(*(tally.currencies for tally in mixed))))
            self.notes.append(
                T(
                    "Amounts are in several currencies ({codes}): each row keeps its own, and they are not added up.",
                    codes=codes,
                )
            )
        if self.detection.left_out:
            self.notes.append(T("Other tables of the file were left out: {n}.", n=self.detection.left_out))
        tables = {name: tally.preview() for name, tally in self.tallies.items()}
        return Preview(
            self.path, Status.ready, self.source.id, tables, _joined(self.detection.message, self.notes),
            tuple(self.rejects[:_SHOWN_REJECTS]), tuple(self.notes), self.account,
        )  # fmt: skip


def _joined(first: Text, notes: list[Text]) -> Text:
    for note in notes:
        first = T("{first} {next}", first=first, next=note)
    return first


def _bytes_a_row(parts: tuple[Part, ...]) -> float:
    rows = [row for part in parts for row in part.sheet.head]
    return sum(sum(map(len, row.cells)) + len(row.cells) for row in rows) / max(len(rows), 1)


def preview(
    path: Path,
    context: Context,
    mapping: Mappings = None,
    progress: Progress | None = None,
    take: Callable[[Chunk], None] | None = None,
) -> Preview:
    """Return what importing `path` would bring. Nothing is written; the file is read once, and `take` sees each chunk.

    Never raises for what is in the file: the status and one sentence tell.
    """

    def look(work: _Work) -> Imported:
        with work.reading() as chunks:
            return Imported(work.run(chunks, take or (lambda _: None), progress))

    return _examine(path, context, mapping, look).preview


def options_of(context: Context, mapping: Mappings = None) -> dict[str, Any]:
    """Return what decides what the rows say; it is part of an import: the same file under other wishes is read again."""
    wishes = {"mapping": mapping, "own_traffic": dict(context.own_traffic)}
    return {name: wish for name, wish in wishes.items() if wish}


def run(
    path: Path, lake: Lake, context: Context, mapping: Mappings = None, progress: Progress | None = None
) -> Imported:
    """Import `path` into the lake: all of it, or nothing.

    Raises:
        WarehouseError: the lake cannot be written.
    """
    options = options_of(context, mapping)

    def commit(work: _Work) -> Imported:
        # Reading begins while the lake still copies the original.
        with work.reading() as chunks, lake.begin(work.source.id, work.account, path, options) as under_way:

            def take(chunk: Chunk) -> None:
                if chunk.rows.num_rows:
                    under_way.add(chunk.table, chunk.rows)
                if chunk.rejects:
                    under_way.reject(chunk.rejects)

            found = work.run(chunks, take, progress)
        return Imported(found, under_way.record, under_way.repeated)

    return _examine(path, context, mapping, commit)


def _examine(path: Path, context: Context, mapping: Mappings, act: Callable[[_Work], Imported]) -> Imported:
    detection: Detection | None = None
    work: _Work | None = None
    try:
        with open_file(path) as opened:
            detection = detect_with(opened, mapping)
            if detection.source is None:
                return Imported(Preview(path, detection.status, detection.vendor, {}, detection.message))
            if not detection.parts:
                return Imported(Preview(path, detection.status, detection.source.id, {}, detection.message))
            work = _Work(path, opened, detection, detection.source, context)
            return act(work)
    except SourceError as error:
        source = detection.source.id if detection and detection.source else None
        rejects = tuple(work.rejects[:_SHOWN_REJECTS]) if work else ()
        return Imported(Preview(path, Status.unreadable, source, {}, error.message, rejects))


def detect_with(opened: Opened, mapping: Mappings = None) -> Detection:
    """Return what an opened file is: by its mapping where there is one.

    Raises:
        SourceError: the mapping does not fit the file.
    """
    if not mapping:
        return recognise(opened)
    from gouvernail.sources.files.generic import detect_mapped

    return detect_mapped(opened, mapping)


def preview_to_json(preview: Preview, language: str = "en") -> dict[str, Any]:
    """Return the documented shape of a dry run for one file."""
    return {
        "file": str(preview.file),
        "status": str(preview.status),
        "source": preview.source,
        "tables": {name: _table_to_json(table) for name, table in sorted(preview.tables.items())},
        "message": preview.message.render(language),
    }


def _table_to_json(table: TablePreview) -> dict[str, Any]:
    return {
        "rows": table.rows,
        "rejected": table.rejected,
        "from": table.start.isoformat() if table.start else None,
        "to": table.end.isoformat() if table.end else None,
        "totals": {name: _plain(total) for name, total in sorted(table.totals.items())},
        "currency": table.currency,
    }


def _plain(number: Decimal) -> str:
    """Return a decimal as text without exponent nor idle zeros: `9747747.934`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
