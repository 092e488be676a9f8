"""Previews, progress and history of imports, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from gouvernail.base.money import Money
from gouvernail.base.render import format_money, format_value
from gouvernail.base.text import TN, T
from gouvernail.cli.printing import console, print_indented, table

if TYPE_CHECKING:
    from gouvernail.sources.importing import Imported
    from gouvernail.sources.protocol import Preview, TablePreview
    from gouvernail.warehouse.records import ImportRecord

STATUS = {
    "ready": ("✔", "green", T("ready")),
    "unsupported": ("◌", "yellow", T("not supported yet")),
    "unrecognised": ("?", "yellow", T("not recognised")),
    "unreadable": ("✖", "red", T("unreadable")),
}
_MONEY = {"cost", "conversion_value", "value", "margin", "amount", "revenue"}
LABELS = {
    "cost": T("cost"),
    "impressions": T("impressions"),
    "clicks": T("clicks"),
    "link_clicks": T("link clicks"),
    "conversions": T("conversions"),
    "conversion_value": T("conversion value"),
    "reach": T("reach"),
    "video_views": T("video views"),
    "sessions": T("sessions"),
    "users": T("users"),
    "new_users": T("new users"),
    "engaged_sessions": T("engaged sessions"),
    "bounces": T("bounces"),
    "page_views": T("page views"),
    "engagement_seconds": T("seconds of attention"),
    "key_events": T("key events"),
    "events": T("events"),
    "transactions": T("transactions"),
    "revenue": T("revenue"),
    "value": T("value"),
    "margin": T("margin"),
    "amount": T("amount"),
    "sent": T("sent"),
    "delivered": T("delivered"),
    "opens": T("opens"),
    "unsubscribes": T("unsubscribes"),
    "spam_complaints": T("spam complaints"),
    "engagements": T("engagements"),
    "likes": T("likes"),
    "followers": T("followers"),
    "volume": T("searches"),
    "exposures": T("exposures"),
}
SHOWN_REJECTS = 3


def print_previews(
    previews: Sequence[Preview], language: str, results: Sequence[Imported] | None = None
) -> None:
    """Print one block a file: what it is, what it brings to each table, and the first rejected rows."""
    out = console()
    for index, preview in enumerate(previews):
        result = results[index] if results else None
        sign, style, word = STATUS[preview.status]
        source = f" · {preview.source}" if preview.source else ""
        tag = f" [dim]({result.record.id})[/dim]" if result and result.record else ""
        out.print(
            f"[{style}]{sign} {word.render(language)}[/{style}] {escape(str(preview.file))}{source}{tag}",
            soft_wrap=True,
        )
        lines = [preview.message.render(language)]
        if result and result.repeated:
            lines.append(T("This file was imported before: nothing was changed.").render(language))
        lines += [_table_line(name, one, language) for name, one in preview.tables.items()]
        for line in filter(None, lines):
            print_indented(out, escape(line), 4)
        for reject in preview.rejects[:SHOWN_REJECTS]:
            text = T(
                "line {line}, {column}: “{value}” {reason}",
                line=str(reject.line),
                column=reject.column,
                value=reject.value,
                reason=reject.reason,
            )
            print_indented(out, f"[yellow]✖[/yellow] {escape(text.render(language))}", 6)


def _table_line(name: str, one: TablePreview, language: str) -> str:
    parts = [name, TN("{n} row", "{n} rows", n=one.rows).render(language)]
    if one.rejected:
        parts.append(TN("{n} rejected", "{n} rejected", n=one.rejected).render(language))
    if one.start and one.end:
        parts.append(f"{one.start} → {one.end}")
    for column, value in one.totals.items():
        if not value:
            continue
        money = column in _MONEY and one.currency
        shown = (
            format_money(Money(value, one.currency), language, cents=value % 1 != 0)
            if money and one.currency
            else format_value(value, language)
        )
        label = LABELS[column].render(language) if column in LABELS else column
        parts.append(f"{label} {shown}")
    return " · ".join(parts)


@contextmanager
def progress_bar(
    files: Sequence[Path], *, quiet: bool
) -> Iterator[Callable[[Path], Callable[[int, int], None]]]:
    """Show a bar over all bytes; yields a function that gives each file its own callback."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    sizes = {file: file.stat().st_size if file.is_file() else 0 for file in files}
    out = console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=out,
        transient=True,
        disable=quiet or not out.is_terminal,
    )
    done = 0

    def step(file: Path) -> Callable[[int, int], None]:
        nonlocal done
        before, done = done, done + sizes[file]
        bar.update(task, description=escape(file.name), completed=before)

        def advance(read: int, whole: int) -> None:
            bar.update(task, completed=before + (sizes[file] * read / whole if whole else 0))

        return advance

    with bar:
        task = bar.add_task("", total=max(sum(sizes.values()), 1))
        yield step
        bar.update(task, completed=sum(sizes.values()))


def print_imports(records: Sequence[ImportRecord], language: str) -> None:
    """Print the history of imports."""
    headings = (T("Import"), T("Source"), T("File"), T("When"), T("Rows"))
    made = table(*(heading.render(language) for heading in headings))
    for record in records:
        row = record_to_json(record)
        rows = ", ".join(f"{table} {count}" for table, count in row["rows"].items())
        made.add_row(*(escape(str(row[name])) for name in ("id", "source", "file", "time")), rows)
    console().print(made)


def record_to_json(record: ImportRecord) -> dict[str, Any]:
    """Return an import as a JSON object: id, source, account, file, when, rows by table."""
    return {
        "id": record.id,
        "source": record.source,
        "account": record.account,
        "file": record.file,
        "time": record.time.isoformat(timespec="seconds"),
        "rows": {table: found.rows for table, found in record.tables.items()},
        "rejected": record.rejected,
    }
