"""The one place where a refusal or a fault becomes a sentence, and the one handler that shows it."""

import logging
import secrets

import aiohttp
import discord
from discord import app_commands

from bot.core.cases import CaseReason
from bot.core.moderation import Reason
from bot.core.outlines import Unreadable
from bot.core.refusals import Code, Refusal, Unavailable
from bot.display import limits
from bot.display.cases import reason
from bot.display.forms import given_back
from bot.display.inert import inert_line
from bot.display.moderation import not_taken
from bot.display.outlines import sentence as outline_sentence
from bot.texts import _

log = logging.getLogger(__name__)

_CUT_OFF = (aiohttp.ClientError, discord.DiscordServerError)


def sentence(error: Refusal) -> str:
    """What was wrong and what to do, in one or two sentences."""
    if error.code is Code.NOT_TAKEN:
        return _not_taken(**error.params)
    params = {name: _param(value) for name, value in error.params.items()}
    return _sentences()[error.code].format(**params)


def _not_taken(reason: str | int, label: str | int, limit: str | int) -> str:
    return not_taken(Reason(str(reason)), str(label), int(limit))


def _param(value: str | int) -> str:
    return reason(value) if isinstance(value, CaseReason) else inert_line(str(value))


def _sentences() -> dict[Code, str]:
    return {
        Code.NOT_A_MODERATOR: _("Only moderators can do this; ask somebody with the moderators' role."),
        Code.NOT_AN_ADMINISTRATOR: _("Only somebody who may manage the server can decide this; ask an administrator."),
        Code.NO_MODERATOR_ROLE: _(
            "No moderators' role is known on this server, so only somebody who may manage the server can do this; "
            "they name the role with /setup."
        ),
        Code.NO_DOCUMENT: _("There is no document: paste the list, or attach it as a file."),
        Code.NOTHING_IN_MESSAGE: _(
            "This message holds neither words nor one document (.txt, .md or .html); "
            "use /critique open, where you can paste the list or attach it."
        ),
        Code.TWO_DOCUMENTS: _("There are two documents: paste the list or attach it as a file, not both."),
        Code.DOCUMENT_TOO_LARGE: _("The file is {size} bytes long; {limit} is the most that can be read. Shorten it."),
        Code.NO_HOME: _("This is no text channel and no forum; name one as `channel`, or use the command in one."),
        Code.HOME_UNUSABLE: _("I cannot post in {home}: I lack {missing} there. Grant that and try again."),
        Code.DRAFT_GONE: _(
            "This preview has been confirmed or cancelled already, or is over a day old; open it again."
        ),
        Code.DRAFT_EDITED: _(
            "This preview was changed meanwhile. Here it is as it is now; look at it before you go on."
        ),
        Code.LAST_POINT: _("This is the only point that is left; press Cancel if nothing is to be posted."),
        Code.NO_CRITIQUE: _("No critique is open here; a moderator opens one with /critique open."),
        Code.SEVERAL_CRITIQUES: _("Several critiques are open here; choose one as `critique`."),
        Code.NO_SUCH_CRITIQUE: _("No open critique is called “{asked}”; choose one that the command offers."),
        Code.TOO_MANY_POINTS: _(
            "The list has {count} points; {limit} is the most, since a server has 1,000 open threads at most. Split it."
        ),
        Code.POINT_TOO_LONG: _(
            "Point {label} is {size} characters long; {limit} is the most that one point may have. Shorten or split it."
        ),
        Code.NO_CRITIQUE_IN_STATE: _(
            "No critique called “{asked}” can be changed so; choose one that the command offers."
        ),
        Code.SEVERAL_SO_CALLED: _("Several critiques are called like “{asked}”; choose one that the command offers."),
        Code.STATE_CHANGED: _("That has been done already, or undone; look at the list and choose again."),
        Code.UNKNOWN_ID: _("I do not know this button, choice or form any more; use the command that showed it again."),
        Code.TOO_MANY_THREADS: _(
            "The list needs {count} posts, and {active} threads are active on this server; beyond {limit} in all, "
            "Discord puts them to sleep. Close or lock old threads, or choose a text channel."
        ),
        Code.YOUR_OWN: _("This is your own; it takes somebody else to do that."),
        Code.NOT_YOURS: _("This is somebody else's; only they can do that."),
        Code.EDIT_HELD: _(
            "These words would have to wait for a moderator (a link, many mentions, hidden characters or a listed "
            "word); leave that out, or ask a moderator to change your point."
        ),
        Code.CLAIM_GONE: _("This has waited for over an hour, or is settled; add your point again with /point add."),
        Code.SAME_EMOJI: _("The two emoji are the same; members could not tell agree from disagree. Choose two."),
        Code.NO_EMOJI: _(
            "“{typed}” is no emoji that I can use here; type one such as 👍, or the name of one of this server's own."
        ),
        Code.NOT_MADE: _(
            "Discord did not make the channel {name}: {why}. A forum may need Community switched on in the server's "
            "settings; a text channel needs nothing."
        ),
        Code.NO_HOME_YET: _("There is no home yet in which to keep other emoji away; choose one in the first step."),
        Code.CANNOT_MAKE: _(
            "I cannot make the channel “{name}”: I lack Manage Channels on this server. Grant that, or make it "
            "yourself and choose it here."
        ),
        Code.NO_MODERATORS_CHANNEL: _(
            "Additions cannot wait while there is no moderators' channel to show them in; choose that first."
        ),
        Code.DECIDED: _("That has been decided already, or its author took it back; nothing is left to do."),
        Code.NOT_UNTOUCHED: _(
            "“{title}” is not discarded, since members have taken part (voters: {voters}, additions: {additions}, "
            "replies: {replies}, arguments: {arguments}); /critique close ends it and keeps what they said."
        ),
        Code.CANNOT_CLEAR: _(
            "I cannot delete the threads in {home}: I lack {missing} there. Grant that and try again."
        ),
        Code.NO_POINT: _("No point matches “{asked}”; try its label, such as 4, or words from it."),
        Code.CRITIQUE_CLOSED: _(
            "This critique is closed, so that nothing is added to it or withdrawn; a moderator can reopen it."
        ),
        Code.NO_WORDS: _("There are no words in this that could be a point; write it in a sentence or two."),
        Code.NOT_YOUR_MESSAGE: _("Somebody else wrote this message; only its author or a moderator can add it."),
        Code.NO_MEMBERS_MESSAGE: _("No member wrote this message; choose one that a member typed."),
        Code.SEVERAL_FOR_MESSAGE: _(
            "Several critiques are open here, so I cannot tell which one this adds to; "
            "its author can use /point add and choose one as `critique`."
        ),
        Code.ON_THE_LIST: _("This message is on the list already, as point {label}; it is not added twice."),
        Code.NOT_YOUR_POINT: _(
            "Point {label} is not yours; only its author can change or withdraw it. /argue says what you think of it."
        ),
        Code.WITHDRAWN: _(
            "Point {label} has been withdrawn; its label stays its own, and its text is gone. /digest show has those "
            "that stand."
        ),
        Code.HIDDEN: _("Point {label} has been hidden by the moderators; `/case mine` says why."),
        Code.REPORTED: _(
            "Members reported point {label}, so it is held until a moderator decides; if it stands again, you can "
            "withdraw it then."
        ),
        Code.NO_CASE: _("There is no such case that concerns you; `/case mine` shows yours."),
        Code.APPEALED: _(
            "There is an appeal against this already; each case takes one, and its answer, which `/case mine` shows, "
            "is final."
        ),
        Code.NO_APPEAL: _(
            "This case cannot be appealed: it took nothing away. `/tip` reaches the moderators all the same."
        ),
        Code.ANSWERED: _("Another moderator has answered this appeal already; nothing is left to do."),
        Code.CANNOT_GRANT: _(
            "This cannot be undone now: its point or critique has changed since. Answer that it stands, and say why."
        ),
        Code.NOTHING_TO_UNDO: _(
            "You have added nothing in the last ten minutes; older additions are withdrawn with /point withdraw."
        ),
        Code.NO_SPAN: _("That is no span of time that I can use here; type one such as 30m, 2h or 1d."),
        Code.MEMBER_OR_SINCE: _("Name either a `member`, or `since` when votes are to be excluded, such as 30m."),
        Code.MEMBER_OR_CASE: _("Name either the `member`, or the `case` that excluded the votes."),
        Code.MEMBER_OR_POINT: _("Name either a `member` or a `point`."),
        Code.NOTHING_EXCLUDED: _(
            "There is nothing here to exclude or to bring back; `/mod history` says what was done."
        ),
        Code.EXCLUDED_ALREADY: _("These votes are excluded already; `/mod include` brings them back."),
        Code.MUTED: _(
            "You are muted here until <t:{until}:f>, so you can add nothing until then. The moderators' reason: {why}. "
            "`/case mine` shows the case; you can appeal there."
        ),
        Code.NOT_MUTED: _("This member is not muted, or that mute is over; nothing is left to do."),
        Code.NOT_A_BOT: _("That is a bot: its votes never count, and it cannot add anything; choose a member."),
        Code.VOTED_IN_PRIVATE: _(
            "Members have voted in private in “{title}”, and their votes would be lost; use `/critique close`."
        ),
        Code.NOT_FOLLOWED: _("You do not follow that; use `/follow` to begin."),
        Code.CANNOT_JOIN_THREAD: _(
            "Discord does not let me do that in the thread of **{label}**: open it, and join or leave it there."
        ),
        Code.OPTED_OUT: _("You chose that no votes of yours are stored; `/privacy opt-in` changes that."),
        Code.REWORDED: _("The words of **{label}** were changed meanwhile; use /ballot to read them and vote on them."),
        Code.OPTED_OUT_ALREADY: _("No votes of yours are stored already; `/privacy opt-in` changes that."),
        Code.NOT_OPTED_OUT: _("Your votes are stored as everybody's; `/privacy opt-out` changes that."),
        Code.OTHER_CRITIQUE: _(
            "{label} and {into} are points of two critiques; only points of one list can be merged."
        ),
        Code.MERGE_LOOP: _("{into} is {label} itself, or was merged into it; choose another point."),
        Code.VOTE_ELSEWHERE: _(
            "{label} is merged into {into} now, and votes are cast there: use `/ballot point:{into}`."
        ),
        Code.MERGED: _("{label} is merged into {into} already; /mod unmerge undoes that within seven days."),
        Code.MERGED_LONG_AGO: _(
            "{label} was merged more than seven days ago; a merge can be undone no longer. /point add lists it anew."
        ),
        Code.EDITED_MEANWHILE: _(
            "The words of {label} were changed while you wrote; read them as they are now, and begin again."
        ),
        Code.TOO_LONG_TO_EDIT: _(
            "{label} is {size} characters long; a form holds {limit}, so its words cannot be changed here; say in "
            "its thread what is to be read otherwise."
        ),
        Code.UNDONE: _("That is undone already, or something else was done since; `/mod history` says what."),
        Code.UNDO_OVER: _("The time in which this could be undone is over; use the command that does the opposite."),
        Code.UNDO_APPEALED: _("There is an appeal against this, which is to be answered: `/mod queue` shows it."),
        Code.SAME_CRITIQUE: _("{label} is on that list already; choose another open critique as `critique`."),
        Code.ORIGINAL: _("{label} is the document's own; only what members added can be moved."),
        Code.MERGED_INTO: _(
            "Other points are merged into {label}, and their votes count there; /mod unmerge them before it is moved."
        ),
        Code.MOVED: _("Point {label} was moved: it is {into} of “{title}” now, and can be changed there."),
        Code.NOBODY_TO_TELL: _(
            "The moderators of this server have named no channel in which they could read this; tell one of them "
            "directly."
        ),
        Code.NOT_REPORTABLE: _(
            "Only points, and what members wrote in a critique's channel or in its threads, can be reported to me; "
            "/tip tells the moderators of anything else."
        ),
        Code.REPORTED_ALREADY: _("You have reported this already, and the moderators see it; /tip tells them more."),
        Code.TOO_MANY_REPORTS: _(
            "You have reported {limit} things within an hour, which is all that one member may; /tip tells the "
            "moderators of many at once."
        ),
        Code.TIPPED_ALREADY: _(
            "Your last word to the moderators is less than {minutes} minutes old; wait a little, then say the rest in "
            "one."
        ),
        Code.NOTHING_SAID: _("There are no words in this; say in a sentence or two what the moderators should know."),
        Code.REPORT_DECIDED: _("Another moderator has decided on this report already; nothing is left to do."),
        Code.APPROVED_ALREADY: _(
            "**{label}** has been approved already, and is on the list; `/mod hide` takes its text out of sight again."
        ),
        Code.REFUSED_ALREADY: _(
            "**{label}** has been refused already, and its author is told why; an appeal that is granted undoes it."
        ),
        Code.HIDDEN_ALREADY: _("**{label}** has been hidden already; `/mod restore` shows it again."),
        Code.NO_TARGET: _("Choose the point that says the same, or type its label or words from it."),
        Code.MUTED_ALREADY: _("This member is muted already, until <t:{until}:f>; `/mod mute` changes for how long."),
        Code.KEPT_TOO_SHORTLY: _(
            "{least} days are the least for which something is kept; type that or more, or 0 for as long as I am here."
        ),
        Code.NOBODY_TO_MUTE: _(
            "Whoever wrote this has had their name removed, so nobody can be muted for it; /mod hide still hides it."
        ),
        Code.VOTE_ONLY: _(
            "Members vote on point {label}, but argue about it no more: a moderator has locked its thread. Vote, or "
            "choose another."
        ),
        Code.NOT_ARGUABLE: _(
            "Point {label} is withdrawn, hidden, moved or held, so nothing can be argued about it now; choose another."
        ),
        Code.NOT_YOUR_ARGUMENT: _(
            "Somebody else wrote this message, so only they can file it; **Quote**, in the same menu, answers it."
        ),
        Code.ARGUMENT_GONE: _("This argument has been taken away, or its message deleted; look at what stands now."),
        Code.ARGUMENT_HELD: _(
            "These words would have to wait for a moderator (a link, many mentions, hidden characters or a listed "
            "word), and arguments do not wait; leave that out and say it again."
        ),
        Code.NOT_QUOTABLE: _(
            "Only points, arguments, and what members wrote where a critique is debated, can be quoted; say it with "
            "/argue."
        ),
        Code.CANNOT_READ: _(
            "Discord does not tell me what this message says (the operator has not switched on the Message Content "
            "intent); say it with /argue."
        ),
        Code.QUOTE_NOT_FOUND: _(
            "The passage does not stand in that message as you left it; cut it down without changing its words."
        ),
    }


async def show(interaction: discord.Interaction, error: Exception) -> None:
    """Answers the member with one clear sentence; what is not theirs to know goes to the log under an id."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, Refusal):
        text = sentence(cause)
    elif isinstance(cause, Unreadable):
        text = outline_sentence(cause)
    elif isinstance(cause, Unavailable):  # the watch has told the operator why
        text = _(
            "This could not be done: what I keep cannot be read or written at the moment. The operator is told; try "
            "again in a while."
        )
    elif isinstance(cause, app_commands.CheckFailure):
        text = _("You may not do this here; /help shows what you may.")
    elif isinstance(cause, _CUT_OFF):
        log.warning("the line broke in %s: %s: %s", _name(interaction), type(cause).__name__, cause)
        text = _(
            "The line to Discord broke before I could answer. What you asked for may be done already; "
            "look before you repeat it."
        )
    else:
        fault = secrets.token_hex(4)
        log.error("fault %s in %s", fault, _name(interaction), exc_info=cause)
        text = _(
            "Something went wrong on my side. Look whether it was done before you repeat it; the operator finds it in "
            "the log as fault {id}."
        ).format(id=fault)
    files = given_back(interaction)
    if files:
        text += " " + _("What you typed is in the file, so that nothing is lost.")
    await _answer(interaction, limits.shorten(text, limits.MESSAGE), files)


async def _answer(interaction: discord.Interaction, text: str, files: list[discord.File]) -> None:
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, files=files, ephemeral=True)
        else:
            await interaction.response.send_message(text, files=files, ephemeral=True)
    except (discord.HTTPException, aiohttp.ClientError, RuntimeError) as error:  # the last: the session is closed
        log.warning("an answer in %s could not be given: %s", _name(interaction), error)


def _name(interaction: discord.Interaction) -> str:
    return f"/{interaction.command.qualified_name}" if interaction.command else str(interaction.type)
