"""What stands behind an experiment: the files that brought its figures, and the first of their rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gouvernail.base.errors import GouvernailError
from gouvernail.bearing.experiment_telling import plain
from gouvernail.bearing.experiments import Trial
from gouvernail.plan.model import Experiment
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.rows import Rows, first_of
from gouvernail.web.data import history
from gouvernail.web.data.history import Import
from gouvernail.web.workspaces.models import Workspace

TABLE = "experiments"


@dataclass(frozen=True)
class Behind:
    """The files, and the first rows; nothing where the facts tell nothing of it any more."""

    imports: tuple[Import, ...]
    rows: Rows | None


def behind(trial: Trial, here: Current) -> Behind:
    """Return where an experiment's figures come from."""
    setup = here.plan.get(trial.id)
    names = (setup.source_id, setup.id, setup.title) if isinstance(setup, Experiment) else (trial.id,)
    wanted = frozenset(plain(one) for one in names if one)
    try:
        ids, rows = _asked(here.workspace.pk, here.data.version, wanted, trial.sources)
    except GouvernailError:
        return Behind((), None)
    records = [one for one in history.records(here.workspace) if one.id in ids]
    return Behind(tuple(history.imports(here.workspace, records)), rows)


@lru_cache(maxsize=128)
def _asked(
    workspace: int, version: str, wanted: frozenset[str], sources: tuple[str, ...]
) -> tuple[frozenset[str], Rows | None]:
    # A heavy module: only this question needs it.
    from gouvernail.warehouse.engine import engine_of

    lake = shelf.lake(Workspace(pk=workspace))
    if lake is None or not version:
        return frozenset(), None
    engine = engine_of(lake.at(version))
    table = engine.table(TABLE)
    known = engine.execute(table.select("experiment", "source", "import_id").distinct()).to_pylist()
    mine = [
        one
        for one in known
        if plain(one["experiment"] or "") in wanted and (not sources or one["source"] in sources)
    ]
    if not mine:
        return frozenset(), None
    chosen = table.filter(
        table["experiment"].isin(sorted({one["experiment"] for one in mine}))
        & table["source"].isin(sorted({one["source"] for one in mine}))
    )
    return frozenset(one["import_id"] for one in mine), first_of(engine, chosen, TABLE)
