"""`gouvernail rules · metrics · sources · channels`: the catalogues, from the same source as the docs pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.suggest import closest
from gouvernail.base.text import T
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.listing import print_json, print_pairs, print_table
from gouvernail.cli.options import JsonOption, LanguageOption, WorkspaceOption

if TYPE_CHECKING:
    from gouvernail.base.channels import Channel
    from gouvernail.checks.rule import Rule
    from gouvernail.metrics.metric import Metric

V = TypeVar("V")
HELP = {
    "rules": words(T("List the rules, or explain one. Example: gouvernail rules AUD01")),
    "metrics": words(T("List the metrics, or explain one. Example: gouvernail metrics cac")),
    "sources": words(T("List the sources that can be imported, or explain one.")),
    "channels": words(T("List the channels, with whom they reach and who says so.")),
}
IdArgument = Annotated[str | None, typer.Argument(help=words(T("Id of one entry.")), show_default=False)]


def rules(code: IdArgument = None, json: JsonOption = False, lang: LanguageOption = None) -> None:
    """List the rules, or explain one."""
    from gouvernail.checks.catalogue import RULES

    language = str(lang or environment_language())
    chosen = choose(RULES, code.upper() if code else None)
    if json:
        print_json([_rule_row(rule, language) for rule in chosen])
        return
    if code:
        from gouvernail.checks.pages import page

        _print_page(f"{chosen[0].code} · {chosen[0].title.render(language)}", page(chosen[0].code, language))
        return
    headings = (T("Code"), T("Severity"), T("Reads"), T("Finds"))
    rows = ((r.code, _severity(r, language), _reads(r, language), r.title.render(language)) for r in chosen)
    print_table(headings, rows, language)


def metrics(id: IdArgument = None, json: JsonOption = False, lang: LanguageOption = None) -> None:
    """List the metrics, or explain one."""
    from gouvernail.metrics.catalogue import METRICS

    language = str(lang or environment_language())
    chosen = choose(METRICS, id)
    if json:
        print_json([_metric_row(metric, language) for metric in chosen])
        return
    if id:
        print_pairs(_metric_row(chosen[0], language), language)
        return
    headings = (T("Metric"), T("Name"), T("Unit"), T("Made of"))
    rows = ((m.id, m.name.render(language), str(m.unit), made_of(m)) for m in chosen)
    print_table(headings, rows, language)


def sources(id: IdArgument = None, json: JsonOption = False, lang: LanguageOption = None) -> None:
    """List the sources, or explain one."""
    from gouvernail.sources.catalogue import about
    from gouvernail.sources.catalogue import sources as known

    language = str(lang or environment_language())
    chosen = choose({source.id: source for source in known()}, id)
    rows = [
        {
            "id": source.id,
            "title": source.title,
            "tables": list(source.tables),
            "about": about(source.id),
        }
        for source in chosen
    ]
    if json:
        print_json(rows)
        return
    if id:
        print_pairs(rows[0], language)
        return
    headings = (T("Source"), T("Vendor"), T("Fills"))
    print_table(
        headings, ((source.id, source.title, ", ".join(source.tables)) for source in chosen), language
    )


def channels(
    id: IdArgument = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """List the channels, those of the workspace's plan among them."""
    language = str(lang or environment_language())
    chosen = choose(_known_channels(workspace, language), id)
    rows = [_channel_row(channel, language) for channel in chosen]
    if json:
        print_json(rows)
        return
    if id:
        print_pairs({name: value for name, value in rows[0].items() if value not in ("", [], {})}, language)
        return
    headings = (T("Channel"), T("Name"), T("Market"), T("Stages"), T("Told by"))
    cells = (
        (c.id, c.name.render(language), c.market, ", ".join(c.stages), PLACES[c.own].render(language))
        for c in chosen
    )
    print_table(headings, cells, language)


def _known_channels(workspace: Path | None, language: str) -> Mapping[str, Channel]:
    """The catalogue with the plan's own channels; without a plan that can be read, the catalogue alone."""
    from gouvernail.base.channels import channels as known
    from gouvernail.base.errors import PlanError
    from gouvernail.cli.workspace import find_workspace

    found = find_workspace(workspace)
    if not found.plan_path.exists():
        return known()
    from gouvernail.checks.index import Index

    try:
        return Index(found.load().plan).channels
    except PlanError:
        typer.echo(_UNREAD.render(language), err=True)
        return known()


def _channel_row(channel: Channel, language: str) -> dict[str, Any]:
    judged = (T("your plan") if channel.own else T("our judgement")).render(language)
    return {
        "id": channel.id,
        "name": channel.name.render(language),
        "market": channel.market,
        "market_source": channel.market_source or judged,
        "stages": list(channel.stages),
        "term": channel.term,
        "metrics": list(channel.metrics),
        "skills": list(channel.skills),
        "ages": {_band(band): share for band, share in channel.ages.items()},
        "source": f"{channel.source}, {channel.year}" if channel.source else "",
        "url": channel.url,
        "not_verified": [_band(band) for band in sorted(channel.unverified)],
        "countries": dict(channel.countries),
        "countries_source": channel.countries_source,
        "own": channel.own,
    }


def _band(band: tuple[int, int]) -> str:
    return f"{band[0]}-{band[1]}"


def made_of(metric: Metric) -> str:
    """Return how a metric is made, as a reader of tables writes it."""
    if metric.formula:
        return metric.formula
    if metric.measure is None:
        return "observations"
    measure = metric.measure
    return f"{measure.how}({measure.table}{'.' + measure.column if measure.column else ''})"


def choose(entries: Mapping[str, V], wanted: str | None) -> list[V]:
    if wanted is None:
        return list(entries.values())
    if wanted in entries:
        return [entries[wanted]]
    near = closest(wanted, entries)
    raise UsageError(
        T("“{wanted}” is not known. Did you mean “{near}”?", wanted=wanted, near=near)
        if near
        else T("“{wanted}” is not known; without an id, the command lists all.", wanted=wanted)
    )


def _rule_row(rule: Rule, language: str) -> dict[str, Any]:
    return {
        "code": rule.code,
        "title": rule.title.render(language),
        "severity": str(rule.severity),
        "family": rule.family,
        "measured": rule.measured,
        "status": rule.status,
        "parameters": {parameter.name: parameter.default for parameter in rule.parameters},
    }


def _metric_row(metric: Metric, language: str) -> dict[str, Any]:
    return {
        "id": metric.id,
        "name": metric.name.render(language),
        "meaning": metric.meaning.render(language),
        "unit": str(metric.unit),
        "better": str(metric.better),
        "made_of": made_of(metric),
        "additive": metric.additive,
        "vanity": metric.vanity,
        "family": metric.family,
    }


def _severity(rule: Rule, language: str) -> str:
    return SEVERITIES[rule.severity].render(language)


def _reads(rule: Rule, language: str) -> str:
    return (T("plan and facts") if rule.measured else T("plan")).render(language)


PLACES = {False: T("catalogue"), True: T("your plan")}
_UNREAD = T(
    "The plan cannot be read, so its own entries are not shown; “gouvernail plan check” tells its faults."
)
SEVERITIES = {"blocking": T("blocking"), "warning": T("warning"), "advice": T("advice")}


def _print_page(title: str, body: str) -> None:
    from rich.markdown import Markdown

    from gouvernail.cli.printing import console

    console().print(Markdown(f"# {title}\n\n{body}"))
