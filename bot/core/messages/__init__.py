"""What is in a member's message: typed additions, so far.

Promises: text and labels in, readings out; nothing is remembered between messages. `additions` decides what
the numbers of a message mean, `marks` finds them, `masks` covers what is not the author's own speech.
"""

from bot.core.messages.additions import Clarity, Labels, TypedAddition, goes_on, may_add, read_additions

__all__ = ["Clarity", "Labels", "TypedAddition", "goes_on", "may_add", "read_additions"]
