"""The blocks in which an editor writes a procedure; one per part of D63 art. 8."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ChooserBlock,
    FloatBlock,
    IntegerBlock,
    ListBlock,
    StructBlock,
    TextBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock

from catalogue import enums
from catalogue.widgets import HiddenKey, LegalActChooser


class KeyBlock(CharBlock):
    """The permanent key of a part; kept through every edit, never shown."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, max_length=24, label="", **kwargs)
        self.field.widget = HiddenKey()


class StepBlock(StructBlock):
    """One step of the procedure, for all cases or for one."""

    key = KeyBlock()
    case = CharBlock(
        label=_("Case"),
        required=False,
        help_text=_("Who takes this step, for example “Online”. Leave empty when everyone does."),
    )
    text = TextBlock(
        label=_("What happens"),
        rows=3,
        help_text=_(
            "Who does what, where and by when, for example “The applicant hands the dossier in"
            " at the one-stop shop; the officer checks it and gives a receipt”."
        ),
    )

    class Meta:
        label = _("Step")
        icon = "list-ol"


class FeeBlock(StructBlock):
    """A fee or charge; silence is 'not published', never 'free'."""

    key = KeyBlock()
    state = ChoiceBlock(
        label=_("State"),
        choices=enums.FeeState.choices,
        default="unknown",
        help_text=_("What is known of the fee. “Free of charge” only where an act says so."),
    )
    value = IntegerBlock(
        label=_("Amount"),
        required=False,
        min_value=0,
        help_text=_("Whole đồng for one dossier, for example 50000. Leave tariffs to the text."),
    )
    unit = CharBlock(
        label=_("Currency"),
        required=False,
        default="VND",
        max_length=8,
        help_text=_("Code of the currency, for example VND."),
    )
    text = TextBlock(
        label=_("As published"),
        required=False,
        rows=2,
        help_text=_(
            "The words of the decision, for example “2,000 đồng a page, 1,000 from the third”."
        ),
    )

    class Meta:
        label = _("Fee")


class TimeLimitBlock(StructBlock):
    """A time limit, with the fees that go with it."""

    key = KeyBlock()
    state = ChoiceBlock(
        label=_("State"),
        choices=enums.TimeState.choices,
        default="stated",
        help_text=_("“Stated” needs a number below, for example 5 working days."),
    )
    value = FloatBlock(
        label=_("How long"),
        required=False,
        min_value=0,
        help_text=_("Only the number, for example 5 or 0.5."),
    )
    unit = ChoiceBlock(
        label=_("Unit"),
        choices=enums.TimeUnit.choices,
        required=False,
        help_text=_("As the decision says it, for example “working day”; never guess it."),
    )
    text = TextBlock(
        label=_("As published"),
        required=False,
        rows=2,
        help_text=_(
            "The words of the decision, for example “5 working days after a complete dossier is"
            " received”."
        ),
    )
    fees = ListBlock(
        FeeBlock(),
        label=_("Fees"),
        default=[],
        help_text=_("What is paid within this time, for example the fee of an urgent case."),
    )

    class Meta:
        label = _("Time limit")


class ChannelBlock(StructBlock):
    """A way to hand the dossier in, with its time limits."""

    key = KeyBlock()
    kind = ChoiceBlock(
        label=_("Channel"),
        choices=enums.ChannelKind.choices,
        default="direct",
        help_text=_("How the dossier is handed in, for example in person; one entry for each way."),
    )
    text = TextBlock(
        label=_("Note"),
        required=False,
        rows=2,
        help_text=_("What to know of this way, for example “Only on working days”."),
    )
    time_limits = ListBlock(
        TimeLimitBlock(),
        label=_("Time limits"),
        help_text=_(
            "One for each case, for example 3 days as a rule and 7 days with an inspection."
        ),
    )

    class Meta:
        label = _("Channel")
        icon = "mail"


class BlankFormBlock(StructBlock):
    """The prescribed blank form of a paper."""

    name = CharBlock(
        label=_("Form"),
        required=False,
        help_text=_("Number and name of the prescribed form, for example “Form 01”."),
    )
    file = DocumentChooserBlock(
        label=_("File"),
        required=False,
        help_text=_("The blank form to download, for example mau-01.docx."),
    )


class RequiredDocumentBlock(StructBlock):
    """One paper of the dossier, or a note that stands among them."""

    key = KeyBlock()
    name = TextBlock(
        label=_("Name of the paper"),
        rows=2,
        help_text=_("One paper an entry, for example “Birth certificate”."),
    )
    note = BooleanBlock(
        label=_("This is a note"),
        required=False,
        help_text=_(
            "Shown as text and not asked for, for example “Foreign papers must be translated”."
        ),
    )
    originals = IntegerBlock(
        label=_("Originals"),
        min_value=0,
        default=1,
        help_text=_("How many originals are kept, for example 1."),
    )
    copies = IntegerBlock(
        label=_("Copies"),
        min_value=0,
        default=0,
        help_text=_("How many copies are kept, for example 2; 0 for none."),
    )
    form = BlankFormBlock(
        label=_("Blank form"),
        help_text=_("Where a form is prescribed, for example an application; else leave it empty."),
    )
    text = TextBlock(
        label=_("Explanation"),
        required=False,
        rows=2,
        help_text=_("What helps to prepare the paper, for example who certifies it."),
    )

    class Meta:
        label = _("Paper of the dossier")


class DocumentGroupBlock(StructBlock):
    """Papers that belong together, and how they relate."""

    key = KeyBlock()
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=enums.GroupKind.choices,
        default="always",
        help_text=_(
            "How the papers relate. Choose “One case of several” only where the applicant is in one"
            " of the cases, for example a first issue or a renewal."
        ),
    )
    kind_rule = CharBlock(
        label=_("Why this kind"),
        required=False,
        help_text=_("What the kind was read from, for example the word “or”; an import fills it."),
    )
    title = CharBlock(
        label=_("Heading"),
        required=False,
        max_length=2000,
        help_text=_("The case or the heading, for example “Papers to present”."),
    )
    documents = ListBlock(
        RequiredDocumentBlock(),
        label=_("Papers"),
        help_text=_("The papers of this group in their order, for example the application first."),
    )

    class Meta:
        label = _("Group of papers")
        icon = "folder-open-inverse"


class RequirementBlock(StructBlock):
    """A requirement or a business condition."""

    key = KeyBlock()
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[("general", _("Requirement")), ("business", _("Business condition"))],
        default="general",
        help_text=_("A condition of doing business, for example a minimum capital, or any other."),
    )
    text = TextBlock(
        label=_("What is required"),
        rows=3,
        help_text=_("One condition an entry, for example “The man is 20 or older”."),
    )

    class Meta:
        label = _("Requirement")
        icon = "warning"


class ProcedureResultBlock(StructBlock):
    """What the applicant receives."""

    key = KeyBlock()
    name = CharBlock(
        label=_("Name of the result"),
        max_length=2000,
        help_text=_("What the applicant receives, for example “Marriage certificate”."),
    )
    code = CharBlock(
        label=_("Code of the result"),
        required=False,
        max_length=40,
        help_text=_("Its code in the list of results, for example KQ.G15.000123."),
    )

    class Meta:
        label = _("Result")
        icon = "success"


class LegalActChooserBlock(ChooserBlock):
    """One of the acts that are kept once for all procedures."""

    target_model = "catalogue.LegalAct"
    widget = LegalActChooser()

    def clean(self, value: Any) -> Any:
        """Return the act; one that was found when it was read is not looked up again."""
        return super().clean(value) if value is None else value


class LegalBasisBlock(StructBlock):
    """An act on which the procedure stands."""

    key = KeyBlock()
    act = LegalActChooserBlock(
        label=_("Act"),
        help_text=_(
            "Found by number or title, for example 61/2018/NĐ-CP; a new one is added there."
        ),
    )

    class Meta:
        label = _("Legal basis")
        icon = "doc-full-inverse"
