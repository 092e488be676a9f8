"""The rhythm listens to the plan: whoever is to see to a decision is told, wherever it was written."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.core import context
from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_save


class RhythmConfig(AppConfig):
    name = "gouvernail.web.rhythm"
    label = "rhythm"

    def ready(self) -> None:
        """Hear of every revision of a plan: from the forms, the API, a merge, a meeting."""
        from gouvernail.web.plans.models import PlanRevision

        post_save.connect(_revised, sender=PlanRevision, dispatch_uid="rhythm")


def _revised(instance: Any, created: bool, **_: Any) -> None:
    from gouvernail.web.rhythm.mails import origin

    # What is written outside a request (the demo, a command) is nobody's message; nor is a scenario.
    if created and instance.author_id and instance.scenario_id is None and context.request:
        transaction.on_commit(partial(_told, instance, origin(context.request)))


def _told(revision: Any, home: str) -> None:
    from gouvernail.web.rhythm.tasks import decided

    if revision.elements.filter(section="decisions").exists():
        decided.enqueue(revision.pk, home)
