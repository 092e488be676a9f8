"""`gouvernail benchmarks`: what speaks of the company, and what a file adds to the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouvernail.plan.load import load_plan
from tests.cli.conftest import Run

PLAN = """\
# Our plan. Keep this line.
version: 1
organisation: {name: Us, currency: CHF, country: CH, industry: Capteurs pour l’industrie}  # and this
benchmarks:
  # from the guild
  - {id: guild-ctr, metric: ctr, value: 0.03, source: Guild, year: 2025}
"""
PANEL = """\
Indicateur;Valeur;Source;Année;Canal
ctr;2,4 %;Panel romand;2025;
cost_per_lead;CHF 1’250,50;Panel romand;2025;search_paid
ctr;3 %;guild;2025;
"""
REFUSALS = [
    ("ctr;1,1 %;;2025;", "source", "no source: a figure that nobody stands for is not taken."),
    ("ctr;1,1 %;Panel;;", "year", "no year: an undated figure cannot be compared with."),
    ("ctr;1,1 %;Panel;25;", "year", "“25” is not a year. Write it like 2025."),
    ("ctrr;1,1 %;Panel;2025;", "metric", "“ctrr” is no metric. Did you mean “ctr”?"),
    (";1,1 %;Panel;2025;", "metric", "no metric."),
    ("ctr;;Panel;2025;", "value", "no value."),
    ("ctr;much;Panel;2025;", "value", "“much” is not a number."),
    (
        "ctr;2,4;Panel;2025;",
        "value",
        "“2,4” is more than the whole of a share: write 2,4 %, or the fraction.",
    ),
    ("cpc;3,2 %;Panel;2025;", "value", "“3,2 %” is a share, and the metric is none."),
    (
        "cpc;EUR 4,10;Panel;2025;",
        "value",
        "the figure is in EUR and the plan counts in CHF: convert it first.",
    ),
    ("ctr;1,1 %;Panel;2025;linkedin", "channel", "“linkedin” is no channel. Did you mean “linkedin_paid”?"),
    (
        "ctr;4,5 %;Guild;2025;",
        "value",
        "the plan has another value for it already, under “guild-ctr”: change it there.",
    ),
]


@pytest.fixture
def space(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    return tmp_path


def test_benchmarks_lists_those_that_speak_of_the_company(run: Run, space: Path) -> None:
    rows = run("benchmarks", "--json", "-w", space).json

    assert rows[0] == {
        "metric": "ctr", "value": "0.03", "currency": None, "industry": "", "region": "", "channel": None,
        "source": "Guild", "about": "", "year": 2025, "url": "", "own": True,
    }  # fmt: skip
    assert {row["industry"] for row in rows} == {""}
    assert {row["region"] for row in rows} == {"", "europe"}
    assert {row["currency"] for row in rows} == {None}


def test_benchmarks_of_all_hold_those_of_others_too(run: Run, space: Path) -> None:
    rows = run("benchmarks", "--all", "--json", "-w", space).json

    assert {"us", "de"} < {row["region"] for row in rows}
    assert {"industrial", "fashion"} < {row["industry"] for row in rows}


def test_benchmarks_in_words_show_value_source_and_year(run: Run, space: Path) -> None:
    shown = run("benchmarks", "-w", space, "--lang", "fr").words

    assert "marketing_cost_ratio 7,70 % Gartner, CMO Spend Survey (402 marketing" in shown


def test_benchmarks_without_a_plan_are_those_for_everyone(run: Run, tmp_path: Path) -> None:
    rows = run("benchmarks", "--json", "-w", tmp_path).json

    assert {(row["industry"], row["region"]) for row in rows} == {("", "")}


def test_import_adds_to_the_plan_and_keeps_its_comments(run: Run, space: Path) -> None:
    (space / "panel.csv").write_text(PANEL, "utf-8")
    answer = run("benchmarks", "import", space / "panel.csv", "-w", space, "--lang", "en")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "+ Click-through rate (benchmark-ctr-2025): Panel romand, 2025",
        "+ Cost per lead (benchmark-cost-per-lead-search-paid-2025): Panel romand, 2025",
        "2 benchmarks added to the plan.",
        "1 is in it already.",
    ]
    text = (space / "plan.yaml").read_text("utf-8")
    assert text.startswith(PLAN)
    assert [(one.metric, str(one.value)) for one in load_plan(space / "plan.yaml").plan.benchmarks] == [
        ("ctr", "0.03"),
        ("ctr", "0.024"),
        ("cost_per_lead", "1250.5"),
    ]


def test_import_twice_adds_nothing(run: Run, space: Path) -> None:
    (space / "panel.csv").write_text(PANEL, "utf-8")
    run("benchmarks", "import", space / "panel.csv", "-w", space)
    before = (space / "plan.yaml").read_text("utf-8")
    answer = run("benchmarks", "import", space / "panel.csv", "-w", space, "--lang", "en")

    assert answer.out.splitlines() == ["0 benchmarks added to the plan.", "3 are in it already."]
    assert (space / "plan.yaml").read_text("utf-8") == before


def test_import_dry_run_changes_nothing(run: Run, space: Path) -> None:
    (space / "panel.csv").write_text(PANEL, "utf-8")
    answer = run("benchmarks", "import", space / "panel.csv", "--dry-run", "-w", space, "--lang", "en")

    assert "2 benchmarks would be added to the plan." in answer.out
    assert (space / "plan.yaml").read_text("utf-8") == PLAN


@pytest.mark.parametrize(("row", "column", "sentence"), REFUSALS)
def test_import_refuses_a_row_in_one_sentence(
    run: Run, space: Path, row: str, column: str, sentence: str
) -> None:
    # The second row shows that the file writes decimals with a comma.
    (space / "panel.csv").write_text(
        f"Indicateur;Valeur;Source;Année;Canal\ncpm;8,25;Panel;2025;\n{row}\n", "utf-8"
    )
    answer = run("benchmarks", "import", "panel.csv", "-w", space, "--lang", "en", cwd=space)

    assert answer.code == 1
    assert answer.err.strip() == f"panel.csv: line 3, column “{column}”: {sentence}"
    assert "1 row refused." in answer.out


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [("2.4 %", "", "0.024"), ("2.4", "%", "0.024"), ("0.024", "", "0.024"), ("2.4%", "%", "0.024")],
)
def test_shares_may_be_written_in_several_ways(
    run: Run, space: Path, value: str, unit: str, read: str
) -> None:
    (space / "panel.csv").write_text(
        f"metric,value,unit,source,year\nctr,{value},{unit},Panel,2025\n", "utf-8"
    )
    run("benchmarks", "import", space / "panel.csv", "-w", space)

    assert str(load_plan(space / "plan.yaml").plan.benchmarks[-1].value) == read


def test_import_reads_yaml_with_the_lines_of_its_entries(run: Run, space: Path) -> None:
    (space / "own.yaml").write_text(
        "benchmarks:\n  - {metric: nps, value: 41, source: Panel, year: 2025}\n  - metric: ctr\n    value: 0.02\n",
        "utf-8",
    )
    answer = run("benchmarks", "import", "own.yaml", "-w", space, "--lang", "en", cwd=space)

    assert answer.err.startswith("own.yaml: line 3, column “source”: no source")
    assert load_plan(space / "plan.yaml").plan.benchmarks[-1].metric == "nps"


def test_import_reads_a_workbook(run: Run, space: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (["Metric", "Value", "Source", "Year"], ["bounce_rate", 0.41, "Panel", 2025]):
        book.active.append(row)
    book.save(space / "panel.xlsx")
    answer = run("benchmarks", "import", space / "panel.xlsx", "-w", space, "--lang", "en")

    assert (answer.code, answer.err) == (0, "")
    assert str(load_plan(space / "plan.yaml").plan.benchmarks[-1].value) == "0.41"


def test_import_without_a_column_that_is_needed_says_which(run: Run, space: Path) -> None:
    (space / "panel.csv").write_text("metric,value,who\nctr,0.02,Panel\n", "utf-8")
    answer = run("benchmarks", "import", space / "panel.csv", "-w", space, "--lang", "en")

    assert (answer.code, answer.words) == (
        2,
        "The file has no column for source, year. Its columns are: metric, value, who.",
    )


def test_import_into_a_plan_of_several_files_writes_its_own_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "plan.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "panel.csv").write_text(PANEL, "utf-8")

    assert run("benchmarks", "import", tmp_path / "panel.csv", "-w", tmp_path).code == 0
    assert (tmp_path / "plan" / "plan.yaml").read_text("utf-8") == PLAN
    assert len(load_plan(tmp_path / "plan").plan.benchmarks) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"[" * 5000, "line 1. Lists and mappings are nested too deeply here.", id="depths"),
        pytest.param(b"- {metric: ctr\n", "is not closed properly", id="brackets"),
        pytest.param(bytes(range(256)), "line 1. This is not a text file.", id="binary"),
        pytest.param(b"- &a [*a]\n", "line 1, column “metric”: “[…]” is no metric", id="a list"),
        pytest.param(
            b"- {metric: nps, value: %s, source: P, year: 2025}\n" % (b"9" * 5000),
            "too many digits",
            id="value",
        ),
        pytest.param(
            b"- {metric: nps, value: 4, source: P, year: %s}\n" % (b"9" * 5000), "is not a year", id="year"
        ),
    ],
)
def test_import_of_hostile_yaml_is_refused_in_a_sentence(
    run: Run, space: Path, content: bytes, said: str
) -> None:
    (space / "own.yaml").write_bytes(content)
    answer = run("benchmarks", "import", "own.yaml", "-w", space, "--lang", "en", cwd=space)

    assert answer.code in (1, 2)
    assert len(answer.err.splitlines()) == 1
    assert said in answer.err
    assert (space / "plan.yaml").read_text("utf-8") == PLAN


def test_import_refuses_a_table_whose_quote_swallows_rows(run: Run, space: Path) -> None:
    (space / "panel.csv").write_text('metric,value,source,year\n"nps,41,Panel,2025\n', "utf-8")
    answer = run("benchmarks", "import", space / "panel.csv", "-w", space, "--lang", "en")

    assert (answer.code, answer.out) == (2, "")
    assert answer.words == ("Line 2: a quote opens here and is never closed; nothing after it was read.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_import_keeps_encoding_line_ends_and_permissions_of_the_plan(
    run: Run, space: Path, encoding: str
) -> None:
    path = space / "plan.yaml"
    path.write_bytes(PLAN.replace("\n", "\r\n").encode(encoding))
    path.chmod(0o600)
    (space / "panel.csv").write_text(PANEL, "utf-8")

    assert run("benchmarks", "import", space / "panel.csv", "-w", space).code == 0
    text = path.read_bytes().decode(encoding)
    assert text.startswith(PLAN.replace("\n", "\r\n"))
    assert len(load_plan(path).plan.benchmarks) == 3
    assert path.stat().st_mode & 0o777 == 0o600
