"""Making the form of a procedure version."""

from catalogue.models import ProcedureVersion
from catalogue.ports import version_companion
from formbuilder.compiler import compile_form
from formbuilder.models import FormContent, FormVersion, ServiceForm
from formbuilder.skeleton import form_skeleton


@version_companion
def store_form_version(version: ProcedureVersion) -> None:
    """Compile and keep the form of an approved `version`, in the caller's transaction.

    A version whose form is word for word like one before shares its content. Raises
    `DefinitionError`, which refuses the approval.
    """
    definition = form_skeleton(version.document)
    compiled = compile_form(definition)
    FormContent.objects.bulk_create(
        [
            FormContent(
                sha256=compiled.sha256,
                definition=definition.to_json(),
                data=compiled.data,
                ui=compiled.ui,
                logic=compiled.logic,
                messages=compiled.messages,
            )
        ],
        ignore_conflicts=True,
    )
    form, _created = ServiceForm.objects.get_or_create(procedure_code=version.code)
    FormVersion.objects.create(
        form=form,
        number=version.number,
        procedure_version=version,
        content_id=compiled.sha256,
    )
