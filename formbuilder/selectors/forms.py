"""Reading forms: the version in force, and its compiled documents."""

from datetime import date
from functools import lru_cache

from catalogue.selectors.versions import version_in_force
from formbuilder.compiler import CompiledForm
from formbuilder.models import FormContent, FormVersion


def form_in_force(code: str, on: date | None = None) -> FormVersion | None:
    """Return the form of procedure `code` that holds on a day (today without one)."""
    version = version_in_force(code, on)
    if version is None:
        return None
    form_version = FormVersion.objects.filter(procedure_version=version).first()
    if form_version is not None:
        form_version.procedure_version = version
    return form_version


def compiled_form(form_version: FormVersion) -> CompiledForm:
    """Return the compiled documents of `form_version`, remembered by their hash."""
    return _compiled(form_version.content_id)


@lru_cache(maxsize=256)
def _compiled(sha256: str) -> CompiledForm:
    content = FormContent.objects.defer("definition").get(pk=sha256)
    return CompiledForm(content.data, content.ui, content.logic, content.messages, sha256)
