"""Papers of a record whose names and forms the export cut at the wrong place."""

import re
from collections.abc import Sequence
from typing import Any

from catalogue.text import normalise, normalise_lines

Paper = dict[str, Any]

_ENDING = r"\.(?:docx|doc(?!x)|pdf|xlsx|xls(?!x)|odt|rtf|rar|zip)"
_FORM = r"(?:Mẫu|MẪU|Mau|Phụ lục|PHỤ LỤC|Phu luc|Phuluc|Biểu|Tờ khai|To khai)"
_ENDS_AS_A_FILE = re.compile(rf"(?i){_ENDING}$")
_FILES = re.compile(rf"(?i)({_ENDING})(?=[^\s.;,)])")
_TWICE = re.compile(rf"(?i)({_ENDING})\1+$")
# Where a file's name is glued to the words before it.
_MARK = rf"[.;:](?!{_ENDING[2:]}$)"
_SEAM = re.compile(
    rf"(?<=[\w)])(?={_FORM})|(?<=[^\W\d]|\)){_MARK}(?=[^\s.;:])|(?<=\d){_MARK}(?=[^\W\d])"
)
_NO_BEGINNING = re.compile(r"\d|[A-ZĐ]{2,4}-[A-ZĐ]{2}")
_PROSE_AND_FORM = re.compile(rf"\S+ \S+ .*[\w)]{_FORM}")


def whole_papers(papers: Sequence[Paper], dossier_text: str) -> list[Paper]:
    """Return the exported `papers` of a group with whole names; `dossier_text` is their source."""
    source = normalise(dossier_text)
    mended: list[Paper] = []
    for paper in papers:
        name = normalise(paper.get("name") or "")
        if mended and _continues(mended[-1], name, paper):
            mended[-1]["name"] += f" {name}"
            continue
        whole, forms = _parted(name, list(map(normalise, paper.get("forms") or [])), source)
        # A name that is whole keeps its lines.
        name = whole if whole != name else normalise_lines(paper.get("name") or "")
        mended.append({**paper, "name": name, "forms": [_tidy(form) for form in forms]})
    return [{**paper, "name": paper["name"].rstrip(" :")} for paper in mended]


def _continues(before: Paper, name: str, paper: Paper) -> bool:
    """Whether a count in the middle of a name made two components of one."""
    bare = not (paper.get("original") or paper.get("copy") or paper.get("forms"))
    goes_on = name[:1] == "(" or name[:1].islower()
    return bare and before["name"].endswith(":") and goes_on


def _parted(name: str, forms: list[str], source: str) -> tuple[str, list[str]]:
    """Return the name of a paper and its files, put together and parted at the right place."""
    if forms and _is_cut(name, forms[0]):
        glue = "" if f"{name}{forms[0]}" in source else " "
        parted = _at_seam(f"{name}{glue}{forms[0]}", len(name))
        return (parted[0], [*parted[1], *forms[1:]]) if parted else (name, forms)
    if _ENDS_AS_A_FILE.search(name) and (parted := _at_seam(name, 0)):
        return parted[0], [*parted[1], *forms]
    return name, forms


def _is_cut(name: str, form: str) -> bool:
    if form[:1].isdigit() and name.endswith(")"):
        return False
    return bool(form[:1].islower() or _NO_BEGINNING.match(form) or _PROSE_AND_FORM.match(form))


def _at_seam(whole: str, cut: int) -> tuple[str, list[str]] | None:
    """Return words and files of `whole`, which the export cut at `cut`; nothing without a seam."""
    first, *others = _FILES.sub(r"\1\n", whole).split("\n")
    seams = [match for match in _SEAM.finditer(first) if match.start() > 2]
    behind = [match for match in seams if match.start() >= cut]
    token = [
        match for match in seams if match.start() < cut and " " not in first[match.end() : cut]
    ]
    if len(first) <= cut or cut == 0:
        glued = [match for match in seams if not match[0]]
        chosen = glued[-1:] or seams[-1:]
    elif whole[cut : cut + 1].isdigit():
        chosen = token[-1:] or behind[:1]
    else:
        chosen = behind[:1] or token[-1:]
    if not chosen:
        return None
    return first[: chosen[0].start()].rstrip(), [first[chosen[0].end() :], *others]


def _tidy(form: str) -> str:
    return _TWICE.sub(r"\1", form.lstrip(" .;:"))
