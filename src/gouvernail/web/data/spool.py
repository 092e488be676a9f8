"""Uploaded bytes go to the disk as they arrive, and no further than the limit: memory stays flat, a disk is not filled."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

FILES = 4
"""Files of the largest size that one request may hold in all."""
log = logging.getLogger(__name__)


class BoundedUploads(TemporaryFileUploadHandler):
    """Streams files to a temporary folder; what is too large is left out and named in `request.left_out`."""

    taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece of a file.

        Raises:
            SkipFile: the file is larger than may be, all of them are, or the disk is full. What is left out is read to
                its end and kept nowhere: a connection broken off would show the reader no page that tells why.
        """
        self.taken += len(raw_data)
        if self.taken > FILES * settings.UPLOAD_LIMIT or start + len(raw_data) > settings.UPLOAD_LIMIT:
            self._leave_out()
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            log.exception("an upload cannot be written")
            self._leave_out()

    def _leave_out(self) -> None:
        request: Any = self.request
        request.left_out = [*getattr(request, "left_out", ()), self.file_name]
        raise SkipFile
