"""Which kind a group of papers has, by its heading: rules as data, doubt said aloud.

A heading in the dossier is not an alternative: in a third of the procedures with several groups
the headings say "to submit", "to present", name a proxy or begin a note.
"""

import re
from dataclasses import dataclass

from catalogue.enums import GroupKind
from catalogue.text import fold, normalise

_ENUMERATION = re.compile(r"^\(?\s*(?:[a-z]|\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4})\s*[.)]\s+|^[-+*•]\s*")


@dataclass(frozen=True)
class KindRule:
    """A pattern over the folded heading and the kind that it proves."""

    name: str
    pattern: re.Pattern[str]
    kind: GroupKind
    doubtful: bool = False


def _rule(name: str, pattern: str, kind: GroupKind, *, doubtful: bool = False) -> KindRule:
    return KindRule(name, re.compile(pattern), kind, doubtful)


# The first match decides. Patterns are written without accents.
RULES = (
    _rule("heading: note", r"^\(?(luu y|ghi chu|chu y)\b", GroupKind.NOTE),
    _rule("heading: proxy", r"\buy quyen\b", GroupKind.PROXY),
    _rule("heading: one of", r"\bmot trong (cac|nhung|so)\b", GroupKind.ONE_OF),
    _rule(
        "heading: to submit or present",
        r"\b(phai nop|phai xuat trinh|can nop|can xuat trinh)\b|^(xuat trinh|nop)\b",
        GroupKind.ALWAYS,
    ),
    _rule(
        "heading: the dossier",
        r"^(thanh phan ho so|bao gom|ho so bao gom|ho so gom|gom|cac giay to|giay to)\b",
        GroupKind.ALWAYS,
    ),
    _rule(
        "heading: case",
        r"^(truong hop|doi voi|neu|khi)\b|\btruong hop\b",
        GroupKind.ALTERNATIVE,
    ),
    _rule("heading: unknown", r".", GroupKind.ALWAYS, doubtful=True),
)
UNNAMED = KindRule("unnamed group", re.compile(r"^$"), GroupKind.ALWAYS)
ONLY_GROUP = KindRule("only group", re.compile(r"^$"), GroupKind.ALWAYS)
LONE_CASE = KindRule(
    "heading: case without another", re.compile(r"^$"), GroupKind.ALTERNATIVE, doubtful=True
)


def classify(headings: list[str | None]) -> list[KindRule]:
    """Return the rule that sets the kind of each group of one dossier, in order."""
    rules = [_classify(heading, alone=len(headings) == 1) for heading in headings]
    cases = [rule for rule in rules if rule.kind == GroupKind.ALTERNATIVE]
    if len(cases) == 1:
        return [LONE_CASE if rule.kind == GroupKind.ALTERNATIVE else rule for rule in rules]
    return rules


def _classify(heading: str | None, *, alone: bool) -> KindRule:
    text = fold(normalise(heading or ""))
    while (stripped := _ENUMERATION.sub("", text)) != text:
        text = stripped
    if not text:
        return ONLY_GROUP if alone else UNNAMED
    rule = next(rule for rule in RULES if rule.pattern.search(text))
    if alone and rule.kind in (GroupKind.ALTERNATIVE, GroupKind.ALWAYS):
        return ONLY_GROUP
    return rule


_PAPER = re.compile(
    r"^(giay|don|to khai|van ban|hoa don|tai lieu|ban |phieu|hop dong|chung|ho so|quyet dinh"
    r"|bien ban|the |anh|hinh|so |bao cao|danh sach|ho chieu|can cuoc|giai trinh|de an|du an"
    r"|phuong an|ke hoach|thuyet minh|mau |cong van|to trinh|nghi quyet|dieu le|ly lich|ban ve)"
)


def is_note(name: str, originals: int, copies: int, has_form: bool) -> bool:
    """Whether a component is a note: nothing is counted, no form, and it begins like no paper."""
    return not (originals or copies or has_form) and not _PAPER.match(
        _ENUMERATION.sub("", fold(normalise(name)))
    )
