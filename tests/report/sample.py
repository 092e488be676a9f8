"""Bearings made by hand: Antoine's company (S0) with every kind of content, and a plan just begun.

The words of findings, metrics and titles are given in both languages, since they belong to other packages'
catalogues: what is tested here is what the report itself says.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.periods import Grain, Period, parse_period
from gouvernail.base.text import Text, verbatim
from gouvernail.base.units import Direction, Unit
from gouvernail.bearing.alignment import AlignedSpend, Flow, MoneySplit, OrphanSpend, Soundness
from gouvernail.bearing.foreseen import Foreseen, ForeseenPoint, Tested
from gouvernail.bearing.located import Coherence, LocatedFinding, SetAside
from gouvernail.bearing.model import (
    ActionStatus,
    Bearing,
    ChainRow,
    Figures,
    Health,
    MadeFrom,
    MetricReading,
    ObjectiveStatus,
    PathPoint,
    ReturnFigure,
    SourceCoverage,
)
from gouvernail.bearing.worth import stake
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import Index
from gouvernail.checks.score import Loss
from gouvernail.plan.location import Location
from gouvernail.plan.model import Layer, Plan

SEPTEMBER = parse_period("2026-09")
PLAN = "plan-de-la-societe-2026-version-definitive.yaml"
HOSTILE = "<script>alert('titre')</script> & <b>gras</b>"
LONG = {
    "en": "Trade-fair follow-up programme for purchasing managers of mechanical-engineering firms in "
    "Baden-Württemberg, Bavaria and North Rhine-Westphalia",
    "fr": "Programme de suivi des salons auprès des responsables d’achats de l’industrie mécanique en "
    "Bade-Wurtemberg, en Bavière et en Rhénanie-du-Nord-Westphalie",
}


def foreseen(points: tuple[PathPoint, ...]) -> Foreseen:
    """A forecast of the periods whose value is not known, 14.2 millions in the end."""
    ahead = [point.period for point in points if point.actual is None]
    return Foreseen(
        kind="sum",
        grain=Grain.month,
        due=ahead[-1].end,
        points=tuple(
            ForeseenPoint(month, 14e6 + n * 1e5, 13.8e6 - n * 2e5, 14.2e6 + n * 4e5)
            for n, month in enumerate(ahead)
        ),
        at_due=Estimate(14.2e6, "forecast", 13.4e6, 15e6, 0.9, Grade.model),
        so_far=10.1e6,
        left=len(ahead),
        target=15.6e6,
        probability=0.21,
        missing=1.4e6,
        model="ensemble",
        drivers=(),
        driver_names=(),
        known=36,
        tested=Tested(0.051, len(ahead), 10, 0.9, 0.8, 0.9, 0.07),
        country="CH",
        holidays=False,
    )


def chf(amount: str | int) -> Money:
    return Money(Decimal(amount), "CHF")


def antoine(language: str = "fr") -> Bearing:
    """Return Antoine's company in September 2026: misaligned, measured, with every kind of content."""
    return _Antoine(language).bearing()


def hardly_begun() -> Bearing:
    """Return a half-written plan without any data: everything that can be missing is."""
    nothing = Refusal("no_data", verbatim("Aucun chiffre d’affaires ne figure dans les données."))
    loss = Loss("VAL01:values", "VAL01", "values", Layer.values, Decimal("16.67"))
    empty = MoneySplit(chf(0), chf(0), chf(0))
    finding = Finding("VAL01", "values", Severity.blocking, verbatim("No value."), verbatim("Write one."))
    return Bearing(
        organisation="",
        currency="CHF",
        language="fr",
        period=SEPTEMBER,
        previous=SEPTEMBER.previous(),
        made_at=datetime(2026, 10, 2, 8, 30, tzinfo=UTC),
        made_from=MadeFrom("0" * 64, "", "0.1.0"),
        figures=Figures(
            Coherence(Decimal(0), (loss,), {}),
            AlignedSpend(empty, None, chf(0)),
            (),
            ReturnFigure(nothing, None, None, Grade.none),
        ),
        findings=(LocatedFinding(finding, None, Decimal("16.67"), Layer.values, None),),
        not_checked=(),
        ignored=(),
        chain=(),
        objectives=(),
        metrics=(),
        actions=(),
        flows=(),
        orphans=(),
        coverage=(),
        drivers=(),
        titles={},
    )


def _french_spaces(words: str) -> str:
    """Put the no-break spaces that French wants, so that the sources above stay readable."""
    return re.sub(r" (?=[:;!?»%])|(?<=«) ", "\u00a0", words)


def _months(first: str, count: int) -> list[Period]:
    months = [parse_period(first)]
    while len(months) < count:
        months.append(parse_period(f"{months[-1].end + timedelta(days=1):%Y-%m}"))
    return months


class _Antoine:
    def __init__(self, language: str) -> None:
        self.fr = language == "fr"
        self.language = language

    def say(self, en: str, fr: str) -> str:
        return _french_spaces(fr) if self.fr else en

    def text(self, en: str, fr: str) -> Text:
        return verbatim(self.say(en, fr))

    def bearing(self) -> Bearing:
        objectives = self.objectives()
        return Bearing(
            organisation="Alpenwerk Technik SA",
            currency="CHF",
            language=self.language,
            period=SEPTEMBER,
            previous=SEPTEMBER.previous(),
            made_at=datetime(2026, 10, 2, 8, 30, tzinfo=UTC),
            made_from=MadeFrom(
                "5d41402abc4b2a76b9719d911017c592ae2f1c3e9b0d84f3a7c6e1524f0b9d38",
                "c84f0e21-118",
                "0.1.0",
                {"attribution_window_days": 90, "weekly": False},
            ),
            figures=Figures(
                self.coherence(),
                AlignedSpend(
                    MoneySplit(chf(21500), chf(6000), chf(9000)),
                    MoneySplit(chf("18240.50"), chf("6480.00"), chf("15150.25")),
                    chf("5950.25"),
                ),
                objectives,
                ReturnFigure(
                    Estimate(2.37, "first_touch", 1.9, 2.9, grade=Grade.credit_rule),
                    chf("94500"),
                    chf("39870.75"),
                    Grade.credit_rule,
                    {
                        "first_touch": Estimate(2.37, "first_touch", grade=Grade.credit_rule),
                        "last_touch": Estimate(1.42, "last_touch", grade=Grade.credit_rule),
                    },
                    coverage=0.64,
                ),
            ),
            findings=self.findings(),
            not_checked=(
                NotChecked(
                    "AUD04",
                    self.text(
                        "The CRM export has neither age nor role of the contacts.",
                        "L’export du CRM ne donne ni l’âge ni la fonction des contacts.",
                    ),
                ),
                NotChecked(
                    "BUD07",
                    self.text(
                        "The action does not say whether it works in the short or the long term.",
                        "L’action ne dit pas si elle agit à court ou à long terme.",
                    ),
                    "linkedin-abm",
                ),
            ),
            ignored=(
                SetAside(
                    "KPI04",
                    "notoriety",
                    self.say(
                        "Awareness is surveyed once a year, on purpose.",
                        "La notoriété est mesurée une fois l’an, à dessein.",
                    ),
                ),
            ),
            chain=self.chain(),
            objectives=objectives,
            metrics=self.metrics(),
            actions=self.actions(),
            flows=self.flows(),
            orphans=(
                OrphanSpend("meta_ads", "Sommer_Vibes_2026_Reels_18-24_ALL_v3_final", chf("4120.00")),
                OrphanSpend("google_ads", "DE – Marke (alt)", chf("1830.25")),
            ),
            coverage=self.coverage(),
            drivers=(
                ("revenue", "won_deals * average_deal_value"),
                ("won_deals", "qualified_leads * win_rate"),
            ),
            titles=self.titles(),
        )

    def titles(self) -> dict[str, str]:
        rows = {row.id: row.title for row in self.chain()}
        people = {"antoine": "Antoine Favre", "lea": "Léa Nguyen", "marc": "Marc Brunner"}
        own = {"CHF": "CHF"}
        return {**own, **rows, **people}

    def coherence(self) -> Coherence:
        losses = tuple(
            Loss(
                located.finding.identity,
                located.finding.code,
                located.finding.element,
                located.layer or Layer.execution,
                located.cost,
            )
            for located in self.findings()
            if located.cost
        )
        lost = sum((loss.cost for loss in losses), Decimal(0))
        sixth = Decimal(100) / 6
        left = {
            layer: sixth - sum((loss.cost for loss in losses if loss.layer is layer), Decimal(0))
            for layer in Layer
        }
        return Coherence(100 - lost, losses, left)

    def findings(self) -> tuple[LocatedFinding, ...]:
        def found(
            code: str,
            element: str,
            severity: Severity,
            words: tuple[str, str],
            hint: tuple[str, str],
            *,
            cost: str = "0",
            money: str | None = None,
            layer: Layer = Layer.execution,
            owner: str | None = None,
            line: int | None = None,
            related: tuple[str, ...] = (),
        ) -> LocatedFinding:
            finding = Finding(
                code,
                element,
                severity,
                self.text(*words),
                self.text(*hint),
                related=related,
                money=chf(money) if money else None,
            )
            location = Location(f"/home/antoine/société/plans/{PLAN}", line) if line else None
            at_stake = stake(finding, Index(Plan()))
            return LocatedFinding(
                finding, location, Decimal(cost), layer, owner, at_stake.money, at_stake.worth
            )

        return (
            found(
                "AUD01",
                "instagram",
                Severity.blocking,
                (
                    "Instagram reaches 14% of the 45–60 year-olds whom “Instagram – the young” must convince: "
                    "industrial buyers of about 50.",
                    "Instagram ne touche que 14 % des 45–60 ans que « Instagram – les jeunes » doit convaincre : "
                    "des acheteurs industriels d’une cinquantaine d’années.",
                ),
                (
                    "Move the money to channels that industrial buyers use: LinkedIn, trade fairs, search.",
                    "Déplacez ce budget vers les canaux des acheteurs industriels : LinkedIn, salons, recherche.",
                ),
                cost="6.25",
                money="9200",
                owner="lea",
                line=142,
            ),
            found(
                "DAT01",
                "execution",
                Severity.warning,
                (
                    "The campaign “Sommer_Vibes_2026_Reels_18-24_ALL_v3_final” spent CHF 4,120 and matches no "
                    "action of the plan.",
                    "La campagne « Sommer_Vibes_2026_Reels_18-24_ALL_v3_final » a dépensé 4 120 CHF et ne "
                    "correspond à aucune action du plan.",
                ),
                (
                    "Give it an action with its tracking key, or stop it.",
                    "Rattachez-la à une action par sa clé de suivi, ou arrêtez-la.",
                ),
                money="4120",
            ),
            found(
                "KPI01",
                "community",
                Severity.blocking,
                (
                    "“A young community” is judged on followers and likes alone: neither leads to revenue.",
                    "« Une communauté jeune » n’est jugée que sur les abonnés et les mentions J’aime : ni les uns "
                    "ni les autres ne mènent au chiffre d’affaires.",
                ),
                (
                    "Judge it on qualified leads from Germany.",
                    "Jugez-la sur les prospects qualifiés venus d’Allemagne.",
                ),
                cost="4.17",
                layer=Layer.objectives,
                owner="lea",
                line=88,
            ),
            found(
                "ACT01",
                "instagram",
                Severity.blocking,
                (
                    "“Instagram – the young” serves no objective.",
                    "« Instagram – les jeunes » ne sert aucun objectif.",
                ),
                (
                    "Say which objective it serves, or stop it.",
                    "Dites quel objectif elle sert, ou arrêtez-la.",
                ),
                cost="3.10",
                money="9200",
                line=140,
                owner="lea",
            ),
            found(
                "CAS01",
                "revenue-20",
                Severity.warning,
                (
                    "Qualified leads +20% and win rate +5% give +26% deals at an average value down 8%: "
                    "revenue +15.9%, where +20% is wanted.",
                    "Prospects qualifiés +20 % et taux de signature +5 % donnent +26 % de ventes, pour une valeur "
                    "moyenne en baisse de 8 % : +15,9 % de chiffre d’affaires, là où +20 % sont visés.",
                ),
                (
                    "Hold the average deal value, or raise qualified leads to +24.2%.",
                    "Maintenez la valeur moyenne des ventes, ou portez les prospects qualifiés à +24,2 %.",
                ),
                cost="2.08",
                money="312000",
                layer=Layer.objectives,
                owner="antoine",
                line=61,
                related=("leads-de",),
            ),
            found(
                "VAL02",
                "innovation",
                Severity.advice,
                (
                    "“Innovation” could stand in any company’s plan.",
                    "« Innovation » pourrait figurer dans le plan de n’importe quelle entreprise.",
                ),
                (
                    "Say what Alpenwerk does that others do not.",
                    "Dites ce qu’Alpenwerk fait et que les autres ne font pas.",
                ),
                cost="0.83",
                layer=Layer.values,
                line=12,
            ),
            found(
                "REV01",
                "revenue-20",
                Severity.warning,
                (
                    "Reviewed quarterly, last reviewed on 14 March 2026: 110 days late.",
                    "Revu chaque trimestre, il l’a été pour la dernière fois le 14 mars 2026 : 110 jours de "
                    "retard.",
                ),
                ("Hold the review.", "Tenez la revue."),
                cost="2.08",
                layer=Layer.objectives,
                owner="antoine",
                line=61,
            ),
            found(
                "PER01",
                "leads-de",
                Severity.warning,
                (
                    "38% chance to reach 240 qualified leads by 31 December 2026.",
                    "38 % de chances d’atteindre 240 prospects qualifiés au 31 décembre 2026.",
                ),
                (
                    "Decide now: more means, another way, or another target.",
                    "Décidez maintenant : plus de moyens, une autre voie ou une autre cible.",
                ),
                money="88000",
                layer=Layer.objectives,
                owner="lea",
                line=75,
            ),
        )

    def chain(self) -> tuple[ChainRow, ...]:
        found: dict[str, list[str]] = {}
        for located in self.findings():
            found.setdefault(located.finding.element, []).append(located.finding.identity)

        def row(
            id: str,
            kind: str,
            layer: Layer,
            title: str,
            words: str = "",
            *,
            depth: int = 0,
            parents: tuple[str, ...] = (),
            owner: str | None = None,
            line: int = 10,
        ) -> ChainRow:
            return ChainRow(
                id,
                kind,
                layer,
                title,
                words,
                owner,
                depth,
                parents,
                Location("plan.yaml", line),
                tuple(found.get(id, ())),
            )

        say = self.say
        return (
            row(
                "precision",
                "value",
                Layer.values,
                say("Precision that lasts", "La précision qui dure"),
                say(
                    "A machine sold today still holds its tolerance in twenty years.",
                    "Une machine vendue aujourd’hui tiendra encore sa tolérance dans vingt ans.",
                ),
            ),
            row("innovation", "value", Layer.values, "Innovation", line=12),
            row(
                "quiet-factory",
                "vision",
                Layer.vision,
                say(
                    "Factories where nobody waits for a machine",
                    "Des usines où personne n’attend une machine",
                ),
                parents=("precision",),
                line=20,
            ),
            row(
                "sensors",
                "mission",
                Layer.mission,
                say("Equip the mid-sized workshops of Europe", "Équiper les ateliers moyens d’Europe"),
                parents=("quiet-factory",),
                line=28,
                owner="antoine",
            ),
            row(
                "buyers",
                "segment",
                Layer.strategy,
                say("Industrial buyers, 45–60, Germany", "Acheteurs industriels, 45–60 ans, Allemagne"),
                parents=("sensors",),
                line=40,
            ),
            row(
                "revenue-20",
                "objective",
                Layer.objectives,
                say("Revenue +20%", "Chiffre d’affaires +20 %"),
                parents=("sensors",),
                owner="antoine",
                line=61,
            ),
            row(
                "leads-de",
                "objective",
                Layer.objectives,
                say("240 qualified leads from Germany", "240 prospects qualifiés d’Allemagne"),
                depth=1,
                parents=("revenue-20",),
                owner="lea",
                line=75,
            ),
            row(
                "germany",
                "objective",
                Layer.objectives,
                say("12 first customers in Germany", "12 premiers clients en Allemagne"),
                parents=("sensors",),
                owner="marc",
                line=69,
            ),
            row(
                "community",
                "objective",
                Layer.objectives,
                say("A young community", "Une communauté jeune"),
                owner="lea",
                line=88,
            ),
            row(
                "linkedin-abm",
                "action",
                Layer.execution,
                say("LinkedIn – purchasing managers", "LinkedIn – responsables d’achats"),
                depth=1,
                parents=("leads-de",),
                owner="lea",
                line=120,
            ),
            row(
                "fairs",
                "action",
                Layer.execution,
                LONG[self.language],
                depth=1,
                parents=("leads-de", "germany"),
                owner="marc",
                line=130,
            ),
            row(
                "instagram",
                "action",
                Layer.execution,
                say("Instagram – the young", "Instagram – les jeunes"),
                owner="lea",
                line=140,
            ),
            row("newsletter", "action", Layer.execution, HOSTILE, depth=1, parents=("leads-de",), line=150),
        )

    def objectives(self) -> tuple[ObjectiveStatus, ...]:
        months = _months("2026-01", 12)
        # Trailing twelve months, as an objective with a yearly window is followed.
        won = [13.02, 13.11, 13.3, 13.26, 13.4, 13.62, 13.7, 13.74, 13.88, None, None, None]
        revenue = tuple(
            PathPoint(month, None if value is None else value * 1e6, 13e6 + 2.6e6 * (index + 1) / 12)
            for index, (month, value) in enumerate(zip(months, won, strict=True))
        )
        leads = tuple(
            PathPoint(
                month, None if index > 8 else 92.0 + 7 * index + (index % 3) * 4, 90 + 12.5 * (index + 1)
            )
            for index, month in enumerate(months)
        )
        say = self.say
        no_data = Refusal(
            "no_data",
            self.text(
                "No sales of the German subsidiary are in the data: import its CRM.",
                "Aucune vente de la filiale allemande ne figure dans les données : importez son CRM.",
            ),
        )
        too_short = Refusal(
            "too_short",
            self.text(
                "At least 6 months of data are needed; there are 2.",
                "Il faut au moins 6 mois de données ; il y en a 2.",
            ),
        )
        return (
            ObjectiveStatus(
                "revenue-20",
                say("Revenue +20%", "Chiffre d’affaires +20 %"),
                "business",
                "revenue",
                self.text("Revenue", "Chiffre d’affaires"),
                Unit.money,
                Direction.up,
                Decimal(13_000_000),
                Decimal(15_600_000),
                date(2026, 1, 1),
                date(2026, 12, 31),
                "antoine",
                Estimate(13_880_000, "total"),
                0.34,
                Estimate(0.21, "trend", 0.12, 0.33, 0.9, Grade.model),
                Decimal("0.7"),
                Health.off_course,
                revenue,
                chf(24000),
                chf("21870.50"),
                ("sensors",),
                ("CAS01:revenue-20:leads-de", "REV01:revenue-20"),
                forecast=foreseen(revenue),
            ),
            ObjectiveStatus(
                "germany",
                say("12 first customers in Germany", "12 premiers clients en Allemagne"),
                "business",
                "new_customers",
                self.text("New customers", "Nouveaux clients"),
                Unit.count,
                Direction.up,
                Decimal(0),
                Decimal(12),
                date(2026, 1, 1),
                date(2026, 12, 31),
                "marc",
                no_data,
                None,
                no_data,
                None,
                Health.on_course,
                (),
                chf(8000),
                None,
                ("sensors",),
                (),
            ),
            ObjectiveStatus(
                "leads-de",
                say("240 qualified leads from Germany", "240 prospects qualifiés d’Allemagne"),
                "marketing",
                "sql",
                self.text("Qualified leads", "Prospects qualifiés"),
                Unit.count,
                Direction.up,
                Decimal(90),
                Decimal(240),
                date(2026, 1, 1),
                date(2026, 12, 31),
                "lea",
                Estimate(157, "total"),
                0.45,
                Estimate(0.38, "trend", 0.25, 0.5, 0.9, Grade.model),
                Decimal("0.5"),
                Health.at_risk,
                leads,
                chf(24000),
                chf("21870.50"),
                ("revenue-20",),
                ("PER01:leads-de",),
            ),
            ObjectiveStatus(
                "community",
                say("A young community", "Une communauté jeune"),
                "digital",
                "followers",
                self.text("Followers", "Abonnés"),
                Unit.count,
                Direction.up,
                Decimal(4000),
                None,
                None,
                None,
                "lea",
                Estimate(6120, "last"),
                None,
                too_short,
                Decimal("0.9"),
                Health.at_risk,
                (),
                chf(0),
                None,
                (),
                ("KPI01:community",),
            ),
        )

    def metrics(self) -> tuple[MetricReading, ...]:
        months = _months("2025-10", 12)

        def series(start: float, step: float) -> tuple[tuple[Period, float | None], ...]:
            return tuple(
                (month, None if index == 4 else start + step * index + (index % 4) * step * 1.5)
                for index, month in enumerate(months)
            )

        missing = Refusal(
            "no_data",
            self.text(
                "No survey is in the data: import one, or type the answers in.",
                "Aucune enquête ne figure dans les données : importez-en une ou saisissez les réponses.",
            ),
        )

        def reading(
            id: str,
            names: tuple[str, str],
            meanings: tuple[str, str],
            unit: Unit,
            value: Outcome,
            previous: Outcome,
            year_before: Outcome,
            **more: object,
        ) -> MetricReading:
            blank = MetricReading(
                id,
                self.text(*names),
                self.text(*meanings),
                unit,
                Direction.up,
                "marketing",
                ("marketing",),
                False,
                value,
                previous,
                year_before,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                (),
            )
            return replace(blank, **more)  # type: ignore[arg-type]

        def known(value: float) -> Estimate:
            return Estimate(value, "catalogue")

        return (
            reading(
                "revenue",
                ("Revenue", "Chiffre d’affaires"),
                ("What customers bought.", "Ce que les clients ont acheté."),
                Unit.money,
                known(1_190_000),
                known(820_000),
                known(1_020_000),
                family="business",
                target=Decimal(1_300_000),
                objective="revenue-20",
                series=series(900_000, 12_000),
            ),
            reading(
                "cost_per_lead",
                ("Cost per lead", "Coût par prospect"),
                ("What one lead costs.", "Ce que coûte un prospect."),
                Unit.money,
                known(412.4),
                known(377.9),
                missing,
                better=Direction.down,
                benchmark=Decimal(198),
                benchmark_source="Swiss B2B panel, 2025",
                worth=None,
                series=series(300, 8),
            ),
            reading(
                "form_conversion_rate",
                ("Form conversion", "Conversion du formulaire"),
                (
                    "Of 100 visits to the form, how many send it.",
                    "Sur 100 visites du formulaire, combien l’envoient.",
                ),
                Unit.ratio,
                known(0.021),
                known(0.019),
                known(0.026),
                family="digital",
                target=Decimal("0.03"),
                worth=chf(38000),
                worth_step=0.004,
                worth_root="revenue",
                benchmark=Decimal("0.028"),
                series=series(0.02, 0.0002),
            ),
            reading(
                "followers",
                ("Followers", "Abonnés"),
                ("People who follow the accounts.", "Les personnes qui suivent les comptes."),
                Unit.count,
                known(6120),
                known(5480),
                known(2210),
                family="digital",
                vanity=True,
                objective="community",
                series=series(2000, 310),
            ),
            reading(
                "brand_awareness",
                ("Awareness", "Notoriété"),
                (
                    "Of 100 buyers asked, how many know the brand.",
                    "Sur 100 acheteurs interrogés, combien connaissent la marque.",
                ),
                Unit.ratio,
                missing,
                missing,
                missing,
                named=True,
            ),
            reading(
                "sales_cycle_days",
                ("Sales cycle", "Cycle de vente"),
                ("Days from first contact to signature.", "Jours du premier contact à la signature."),
                Unit.days,
                known(94),
                known(94),
                known(81),
                better=Direction.down,
                family="business",
            ),
        )

    def actions(self) -> tuple[ActionStatus, ...]:
        names = {row.id: row.title for row in self.chain()}
        start, end = date(2026, 1, 15), date(2026, 11, 30)
        return (
            ActionStatus(
                "linkedin-abm",
                names["linkedin-abm"],
                "campaign",
                "linkedin_paid",
                "running",
                "lea",
                (("leads-de", Decimal(1)),),
                start,
                end,
                chf(12000),
                chf("11240.50"),
                Soundness.aligned,
                (),
                False,
                1840,
                Decimal(31),
                chf(58000),
                chf(31000),
                Grade.credit_rule,
            ),
            ActionStatus(
                "fairs",
                names["fairs"],
                "event",
                "events",
                "running",
                "marc",
                (("leads-de", Decimal("0.5")), ("germany", Decimal("0.5"))),
                start,
                end,
                chf(9500),
                chf("7000.00"),
                Soundness.aligned,
                (),
                False,
                None,
                Decimal(14),
                chf(36500),
                chf(25600),
                Grade.credit_rule,
            ),
            ActionStatus(
                "instagram",
                names["instagram"],
                "campaign",
                "instagram_organic",
                "running",
                "lea",
                (),
                start,
                None,
                chf(9000),
                chf("9200.00"),
                Soundness.orphan,
                ("ACT01:instagram", "AUD01:instagram"),
                False,
                9310,
                Decimal(2),
                chf(0),
                chf(0),
                Grade.credit_rule,
            ),
            ActionStatus(
                "newsletter",
                names["newsletter"],
                "content",
                None,
                "planned",
                None,
                (("leads-de", Decimal(1)),),
                None,
                None,
                chf(6000),
                chf("6480.00"),
                Soundness.weak,
                ("KPI01:community",),
                True,
                None,
                None,
                None,
                None,
                Grade.none,
            ),
        )

    def flows(self) -> tuple[Flow, ...]:
        def flow(source: str, target: str, planned: str, spent: str, soundness: Soundness) -> Flow:
            return Flow(source, target, chf(planned), chf(spent), soundness)

        good, weak, lost = Soundness.aligned, Soundness.weak, Soundness.orphan
        return (
            flow("budget", "linkedin-abm", "12000", "11240.50", good),
            flow("budget", "fairs", "9500", "7000", good),
            flow("budget", "newsletter", "6000", "6480", weak),
            flow("budget", "instagram", "9000", "9200", lost),
            flow("linkedin-abm", "leads-de", "12000", "11240.50", good),
            flow("fairs", "leads-de", "4750", "3500", good),
            flow("fairs", "germany", "4750", "3500", good),
            flow("newsletter", "leads-de", "6000", "6480", weak),
            flow("instagram", "orphan", "9000", "9200", lost),
            flow("leads-de", "revenue-20", "16750", "14740.50", good),
            flow("leads-de", "revenue-20", "6000", "6480", weak),
            flow("budget", "orphan", "0", "5950.25", lost),
        )

    def coverage(self) -> tuple[SourceCoverage, ...]:
        first, last = date(2024, 1, 1), date(2026, 9, 30)
        return (
            SourceCoverage(
                "google_ads",
                "spend",
                "412-889-0031",
                18_204,
                first,
                last,
                0,
                {"cost": Decimal("212480.25"), "clicks": Decimal(48_211)},
                "CHF",
            ),
            SourceCoverage(
                "meta_ads",
                "spend",
                "act_5581",
                6_110,
                first,
                date(2026, 9, 28),
                3,
                {"cost": Decimal("98112.00")},
                "CHF",
            ),
            SourceCoverage(
                "ga4", "web", "properties/331", 40_881, first, last, 0, {"sessions": Decimal(301_554)}, None
            ),
            SourceCoverage(
                "hubspot",
                "deals",
                "",
                1_240,
                date(2024, 2, 3),
                last,
                0,
                {"amount": Decimal("31200000.00")},
                "CHF",
            ),
        )
