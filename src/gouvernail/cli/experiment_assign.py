"""`gouvernail experiment assign`: who gets what, by a hash: the same today, tomorrow and on every machine."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.cli.experiment_options import SharesOption, number, shares
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import JsonOption, LanguageOption

if TYPE_CHECKING:
    from gouvernail.measurement.experiments.assignment import Allocation

HELP = words(
    T(
        "Deal subjects out to the arms of an experiment, by a hash of their names: the same answer every time. Examples: gouvernail experiment assign --file customers.csv --experiment new-offer --shares 50/50; gouvernail experiment assign anna bruno --experiment new-offer"
    )
)
HEADINGS = ("experiment", "subject", "variant")


def assign(
    subjects: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SUBJECT]…", help=words(T("Subjects to deal out, by name.")), show_default=False
        ),
    ] = None,
    *,
    experiment: Annotated[
        str,
        typer.Option(
            "--experiment", metavar="NAME", help=words(T("The experiment: another one deals anew."))
        ),
    ],
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            metavar="FILE",
            help=words(T("A list of subjects, one a line, or a table with a column of them.")),
            show_default=False,
        ),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option(
            "--column",
            metavar="NAME",
            help=words(T("Column of the subjects; found when not given.")),
            show_default=False,
        ),
    ] = None,
    shares_typed: SharesOption = None,
    arms: Annotated[
        str | None,
        typer.Option(
            "--arms",
            metavar="A,B",
            help=words(T("Names of the arms, the control first; control and variant when not given.")),
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        str, typer.Option("--seed", help=words(T("Another seed deals anew under the same name.")))
    ] = "",
    layer: Annotated[
        str,
        typer.Option(
            "--layer",
            help=words(
                T("Experiments of one layer share its traffic; those of two layers overlap at random.")
            ),
        ),
    ] = "",
    window: Annotated[
        str | None,
        typer.Option(
            "--window",
            metavar="0%-20%",
            help=words(T("Part of the layer's traffic that takes part; all of it when not given.")),
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=words(T("Write the table to this file; printed when not given.")),
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Deal subjects out."""
    if bool(subjects) == (file is not None):
        raise UsageError(T("Name the subjects, or a file of them with --file: one of the two."))
    if column is not None and file is None:
        raise UsageError(T("--column names a column of the file: name the file with --file."))
    deal = _allocation(experiment, _arms(arms, shares_typed), (layer, window, seed))
    dealt = _Dealt(deal)
    pairs = dealt.over(_named(subjects) if file is None else _listed(file, column))
    first = next(pairs, None)
    if first is None:
        raise UsageError(T("There is no subject to deal out."))
    pairs = chain([first], pairs)
    if json:
        _print_json(deal, dealt, list(pairs), output)
        return
    with _out(output) as out:
        _write(out, experiment, pairs)
    _say(dealt, str(lang or environment_language()))


class _Dealt:
    """Counts while it deals: how many each arm got, who took no part, who was named twice."""

    def __init__(self, deal: Allocation) -> None:
        self.deal = deal
        self.counts = Counter({name: 0 for name, _ in deal.arms})
        self.aside = self.repeated = 0

    def over(self, subjects: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """Yield each subject once, with its arm or None."""
        from gouvernail.measurement.experiments.assignment import assign as arm_of

        seen: set[str] = set()
        for subject in subjects:
            if subject in seen:
                self.repeated += 1
                continue
            seen.add(subject)
            arm = arm_of(subject, self.deal)
            if arm is None:
                self.aside += 1
            else:
                self.counts[arm] += 1
            yield subject, arm


def _arms(arms: str | None, typed: str | None) -> tuple[tuple[str, float], ...]:
    """Return the arms with their shares.

    Raises:
        UsageError: names and shares do not agree, or cannot be.
    """
    from gouvernail.bearing.wanted import check_shares

    names = [name.strip() for name in arms.split(",")] if arms is not None else None
    parts = shares(typed) if typed is not None else (1.0,) * len(names or ("control", "variant"))
    check_shares(parts)
    if names is None:
        names = [
            "control",
            *(["variant"] if len(parts) == 2 else map("variant_{}".format, range(1, len(parts)))),
        ]
    if len(names) != len(parts):
        raise UsageError(
            T(
                "There are {names} arms and {shares} shares: name as many.",
                names=len(names),
                shares=len(parts),
            )
        )
    if not all(names) or len(set(names)) < len(names):
        raise UsageError(T("Each arm needs a name of its own."))
    return tuple(zip(names, parts, strict=True))


def _allocation(
    experiment: str, arms: tuple[tuple[str, float], ...], where: tuple[str, str | None, str]
) -> Allocation:
    from gouvernail.measurement.experiments.assignment import Allocation

    layer, window, seed = where
    if not experiment.strip():
        raise UsageError(T("--experiment is empty: its name is what the deal depends on."))
    return Allocation(experiment, arms, layer, _window(window), seed)


def _window(typed: str | None) -> tuple[float, float]:
    if typed is None:
        return 0.0, 1.0
    low, dash, high = typed.partition("-")
    ends = number(low, "--window"), number(high if dash else None, "--window")
    if ends[0] is None or ends[1] is None or not 0 <= ends[0] < ends[1] <= 1:
        raise UsageError(
            T(
                "--window: “{typed}” is no part of the traffic. Write it like 0%-20%, from 0% to 100%.",
                typed=typed[:60],
            )
        )
    return ends[0], ends[1]


def _named(subjects: Iterable[str] | None) -> Iterator[str]:
    yield from (name for subject in subjects or () if (name := subject.strip()))


def _listed(file: Path, column: str | None) -> Iterator[str]:
    from gouvernail.sources.subject_list import read_subjects

    yield from read_subjects(file, column)


def _write(out: TextIO, experiment: str, pairs: Iterable[tuple[str, str | None]]) -> None:
    from gouvernail.base.spreadsheet import neutral

    name = neutral(experiment)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows((name, neutral(subject), neutral(arm or "")) for subject, arm in pairs)


@contextmanager
def _out(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is there whole or not at all."""
    if path is None:
        yield sys.stdout
        return
    import io

    from gouvernail.cli.files import write_whole

    made = io.StringIO()
    yield made
    write_whole(path, made.getvalue())


def _print_json(
    deal: Allocation, dealt: _Dealt, pairs: list[tuple[str, str | None]], output: Path | None
) -> None:
    from gouvernail.bearing.dealt_json import to_dict
    from gouvernail.bearing.export import dump

    told = dump(to_dict(deal, pairs, dealt.counts, repeated=dealt.repeated)) + "\n"
    with _out(output) as out:
        out.write(told)


def _say(dealt: _Dealt, language: str) -> None:
    """Say how many each arm got, on stderr: the table stands alone on stdout."""
    from gouvernail.base.text import TN, verbatim

    counts = [T("{arm}: {n}", arm=verbatim(name), n=dealt.counts[name]) for name, _ in dealt.deal.arms]
    told = [
        TN(
            "{n} subject dealt out. {arms}.",
            "{n} subjects dealt out. {arms}.",
            n=dealt.counts.total(),
            arms=counts,
        )
    ]
    if dealt.aside:
        told.append(TN("{n} subject takes no part.", "{n} subjects take no part.", n=dealt.aside))
    if dealt.repeated:
        told.append(TN("{n} name was there already.", "{n} names were there already.", n=dealt.repeated))
    for sentence in told:
        typer.echo(sentence.render(language), err=True)
