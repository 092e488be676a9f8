"""`gouvernail experiment read` and `gouvernail experiment list`."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

from gouvernail.bearing.experiments import State
from gouvernail.bearing.trials_json import json_schema
from gouvernail.cli.experiment_list import Standing
from tests.cli.conftest import Run
from tests.cli.test_french import sentences

WORKED = "variant,visitors,conversions\ncontrol,20000,1000\nbold,20000,1120\n"
MONEY = ("--value-of-one", "40", "--cost", "20000", "--horizon-subjects", "500 000", "--currency", "CHF")
PLAN = """\
organisation: {name: Atelier Zoé, currency: CHF, language: en}
experiments:
- {id: checkout, title: Short checkout, hypothesis: "Fewer fields, more orders.", variants: [long, short],
   outcome: proportion, baseline: 0.05, smallest_effect: 0.1, value_of_one: 40, cost: 20000,
   horizon_subjects: 500000, start: 2026-08-01, end: 2026-08-20}
- {id: headline, title: A bolder headline, variants: [plain, bold], reading: always_valid, start: 2026-09-20,
   end: 2026-12-31}
- {id: returns, title: Free returns, variants: [paid, free], start: 2026-01-10, end: 2026-02-01, decision: adopt,
   winner: free, applied: false}
- {id: later, title: Later, start: 2027-01-10}
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.csv"
    path.write_text(WORKED, "utf-8")
    return path


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of four experiments and one that only its results know."""
    from gouvernail.sources import importing
    from gouvernail.sources.protocol import Context
    from gouvernail.warehouse.lake import Lake

    folder = tmp_path_factory.mktemp("experiments")
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    rows = ["experiment,day,variant,visitors,conversions"]
    for place in range(20):
        day = date(2026, 8, 1) + timedelta(place)
        rows += [f"checkout,{day},long,1000,50", f"checkout,{day},short,1000,57"]
        rows += [
            f"headline,{day + timedelta(50)},plain,250,12",
            f"headline,{day + timedelta(50)},bold,250,13",
        ]
        rows += [f"Old banner,{day},control,1000,50", f"Old banner,{day},banner,1300,60"]
    (folder / "results.csv").write_text("\n".join(rows), "utf-8")
    context = Context("CHF", "Europe/Zurich", b"x", date(2026, 10, 5))
    importing.run(folder / "results.csv", Lake.open(folder / ".gouvernail" / "lake"), context)
    return folder


def test_a_file_is_read_to_its_verdict(run: Run, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    answer = run("experiment", "read", results, *MONEY)

    assert answer.code == 0
    assert "Adopt “bold”: over 365 days it brings +CHF 100,000 (+CHF 12,186 to +CHF 187,814)" in answer.words
    assert "+0.161 to +1.039 points" in answer.words
    assert "p = 0.0074" in answer.words


def test_json_has_the_documented_shape(run: Run, results: Path) -> None:
    found = run("experiment", "read", results, *MONEY, "--json").json

    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    (trial,) = found["trials"]
    assert (found["file"], trial["decisions"][0]["verdict"]) == ("results.csv", "adopt")
    assert trial["decisions"][0]["money"]["value"] == pytest.approx(100_000)


OPTIMIZELY = {
    "experiment_id": 3000, "start_time": "2026-06-01T00:00:00Z", "end_time": "2026-06-28T21:00:00Z",
    "reach": {"variations": {"1": {"count": 1000, "name": "Original"}, "2": {"count": 1010, "name": "New"}}},
    "metrics": [
        {"name": "Sign-up", "aggregator": "unique", "results": {
            "2": {"is_baseline": False, "name": "New", "samples": 1010, "value": 80},
            "1": {"is_baseline": True, "name": "Original", "samples": 1000, "value": 60}}},
    ],
}  # fmt: skip
VWO = """\
Campaign: Checkout
Goal: Purchase

Variation,Visitors,Conversions (v),Conversion Rate (v),Probability to be Better
Control,"1,000",60,6.00%,-
Variation-1,"1,010",80,7.92%,95.1%
"""
GROWTHBOOK = """\
dimension,variation,users,count,main_sum,main_sum_squares
,0,1000,1000,60,60
,1,1010,1010,80,80
"""
PEOPLE = "user,variant,orders\n" + "".join(
    f"{arm}{place},{arm},{int(place < bought)}\n"
    for arm, people, bought in (("control", 1000, 60), ("new", 1010, 80))
    for place in range(people)
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "optimizely.json",
            json.dumps(OPTIMIZELY),
        ),
        ("vwo.csv", VWO),
        ("growthbook.csv", GROWTHBOOK),
        ("people.csv", PEOPLE),
    ],
)
def test_every_shape_tells_the_same(run: Run, tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_text(words, "utf-8")

    (trial,) = run("experiment", "read", tmp_path / name, "--json").json["trials"]

    arms = [(one["subjects"], round(one["value"]["value"], 6)) for one in trial["reading"]["arms"]]
    assert (trial["outcome"], arms) == ("proportion", [(1000, 0.06), (1010, round(80 / 1010, 6))])
    assert trial["reading"]["comparisons"][0]["p"] == pytest.approx(0.0905, abs=5e-4)


@pytest.mark.parametrize(
    ("options", "metric"),
    [
        (("--metric", "units"), "sessions_per_user"),
        (("--metric", "conversions", "--kind", "mean"), "orders_per_user"),
        (("--metric", "revenue"), "revenue_per_user"),
        (("--metric", "conversions", "--kind", "ratio"), "orders_per_session"),
    ],
)
def test_published_users_are_read_to_their_published_figures(
    run: Run, shared_data: Path, options: tuple[str, ...], metric: str
) -> None:
    """tea-tasting's users, with what they did before: its own p-values, its covariate weighed over all arms."""
    folder = shared_data / "truth" / "abtest"
    expected = json.loads((folder / "tea_tasting_expected.json").read_text("utf-8"))["cuped"][metric]

    file = folder / "tea_tasting_users_rng42_covariates.csv"
    (trial,) = run("experiment", "read", file, *options, "--json").json["trials"]

    (told,) = trial["reading"]["comparisons"]
    assert told["p"] == pytest.approx(expected["p"], rel=0.006)
    assert round(100 * told["relative"]["value"]) == round(float(expected["rel"].rstrip("%")))


def test_no_line_stays_english(
    run: Run, results: Path, company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    for command in (
        ("read", results, *MONEY),
        ("read", results, "--metric", "joy"),
        ("list", "checkout"),
        ("list", "returns"),
        ("list", "Old banner"),
    ):
        english, french = (run("experiment", *command, "--lang", lang, cwd=company) for lang in ("en", "fr"))
        common = sentences(english.out + english.err) & sentences(french.out + french.err)
        # The hypothesis is the organisation's own.
        assert {line for line in common if "Fewer fields" not in line} == set()


def test_what_the_figures_do_not_support_ends_with_one(run: Run, results: Path) -> None:
    early = run("experiment", "read", results, "--planned", "50000")
    revenue = run("experiment", "read", results, "--metric", "revenue")

    assert (early.code, revenue.code) == (1, 1)
    assert "Only 40,000 of the 50,000 subjects planned are in" in early.words
    assert "A mean needs the value of every subject" in revenue.words


def test_a_plan_beside_the_file_is_followed(run: Run, results: Path, company: Path) -> None:
    answer = run(
        "experiment",
        "read",
        results,
        "--plan",
        company / "plan.yaml",
        "--experiment",
        "checkout",
        "--lang",
        "en",
    )

    assert "Adopt “bold”" in answer.words
    assert "Short checkout · To decide" in answer.words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv"], "cannot be opened"),
        (["empty.csv"], ""),
        (["binary.csv"], "not text"),
        (["other.csv"], "holds no results of an experiment"),
        (["results.csv", "--metric", "joy"], "tells nothing of “joy”"),
        (["results.csv", "--control", "red"], "no variant “red”"),
        (["results.csv", "--column", "value"], "is not written like value=Basket"),
        (["results.csv", "--column", "joy=x"], "Results have no “joy”"),
        (["results.csv", "--plan", "no.yaml"], "There is no plan at no.yaml."),
        (["results.csv", "--experiment", "x"], "The file has no experiment “x”"),
        (["results.csv", "--level", "95"], "level of confidence"),
        (["results.csv", "--level", "sure"], "--level: “sure” is no number"),
        (["results.csv", "--value-of-one", "40"], "the file does not tell by day"),
        (["results.csv", "--cost", "40"], "what one more unit of the metric is worth"),
        (["results.csv", "--reading", "group_sequential"], "need the subjects planned"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    run: Run, results: Path, arguments: list[str], said: str
) -> None:
    (results.parent / "empty.csv").write_text("")
    (results.parent / "binary.csv").write_bytes(bytes(range(256)) * 8)
    (results.parent / "other.csv").write_text("a,b\n1,2\n")

    answer = run("experiment", "read", *arguments, cwd=results.parent)

    assert (answer.code, answer.out) == (2, "")
    assert said in answer.words


def test_a_hostile_name_is_shown_as_it_is(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "[red]x[reset].csv"
    path.write_text("variant,visitors,conversions\n[bold]a,2000,100\n=b{n},2000,140\n", "utf-8")

    answer = run("experiment", "read", path)

    assert answer.code == 0
    assert "[bold]a" in answer.out
    assert "=b{n}" in answer.out


def test_the_list_tells_where_each_stands(run: Run, company: Path) -> None:
    listed = run("experiment", "list", "--json", cwd=company).json

    jsonschema.validate(listed, json_schema(), jsonschema.Draft202012Validator)
    assert [(one["id"], one["state"]) for one in listed["trials"]] == [
        ("checkout", "to_decide"),
        ("headline", "running"),
        ("returns", "decided"),
        ("later", "planned"),
        ("Old banner", "to_decide"),
    ]
    assert (listed["organisation"], listed["file"]) == ("Atelier Zoé", None)


def test_the_list_is_filtered_and_one_is_told_whole(run: Run, company: Path) -> None:
    waiting = run("experiment", "list", "--state", "to_decide", cwd=company)
    whole = run("experiment", "list", "checkout", cwd=company)
    decided = run("experiment", "list", "returns", cwd=company)
    stranger = run("experiment", "list", "x", cwd=company)

    assert "Short checkout" in waiting.out
    assert "headline" not in waiting.out
    assert "Fewer fields, more orders." in whole.words
    assert "Decided: adopt “free”. It is not applied yet." in decided.words
    assert (stranger.code, stranger.out) == (2, "")
    assert "There are: “checkout”, “headline”, “returns”, “later”, “Old banner”." in stranger.words


def test_without_an_experiment_the_list_says_how_to_have_one(run: Run, empty: Path) -> None:
    answer = run("experiment", "list", cwd=empty)

    assert answer.code == 0
    assert "No experiment yet" in answer.words


def test_states_are_those_of_the_bearing() -> None:
    assert {str(one) for one in Standing} == {str(one) for one in State}


def test_help_stays_light(run: Run) -> None:
    before = set(sys.modules)
    for command in ("read", "list"):
        run("experiment", command, "--help")

    assert not {"scipy", "duckdb", "pyarrow"} & (set(sys.modules) - before)


@pytest.mark.parametrize("page", ["docs/experiments.md", "docs/fr/experiences.md"])
def test_the_guide_names_every_option(page: str, root: Path) -> None:
    from tools.reference import commands

    words = (root / page).read_text("utf-8")
    options = {
        one.opts[0]
        for path, command in commands.walk()
        if path.startswith("gouvernail experiment ")
        for one in command.params
        if one.param_type_name == "option"
    }

    assert sorted(one for one in options if one not in words) == [
        "--lang",
        "--spending",
        "--workspace",
    ]
