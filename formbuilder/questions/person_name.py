"""The name of a person: one field, names beyond Kinh and foreign ones included."""

from formbuilder.questions.formatted import FormattedText


class PersonName(FormattedText):
    """A name as on the identity paper, in Latin letters."""

    name = "person_name"
    format = "person-name"
    attributes = {"spellcheck": "false"}
