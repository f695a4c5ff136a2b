"""What is in a member's message: typed additions, so far.

Promises: text and labels in, readings out; nothing is remembered between messages. `additions` decides what
the numbers of a message mean, `submissions` reads what is added outright, `marks` finds numbers, `masks` covers what
is not the author's own speech.
"""

from bot.core.messages.additions import Clarity, Labels, TypedAddition, goes_on, may_add, read_additions
from bot.core.messages.submissions import Submitted, read_form, read_message, says_something

__all__ = [
    "Clarity",
    "Labels",
    "Submitted",
    "TypedAddition",
    "goes_on",
    "may_add",
    "read_additions",
    "read_form",
    "read_message",
    "says_something",
]
