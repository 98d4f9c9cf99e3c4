"""What the read API of the catalogue answers."""

from datetime import date, datetime

from ninja import Field, Schema


class Named(Schema):
    """An agency or a field as others name it."""

    code: str | None = Field(description="Code, null where none is assigned yet.")
    name: str


class ProcedureItem(Schema):
    """A procedure of a list; `sha256` is that of its canonical document (RFC 8785)."""

    code: str
    name: str
    levels: list[str]
    audiences: list[str]
    agency: Named
    field: Named
    version: int
    valid_from: date
    valid_to: date | None = Field(description="First day on which it no longer holds.")
    sha256: str
    url: str = Field(description="Page of the procedure.")


class ProcedurePage(Schema):
    """One page of a list; `next` is the cursor of the page that follows, null on the last."""

    items: list[ProcedureItem]
    next: str | None


class VersionItem(Schema):
    """One version of a procedure and the days on which it holds."""

    version: int
    name: str
    valid_from: date
    valid_to: date | None = Field(description="First day on which it no longer holds.")
    decision: str = Field(description="Number of the decision that published it.")
    signed_on: date | None
    action: str
    sha256: str


class VersionList(Schema):
    """All versions of a procedure that were entered, the oldest first."""

    code: str
    items: list[VersionItem]


class AgencyItem(Schema):
    """An agency with procedures in force; `parent` is the code of the agency above."""

    code: str
    name: str
    name_en: str
    kind: str
    level: str
    parent: str | None
    procedures: int
    url: str


class AgencyList(Schema):
    """Every agency with procedures in force, by name."""

    items: list[AgencyItem]


class FieldItem(Schema):
    """A field with procedures in force; `id` names it in addresses and filters."""

    id: str
    code: str | None
    name: str
    procedures: int
    url: str


class FieldList(Schema):
    """Every field with procedures in force, by name."""

    items: list[FieldItem]


class ChangeItem(Schema):
    """One change; what it did to the procedure is null where the change is of another kind."""

    sequence: int
    kind: str
    code: str
    at: datetime
    version: int | None = Field(description="Number of the version, null where it was abolished.")
    action: str | None
    valid_from: date | None = Field(description="Day from which the act has effect.")


class ChangePage(Schema):
    """Changes in the order of their sequence, which has no gaps.

    `next` is the last sequence of this page: ask again with `after` = `next`, now or later.
    """

    items: list[ChangeItem]
    next: int


class Problem(Schema):
    """Why a request was refused."""

    detail: str


class Misread(Schema):
    """One parameter that could not be understood: where it stands and what is wrong with it."""

    type: str
    loc: list[str | int]
    msg: str


class Misreadings(Schema):
    """Which parameters of a request could not be understood."""

    detail: list[Misread]
