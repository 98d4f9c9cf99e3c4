"""What the state publishes, who may do what with it, and what happens later."""

from catalogue.models.agency import Agency
from catalogue.models.audit import AuditEntry
from catalogue.models.change import Change, ChangeCounter, ChangeCursor
from catalogue.models.content_report import ContentReport
from catalogue.models.decision import DecisionItem, PublicationDecision
from catalogue.models.decision_step import DecisionStep
from catalogue.models.field import Field
from catalogue.models.former_code import FormerCode
from catalogue.models.imported import ImportDoubt, RawRecord
from catalogue.models.job import Job, ScheduledRun
from catalogue.models.legal_act import LegalAct
from catalogue.models.membership import Membership
from catalogue.models.open_data import OpenDataFile
from catalogue.models.procedure import AgencyPage, CatalogueHome, Procedure
from catalogue.models.rule import Rule
from catalogue.models.usage import ProcedureUsage
from catalogue.models.version import ProcedureVersion

__all__ = [
    "Agency",
    "AgencyPage",
    "AuditEntry",
    "CatalogueHome",
    "Change",
    "ChangeCounter",
    "ChangeCursor",
    "ContentReport",
    "DecisionItem",
    "DecisionStep",
    "Field",
    "FormerCode",
    "ImportDoubt",
    "Job",
    "LegalAct",
    "Membership",
    "OpenDataFile",
    "Procedure",
    "ProcedureUsage",
    "ProcedureVersion",
    "PublicationDecision",
    "RawRecord",
    "Rule",
    "ScheduledRun",
]
