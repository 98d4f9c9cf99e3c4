"""The steps of a procedure as its page shows them: numbered once, long ones folded."""

import re
from dataclasses import dataclass
from typing import Any

from catalogue.prose import broken_lines

# Characters up to which a step stands open; of a longer one so many are seen before the fold.
OPEN = 600
SEEN = 200
_NUMBER = re.compile(r"\W*bước\s+(\d{1,3})\s*[:.\-–]*\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class ShownStep:
    """One step: its case, the lines that are seen at once, and those behind the fold."""

    case: str | None
    seen: list[str]
    folded: list[str]


@dataclass(frozen=True)
class ShownSteps:
    """What stands before the first step, and the steps; `numbered` when the page counts them."""

    before: ShownStep | None
    steps: list[ShownStep]
    numbered: bool


def shown_steps(steps: list[dict[str, Any]]) -> ShownSteps:
    """Return the `steps` of a document.

    Texts that count themselves ("Bước 1: …") in order lose that word, since the list counts; what
    stands before the first of them is no step. Texts that count otherwise are left as they are.
    """
    numbers = [_number(step["text"]) for step in steps]
    before = steps[:1] if len(steps) > 1 and numbers[0] is None and numbers[1] == 1 else []
    counted = steps[len(before) :]
    own = numbers[len(before) :]
    in_order = own == list(range(1, len(own) + 1))
    return ShownSteps(
        before=_shown(before[0], before[0]["text"]) if before else None,
        steps=[
            _shown(step, _NUMBER.sub("", step["text"], count=1) if in_order else step["text"])
            for step in counted
        ],
        numbered=len(counted) > 1 and (in_order or not any(own)),
    )


def _number(text: str) -> int | None:
    found = _NUMBER.match(text)
    return int(found[1]) if found else None


def _shown(step: dict[str, Any], text: str) -> ShownStep:
    lines = broken_lines(text)
    if len(text) <= OPEN:
        return ShownStep(step["case"], lines, [])
    seen = 1
    while seen < len(lines) and sum(map(len, lines[: seen + 1])) <= SEEN:
        seen += 1
    return ShownStep(step["case"], lines[:seen], lines[seen:])
