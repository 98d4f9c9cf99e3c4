"""Figures in the text format of Prometheus."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Gauge:
    """One figure that goes up and down, or one for each value of a `label`."""

    name: str
    help: str
    values: Mapping[str, float]
    label: str = ""

    @classmethod
    def single(cls, name: str, help: str, value: float) -> "Gauge":  # noqa: A002
        """Return a gauge of one figure."""
        return cls(name, help, {"": value})


def exposition(gauges: Iterable[Gauge]) -> str:
    """Return the page that a collector reads."""
    return "".join(_lines(gauge) for gauge in gauges)


def _lines(gauge: Gauge) -> str:
    head = f"# HELP {gauge.name} {gauge.help}\n# TYPE {gauge.name} gauge\n"
    return head + "".join(
        f"{gauge.name}{_label(gauge.label, key)} {value}\n" for key, value in gauge.values.items()
    )


def _label(name: str, value: str) -> str:
    return f'{{{name}="{_escaped(value)}"}}' if name else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
