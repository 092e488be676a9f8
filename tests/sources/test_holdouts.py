"""People held out: headers of both languages, words of yes and no, what is refused, one pseudonym everywhere."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from gouvernail.sources.values.persons import pseudonym
from tests.sources.workbench import CONTEXT, ready, rows, values, write


def test_english_headers_with_the_log_of_exposures(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Customer ID,Drawn on,Channel,Campaign,Held out,Would be exposed,First exposure,Held until,Planned share\n"
        "C1,2026-09-01,Paid search,,yes,yes,2026-09-03 10:15:00,2026-12-31,0.1\n"
        "C2,2026-09-01,search_paid,Spring,no,no,,2026-12-31,0.1\n",
    )

    assert rows(path, "holdouts") == [
        {"person": pseudonym(CONTEXT.secret, "C1"), "day": date(2026, 9, 1), "ended": date(2026, 12, 31),
         "channel": "search_paid", "held": True, "exposed": True, "instant": datetime(2026, 9, 3, 10, 15), "planned": 0.1},
        {"person": pseudonym(CONTEXT.secret, "c2 "), "day": date(2026, 9, 1), "ended": date(2026, 12, 31),
         "channel": "search_paid", "campaign": "Spring", "held": False, "exposed": False, "planned": 0.1},
    ]  # fmt: skip


def test_french_headers_and_words(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Adresse e-mail;Tiré le;Canal;Tenu à l’écart;Part prévue\n"
        "Zoé@exemple.fr ;01/09/2026;Tous;oui;0,1\n"
        "luc@exemple.fr;15/09/2026;Liens sponsorisés;exposé;0,1\n",
    )

    assert values(path, "holdouts", "person", "day", "channel", "held", "planned") == [
        (pseudonym(CONTEXT.secret, "zoé@exemple.fr"), date(2026, 9, 1), None, True, 0.1),
        (pseudonym(CONTEXT.secret, "luc@exemple.fr"), date(2026, 9, 15), "search_paid", False, 0.1),
    ]


def test_what_is_neither_yes_nor_no_is_told_and_not_guessed(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Email,Date,Held out\na@b.c,2026-09-01,maybe\nd@e.f,2026-09-01,1\ng@h.i,2026-09-01,\n,2026-09-01,0\n",
    )

    found = ready(path, "holdouts")

    assert found.tables["holdouts"].rows == 1
    assert [(one.line, one.value, one.reason.render("en")) for one in found.rejects] == [
        (2, "maybe", "neither yes nor no"),
        (4, "", "nothing where a value is needed"),
        (5, "", "nothing where a value is needed"),
    ]
