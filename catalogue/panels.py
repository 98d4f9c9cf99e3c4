"""The screen on which a procedure is written: what stands on which tab, and what to write there."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface

_PROCEDURE = [
    FieldPanel(
        "name",
        help_text=_("The official name, for example “Registration of marriage”."),
    ),
    FieldPanel(
        "code",
        help_text=_("The code of the national catalogue, for example 1.004873; it never changes."),
    ),
    FieldPanel("field", help_text=_("The field of administration, for example civil status.")),
    FieldPanel(
        "levels", help_text=_("Who handles dossiers of it, for example only the commune level.")
    ),
    FieldPanel(
        "audiences", help_text=_("For whom it is, for example citizens; both where it serves both.")
    ),
    FieldPanel(
        "applicants",
        help_text=_("Who may apply, one per line, for example “Vietnamese citizens”."),
    ),
    FieldPanel(
        "keywords",
        help_text=_("Words that citizens use, one per line, for example “marriage paper”."),
    ),
]
_TIME_AND_FEES = [
    FieldPanel(
        "channels",
        help_text=_(
            "Each way to hand the dossier in, for example online, with its times and fees."
        ),
    ),
]
_DOSSIER = [
    FieldPanel("sets", help_text=_("How many sets of the dossier are handed in, for example 1.")),
    FieldPanel(
        "document_groups",
        help_text=_("The papers in groups, for example those to submit and those to present."),
    ),
]
_STEPS = [
    FieldPanel(
        "steps", help_text=_("What happens in its order, for example first handing the dossier in.")
    ),
]
_AGENCIES = [
    FieldPanel(
        "implementing",
        help_text=_("Who does the work, one per line, for example “Commune people's committee”."),
    ),
    FieldPanel(
        "competent",
        help_text=_("Who decides, one per line, for example “Chairman of the committee”."),
    ),
    FieldPanel(
        "delegated",
        help_text=_("To whom it is delegated, one per line, for example “Department of Justice”."),
    ),
    FieldPanel(
        "coordinating",
        help_text=_("Who takes part, one per line, for example “Commune police”."),
    ),
    FieldPanel(
        "receiving_places",
        help_text=_("Where dossiers are received, one per line, for example “One-stop shop”."),
    ),
]
_RESULTS_AND_LAW = [
    FieldPanel(
        "results", help_text=_("What the applicant receives at the end, for example a certificate.")
    ),
    FieldPanel(
        "requirements",
        help_text=_("What must be fulfilled, for example an age; nothing where there is nothing."),
    ),
    FieldPanel(
        "legal_bases",
        help_text=_("The acts on which it stands, for example the law and its decree."),
    ),
    MultiFieldPanel(
        [
            FieldPanel(
                "source_decision",
                help_text=_("Number of the decision it was taken from, for example 525/QĐ-BTP."),
            ),
            FieldPanel(
                "source_url",
                help_text=_("Address of that page, for example https://dichvucong.gov.vn/…"),
            ),
        ],
        heading=_("Source"),
    ),
]

EDITING_SCREEN = TabbedInterface(
    [
        ObjectList(_PROCEDURE, heading=_("Procedure")),
        ObjectList(_TIME_AND_FEES, heading=_("Time and fees")),
        ObjectList(_DOSSIER, heading=_("Dossier")),
        ObjectList(_STEPS, heading=_("Steps")),
        ObjectList(_AGENCIES, heading=_("Agencies")),
        ObjectList(_RESULTS_AND_LAW, heading=_("Results and law")),
    ]
)
