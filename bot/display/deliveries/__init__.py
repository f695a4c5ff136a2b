"""How each kind of delivery is carried out: one function a kind, in `HOW`.

Each step is recorded as soon as Discord has answered, so that a kill between two steps repeats neither.
"""

from collections.abc import Awaitable, Callable, Mapping

from bot.core.deliveries import Kind
from bot.display.deliveries.answers import ask_which, mark, take_away, take_vote, tell_kept, tell_label, unmark
from bot.display.deliveries.arguments import ask_side, clear_side, show_argument, show_arguments, tell_unargued
from bot.display.deliveries.cases import show_appeal, tell_answer, tell_case
from bot.display.deliveries.claims import clear_claim, tell_claim
from bot.display.deliveries.digests import digest_pages, show_digest
from bot.display.deliveries.discards import clear_digest, clear_lobby, clear_point, clear_thread, unless_discarded
from bot.display.deliveries.follows import tell_follower
from bot.display.deliveries.lobbies import lobby_pages, show_lobby
from bot.display.deliveries.notices import tell
from bot.display.deliveries.officials import show_official
from bot.display.deliveries.points import point_pages, show_point, show_thread, wake_thread
from bot.display.deliveries.queue import remark, show_held
from bot.display.deliveries.reactions import hold_reactions
from bot.display.deliveries.references import show_references
from bot.display.deliveries.reminders import remind
from bot.display.deliveries.reports import show_report
from bot.display.deliveries.revisions import tell_reworded
from bot.display.deliveries.slowmode import slow_thread
from bot.display.deliveries.tries import Ledger, NotYet, Try
from bot.display.deliveries.welcomes import welcome

__all__ = ["HOW", "Ledger", "NotYet", "Try", "digest_pages", "lobby_pages", "point_pages"]

HOW: Mapping[Kind, Callable[[Try], Awaitable[None]]] = {
    Kind.SHOW_POINT: unless_discarded(show_point, clear_point),
    Kind.SHOW_THREAD: unless_discarded(show_thread, clear_thread),
    Kind.WAKE_THREAD: wake_thread,
    Kind.SHOW_LOBBY: unless_discarded(show_lobby, clear_lobby),
    Kind.SHOW_DIGEST: unless_discarded(show_digest, clear_digest),
    Kind.SHOW_HELD: show_held,
    Kind.MARK: mark,
    Kind.REMARK: remark,
    Kind.UNMARK: unmark,
    Kind.TELL_LABEL: tell_label,
    Kind.ASK_WHICH: ask_which,
    Kind.TAKE_AWAY: take_away,
    Kind.WELCOME: welcome,
    Kind.HOLD_REACTIONS: hold_reactions,
    Kind.NOTICE: tell,
    Kind.TELL_CASE: tell_case,
    Kind.SHOW_APPEAL: show_appeal,
    Kind.TELL_ANSWER: tell_answer,
    Kind.TELL_CLAIM: tell_claim,
    Kind.CLEAR_CLAIM: clear_claim,
    Kind.TAKE_VOTE: take_vote,
    Kind.TELL_REWORDED: tell_reworded,
    Kind.SHOW_OFFICIAL: show_official,
    Kind.SLOW_THREAD: slow_thread,
    Kind.SHOW_REPORT: show_report,
    Kind.TELL_KEPT: tell_kept,
    Kind.REMIND: remind,
    Kind.SHOW_REFERENCES: show_references,
    Kind.SHOW_ARGUMENT: show_argument,
    Kind.SHOW_ARGUMENTS: show_arguments,
    Kind.ASK_SIDE: ask_side,
    Kind.CLEAR_SIDE: clear_side,
    Kind.TELL_UNARGUED: tell_unargued,
    Kind.TELL_FOLLOWER: tell_follower,
}
