"""Rehearses a document's debate: the real bot, on a Discord on this machine, with simulated members.

The conductor reads the outline, writes the cast's script, starts the stand-in and the bot, lets the cast play,
and compares what the bot recorded with the stand-in's own books. The names and votes are invented from the
seed, and the report says so.
"""

from bot.rehearse.conductor import RehearsalFailed, rehearse

__all__ = ["RehearsalFailed", "rehearse"]
