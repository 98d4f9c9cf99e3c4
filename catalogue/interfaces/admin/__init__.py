"""The admin screens of the catalogue."""

from catalogue.interfaces.admin.agencies import AgencyViewSet
from catalogue.interfaces.admin.audit import AuditViewSet
from catalogue.interfaces.admin.content_reports import ContentReportViewSet
from catalogue.interfaces.admin.former_codes import FormerCodeViewSet
from catalogue.interfaces.admin.import_doubts import ImportDoubtViewSet
from catalogue.interfaces.admin.legal_act_chooser import LegalActChooserViewSet
from catalogue.interfaces.admin.legal_acts import LegalActViewSet
from catalogue.interfaces.admin.memberships import MembershipViewSet
from catalogue.interfaces.admin.operations import JobViewSet
from catalogue.interfaces.admin.rules import RuleViewSet

# In the order of the menu.
VIEWSETS = (
    LegalActViewSet(menu_order=200),
    ImportDoubtViewSet(menu_order=210),
    ContentReportViewSet(menu_order=215),
    FormerCodeViewSet(menu_order=220),
    MembershipViewSet(menu_order=300),
    AgencyViewSet(menu_order=310),
    RuleViewSet(menu_order=320),
    AuditViewSet(menu_order=330),
    JobViewSet(menu_order=340),
)
# What editing screens open beside themselves.
CHOOSERS = (LegalActChooserViewSet(),)

__all__ = ["CHOOSERS", "VIEWSETS"]
