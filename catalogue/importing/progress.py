"""How far a long command is: one line that renews itself, or a line now and then in a log."""

from collections.abc import Callable
from time import monotonic

from django.utils.translation import gettext as _

_WIDTH = 24
_BETWEEN_ON_SCREEN = 0.2
_BETWEEN_IN_LOG = 10.0


class Progress:
    """Tells how many of how many are done, how fast, and how long it still takes."""

    def __init__(
        self,
        write: Callable[[str], object],
        *,
        on_screen: bool,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self.write = write
        self.on_screen = on_screen
        self.seconds = seconds
        self.phase = ""
        self.began = self.told = 0.0

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Tell that `done` of `total` are done in `phase`; a total of 0 is not known."""
        now = self.seconds()
        if phase != self.phase:
            self.phase, self.began, self.told = phase, now, now
        finished = done == total
        between = _BETWEEN_ON_SCREEN if self.on_screen else _BETWEEN_IN_LOG
        if not finished and now - self.told < between:
            return
        self.told = now
        line = progress_line(phase, done, total, now - self.began)
        if self.on_screen:
            self.write(f"\r\x1b[K{line}" + ("\n" if finished else ""))
        else:
            self.write(f"{line}\n")


def progress_line(phase: str, done: int, total: int, seconds: float) -> str:
    """Return one line about `done` of `total` after `seconds`; a total of 0 is not known."""
    rate = done / seconds if seconds > 0 else 0.0
    told = _("%(rate)s a second") % {"rate": f"{rate:.0f}"}
    if not total:
        return f"{phase}: {done}, {told}"
    filled = _WIDTH * done // total
    bar = "█" * filled + "░" * (_WIDTH - filled)
    left = (total - done) / rate if rate else 0.0
    remaining = _("%(time)s left") % {"time": f"{left // 60:.0f}:{left % 60:02.0f}"}
    return f"{phase}: {bar} {done}/{total}, {told}, {remaining}"
