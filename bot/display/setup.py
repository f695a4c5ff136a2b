"""The setup, one step a screen: what is asked, what is chosen, and the selects and buttons to choose with.

Every component's id says its step and what it does (`v1:setup:STEP:ACT`), so that any screen works after a restart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.core.emoji import PAIRS
from bot.core.examinations import Finding, Level
from bot.core.policies import Policy
from bot.core.servers import Choices
from bot.core.setup import QUESTIONS, Step
from bot.display import limits, policies
from bot.display.examinations import sentence
from bot.display.forms import Form
from bot.display.inert import inert_line
from bot.texts import _

_TEXT, _FORUM = discord.ChannelType.text, discord.ChannelType.forum
_ROLES = 25


@dataclass(frozen=True, slots=True)
class Screen:
    """What a step needs to be shown: the server's own choices, those in force, the ids of channels and roles that are
    there, whether the bot may take permissions from everyone in the home, zones to offer, what was found.
    """

    own: Choices
    choices: Choices
    there: frozenset[int] = frozenset()
    may_keep_away: bool = True
    zones: Sequence[str] = ()
    findings: Sequence[Finding] = ()


def component_id(step: Step, act: str) -> str:
    """The id of a select or button."""
    return f"v1:setup:{step}:{act}"


def embed(step: Step, it: Screen) -> discord.Embed:
    """The question, what is chosen, and for the last step everything with what lacks."""
    if step is Step.SUMMARY:
        return _summary(it)
    title = _("Step {number} of {count}: {name}").format(number=step.number, count=QUESTIONS, name=_names()[step])
    chosen = _chosen(step, it)
    said = f"{_questions()[step]}\n\n**{_('Chosen')}**: {chosen}"
    if step is Step.ONLY_VOTE_EMOJI and not it.may_keep_away:
        said += "\n\n" + _by_hand()
    return discord.Embed(title=title, description=limits.shorten(said, limits.EMBED_DESCRIPTION))


def view(step: Step, it: Screen) -> discord.ui.View:
    """The selects and buttons of a step, and the way to the steps beside it."""
    shown = discord.ui.View(timeout=None)
    for item in _choosers(step, it):
        shown.add_item(item)
    if step.before is not None:
        shown.add_item(_button(step, "back", _("Back"), row=4))
    if step.after is not None:
        shown.add_item(_button(step, "next", _("Next"), style=discord.ButtonStyle.primary, row=4))
    shown.stop()  # whoever uses one is answered by its id, not by this object
    return shown


def zone_form() -> Form:
    """The form for a time zone that is not offered."""
    modal = Form(title=_("Time zone"), custom_id=component_id(Step.TIME_ZONE, "form"), timeout=None)
    named = discord.ui.TextInput[discord.ui.LayoutView](custom_id="zone", max_length=64, placeholder="Europe/London")
    modal.add_item(discord.ui.Label(text=_("Its IANA name"), description=_("Continent/City"), component=named))
    return modal


def emoji_form() -> Form:
    """The form for two emoji that are not offered."""
    modal = Form(title=_("The two vote emoji"), custom_id=component_id(Step.EMOJI, "form"), timeout=None)
    for name, label in (("agree", _("Agree")), ("disagree", _("Disagree"))):
        typed = discord.ui.TextInput[discord.ui.LayoutView](custom_id=name, max_length=64)
        about = _("An emoji, or the name of one of this server's own")
        modal.add_item(discord.ui.Label(text=label, description=about, component=typed))
    return modal


def _by_hand() -> str:
    return _(
        "I lack **Manage Permissions** in the home: grant it to me there, and I do it by myself. Or an administrator "
        "does it, in that channel's settings under Permissions: **Add Reactions** off for @everyone, on for my role."
    )


def _names() -> dict[Step, str]:
    return {
        Step.HOME: _("the home"),
        Step.DIGEST: _("the digest"),
        Step.ROLES: _("the moderators' roles"),
        Step.MODERATORS: _("the moderators' channel"),
        Step.TIME_ZONE: _("the time zone"),
        Step.EMOJI: _("the vote emoji"),
        Step.POLICY: _("who may add"),
        Step.ONLY_VOTE_EMOJI: _("other emoji"),
    }


def _questions() -> dict[Step, str]:
    return {
        Step.HOME: _(
            "Which channel gets the points? In a **forum** each point is a post with tags; in a **text channel** each "
            "is a message with a thread. Choose one, or let me make one."
        ),
        Step.DIGEST: _("Where does the running digest stand? In a channel of its own, or with the points."),
        Step.ROLES: _(
            "Which roles moderate: open and close critiques, decide on additions? Administrators always may, and only "
            "they choose here."
        ),
        Step.MODERATORS: _("Which channel is for moderators alone? Additions that wait are shown there."),
        Step.TIME_ZONE: _("Which time zone does the server live by? Weekly digests come by its clock."),
        Step.EMOJI: _("With which two emoji do members vote? Critiques that are open keep theirs."),
        Step.POLICY: _(
            "Does what members add join the list at once? Critiques that are open keep their way; `/critique policy` "
            "changes that."
        ),
        Step.ONLY_VOTE_EMOJI: _(
            "May members put other emoji under the points? If not, I take **Add Reactions** from everyone in the home, "
            "where I may **Manage Roles**; the two vote emoji stay open, since I put them there first."
        ),
    }


def _chosen(step: Step, it: Screen) -> str:
    nothing = _("nothing yet")
    choices = it.choices
    match step:
        case Step.HOME:
            return _channel(it, choices.home, _("nothing; each critique goes where `/critique open` is used"))
        case Step.DIGEST:
            if choices.digest_channel is not None and choices.digest_channel == choices.home:
                return _("with the points")
            return _channel(it, choices.digest_channel, _("with the points"))
        case Step.ROLES:
            return ", ".join(_role(it, role) for role in sorted(choices.moderator_roles)) or nothing
        case Step.MODERATORS:
            return _channel(it, choices.moderators_channel, nothing)
        case Step.TIME_ZONE:
            return choices.time_zone or _("nothing yet; UTC until then")
        case Step.EMOJI:
            return _("{agree} agree, {disagree} disagree").format(
                agree=choices.vote_emoji[0], disagree=choices.vote_emoji[1]
            )
        case Step.POLICY:
            return policies.name(choices.policy or Policy.OPEN)
        case _:
            return _("only the two vote emoji") if choices.only_vote_emoji else _("any emoji")


def _channel(it: Screen, which: int | None, otherwise: str) -> str:
    if which is None:
        return otherwise
    return f"<#{which}>" if which in it.there else _("a channel that is gone; choose another")


def _role(it: Screen, which: int) -> str:
    return f"<@&{which}>" if which in it.there else _("a role that is gone; choose again")


def _choosers(step: Step, it: Screen) -> list[discord.ui.Item[discord.ui.View]]:
    match step:
        case Step.HOME:
            return [
                _channels(step, [_TEXT, _FORUM]),
                _button(step, "forum", _("Make a forum")),
                _button(step, "text", _("Make a text channel")),
            ]
        case Step.DIGEST:
            return [_channels(step, [_TEXT]), _button(step, "home", _("With the points"))]
        case Step.ROLES:
            roles: discord.ui.RoleSelect[discord.ui.View] = discord.ui.RoleSelect(
                custom_id=component_id(step, "role"), placeholder=_("Choose the roles"), max_values=_ROLES
            )
            return [roles]
        case Step.MODERATORS:
            return [_channels(step, [_TEXT]), _button(step, "private", _("Make a private channel"))]
        case Step.TIME_ZONE:
            options = [discord.SelectOption(label=zone, value=zone) for zone in it.zones]
            return [_select(step, _("Choose the time zone"), options), _button(step, "type", _("Type another"))]
        case Step.EMOJI:
            pairs = [
                discord.SelectOption(
                    label=_("{agree} agree, {disagree} disagree").format(agree=a, disagree=d), value=f"{a} {d}"
                )
                for a, d in PAIRS
            ]
            return [_select(step, _("Choose two emoji"), pairs), _button(step, "type", _("Type two others"))]
        case Step.POLICY:
            ways = [
                discord.SelectOption(
                    label=policies.name(policy), description=policies.meaning(policy), value=policy.value
                )
                for policy in Policy
            ]
            return [_select(step, _("Choose a way"), ways)]
        case Step.ONLY_VOTE_EMOJI:
            return [_button(step, "yes", _("Only the two vote emoji")), _button(step, "no", _("Any emoji"))]
        case Step.SUMMARY:
            return []


def _channels(step: Step, kinds: list[discord.ChannelType]) -> discord.ui.ChannelSelect[discord.ui.View]:
    return discord.ui.ChannelSelect(
        custom_id=component_id(step, "channel"), placeholder=_("Choose a channel"), channel_types=kinds
    )


def _select(step: Step, placeholder: str, options: list[discord.SelectOption]) -> discord.ui.Select[discord.ui.View]:
    return discord.ui.Select(custom_id=component_id(step, "option"), placeholder=placeholder, options=options)


def _button(
    step: Step, act: str, label: str, *, style: discord.ButtonStyle = discord.ButtonStyle.secondary, row: int = 1
) -> discord.ui.Button[discord.ui.View]:
    return discord.ui.Button(label=label, style=style, custom_id=component_id(step, act), row=row)


def _summary(it: Screen) -> discord.Embed:
    lines = [f"**{_names()[step]}**: {_chosen(step, it)}" for step in Step if step is not Step.SUMMARY]
    shown = discord.Embed(title=_("That is the setup"), description="\n".join(lines))
    bad = [finding for finding in it.findings if finding.level is not Level.FINE]
    words = {Level.FAULT: _("Fault"), Level.WARNING: _("Warning")}
    lacking = "\n".join(f"**{words[finding.level]}**: {sentence(finding)}" for finding in bad)
    nothing = _("Nothing: I have what I need.")
    shown.add_field(
        name=_("What lacks"),
        value=limits.shorten(lacking, limits.EMBED_FIELD_VALUE) if lacking else nothing,
        inline=False,
    )
    narrow = _("An administrator narrows who sees which command in Server Settings, Integrations; a bot cannot.")
    stored = _(
        "I store what is added, who added it and who holds which vote; no other messages and no list of members. "
        "Votes are shown as counts, never by name."
    )
    go_on = _("`/critique open` opens a critique, `/setup` comes back here, `/doctor` looks again.")
    for name, value in ((_("Who sees the commands"), narrow), (_("What is stored"), stored), (_("Next"), go_on)):
        shown.add_field(name=name, value=value, inline=False)
    return shown


def channel_name(act: str) -> str:
    """What a channel that the bot makes is called."""
    return {"forum": _("critiques"), "text": _("critique"), "private": _("critique-moderators")}[act]


def unknown_zone(typed: str, nearest: Sequence[str]) -> str:
    """Says that there is no such zone, and which ones may have been meant."""
    said = _("There is no time zone called “{typed}”.").format(typed=inert_line(typed))
    if not nearest:
        return said + " " + _("Write it as the IANA database does, such as Europe/London.")
    return said + " " + _("Did you mean {zones}?").format(zones=", ".join(f"`{zone}`" for zone in nearest))
