"""One page with every component of the look, for tests and for those who write pages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines

from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.bearing.alignment import MoneySplit
from gouvernail.bearing.located import LocatedFinding
from gouvernail.checks.finding import Finding, Severity
from gouvernail.web.look.charts import ACCENT, BAD, EDGE, GOOD, MUTED, SERIES, ChartView
from gouvernail.web.look.forms import words
from gouvernail.web.look.parts import Crumb, Deduction, Figure, Tab, move
from gouvernail.web.workspaces.models import Workspace


class Sample(forms.Form):
    title = forms.CharField(label=words(T("Title")), help_text=words(T("What people call it.")))
    target = forms.DecimalField(label=words(T("Target")), required=False)
    due = forms.DateField(
        label=words(T("Due")), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    owner = forms.ChoiceField(label=words(T("Owner")), choices=[("a", "Anna"), ("b", "Béatrice")])
    ways = forms.MultipleChoiceField(
        label=words(T("Audience")),
        choices=[("a", "Anna"), ("b", "Béatrice")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(
        label=words(T("Mission")), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    agree = forms.BooleanField(label=words(T("Close")), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].weak = "To be the best."
        self.fields[
            "text"
        ].strong = "We repair bicycles in an hour, so that nobody in Lausanne needs a car to get to work."


def _chf(amount: int) -> Money:
    return Money(Decimal(amount), "CHF")


def _finding(severity: Severity, code: str) -> LocatedFinding:
    finding = Finding(
        code,
        "act-x",
        severity,
        T("The campaign “Spring” serves no objective, and CHF 12,000 are planned for it."),
        T("Link it to an objective, or stop it."),
    )
    return LocatedFinding(finding, None, Decimal("1.25"), None, "anna", _chf(12_000), Decimal(1))


def _charts() -> list[ChartView]:
    months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    values, way = [120, 132, 128, 151, None], [120, 130, 140, 150, 160]
    course = ChartView(
        "course",
        "Revenue of the shop",
        {
            "legend": {"data": ["Reached", "Target path"], "top": 0, "left": 0},
            "tooltip": {"trigger": "axis", "valueFormatter": "@money:CHF"},
            "grid": {"left": 8, "right": 16, "top": 36, "bottom": 8, "containLabel": True},
            "xAxis": {"type": "category", "data": months, "axisLabel": {"formatter": "@month"}},
            "yAxis": {"type": "value", "axisLabel": {"formatter": "@compact"}},
            "series": [
                {"name": "Reached", "type": "line", "data": values, "color": ACCENT, "symbolSize": 7},
                {
                    "name": "Target path",
                    "type": "line",
                    "data": way,
                    "color": MUTED,
                    "lineStyle": {"type": "dashed"},
                },
            ],
        },
        ("Month", "Reached", "Target path"),
        tuple(
            (month, None if a is None else _chf(a), _chf(b))
            for month, a, b in zip(months, values, way, strict=True)
        ),
        lead="Five months beside the straight way to the target.",
    )
    links = [("Budget", "Search", 40, GOOD), ("Budget", "Spring", 12, BAD), ("Search", "Revenue", 40, GOOD)]
    money = ChartView(
        "money",
        "Where the money goes",
        {
            "tooltip": {"trigger": "item"},
            "series": [
                {
                    "type": "sankey",
                    "nodeWidth": 10,
                    "data": [
                        {"name": name, "itemStyle": {"color": EDGE}}
                        for name in ("Budget", "Search", "Spring", "Revenue")
                    ],
                    "links": [
                        {"source": a, "target": b, "value": v, "lineStyle": {"color": c, "opacity": 0.35}}
                        for a, b, v, c in links
                    ],
                }
            ],
        },
        ("From", "To", "Money"),
        tuple((a, b, _chf(1000 * v)) for a, b, v, _ in links),
        size="short",
    )
    bars = ChartView(
        "bars",
        "Share by channel",
        {
            "xAxis": {"type": "value", "axisLabel": {"formatter": "@percent"}},
            "yAxis": {"type": "category", "data": ["Search", "Social", "E-mail"]},
            "grid": {"left": 8, "right": 16, "top": 8, "bottom": 8, "containLabel": True},
            "series": [
                {
                    "type": "bar",
                    "data": [0.5, 0.3, 0.2],
                    "color": SERIES[0],
                    "label": {"show": True, "position": "insideRight", "formatter": "@percent"},
                }
            ],
        },
        ("Channel", "Share"),
        (("Search", Ratio(0.5)), ("Social", Ratio(0.3)), ("E-mail", Ratio(0.2))),
        size="short",
    )
    return [course, money, bars]


def parts(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show every component once, with and without an organisation around it."""
    membership = None
    if slug and request.user.is_authenticated:
        membership = request.user.memberships.select_related("workspace").get(workspace__slug=slug)
        request.membership, request.workspace = membership, membership.workspace
    assert not slug or Workspace.objects.filter(slug=slug).exists()
    messages.success(request, "Saved.")
    against = T("against {period}", period=date(2026, 9, 1))
    split = MoneySplit(_chf(48_000), _chf(9_000), _chf(12_000))
    findings = [_finding(severity, f"OBJ0{n}") for n, severity in enumerate(Severity, 1)]
    template = engines["django"].from_string(Path(__file__).with_name("parts.html").read_text("utf-8"))
    return HttpResponse(
        template.render(
            {
                "crumbs": [Crumb("Objectives", "/"), Crumb("Revenue", "/")],
                "figures": [
                    Figure(
                        "Coherence",
                        72,
                        "/ 100",
                        move(4, "+4", against),
                        "8 findings cost 28 points",
                        "accent",
                        provenance="/",
                        url="/",
                        more="Why",
                    ),
                    Figure(
                        "Money that serves an objective",
                        Ratio(0.61, 0),
                        "",
                        move(-0.03, "−3 points", against),
                        "CHF 12,000 serve none",
                        "warn",
                        provenance="/",
                    ),
                    Figure(
                        "Cost of a customer",
                        _chf(184),
                        "",
                        move(12, "+12 %", against, better="down"),
                        "target CHF 150",
                        "bad",
                    ),
                    Figure(
                        "Return",
                        refusal="No revenue has a traceable origin yet.",
                        tone="unknown",
                        url="/",
                        more="Import conversions",
                    ),
                ],
                "split": split,
                "nothing": MoneySplit(_chf(0), _chf(0), _chf(0)),
                "findings": findings,
                "deductions": [
                    Deduction("No audience is named", Decimal("2.50"), "Spring campaign", "/"),
                    Deduction("No due date", Decimal("1.25"), "Revenue", "/"),
                ],
                "tabs": [
                    Tab("Table", "?a", True, "table", 12),
                    Tab("Board", "?b", icon="layout-kanban"),
                    Tab("Calendar", "?c", icon="calendar"),
                ],
                "facts": [
                    ("Owner", "Anna"),
                    ("Due", date(2026, 12, 31)),
                    ("Budget", _chf(12_000)),
                    ("Note", ""),
                ],
                "form": Sample({"title": "", "owner": "a"}),
                "page": Paginator(range(60), 25).page(2),
                "charts": _charts(),
                "then": datetime.now(UTC) - timedelta(hours=3),
            },
            request,
        )
    )
