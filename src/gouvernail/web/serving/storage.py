"""Static files as WhiteNoise keeps them, their addresses remembered: a page names some dozens of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class SiteStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise ships no types
    """Hashed and compressed files. An address never changes while a process runs."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._url_of: Callable[[str, bool], str] = lru_cache(maxsize=2000)(super().url)

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file."""
        return self._url_of(name, force)
