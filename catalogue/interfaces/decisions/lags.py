"""How soon agencies enter what they signed: a table, a chart, and what is late."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import clock
from catalogue.interfaces.decisions.forms import DAY
from catalogue.interfaces.decisions.screen import furniture, list_crumb
from catalogue.permissions import Permission, agencies_for, requires
from catalogue.selectors.entry_lags import (
    AgencyLag,
    entry_lags,
    late_decisions,
    overdue_decisions,
)
from catalogue.selectors.publication_days import entry_days_of_today

PERIOD = timedelta(days=365)
MOST_TOLD = 100
# The chart in units of its own, as wide as a telephone: a row has a name above a bar.
CHART_WIDTH, BAR_WIDTH, ROW_HEIGHT = 320, 270, 46


class PeriodForm(forms.Form):
    """The days of entry that are looked at."""

    tu = forms.DateField(label=gettext_lazy("Entered from"), widget=DAY)
    den = forms.DateField(label=gettext_lazy("until"), widget=DAY)

    def clean(self) -> dict[str, date]:
        """Refuse a period that ends before it begins."""
        cleaned: dict[str, date] = super().clean() or {}
        if len(cleaned) == 2 and cleaned["den"] < cleaned["tu"]:
            self.add_error("den", gettext_lazy("The period ends before it begins."))
        return cleaned


@dataclass(frozen=True)
class Bar:
    """One agency of the chart; places and widths in the chart's own units."""

    lag: AgencyLag
    y: int
    width: int

    @property
    def name_y(self) -> int:
        """Where the name stands."""
        return self.y + 14

    @property
    def bar_y(self) -> int:
        """Where the bar begins."""
        return self.y + 20

    @property
    def value_y(self) -> int:
        """Where the number beside the bar stands."""
        return self.y + 33


@requires(Permission.SEE_ENTRY_LAGS)
def entry_lag_page(request: HttpRequest) -> HttpResponse:
    """Show from signing to entry, per agency of the reader, over a period."""
    today = clock.today()
    usual = {"tu": today - PERIOD, "den": today}
    form = PeriodForm(request.GET or usual)
    period = form.cleaned_data if form.is_valid() else usual
    lags = entry_lags(request.user, start=period["tu"], end=period["den"])
    late, overdue = late_decisions(lags), overdue_decisions(request.user)
    readable = set(
        agencies_for(request.user, Permission.SEE_DECISIONS).values_list("pk", flat=True)
    )
    context = {
        "form": form,
        "lags": lags,
        "bars": _bars(lags),
        "chart_width": CHART_WIDTH,
        "chart_height": ROW_HEIGHT * len(lags),
        "late": late[:MOST_TOLD],
        "late_count": len(late),
        "overdue": overdue[:MOST_TOLD],
        "overdue_count": len(overdue),
        "readable": readable,
        "allowed": entry_days_of_today(),
        **furniture(_("From signing to entry"), *([list_crumb()] if readable else [])),
    }
    return render(request, "catalogue/admin/decision_lags.html", context)


def _bars(lags: list[AgencyLag]) -> list[Bar]:
    widest = max((lag.median for lag in lags), default=0) or 1
    return [
        Bar(lag, y=ROW_HEIGHT * place, width=max(round(lag.median / widest * BAR_WIDTH), 2))
        for place, lag in enumerate(lags)
    ]
