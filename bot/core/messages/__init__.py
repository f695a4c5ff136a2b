"""What is in a member's message: additions, arguments and references.

Promises: text and labels in, readings out; nothing is remembered between messages. `reading` reads a message whole.
`additions` decides what its numbers mean, `unnumbered` what it adds without one, `submissions` reads what is added
outright; `arguments` gathers what is argued: in `lists`, under `headings`, in `judgements`, under `quotes`; `sides`
says on which side, `mentions` which points are named; `marks` finds the numbers that begin an entry, `masks` covers
what is not the author's own speech.
"""

from bot.core.messages.additions import Clarity, Labels, TypedAddition, goes_on, may_add, read_additions
from bot.core.messages.reading import SURE, Addition, Ground, Reading, may_mean, read
from bot.core.messages.submissions import Submitted, read_form, read_message, says_something
from bot.core.messages.values import Argument, Reference

__all__ = [
    "SURE",
    "Addition",
    "Argument",
    "Clarity",
    "Ground",
    "Labels",
    "Reading",
    "Reference",
    "Submitted",
    "TypedAddition",
    "goes_on",
    "may_add",
    "may_mean",
    "read",
    "read_additions",
    "read_form",
    "read_message",
    "says_something",
]
