"""Runs axe-core in a browser page, whatever the page's content security policy."""

from dataclasses import dataclass
from pathlib import Path

import axe_core_python
from playwright.sync_api import Page

SOURCE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULE_SETS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Violation:
    """One rule that the page breaks, with the elements that break it."""

    rule: str
    impact: str
    help: str
    elements: tuple[str, ...]


class AxeFailed(RuntimeError):
    """axe-core itself stopped with an error."""


def violations(page: Page, context: str = "document") -> list[Violation]:
    """Return what breaks WCAG 2.2 AA or good practice in `context`, a JavaScript expression.

    Raises `AxeFailed`. The source goes in through the debugging protocol, because a strict
    policy blocks a script element.
    """
    run = f"axe.run({context}, {{runOnly: {RULE_SETS}, resultTypes: ['violations']}})"
    session = page.context.new_cdp_session(page)
    try:
        answer = session.send(
            "Runtime.evaluate",
            {
                "expression": f"{SOURCE};\n{run}.then((report) => report.violations)",
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
    finally:
        session.detach()
    if "exceptionDetails" in answer:
        raise AxeFailed(answer["exceptionDetails"]["exception"]["description"])
    return [
        Violation(
            rule["id"],
            rule["impact"],
            rule["help"],
            tuple(node["html"] for node in rule["nodes"]),
        )
        for rule in answer["result"]["value"]
    ]
