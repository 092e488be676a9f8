"""Every static file that a template or a module names is there: the site that is served refuses any other."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

WEB = Path(__file__).parents[3] / "src" / "gouvernail" / "web"
NAMED = re.compile(r"""(?:{%\s*static\s+|\bstatic\()["']([^"']+)["']""")


def test_every_static_file_that_is_named_exists() -> None:
    named = {
        (name, path.name)
        for kind in ("*.html", "*.py")
        for path in WEB.rglob(kind)
        for name in NAMED.findall(path.read_text("utf-8"))
    }
    assert len(named) > 10
    assert sorted(f"{place}: {name}" for name, place in named if finders.find(name) is None) == []
