"""Pages of the catalogues: rules, metrics, sources, channels, tables, settings."""

from __future__ import annotations

import inspect
from itertools import groupby
from typing import Any

from gouvernail.checks.pages import page
from tools.reference.markdown import cell, code, codes, table


def rules() -> dict[str, str]:
    """Return one page a rule, from its module's docstring, and the table of all."""
    from gouvernail.checks.catalogue import RULES

    made = {f"rules/{rule.code}.md": _rule(rule) for rule in RULES.values()}
    made |= {f"regles/{rule.code}.md": _rule_in_french(rule) for rule in RULES.values()}
    french = [(f"[{rule.code}]({rule.code}.md)", rule.title.render("fr")) for rule in RULES.values()]
    made["regles/index.md"] = f"# Les règles\n\n{table(('Code', 'Ce qu’elle relève'), french)}"
    rows = [
        (
            f"[{rule.code}]({rule.code}.md)",
            rule.title,
            rule.severity.value,
            _layer(rule),
            rule.status,
            rule.since,
        )
        for rule in sorted(RULES.values(), key=lambda rule: rule.code)
    ]
    measured = (
        "Rules of the layer *measured* read facts as well as the plan and never enter the coherence score."
    )
    header = ("Code", "Finds", "Severity", "Layer", "Status", "Since")
    made["rules/index.md"] = f"# Rules\n\n{measured}\n\n{table(header, rows)}"
    return made


def _layer(rule: Any) -> str:
    return "measured" if rule.measured else rule.layer.value if rule.layer else ""


def _rule(rule: Any) -> str:
    facts = (
        f"*{rule.severity.value} · {_layer(rule) or 'around the chain'} · {rule.status} since {rule.since}*"
    )
    summary, _, rest = inspect.cleandoc(rule.doc).partition("\n")
    parts = [
        f"# {rule.code} · {rule.title}",
        f"French: {rule.title.render('fr')}",
        facts,
        summary,
        rest.strip(),
    ]
    if rule.parameters:
        rows = [(code(each.name), code(each.default), each.meaning) for each in rule.parameters]
        parts.append("## Defaults\n\n" + table(("Parameter", "Default", "Meaning"), rows))
    parts.append(f"Turn it off with a reason under `rules.ignore` of the plan (`rule: {rule.code}`).")
    return "\n\n".join(part for part in parts if part)


def _rule_in_french(rule: Any) -> str:
    summary, _, rest = page(rule.code, "fr").partition("\n")
    ignored = f"Pour l’écarter, écrivez un motif sous `rules.ignore` du plan (`rule: {rule.code}`)."
    return "\n\n".join((f"# {rule.code} · {rule.title.render('fr')}", summary, rest.strip(), ignored))


def metrics() -> dict[str, str]:
    """Return the page of metrics, family by family."""
    from gouvernail.metrics.catalogue import METRICS

    parts = [
        "# Metrics",
        "Marked *vanity*: says nothing by itself unless it drives a business metric of the plan.",
    ]
    ordered = sorted(METRICS.values(), key=lambda metric: (metric.family, metric.id))
    for family, members in groupby(ordered, key=lambda metric: metric.family):
        parts.append(f"## {family.capitalize()}")
        parts += [_metric(metric) for metric in members]
    return {"metrics.md": "\n\n".join(parts)}


def _metric(metric: Any) -> str:
    facts = [
        metric.unit.value,
        f"better {metric.better.value}",
        "additive" if metric.additive else "not additive",
    ]
    facts += [metric.funnel.value] if metric.funnel else []
    facts += ["vanity"] if metric.vanity else []
    readers = ", ".join(reader.value for reader in metric.readers)
    lines = [
        f"### `{metric.id}` {{ #{metric.id} }}",
        f"**{metric.name}** · {metric.name.render('fr')}",
        f"{metric.meaning}",
        f"{' · '.join(facts)}. For {readers}.",
        f"Made from: {_made_from(metric)}",
    ]
    if metric.parents:
        lines.append(f"Usually drives: {codes(metric.parents)}.")
    return "\n\n".join(lines)


def _made_from(metric: Any) -> str:
    ways = [code(measure) for measure in metric.measures] + ([code(metric.formula)] if metric.formula else [])
    if not ways:
        return "values typed by hand or brought by a spreadsheet (`observations`)."
    return "; where no source brings that, ".join(ways) + "."


def sources() -> dict[str, str]:
    """Return the page of sources: what each reads, from the docstring of its package, and the tables it fills."""
    from gouvernail.sources.catalogue import sources as known

    parts = ["# Sources", "Detected by header and content, never by file name."]
    for source in sorted(known(), key=lambda source: source.id):
        parts.append(f"## {source.title} {{ #{source.id} }}")
        parts.append(f"Id `{source.id}` · fills {codes(source.tables)}.")
        parts.append(source_doc(source))
    return {"sources.md": "\n\n".join(parts)}


def source_doc(source: Any) -> str:
    """Return what a source says of itself."""
    from gouvernail.sources.catalogue import about

    return about(source.id)


def channels() -> dict[str, str]:
    """Return the page of channels."""
    from gouvernail.base.channels import CHANNELS

    rows = []
    for channel in CHANNELS.values():
        ages = ", ".join(
            f"{low}–{high}: {share:.0%}{'*' if (low, high) in channel.unverified else ''}"
            for (low, high), share in channel.ages.items()
        )
        cited = f"{ages} ([{channel.source}, {channel.year}]({channel.url}))" if ages else ""
        places = ", ".join(f"{country}: {share:.0%}" for country, share in channel.countries.items())
        cited += f"; {places} ({channel.countries_source})" if places else ""
        stages = ", ".join(channel.stages)
        rows.append(
            (
                code(channel.id),
                channel.name,
                channel.name.render("fr"),
                channel.market + ("" if channel.market_source else "†"),
                stages,
                channel.term,
                codes(channel.metrics),
                ", ".join(channel.skills),
                cited,
            )
        )
    header = (
        "Id",
        "Channel",
        "French",
        "Market",
        "Journey stages",
        "Effect",
        "Usual metrics",
        "Skills",
        "Share of adults who use it",
    )
    told = (
        "A channel without a cited figure has none: nothing is guessed. † our judgement, no publication; * the figure "
        "stands in that publication as we know it, and was not read again in a second text. Your plan may say "
        "otherwise of any channel: see [channels and benchmarks](../channels-and-benchmarks.md)."
    )
    return {"channels.md": f"# Channels\n\n{told}\n\n{table(header, rows)}"}


def benchmarks() -> dict[str, str]:
    """Return the page of the benchmarks that come with the program."""
    from gouvernail.metrics.benchmarks import shipped

    rows = [
        (
            code(one.metric),
            f"{one.value} {one.currency or ''}".strip(),
            code(one.channel) if one.channel else "",
            one.industry,
            one.region,
            f"[{one.source}]({one.url})" + (f": {one.about}" if one.about else ""),
            one.year,
        )
        for one in shipped()
    ]
    header = ("Metric", "Value", "Channel", "Industry", "Region", "Source", "Year")
    told = (
        "Each was read in the text it links to; where no industry or region stands, the figure is about all. "
        "Shares are fractions."
    )
    return {"benchmarks.md": f"# Benchmarks\n\n{told}\n\n{table(header, rows)}"}


def tables() -> dict[str, str]:
    """Return the page of canonical tables."""
    from gouvernail.warehouse.tables import HOUSE, TABLES

    parts = [
        "# Canonical tables",
        "What every source is turned into. Each table also carries the columns at the end.",
    ]
    for each in TABLES.values():
        parts.append(
            f"## `{each.name}` {{ #{each.name} }}\n\nOne row: {each.grain}. A newer import replaces the covered"
            f" days of the same {codes(each.restates)}."
        )
        parts.append(_columns(each.columns))
    parts.append("## Columns of every table { #house }\n\n" + _columns(HOUSE))
    return {"tables.md": "\n\n".join(parts)}


def _columns(columns: Any) -> str:
    rows = [(code(each.name), each.type, each.meaning, "yes" if each.summable else "") for each in columns]
    return table(("Column", "Type", "Meaning", "Totalled"), rows)


def settings() -> dict[str, str]:
    """Return the page of environment variables."""
    from gouvernail.base.settings import SETTINGS

    rows = [
        (code(each.name), code(each.default), cell(each.help), codes(filter(None, each.choices)))
        for each in SETTINGS.values()
    ]
    told = (
        "Read from the environment. Options of an analysis are given to the command and kept with its result."
    )
    command = table(("Variable", "Default", "What it decides", "Values"), rows)
    return {"settings.md": f"# Settings\n\n{told}\n\n{command}\n\n{_site_settings()}"}


def _site_settings() -> str:
    """Return the table of the running site's variables, in both languages."""
    from gouvernail.web.environment import VARIABLES

    parts = []
    for language, title, header, needed in (
        (
            "en",
            "## The web application { #site }\n\nRead by `gouvernail serve`; see [Running the site](../serving.md). "
            "`gouvernail serve --check` says which of them production still lacks.",
            ("Variable", "Default", "What it decides", "In production"),
            "needed",
        ),
        (
            "fr",
            "## L’application web { #site-fr }\n\nLues par `gouvernail serve`~; voir [Mettre le site en "
            "service](../fr/mettre-en-service.md). `gouvernail serve --check` dit lesquelles manquent encore.",
            ("Variable", "Par défaut", "Ce qu’elle décide", "En production"),
            "nécessaire",
        ),
    ):
        rows = [
            (
                code(one.name),
                code(one.default),
                cell(one.meaning.render(language)),
                needed if one.needed else "",
            )
            for one in VARIABLES
        ]
        parts.append(f"{title.replace('~', chr(0xA0))}\n\n{table(header, rows)}")
    return "\n\n".join(parts)
