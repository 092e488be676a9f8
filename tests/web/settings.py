"""The site's settings, for tests: a throw-away home, a database in memory, quick passwords, tasks done at once."""

import os
import tempfile

os.environ.setdefault("GOUVERNAIL_HOME", tempfile.mkdtemp(prefix="gouvernail-site-"))
os.environ.setdefault("GOUVERNAIL_SECRET_KEY", "for tests only")

from pathlib import Path

# The browser's driver keeps an event loop in this process; Django would take every query after it for an async one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from gouvernail.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
# Whoever reads a page twice in a test proves that what was kept of it still holds.
KEPT_PROOF = True
if not os.environ.get("DATABASE_URL"):
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
# WhiteNoise complains of a folder that is not there.
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # noqa: F405
