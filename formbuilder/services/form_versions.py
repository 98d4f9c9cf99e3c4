"""Making the forms of procedure versions."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from catalogue.documents import lift
from catalogue.models import ProcedureVersion
from catalogue.ports import CompanionRefused, Keep, version_companion
from formbuilder.compiler import compile_form
from formbuilder.definition import DefinitionError
from formbuilder.models import FormContent, FormVersion, ServiceForm
from formbuilder.skeleton import form_skeleton


@version_companion
def prepare_form_versions(versions: Sequence[ProcedureVersion]) -> Keep:
    """Compile the forms of approved `versions`, and return what keeps them.

    A version whose form is word for word like one before shares its content. Raises
    `CompanionRefused` with every version whose form cannot be made.
    """
    contents: list[FormContent] = []
    problems: dict[str, str] = {}
    for version in versions:
        try:
            contents.append(_content(version))
        except DefinitionError as error:
            problems[version.code] = _("%(code)s: its online form cannot be made: %(problem)s") % {
                "code": version.code,
                "problem": error,
            }
    if problems:
        raise CompanionRefused(problems)
    return lambda: _keep(versions, contents)


def store_form_version(version: ProcedureVersion) -> None:
    """Compile and keep the form of a stored `version`, in the caller's transaction."""
    prepare_form_versions([version])()


def _content(version: ProcedureVersion) -> FormContent:
    definition = form_skeleton(lift(version.document))
    compiled = compile_form(definition)
    return FormContent(
        sha256=compiled.sha256,
        definition=definition.to_json(),
        data=compiled.data,
        ui=compiled.ui,
        logic=compiled.logic,
        messages=compiled.messages,
    )


def _keep(versions: Sequence[ProcedureVersion], contents: Sequence[FormContent]) -> None:
    distinct = {content.sha256: content for content in contents}
    FormContent.objects.bulk_create(distinct.values(), ignore_conflicts=True)
    codes = [version.code for version in versions]
    ServiceForm.objects.bulk_create(
        [ServiceForm(procedure_code=code) for code in codes], ignore_conflicts=True
    )
    forms = dict(
        ServiceForm.objects.filter(procedure_code__in=codes).values_list("procedure_code", "pk")
    )
    FormVersion.objects.bulk_create(
        FormVersion(
            form_id=forms[version.code],
            number=version.number,
            procedure_version=version,
            content_id=content.sha256,
        )
        for version, content in zip(versions, contents, strict=True)
    )
