"""Question types: one file each, registered here; a plugin registers more."""

from formbuilder.definition import DefinitionError
from formbuilder.questions.address import Address
from formbuilder.questions.base import Item, QuestionType, Surroundings
from formbuilder.questions.choice import Choice
from formbuilder.questions.date import Date
from formbuilder.questions.date_of_birth import DateOfBirth
from formbuilder.questions.declaration import Declaration
from formbuilder.questions.email import Email
from formbuilder.questions.identity_number import IdentityNumber
from formbuilder.questions.info import Info
from formbuilder.questions.long_text import LongText
from formbuilder.questions.papers import Papers
from formbuilder.questions.person_name import PersonName
from formbuilder.questions.phone import Phone
from formbuilder.questions.tax_code import TaxCode
from formbuilder.questions.text import ShortText
from formbuilder.questions.yes_no import YesNo

_types: dict[str, QuestionType] = {}


def register_question_type(question_type: QuestionType) -> QuestionType:
    """Make `question_type` known under its name; raises `ValueError` when the name is taken."""
    if question_type.name in _types:
        raise ValueError(f"The question type {question_type.name} exists already.")
    _types[question_type.name] = question_type
    return question_type


def question_type(name: str, place: str = "") -> QuestionType:
    """Return the type `name`; raises `DefinitionError` naming the question at `place`."""
    if name not in _types:
        raise DefinitionError(place or name, f"choose a known type: {name} is none")
    return _types[name]


def question_types() -> dict[str, QuestionType]:
    """Return every registered type by name."""
    return dict(_types)


for _built_in in (
    ShortText,
    LongText,
    PersonName,
    Phone,
    Email,
    Date,
    DateOfBirth,
    IdentityNumber,
    TaxCode,
    Choice,
    YesNo,
    Papers,
    Info,
    Declaration,
    Address,
):
    register_question_type(_built_in())

__all__ = [
    "Item",
    "QuestionType",
    "Surroundings",
    "question_type",
    "question_types",
    "register_question_type",
]
