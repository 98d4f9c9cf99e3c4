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
        label=_("Case"), required=False, help_text=_("Leave empty when the step is for everyone.")
    )
    text = TextBlock(label=_("What happens"), rows=3)

    class Meta:
        label = _("Step")
        icon = "list-ol"


class FeeBlock(StructBlock):
    """A fee or charge; silence is 'not published', never 'free'."""

    key = KeyBlock()
    state = ChoiceBlock(label=_("State"), choices=enums.FeeState.choices, default="unknown")
    value = IntegerBlock(
        label=_("Amount"), required=False, min_value=0, help_text=_("Whole đồng, for one dossier.")
    )
    unit = CharBlock(label=_("Currency"), required=False, default="VND", max_length=8)
    text = TextBlock(label=_("As published"), required=False, rows=2)

    class Meta:
        label = _("Fee")


class TimeLimitBlock(StructBlock):
    """A time limit, with the fees that go with it."""

    key = KeyBlock()
    state = ChoiceBlock(label=_("State"), choices=enums.TimeState.choices, default="stated")
    value = FloatBlock(label=_("How long"), required=False, min_value=0)
    unit = ChoiceBlock(label=_("Unit"), choices=enums.TimeUnit.choices, required=False)
    text = TextBlock(label=_("As published"), required=False, rows=2)
    fees = ListBlock(FeeBlock(), label=_("Fees"), default=[])

    class Meta:
        label = _("Time limit")


class ChannelBlock(StructBlock):
    """A way to hand the dossier in, with its time limits."""

    key = KeyBlock()
    kind = ChoiceBlock(label=_("Channel"), choices=enums.ChannelKind.choices, default="direct")
    text = TextBlock(label=_("Note"), required=False, rows=2)
    time_limits = ListBlock(TimeLimitBlock(), label=_("Time limits"))

    class Meta:
        label = _("Channel")
        icon = "mail"


class BlankFormBlock(StructBlock):
    """The prescribed blank form of a paper."""

    name = CharBlock(
        label=_("Form"), required=False, help_text=_("Number and name of the prescribed form.")
    )
    file = DocumentChooserBlock(label=_("File"), required=False)


class RequiredDocumentBlock(StructBlock):
    """One paper of the dossier, or a note that stands among them."""

    key = KeyBlock()
    name = TextBlock(label=_("Paper"), rows=2)
    note = BooleanBlock(
        label=_("This is a note"),
        required=False,
        help_text=_("Shown as text; nothing is asked for."),
    )
    originals = IntegerBlock(label=_("Originals"), min_value=0, default=1)
    copies = IntegerBlock(label=_("Copies"), min_value=0, default=0)
    form = BlankFormBlock(label=_("Blank form"))
    text = TextBlock(label=_("Explanation"), required=False, rows=2)

    class Meta:
        label = _("Paper")


class DocumentGroupBlock(StructBlock):
    """Papers that belong together, and how they relate."""

    key = KeyBlock()
    kind = ChoiceBlock(label=_("Kind"), choices=enums.GroupKind.choices, default="always")
    kind_rule = CharBlock(
        label=_("Why this kind"), required=False, help_text=_("Filled in when it was imported.")
    )
    title = CharBlock(label=_("Heading"), required=False, max_length=2000)
    documents = ListBlock(RequiredDocumentBlock(), label=_("Papers"))

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
    )
    text = TextBlock(label=_("Requirement"), rows=3)

    class Meta:
        label = _("Requirement")
        icon = "warning"


class ProcedureResultBlock(StructBlock):
    """What the applicant receives."""

    key = KeyBlock()
    name = CharBlock(label=_("Result"), max_length=2000)
    code = CharBlock(label=_("Code of the result"), required=False, max_length=40)

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
    act = LegalActChooserBlock(label=_("Act"))

    class Meta:
        label = _("Legal basis")
        icon = "doc-full-inverse"
