"""What a rule of the import could not tell for sure: an editor looks at it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """What a rule could not tell for sure, of a part of the document or of one `group` in it."""

    rule: str
    text: str
    group: int | None = None
    part: str = "document_groups"

    def __str__(self) -> str:
        place = self.part if self.group is None else f"{self.part}/{self.group + 1}"
        return ": ".join(filter(None, (place, self.rule, self.text[:120])))
