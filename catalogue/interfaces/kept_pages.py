"""The mark of pages that say the same to everyone, so that one answer serves all who ask."""

from collections.abc import Callable

from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def same_for_everyone(*parameters: str) -> Callable[[View], View]:
    """Mark a view whose page depends on address, catalogue and day alone.

    The page may be kept until the catalogue changes or the day ends. Addresses with other
    parameters than `parameters` are not kept. Values are not looked at, so whoever keeps pages
    gives those with parameters room of their own.
    """

    def mark(view: View) -> View:
        # As with the rule of access: no type has a place for a mark on a function.
        view.kept_parameters = frozenset(parameters)  # type: ignore[attr-defined]
        return view

    return mark
