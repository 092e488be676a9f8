"""Results of A/B tests as a table, from any tool: one line a variant (and day), or one line a subject. Headers are read in
English and French; VWO's and Optimizely's report tables are read so too.

| column | headers, for example | needed |
|---|---|---|
| variant | Variant, Variation, Variation name, Version · Variante | yes |
| subjects | Visitors, Users, Participants, Sample size · Visiteurs, Utilisateurs | yes, in a table by variant |
| subject | User, User ID, Visitor ID, Customer ID · Utilisateur, Client | yes, in a table by subject; hashed before it is stored |
| conversions | Conversions, Converted, Orders, Unique conversions · Commandes | this or the next; by variant each subject counts once |
| value | Revenue, Value, Amount · Chiffre d’affaires, Valeur | summed over the subjects |
| sum of squares, or standard deviation | Sum of squares, Standard deviation · Somme des carrés, Écart-type | by variant, to compare means |
| units | Sessions, Visits, Denominator · Visites | to compare ratios, e.g. orders a visit |
| before the test | revenue_covariate, Revenue before, Covariate | by subject; takes variance off (CUPED) |
| experiment, metric | Experiment, Test, Campaign · Expérience; Metric, Goal · Objectif | where a file tells of several |
| day | Day, Date · Jour | by variant: the subjects who came new on that day |
| control | Control, Baseline · Témoin | yes / no; else a variant named Control, Original, Témoin, A, 0 … |

A table by variant without days tells how the test stands: a later file of the same experiment takes its place. A line a
day must count each subject once, on the day of its first visit: people seen on several days would count several times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from gouvernail.base.text import T, Text
from gouvernail.sources.cells import Reading
from gouvernail.sources.layout import Derived, Field, FileSource, Layout, LayoutMatch
from gouvernail.sources.preamble import lines_above
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import Sheet

VARIANT = (
    "Variant", "Variant name", "Variation", "Variation name", "Variant ID", "Variation ID", "Version", "Arm", "Variante",
    "Nom de la variante", "Bras", "variant_name", "variation_name", "variant_id", "variation_id", "experiment_group",
    "Test group", "Groupe de test", "Experience", "Recipe",
)  # fmt: skip
SUBJECTS = (
    "Visitors", "Unique visitors", "Users", "Total users", "Subjects", "Exposures", "Exposed", "Participants", "Sample size",
    "Sample", "People", "Units exposed", "Recipients", "Visiteurs", "Visiteurs uniques", "Utilisateurs", "Sujets",
    "Personnes", "Exposés", "Effectif", "Taille de l’échantillon", "Destinataires", "unique_visitors", "sample_size", "n",
)  # fmt: skip
SUBJECT = (
    "Subject", "Subject ID", "User", "User ID", "Visitor", "Visitor ID", "Customer", "Customer ID", "Client ID", "Person",
    "Person ID", "Unit ID", "Anonymous ID", "Device ID", "Sujet", "Utilisateur", "ID utilisateur", "Visiteur", "Client",
    "Identifiant client", "Personne", "subject_id", "user_id", "visitor_id", "customer_id", "client_id", "person_id",
    "unit_id", "anonymous_id", "device_id", "user_pseudo_id",
)  # fmt: skip
CONVERSIONS = (
    "Unique conversions", "Conversions", "Conversion", "Converted", "Converters", "Convertis", "Visitors who converted",
    "Successes", "Orders", "Purchases", "Transactions", "Leads", "Sign-ups", "Signups", "Conversions uniques", "Commandes",
    "Achats", "Inscriptions", "unique_conversions", "Total conversions",
)  # fmt: skip
MONEY = (
    "Revenue", "Total revenue", "Sales", "Amount", "Chiffre d’affaires", "Chiffre d'affaires", "CA", "Revenu",
    "Revenu total", "Montant", "Ventes", "total_revenue",
)  # fmt: skip
VALUE = (
    *MONEY,
    "Value",
    "Total value",
    "Sum",
    "Metric value",
    "Valeur",
    "Valeur totale",
    "Somme",
    "total_value",
)
_BEFORE = (
    "{} covariate",
    "{}_covariate",
    "{} before",
    "{}_before",
    "pre_{}",
    "pre {}",
    "{} avant",
    "{}_avant",
)


def before(names: tuple[str, ...], *more: str) -> tuple[str, ...]:
    """Return the headers of what the same subjects did before the test."""
    return (*more, *(form.format(name) for name in names for form in _BEFORE))


EXPERIMENT = Field(
    "experiment", "text",
    (
        "Experiment", "Experiment name", "Experiment ID", "Experiment key", "Test", "Test name", "Campaign", "Campaign name",
        "Expérience", "Expérimentation", "Nom du test", "Campagne", "experiment_name", "experiment_id", "experiment_key",
    ),
)  # fmt: skip
METRIC = Field(
    "metric", "text",
    ("Metric", "Metric name", "Goal", "Goal name", "Event", "Indicateur", "Objectif", "Métrique", "metric_name", "goal_name"),
)  # fmt: skip
DAY = Field(
    "day",
    "day",
    ("Day", "Date", "Jour", "Date of first visit", "Exposure date", "exposed_on", "exposure_date"),
)
CONTROL = Field(
    "control", "yes_no",
    ("Control", "Is control", "Baseline", "Is baseline", "Témoin", "is_control", "is_baseline"),
    values={"control": "yes", "contrôle": "yes", "témoin": "yes", "baseline": "yes", "variant": "no", "variante": "no"},
)  # fmt: skip
UNDATED = Derived("day", "CAST(NULL AS DATE)", ())
"""Rows without a day tell how a test stands: no period is asked for."""
UNITS = ("Sessions", "Visits", "Visites", "Units", "Denominator", "Unités", "Dénominateur", "Page views")
_SQUARED = '("exposures" - 1) * "_deviation" ^ 2 + "value" ^ 2 / nullif("exposures", 0)'
_SQUARED_MEAN = '("exposures" - 1) * "_deviation" ^ 2 + "exposures" * "_mean" ^ 2'

LAYOUTS = (
    Layout(
        "variants", "experiments",
        (
            Field("variant", "text", VARIANT, required=True, value_required=True),
            Field("exposures", "count", SUBJECTS, required=True, value_required=True),
            Field("conversions", "count", CONVERSIONS),
            Field("value", "decimal", VALUE),
            Field("_mean", "decimal", (
                "Mean", "Average", "Moyenne", "Revenue per visitor", "Revenue per user", "Revenu par visiteur",
                "Average value", "Valeur moyenne",
            )),
            Field("_deviation", "decimal", (
                "Standard deviation", "Std dev", "Std. dev.", "Stdev", "Std", "SD", "Écart-type", "Écart type",
                "standard_deviation", "std_dev", "stddev",
            )),
            Field("squares", "decimal", (
                "Sum of squares", "Sum of squared values", "Squares", "Somme des carrés", "sum_of_squares", "sum_squares",
                "total_sum_of_squares", "revenue_squares",
            )),
            Field("units", "decimal", UNITS),
            Field("unit_squares", "decimal", ("Sum of squared units", "unit_squares", "denominator_sum_squares")),
            Field("unit_cross", "decimal", ("Sum of products", "unit_cross", "sum_of_products")),
            Field("covariate", "decimal", before(VALUE, "Covariate", "Covariable", "covariate_sum")),
            Field("covariate_squares", "decimal", ("covariate_squares", "covariate_sum_squares")),
            Field("covariate_cross", "decimal", ("covariate_cross", "covariate_sum_product")),
            EXPERIMENT, METRIC, DAY, CONTROL,
        ),
        marks=(VARIANT, SUBJECTS, (*CONVERSIONS, *VALUE, "Mean", "Average", "Moyenne", "Revenue per visitor")),
        never=("_fivetran_synced", "Variant SKU", "Impr.", "Impressions"),
        known=(
            "Conversion rate", "Taux de conversion", "Improvement", "Lift", "Uplift", "Amélioration", "Statistical significance",
            "Significance", "Probability to beat baseline", "Chance to beat", "Confidence interval", "p-value", "P value",
            "Statistical Significance", "Status",
        ),
        totals=r"^(Total|Totals|Totaux|Ensemble|All variations|Toutes les variantes)\b",
        derived=(
            Derived("value", '"_mean" * "exposures"', ("_mean",)),
            Derived("squares", _SQUARED, ("_deviation", "value")),
            Derived("squares", _SQUARED_MEAN, ("_deviation", "_mean")),
            UNDATED,
        ),
    ),
    Layout(
        "subjects", "experiments",
        (
            Field("variant", "text", VARIANT, required=True, value_required=True),
            Field("subject", "person", SUBJECT, required=True, value_required=True),
            Field("conversions", "count", CONVERSIONS),
            Field("value", "decimal", VALUE),
            Field("units", "decimal", UNITS),
            Field("conversions_before", "decimal", before(CONVERSIONS)),
            Field("covariate", "decimal", before(VALUE, "Covariate", "Covariable", "Before", "Avant")),
            Field("units_before", "decimal", before(UNITS)),
            EXPERIMENT, METRIC, DAY, CONTROL,
        ),
        marks=(VARIANT, SUBJECT, (*CONVERSIONS, *VALUE)),
        never=("_fivetran_synced", "Variant SKU", *SUBJECTS[:4]),
        derived=(UNDATED, Derived("exposures", "1", ())),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Results(FileSource):
    """Results by variant or by subject. Without a name of the experiment, the file's own is taken."""

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Return how to read the sheet: which cut it is, which experiment, and whether values are money."""
        reading, notes = super().plan(sheet, match, context)
        constants = dict(reading.constants)
        dated = "day" in match.positions
        constants["cut"] = "subject" if match.layout.id == "subjects" else "day" if dated else "total"
        if "value" not in match.positions or not self.money(match.names[match.positions["value"]]):
            constants.pop("currency", None)
        if "experiment" not in match.positions:
            constants["experiment"] = told = self.experiment(sheet, match)
            if told == named(match.path):
                notes.append(
                    T(
                        "The file names no experiment: its results are kept as “{name}”, after the file.",
                        name=told,
                    )
                )
        return replace(reading, constants=constants), notes

    def money(self, header: str) -> bool:
        """Return whether a header says that the value is money."""
        from gouvernail.sources.values.headers import normalise, split_currency

        name, currency = split_currency(header)
        return bool(currency) or name in {normalise(one) for one in MONEY}

    def experiment(self, sheet: Sheet, match: LayoutMatch) -> str:
        """Return the name of the experiment that the lines above tell, else that of the file."""
        words = "Experiment|Test|Campaign|Campagne|Expérience"
        return told_above(sheet, match, words) or named(match.path)


def told_above(sheet: Sheet, match: LayoutMatch, words: str) -> str:
    """Return what the first line above the table says after one of `words` (`Goal: Orders`), empty where none says anything."""
    told = (
        re.match(rf"[#\s\"]*(?:{words})(?: name)? ?[:,;] ?(.+)", line)
        for line in lines_above(sheet, match.header)
    )
    return next((said for one in told if one and (said := one[1].strip(' ",;'))), "")


def named(path: Path) -> str:
    """Return the name of a file without what only tells its form."""
    name = path.name
    while (
        stem := re.sub(r"\.(csv|tsv|txt|xlsx|json|parquet|gz|zip)$", "", name, flags=re.IGNORECASE)
    ) != name:
        name = stem
    return name


SOURCE = Results("experiments", "A/B test results", LAYOUTS)
