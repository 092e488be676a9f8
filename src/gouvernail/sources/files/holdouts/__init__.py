"""People held out at random, as a table: who was drawn for which channel, who was held out, and, where it is logged, who
was or would have been exposed. Any tool that can export these columns will do; headers are read in English and French.

| column | headers, for example | needed |
|---|---|---|
| person | Person, Customer ID, User ID, Email · Personne, Identifiant client, E-mail | yes; hashed before it is stored |
| day of the draw | Drawn on, Assigned on · Tiré le, Date de tirage | yes |
| held out | Held out · Tenu à l’écart, Exclu | yes: yes / no, oui / non, 1 / 0 |
| channel | Channel · Canal | an id or name of the catalogue; empty or `all` for all channels |
| campaign | Campaign · Campagne | where one campaign only was withheld |
| exposed | Would be exposed · Aurait été exposé | yes / no, logged alike for people held out and people not |
| first exposure | First exposure · Première exposition | instant, with or without the column before it |
| end | Held until · Jusqu’au | last day, where it is over |
| planned part | Planned share · Part prévue | 0.1 for a tenth; lets an uneven draw be told |

List everybody who was drawn, those who were shown too: without them nothing can be compared. One line a person and
channel; a line without a channel speaks for all of them. E-mail addresses or customer numbers must be the same as in the
orders: they become the same pseudonym.
"""

from __future__ import annotations

from functools import cache

from gouvernail.base.channels import channels
from gouvernail.sources.layout import Derived, Field, FileSource, Layout

ALL = ("all", "all channels", "any", "*", "tous", "toutes", "tous les canaux")
"""Words for a line that speaks for every channel."""
_HELD = {
    "held out": "yes", "held": "yes", "holdout": "yes", "control": "yes", "exclu": "yes", "exclue": "yes", "témoin": "yes",
    "tenu à l’écart": "yes", "tenu à l'écart": "yes", "shown": "no", "treatment": "no", "treated": "no", "exposé": "no",
    "exposée": "no", "inclus": "no", "incluse": "no",
}  # fmt: skip


@cache
def _names() -> dict[str, str]:
    """Return what people call each channel of the catalogue, in both languages → its id."""
    return {
        channel.name.render(language).casefold(): id
        for id, channel in channels().items()
        for language in ("en", "fr")
    }


_ALL = ", ".join(f"'{word}'" for word in ALL)

LAYOUTS = (
    Layout(
        "holdouts", "holdouts",
        (
            Field("person", "person", (
                "Person", "Person ID", "Customer", "Customer ID", "Customer number", "User ID", "Visitor ID", "Contact ID",
                "Email", "E-mail", "Email address", "Personne", "Client", "Identifiant client", "Numéro client", "N° client",
                "Identifiant", "Adresse e-mail", "Adresse mail", "Courriel", "person_id", "customer_id", "user_id",
            ), required=True, value_required=True),
            Field("day", "day", (
                "Drawn on", "Drawn", "Draw date", "Assigned on", "Assigned", "Assignment date", "Day", "Date", "Tiré le",
                "Date de tirage", "Date du tirage", "Affecté le", "Jour", "drawn_on", "assigned_at",
            ), required=True),
            Field("held", "yes_no", (
                "Held out", "Held", "Holdout", "Is holdout", "Held back", "Tenu à l’écart", "Tenue à l’écart", "Mis à l’écart",
                "Exclu", "Témoin", "held_out", "is_holdout",
            ), required=True, value_required=True, values=_HELD),
            Field("_channel", "text", ("Channel", "Canal", "channel_id"), values=_names()),
            Field("campaign", "text", ("Campaign", "Campaign name", "Campagne", "Nom de la campagne", "campaign_name")),
            Field("exposed", "yes_no", (
                "Would be exposed", "Would have been exposed", "Exposed", "Exposed or would be", "Eligible", "Aurait été exposé",
                "Aurait été exposée", "Exposé", "Serait exposé", "would_be_exposed", "would_expose",
            )),
            Field("instant", "instant", (
                "First exposure", "First would-be exposure", "Exposed at", "Would be exposed at", "Première exposition",
                "Exposé le", "Première exposition prévue", "first_exposure", "exposed_at",
            )),
            Field("ended", "day", (
                "Held until", "Until", "Ended", "End", "Jusqu’au", "Fin", "Fin le", "held_until",
            )),
            Field("planned", "decimal", ("Planned share", "Planned part", "Part prévue", "planned_share")),
        ),
        derived=(
            Derived("channel", f'CASE WHEN lower("_channel") NOT IN ({_ALL}) THEN "_channel" END', ("_channel",)),
        ),
    ),
)  # fmt: skip

SOURCE = FileSource("holdouts", "Holdouts", LAYOUTS)
