"""Which kind a group of papers has, by its heading: rules as data, doubt said aloud.

A heading in the dossier is not an alternative: in a third of the procedures with several groups
the headings say "to submit", "to present", name a proxy or begin a note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.enums import GroupKind
from catalogue.text import fold, normalise

_ENUMERATION = re.compile(
    r"^\(?\s*(?:[a-z]\d?|\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|\*)\s*(?:[.)/]\s*)(?=\D)|^[-+*•]\s*"
)


@dataclass(frozen=True)
class KindRule:
    """A pattern over the folded heading and the kind that it proves."""

    name: str
    pattern: re.Pattern[str]
    kind: GroupKind
    doubtful: bool = False


def _rule(name: str, pattern: str, kind: GroupKind, *, doubtful: bool = False) -> KindRule:
    return KindRule(name, re.compile(pattern), kind, doubtful)


_SOME_ONLY = r".*\b(doi voi|truong hop)\b"
_CASE = r"((trong |cac )?truong hop|doi voi|neu|khi)\b"
_TO_SUBMIT = r"^(cac )?(giay to |chung tu |tai lieu |ho so )?(phai|can) (nop|xuat trinh)\b"

# The first match decides. Patterns are written without accents. "To submit" never makes a case of
# a heading: where it names some applicants only, an editor looks at it.
RULES = (
    _rule("heading: note", r"^\(?(luu y|ghi chu|chu y)\b", GroupKind.NOTE),
    _rule("heading: proxy", r"\buy quyen\b", GroupKind.PROXY),
    _rule(
        "heading: one of",
        rf"^(?!{_CASE}).*\bmot trong (cac|nhung|so)\b(?! truong hop)",
        GroupKind.ONE_OF,
    ),
    _rule(
        "heading: to submit, by some only",
        _TO_SUBMIT + _SOME_ONLY,
        GroupKind.ALWAYS,
        doubtful=True,
    ),
    _rule("heading: to submit or present", _TO_SUBMIT, GroupKind.ALWAYS),
    _rule(
        "heading: mentions what to submit",
        r"\b(phai|can) (nop|xuat trinh)\b",
        GroupKind.ALWAYS,
        doubtful=True,
    ),
    _rule("heading: case", rf"^{_CASE}", GroupKind.ALTERNATIVE),
    _rule(
        "heading: dossier of a case",
        r"^(thanh phan )?ho so\b" + _SOME_ONLY,
        GroupKind.ALTERNATIVE,
    ),
    _rule(
        "heading: a paper",
        r"^(phieu|don|to khai|ban sao|ban chinh|van ban)\b",
        GroupKind.ALWAYS,
        doubtful=True,
    ),
    _rule("heading: mentions a case", r"\btruong hop\b", GroupKind.ALTERNATIVE, doubtful=True),
    _rule(
        "heading: the dossier",
        r"^(thanh phan ho so|(ho so )?(bao )?gom|ho so\b.*\b(bao )?gom( co)?$"
        r"|(cac )?giay to( (sau|bao gom|gom|kem theo)\b.*)?$)",
        GroupKind.ALWAYS,
    ),
    _rule("heading: unknown", r".", GroupKind.ALWAYS, doubtful=True),
)
_BY_RULE = {rule.name: rule for rule in RULES}
# What a heading that names an act of the procedure would else be taken for.
_YIELDING = (_BY_RULE["heading: unknown"], _BY_RULE["heading: mentions a case"])
UNNAMED = KindRule("unnamed group", re.compile(r"^$"), GroupKind.ALWAYS)
ONLY_NOTES = KindRule("unnamed group of notes", re.compile(r"^$"), GroupKind.NOTE)
ONLY_GROUP = KindRule("only group", re.compile(r"^$"), GroupKind.ALWAYS)
LONE_CASE = KindRule(
    "heading: case without another", re.compile(r"^$"), GroupKind.ALTERNATIVE, doubtful=True
)
PROOF = _rule(
    "headings: whom the papers prove",
    r"^giay to,?( tai lieu)? chung minh\b",
    GroupKind.ALTERNATIVE,
)
ACT = _rule("headings: acts of the procedure", r"^$", GroupKind.ALTERNATIVE)
# “hạng I”, “hạng II”: nobody applies for several classes in one dossier.
CLASS = _rule(
    "headings: classes",
    r"^(.*\b(?:hang|loai|muc|nhom|bac|cap)) ([ivx]{1,4}|\d{1,2}|[a-e])$",
    GroupKind.ALTERNATIVE,
)

# What a procedure does. Headings that name several of its acts are cases: nobody asks for
# "issue" and "renewal" of one licence in one dossier.
_ACTS = (
    "cap lai|cap moi|cap doi|cap bo sung|cap|gia han|dieu chinh|sua doi|bo sung|dang ky|xoa dang ky"
    "|phuc hoi|cong nhan|chap thuan|thanh lap|giai the|tam ngung|chuyen doi|hoan thue|mien thue"
    "|nhap canh|xuat canh|qua canh|xac nhan|thay doi|cong bo|phe duyet"
)
_ACT_HEADING = re.compile(
    rf"^(?:ho so |thu tuc )?(?:de nghi |dang ky (?=cap|gia han|dieu chinh))?({_ACTS})\b"
)


def classify(headings: Sequence[str | None], procedure_name: str = "") -> list[KindRule]:
    """Return the rule that sets the kind of each group of one dossier, in order."""
    texts = [_stripped(heading) for heading in headings]
    if len(texts) == 1:
        return [_alone(texts[0])]
    rules = _acts([_classify(text) for text in texts], texts, fold(normalise(procedure_name)))
    rules = _several(CLASS, rules, _classes(rules, texts))
    rules = _several(PROOF, rules, [bool(PROOF.pattern.match(text)) for text in texts])
    cases = [rule for rule in rules if rule.kind == GroupKind.ALTERNATIVE]
    if len(cases) == 1:
        return [LONE_CASE if rule.kind == GroupKind.ALTERNATIVE else rule for rule in rules]
    return rules


_DOUBTFUL = {rule.name for rule in (*RULES, LONE_CASE) if rule.doubtful}


def is_doubtful(rule: str) -> bool:
    """Whether the rule of this name leaves the kind of a group to an editor."""
    return rule in _DOUBTFUL


def _stripped(heading: str | None) -> str:
    text = fold(normalise(heading or ""))
    while (stripped := _ENUMERATION.sub("", text)) != text:
        text = stripped
    return text


def _classify(text: str) -> KindRule:
    return next(rule for rule in RULES if rule.pattern.search(text)) if text else UNNAMED


def _alone(text: str) -> KindRule:
    rule = _classify(text)
    return ONLY_GROUP if rule.kind in (GroupKind.ALTERNATIVE, GroupKind.ALWAYS) else rule


def _acts(rules: list[KindRule], texts: list[str], procedure_name: str) -> list[KindRule]:
    name = procedure_name.removeprefix("thu tuc ")
    whole = re.sub(r"\s*\(.*", "", name)
    named = [
        rule in _YIELDING
        and (
            _names_an_act(text, name)
            or (" " in whole and whole in text)
            or (text.count(" ") > 1 and text in name)
        )
        for rule, text in zip(rules, texts, strict=True)
    ]
    return _several(ACT, rules, named)


def _classes(rules: list[KindRule], texts: list[str]) -> list[bool]:
    """Return which headings differ from another one by their class only."""
    stems = [
        match[1] if rule in _YIELDING and (match := CLASS.pattern.match(text)) else None
        for rule, text in zip(rules, texts, strict=True)
    ]
    return [stem is not None and stems.count(stem) > 1 for stem in stems]


def _names_an_act(text: str, name: str) -> bool:
    act = _ACT_HEADING.match(text)
    return bool(act and re.search(rf"\b{act[1]}\b", name))


def _several(new: KindRule, rules: list[KindRule], chosen: list[bool]) -> list[KindRule]:
    """Return `rules` with `new` where `chosen`, when at least two groups are."""
    if sum(chosen) < 2:
        return rules
    return [new if choose else rule for rule, choose in zip(rules, chosen, strict=True)]


_PAPER = re.compile(
    r"^(giay|don|to khai|van ban|hoa don|tai lieu|ban |phieu|hop dong|chung|ho so|quyet dinh"
    r"|bien ban|the |anh|hinh|so |bao cao|danh sach|ho chieu|can cuoc|giai trinh|de an|du an"
    r"|phuong an|ke hoach|thuyet minh|mau |cong van|to trinh|nghi quyet|dieu le|ly lich|ban ve)"
)


def is_note(name: str, originals: int, copies: int, has_form: bool) -> bool:
    """Whether a component is a note: nothing is counted, no form, and it begins like no paper."""
    return not (originals or copies or has_form) and not _PAPER.match(_stripped(name))
