"""The demo company in the web application: loaded, said how to sign in, and running."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gouvernail.base.text import T, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from gouvernail.cli.workspace import Workspace
    from gouvernail.simulate.catalogue import Company
    from gouvernail.web.serving.demo import Demo

PORT = 8000
HOST = "127.0.0.1"


def show(company: Company, space: Workspace, home: Path, language: str) -> None:
    """Load a demo company into the site whose data stand in `home` (or GOUVERNAIL_HOME), and run the site."""
    from gouvernail.cli.serve import need_the_web, sayer

    need_the_web()
    os.environ.setdefault("GOUVERNAIL_HOME", str(home.absolute()))
    from gouvernail.web.serving import ports, prepare, site

    say = sayer(language)
    say(T("The company is now loaded into the web application…"))
    prepare.set_up()
    prepare.migrate()
    loaded = _load(company, space)
    wanted = site.Wanted(HOST, ports.next_free(HOST, PORT))
    if wanted.port != PORT:
        say(T("Port {port} is taken, so the site takes {other}.", port=str(PORT), other=str(wanted.port)))
    prepare.collect_static()
    _tell(loaded, wanted.address, say)
    site.serve(wanted, say)


def _load(company: Company, space: Workspace) -> Demo:
    from gouvernail.web.serving import demo

    material = demo.Material(company.id, company.language, company.today, company.revisions, space.lake_path)
    return demo.load(material)


def _tell(loaded: Demo, address: str, say: Callable[[Text], None]) -> None:
    from gouvernail.web.serving.demo import PASSWORD
    from gouvernail.web.workspaces.words import ROLES

    say(T("{name} is loaded. Sign in at {address} as any of these:", name=loaded.name, address=address))
    for one in loaded.accounts:
        say(T("  {email} · {name} · {role}", email=one.email, name=one.name, role=ROLES[one.role][0]))
    say(T("  password: {password}", password=PASSWORD))
