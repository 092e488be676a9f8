"""Mailchimp: both spellings of headers, three forms of dates, A/B parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.sources.workbench import only, shared, values, write

HEAD = (
    "Title,Subject,List,Send Date,Send Weekday,Total Recipients,Successful Deliveries,Soft Bounces,Hard Bounces,"
    "Total Bounces,Unique Opens,Open Rate,Unique Clicks,Unsubscribes,Abuse Complaints\n"
)


@pytest.mark.parametrize(
    ("name", "rows", "sums", "start", "end"),
    [
        ("mailchimp_campaigns", 62, (16_961, 16_193, 2_933, 169), date(2017, 2, 24), date(2017, 4, 11)),
        ("domino_newsletter", 99, (62_041, 61_371, 12_846, 1_657), date(2015, 10, 1), date(2017, 3, 23)),
    ],
)
def test_real_campaigns_add_up(name: str, rows: int, sums: tuple[int, ...], start: date, end: date) -> None:
    found = only(shared(f"mailchimp/mydomino/{name}.csv"), "mailchimp")
    assert (found.rows, found.rejected, found.start, found.end) == (rows, 0, start, end)
    assert tuple(int(found.totals[column]) for column in ("sent", "delivered", "opens", "clicks")) == sums


def test_real_single_byte_file_is_read_as_mac_roman() -> None:
    subjects = values(shared("mailchimp/mydomino/domino_newsletter.csv"), "email", "subject")
    subjects += values(shared("mailchimp/mydomino/mailchimp_campaigns.csv"), "email", "subject")
    text = " ".join(subject or "" for (subject,) in subjects)
    assert "…" in text
    assert "É" not in text


def test_native_dates_and_parts_of_a_test(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEAD + 'News | Winner,S,L,"Jun 09, 2018 09:30 pm",Saturday,100,98,1,1,2,30,30.61%,4,1,0\n'
        'News | Combo 1,S,L,"Jun 09, 2018 12:30 pm",Saturday,10,10,0,0,0,3,30%,1,0,0\n'
        'Plain | with a bar,S,L,"Jun 10, 2018 09:30 am",Sunday,10,10,0,0,0,3,30%,1,0,0\n',
    )
    assert values(path, "email", "day", "campaign", "variant", "sent", "bounces") == [
        (date(2018, 6, 9), "News", "Winner", 100, 2),
        (date(2018, 6, 9), "News", "Combo 1", 10, 0),
        (date(2018, 6, 10), "Plain | with a bar", None, 10, 0),
    ]


def test_dates_that_excel_mixed_are_both_read(tmp_path: Path) -> None:
    rest = "Friday,10,10,0,0,0,3,30,1,0,0\n"
    path = write(
        tmp_path,
        HEAD.replace(" ", "_") + f"A,S,L,2/24/17 11:29,{rest}B,S,L,1-Oct-15,{rest}C,S,L,12-Nov-15,{rest}",
    )
    assert values(path, "email", "day") == [(date(2017, 2, 24),), (date(2015, 10, 1),), (date(2015, 11, 12),)]


def test_the_report_of_one_campaign_is_one_row(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Email Campaign Report\n\n"
        'Title:,Spring letter\n"Subject Line:","Spring, at last"\n"Delivery Date/Time:","Sat, Jun 09, 2018 09:30 pm"\n\n'
        '"Overall Stats"\n"Total Recipients:","1,000"\n"Successful Deliveries:",995\n"Bounces:","5 (0.5%)"\n'
        '"Recipients Who Opened:","350 (35.18%)"\n"Total Opens:",700\n"Recipients Who Clicked:","40 (4.02%)"\n'
        '"Total Unsubs:",3\n"Total Abuse Complaints:",0\n\n"Clicks by URL"\nURL,"Total Clicks","Unique Clicks"\n'
        "https://x.example/,50,40\n",
    )
    assert values(
        path, "email", "day", "campaign", "subject", "sent", "delivered", "bounces", "opens", "clicks"
    ) == [(date(2018, 6, 9), "Spring letter", "Spring, at last", 1000, 995, 5, 350, 40)]
