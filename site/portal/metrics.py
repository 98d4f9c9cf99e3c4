"""Figures in the text format of Prometheus."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Gauge:
    """One figure that goes up and down: its name, what it tells, a value per set of labels."""

    name: str
    help: str
    values: Mapping[tuple[tuple[str, str], ...], float]

    @classmethod
    def single(cls, name: str, help: str, value: float) -> "Gauge":  # noqa: A002
        """Return a gauge without labels."""
        return cls(name, help, {(): value})


def exposition(gauges: Iterable[Gauge]) -> str:
    """Return the page that a collector reads."""
    return "".join(_lines(gauge) for gauge in gauges)


def _lines(gauge: Gauge) -> str:
    values = (f"{gauge.name}{_labels(labels)} {value}\n" for labels, value in gauge.values.items())
    return f"# HELP {gauge.name} {gauge.help}\n# TYPE {gauge.name} gauge\n{''.join(values)}"


def _labels(labels: tuple[tuple[str, str], ...]) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{pairs}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
