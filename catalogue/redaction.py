"""Personal data taken out of text that is kept for operators: logs and errors of jobs."""

import re
import traceback

# Order matters: an e-mail address may hold a phone number, an identity number begins like one.
_PERSONAL = [
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"), "[e-mail]"),
    (re.compile(r"(?<![\w.])(?:\+84|0084)[\s.-]?\d(?:[\s.-]?\d){7,9}(?!\d)"), "[phone]"),
    (re.compile(r"(?<![\w.])0[235789](?:[\s.-]?\d){8}(?![\w])"), "[phone]"),
    (re.compile(r"(?<![\w.:/-])\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}(?![\w])"), "[identity number]"),
    (re.compile(r"(?<![\w.:/-])\d{9}(?![\w])"), "[identity number]"),
]
ERROR_LENGTH = 4_000


def redact(text: str) -> str:
    """Return `text` without identity numbers (12 or 9 digits), phones and e-mail addresses."""
    for pattern, replacement in _PERSONAL:
        text = pattern.sub(replacement, text)
    return text


def describe_error(error: BaseException) -> str:
    """Return the last steps of an error's traceback for operators, without personal data."""
    lines = traceback.format_exception(error, limit=-3)
    return redact("".join(lines))[-ERROR_LENGTH:]
