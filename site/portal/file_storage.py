"""Files on the disk of this machine."""

import errno
from typing import Any

from django.core.files.storage import FileSystemStorage

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


class WholeFileStorage(FileSystemStorage):
    """Keeps a file whole or not at all: on a full disk Django's own leaves half of it behind.

    For names that are never given twice, so that the half file is nobody else's.
    """

    def _save(self, name: str, content: Any) -> str:
        try:
            return super()._save(name, content)  # type: ignore[misc]  # the stubs leave it out
        except OSError as error:
            if error.errno in DISK_FULL:
                self.delete(name)
            raise
