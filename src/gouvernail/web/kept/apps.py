"""The application, and its ear on every connection to the database."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class KeptConfig(AppConfig):
    name = "gouvernail.web.kept"
    label = "kept"

    def ready(self) -> None:
        """Listen on every connection from its first statement."""
        from gouvernail.web.kept.changes import listen

        connection_created.connect(listen, dispatch_uid="kept.changes")
