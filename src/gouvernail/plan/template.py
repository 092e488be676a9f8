"""The commented plan that `gouvernail init` writes: a small whole example, in the reader's language."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib.resources import files

from gouvernail.base.errors import UsageError
from gouvernail.base.text import LANGUAGES, T


def template(name: str, language: str, today: date | None = None) -> str:
    """Return the text of a first plan.yaml for the organisation called `name`, commented in `language`.

    It loads without a fault. Its first line names the JSON Schema that stands beside it
    (`gouvernail.plan.schema.FILE_NAME`). `today` is the day it says it was revised on; without it, it does not say.

    Raises:
        UsageError: there is no template in that language.
    """
    if language not in LANGUAGES:
        raise UsageError(T("There is no plan template in the language “{language}”.", language=language))
    text = files("gouvernail.plan").joinpath("templates", f"plan.{language}.yaml").read_text("utf-8")
    text = text.replace("TODAY", today.isoformat()) if today else re.sub(r"revised: TODAY.*\n", "", text)
    words = " ".join(name.split())
    return text.replace("NAME_IN_WORDS", words).replace(
        "name: NAME", f"name: {json.dumps(words, ensure_ascii=False)}"
    )
