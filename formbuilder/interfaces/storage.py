"""Where the wizard keeps its data: in the draft. The step comes from the address, nowhere else."""

from typing import Any

from django.http import HttpRequest
from formtools.wizard.storage.base import BaseStorage

from formbuilder.models import Draft


class DraftStorage(BaseStorage):
    """Formtools' storage over `request.draft`; files are attachments and never pass through it."""

    def __init__(self, prefix: str, request: HttpRequest, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        # Laid there by `DraftAccess`.
        self.draft: Draft = request.draft  # type: ignore[attr-defined]
        self.init_data()

    @property
    def current_step(self) -> str:
        """The step in the address."""
        return self.request.resolver_match.kwargs["step"]

    @current_step.setter
    def current_step(self, value: str) -> None:
        """Keep nothing: two tabs of one draft each stay where they are (F5)."""

    def get_step_data(self, step: str) -> None:
        """Return nothing: pages show the answers of the draft as initial values."""

    def get_step_files(self, step: str) -> None:
        """Return nothing: files are attachments."""
