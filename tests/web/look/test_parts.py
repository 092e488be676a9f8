"""The components: what is said beside every colour, and what stays unsaid where nothing is known."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.bearing.alignment import MoneySplit
from gouvernail.web.look.forms import words
from gouvernail.web.look.parts import Figure, money_parts, move


def drawn(template: str, language: str = "en", **values: object) -> str:
    """Return a template in a language, its white space put together."""
    with translation.override(language):
        return " ".join(engines["django"].from_string(template).render(values).split())


def _chf(amount: int) -> Money:
    return Money(Decimal(amount), "CHF")


def test_health_is_a_chip_with_icon_and_words() -> None:
    shown = drawn('{% health "off_course" %}', "fr")

    assert "is-bad" in shown
    assert "#alert-octagon" in shown
    assert "Hors du cap" in shown


def test_stale_health_is_never_green() -> None:
    shown = drawn('{% health "on_course" stale=True %}')

    assert "is-good" not in shown
    assert "Out of date" in shown


def test_progress_and_confidence_say_when_nothing_is_known() -> None:
    assert "No value yet" in drawn("{% progress_sign None %}")
    assert "Not said yet" in drawn("{% confidence_sign None %}")
    assert "<progress" not in drawn("{% progress_sign None %}")


def test_progress_beyond_its_ends_is_said_in_full_and_drawn_within() -> None:
    shown = drawn("{% progress_sign share %}", share=1.3)

    assert 'value="1.000"' in shown
    assert "Beyond the target" in shown


def test_machines_read_no_locale() -> None:
    assert 'value="0.4"' in drawn('{% include "look/progress.html" with share=0.4 words="x" only %}', "fr")
    assert drawn("{{ value|machine }}", "fr", value=_chf(12)) == "12"
    assert drawn("{{ value|machine }}", "fr", value=Ratio(0.25)) == "0.25"


def test_parts_of_money_fill_the_bar() -> None:
    parts = money_parts(MoneySplit(_chf(1), _chf(1), _chf(1)))

    assert [part.start for part in parts] == [0, 333, 666]
    assert abs(sum(part.width for part in parts) - 1000) <= 2


def test_no_money_is_no_share() -> None:
    parts = money_parts(MoneySplit(_chf(0), _chf(0), _chf(0)))

    assert [part.share for part in parts] == [None, None, None]
    assert "nothing" in drawn("{% money_bar split %}", split=MoneySplit(_chf(0), _chf(0), _chf(0)))


@pytest.mark.parametrize(
    ("change", "better", "tone", "icon"),
    [
        (2, "up", "good", "trending-up"),
        (2, "down", "bad", "trending-up"),
        (-2, "down", "good", "trending-down"),
        (0, "up", "", "equal"),
        (2, "", "", "trending-up"),
    ],
)
def test_a_move_is_good_or_bad_by_what_is_better(change: int, better: str, tone: str, icon: str) -> None:
    made = move(change, "x", "y", better=better)

    assert (made.tone, made.icon) == (tone, icon)


def test_a_refused_figure_shows_no_number() -> None:
    shown = drawn(
        '{% include "look/figure.html" with figure=figure only %}',
        figure=Figure("Return", refusal="No data."),
    )

    assert "No data." in shown
    assert "figure-number" not in shown


def test_a_component_keeps_what_stands_in_it_and_escapes_what_it_is_given() -> None:
    shown = drawn('{% use "look/card.html" title=title %}<b>kept</b> {{ title }}{% enduse %}', title="<i>")

    assert "<b>kept</b> &lt;i&gt;" in shown
    assert "<i>" not in shown


def test_ago_is_said_in_the_readers_language() -> None:
    then = datetime.now(UTC) - timedelta(hours=3, minutes=2)

    assert "3 hours ago" in drawn("{% ago then %}", then=then)
    assert "il y a 3 heures" in drawn("{% ago then %}", "fr", then=then)


class Sample(forms.Form):
    name = forms.CharField(label=words(T("Cancel")), help_text=words(T("Save")))
    way = forms.ChoiceField(choices=[("", words(T("Dark")))], required=False)
    several = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )


def test_a_form_is_drawn_in_the_readers_language_with_error_and_help_tied_to_the_control() -> None:
    shown = drawn("{{ form }}", "fr", form=Sample({"name": ""}))

    assert 'for="id_name">Annuler' in shown
    assert "Enregistrer" in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert {'id="id_name_helptext"', 'id="id_name_error"'} <= set(shown.replace(">", " ").split())
    assert "Sombre" in shown
    assert shown.count("form-check-input") == 2
