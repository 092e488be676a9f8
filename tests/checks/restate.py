"""Write what was measured on the labelled sentences into the pages that state it: python -m tests.checks.restate

The rules' `confidence` is left to a person; `test_text_rules.py` says what it should be.
"""

import re
from pathlib import Path

from gouvernail.checks import catalogue
from tests.checks.sentences import CODES, PAGE, stated, table

HOME = Path(catalogue.__file__).parents[1]
SAID = {
    "en": re.compile(r"precision \d+ % in English and \d+ % in French, recall \d+ % and \d+ %"),
    "fr": re.compile(
        r"précision de \d+\u00a0% en anglais et \d+\u00a0% en français, rappel de \d+\u00a0% et \d+\u00a0%"
    ),
}
TABLE = re.compile(r"\| rule \| language .*\n(?:\|.*\n)+")


def restate() -> None:
    """Rewrite the figures in the rules' modules, their French pages and the page on text rules."""
    for code in CODES:
        module = HOME / "checks" / "rules" / f"{catalogue.MODULES[code].replace('.', '/')}.py"
        for path, language in ((module, "en"), (HOME / "locale" / "fr" / "rules" / f"{code}.md", "fr")):
            said = SAID[language].sub(stated(code, language), path.read_text("utf-8"))
            path.write_text(said, "utf-8")
    PAGE.write_text(TABLE.sub(table() + "\n", PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    restate()
