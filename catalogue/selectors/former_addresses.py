"""Where an address leads that has no code of a procedure: a former code, or a name."""

import re
from dataclasses import dataclass

from catalogue import clock
from catalogue.documents.listing import NAME_SLUG_LENGTH
from catalogue.models import FormerCode, ProcedureVersion
from catalogue.models.procedure import CODE_PATTERN
from catalogue.models.version import ProcedureVersionQuerySet
from catalogue.text import slugify_vi


@dataclass(frozen=True)
class Destination:
    """The procedure `code`, or a search for `words` where several bear the name.

    A code leads on for good; a name may come to belong to another procedure.
    """

    code: str = ""
    words: str = ""
    for_good: bool = False


def destination_of(text: str) -> Destination | None:
    """Return where `text` leads that stands in an address in place of a code, None for nowhere.

    A code in small letters is the code, a former code the procedure that it became. The name of a
    procedure, as a slug or as it is written, leads to the one in force that bears it, else to the
    one that once did.
    """
    code = _current_code(text.upper())
    return Destination(code=code, for_good=True) if code else _by_name(slugify_vi(text))


def successor_of(code: str) -> str | None:
    """Return the code of the procedure that the former `code` became, None until it is entered."""
    entered = FormerCode.objects.filter(code=code, procedure__versions__valid_from__isnull=False)
    return entered.values_list("procedure__code", flat=True).distinct().first()


def _current_code(code: str) -> str | None:
    if not re.fullmatch(CODE_PATTERN, code):
        return None
    if ProcedureVersion.objects.entered().filter(code=code).exists():
        return code
    return successor_of(code)


def _by_name(slug: str) -> Destination | None:
    if not slug:
        return None
    # Every third name opens with these words, and nobody knows which.
    slugs = [name[:NAME_SLUG_LENGTH] for name in (slug, f"thu-tuc-{slug}")]
    entered = ProcedureVersion.objects.entered().filter(name_slug__in=slugs)
    for named in (entered.in_force_on(clock.today()), entered):
        codes = _two_codes(named)
        if codes:
            return (
                Destination(code=codes[0])
                if len(codes) == 1
                else Destination(words=slug.replace("-", " "))
            )
    return None


def _two_codes(named: ProcedureVersionQuerySet) -> list[str]:
    return list(named.order_by("code").values_list("code", flat=True).distinct()[:2])
