"""What a citizen is asked, and what a citizen answered."""

from formbuilder.models.attachment import Attachment
from formbuilder.models.draft import Draft
from formbuilder.models.form import FormContent, FormVersion, ServiceForm
from formbuilder.models.submission import Submission

__all__ = ["Attachment", "Draft", "FormContent", "FormVersion", "ServiceForm", "Submission"]
