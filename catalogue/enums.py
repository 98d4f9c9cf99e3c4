"""Closed lists of the catalogue; levels, unit kinds and service levels are data of the law."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    """What sort of body an agency is."""

    GOVERNMENT = "government", _("Government")
    MINISTRY = "ministry", _("Ministry")
    MINISTERIAL = "ministerial", _("Body of ministerial rank")
    VERTICAL = "vertical", _("Vertical agency")
    PEOPLES_COMMITTEE = "peoples_committee", _("People's committee")
    DEPARTMENT = "department", _("Department")
    ONE_STOP = "one_stop", _("One-stop unit")
    OTHER = "other", _("Other body")


class Level(models.TextChoices):
    """Level of government of an agency or a procedure."""

    MINISTRY = "ministry", _("Ministry level")
    PROVINCE = "province", _("Province level")
    COMMUNE = "commune", _("Commune level")
    OTHER = "other", _("Other body")


class CodeStatus(models.TextChoices):
    """Whether an agency's code was assigned by the state or stands in until it is."""

    OFFICIAL = "official", _("Official")
    PROVISIONAL = "provisional", _("Provisional")


class Role(models.TextChoices):
    """What a person does at an agency; the list of the one-stop mechanism and of D63."""

    GOVERNMENT_CONTROL = "government_control", _("Government Office control officer")
    MINISTRY_EDITOR = "ministry_editor", _("Ministry editor")
    MINISTRY_APPROVER = "ministry_approver", _("Ministry approver")
    MINISTRY_CONTROL = "ministry_control", _("Ministry control office")
    PROVINCE_EDITOR = "province_editor", _("Province editor")
    PROVINCE_CONTROL = "province_control", _("Province control office")
    AGENCY_ADMINISTRATOR = "agency_administrator", _("Agency administrator")
    UNIT_HEAD = "unit_head", _("Head of the one-stop unit")
    COUNTER_OFFICER = "counter_officer", _("Counter officer")
    APPRAISER = "appraiser", _("Appraiser")
    DECISION_MAKER = "decision_maker", _("Decision maker")
    CASHIER = "cashier", _("Cashier")
    POSTAL_AGENT = "postal_agent", _("Postal agent")
    PLUGIN_MANAGER = "plugin_manager", _("Plugin manager")
    SUPERVISOR = "supervisor", _("Supervisor")
    AUDITOR = "auditor", _("Auditor")
    HELPER = "helper", _("Helper")


class DecisionState(models.TextChoices):
    """Where a publication decision stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    IN_FORCE = "in_force", _("Entered in the catalogue")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DecisionAction(models.TextChoices):
    """What a publication decision does to a procedure (D63 art. 15)."""

    ISSUE = "issue", _("Issue")
    AMEND = "amend", _("Amend or replace")
    ABOLISH = "abolish", _("Abolish")
    CORRECT = "correct", _("Correct the wording")


class DecisionKind(models.TextChoices):
    """What a decision is for: a correction of form changes words and nothing of their meaning."""

    PUBLICATION = "publication", _("Publication")
    CORRECTION = "correction", _("Correction of form")


class DecisionStepKind(models.TextChoices):
    """A step of a decision that takes long when it has many items."""

    SUBMIT = "submit", _("Sending for approval")
    APPROVE = "approve", _("Approving")


class ReportedPart(models.TextChoices):
    """The part of a procedure's page that a reader finds wrong."""

    PAPERS = "papers", _("Papers to bring")
    TIME = "time", _("Time")
    FEE = "fee", _("Fee")
    PLACE = "place", _("Where to go")
    STEPS = "steps", _("Steps")
    FORM = "form", _("Online form")
    OTHER = "other", _("Something else")


class ReportState(models.TextChoices):
    """Where a report of wrong information stands."""

    OPEN = "open", _("To look at")
    MENDED = "mended", _("Mended")
    UNFOUNDED = "unfounded", _("The page is right")


class JobState(models.TextChoices):
    """Where a job stands."""

    PENDING = "pending", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")


class JobPriority(models.IntegerChoices):
    """Which of the due jobs goes first; the lower number does."""

    PEOPLE = 0, _("People wait for it")
    UPKEEP = 1, _("Upkeep")


class GroupKind(models.TextChoices):
    """How the papers of a group relate; a heading alone never makes them alternatives."""

    ALWAYS = "always", _("Always required")
    ALTERNATIVE = "alternative", _("One case of several")
    ONE_OF = "one_of", _("One of these papers")
    PROXY = "proxy", _("Only when somebody acts for the applicant")
    NOTE = "note", _("Note")


class ChannelKind(models.TextChoices):
    """How a dossier is handed in."""

    DIRECT = "direct", _("In person")
    ONLINE = "online", _("Online")
    POST = "post", _("By public post")


class TimeUnit(models.TextChoices):
    """The unit in which a time limit is published."""

    WORKING_DAY = "working_day", _("working day")
    CALENDAR_DAY = "calendar_day", _("day")
    HOUR = "hour", _("hour")
    MONTH = "month", _("month")


class TimeState(models.TextChoices):
    """What is known of a time limit."""

    STATED = "stated", _("Stated")
    SAME_DAY = "same_day", _("Same day")
    UNKNOWN = "unknown", _("Not published")


class FeeState(models.TextChoices):
    """What is known of a fee; silence is never free of charge."""

    STATED = "stated", _("Stated")
    FREE = "free", _("Free of charge")
    DELEGATED = "delegated", _("Set by the provincial council")
    UNKNOWN = "unknown", _("Not published")


class Audience(models.TextChoices):
    """Whom a procedure is for."""

    PERSON = "person", _("Citizens")
    ORGANISATION = "organisation", _("Businesses and organisations")


class OpenDataFormat(models.TextChoices):
    """The form in which all procedures are downloaded."""

    JSONL = "jsonl", "JSON Lines"
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
