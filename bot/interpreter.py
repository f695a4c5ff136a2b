"""How the interpreter serves a bot that runs for months."""

import gc


def settle() -> None:
    """All that is there now stays for good: the collector is spared going through it again and again.

    It is what the bot is made of, some hundred thousand objects; each event that waits to be recorded would
    otherwise bring the next full collection nearer, in which the event loop stands still.
    """
    gc.collect()
    gc.freeze()
