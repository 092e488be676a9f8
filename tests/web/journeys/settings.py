"""The site's own settings, for a site that browsers visit in tests: static files as they lie, quick passwords."""

from gouvernail.web.settings import *  # noqa: F403

KEPT_PROOF = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
