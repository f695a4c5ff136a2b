"""The selects and buttons of the setup. They work after a restart: all they need is in their ids."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Self
from zoneinfo import available_timezones

import discord

from bot.client import Client
from bot.core.acts import Act
from bot.core.emoji import PAIRS
from bot.core.ids import ChannelId, RoleId
from bot.core.policies import Policy
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.core.setup import Step
from bot.display import selects
from bot.display import setup as display
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.services import critiques
from cogs.setup import making
from cogs.setup.screens import choose, own_choices, turn_to

Pressed = discord.Interaction[Client]


async def _answered(interaction: Pressed, work: Callable[[], Awaitable[None]]) -> None:
    try:
        await work()
    except Exception as error:
        await show(interaction, error)


class SetupButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=rf"v1:setup:(?P<step>{'|'.join(Step)}):(?P<act>back|next|forum|text|private|home|type|yes|no)",
):
    """Any button of the setup."""

    def __init__(self, step: Step, act: str) -> None:
        super().__init__(discord.ui.Button(custom_id=display.component_id(step, act)))
        self.step = step
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(Step(match["step"]), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Turns to another step, makes a channel, opens a form, or saves a choice."""
        await _answered(interaction, lambda: self._pressed(interaction))

    async def _pressed(self, interaction: Pressed) -> None:
        match self.act:
            case "back" | "next":
                there = self.step.before if self.act == "back" else self.step.after
                await turn_to(interaction, there or self.step)
            case "forum" | "text" | "private":
                await self._make(interaction)
            case "type":
                await self._ask(interaction)
            case "home":
                await self._beside(interaction)
            case _:
                await self._keep_away(interaction, only=self.act == "yes")

    async def _ask(self, interaction: Pressed) -> None:
        critiques.check(actor(interaction), Act.SET_UP, await interaction.client.choices(server(interaction)))
        form = display.zone_form() if self.step is Step.TIME_ZONE else display.emoji_form()
        await interaction.response.send_modal(form)

    async def _beside(self, interaction: Pressed) -> None:
        """The digest stands with the points: in the home that is in force, be it the operator's."""
        home = (await interaction.client.choices(server(interaction))).home
        await choose(interaction, self.step, lambda own: replace(own, digest_channel=own.home or home))

    async def _keep_away(self, interaction: Pressed, *, only: bool) -> None:
        """A rule for the home needs one; where the server has chosen none, it takes the operator's as its own."""
        home = (await interaction.client.choices(server(interaction))).home
        if only and home is None:
            raise Refusal(Code.NO_HOME_YET)
        await choose(interaction, self.step, lambda own: replace(own, home=own.home or home, only_vote_emoji=only))

    async def _make(self, interaction: Pressed) -> None:
        choices = await interaction.client.choices(server(interaction))
        critiques.check(actor(interaction), Act.SET_UP, choices)
        making.check(server(interaction), self.act)
        await interaction.response.defer()
        made = await making.channel(server(interaction), self.act, choices.moderator_roles)
        await choose(interaction, self.step, _placed(self.step, made))


class SetupChannels(
    discord.ui.DynamicItem[discord.ui.ChannelSelect[discord.ui.View]],
    template=r"v1:setup:(?P<step>home|digest|moderators):channel",
):
    """A channel is chosen."""

    def __init__(self, step: Step) -> None:
        super().__init__(discord.ui.ChannelSelect(custom_id=display.component_id(step, "channel")))
        self.step = step

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(Step(match["step"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Saves the channel."""
        await _answered(interaction, lambda: self._chosen(interaction))

    async def _chosen(self, interaction: Pressed) -> None:
        (chosen,) = selects.values(interaction)
        channel = selects.known(server(interaction).get_channel(int(chosen)))
        await choose(interaction, self.step, _placed(self.step, ChannelId(channel.id)))


def _placed(step: Step, channel: ChannelId) -> Callable[[Choices], Choices]:
    match step:
        case Step.HOME:
            return lambda own: own.moved_to(channel)
        case Step.DIGEST:
            return lambda own: replace(own, digest_channel=channel)
        case _:
            return lambda own: replace(own, moderators_channel=channel)


class SetupRoles(discord.ui.DynamicItem[discord.ui.RoleSelect[discord.ui.View]], template=r"v1:setup:roles:role"):
    """The moderators' roles are chosen, by an administrator."""

    def __init__(self) -> None:
        super().__init__(discord.ui.RoleSelect(custom_id=display.component_id(Step.ROLES, "role")))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], _match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Saves the roles."""
        await _answered(interaction, lambda: self._chosen(interaction))

    async def _chosen(self, interaction: Pressed) -> None:
        chosen = [selects.known(server(interaction).get_role(int(role))) for role in selects.values(interaction)]
        roles = frozenset(RoleId(role.id) for role in chosen)
        await choose(interaction, Step.ROLES, lambda own: replace(own, moderator_roles=roles))


class SetupOptions(
    discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]],
    template=r"v1:setup:(?P<step>time-zone|emoji|policy):option",
):
    """One of the offered time zones, pairs of emoji or ways is chosen."""

    def __init__(self, step: Step) -> None:
        super().__init__(discord.ui.Select(custom_id=display.component_id(step, "option")))
        self.step = step

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(Step(match["step"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Saves the choice."""
        await _answered(interaction, lambda: self._chosen(interaction, selects.values(interaction)[0]))

    async def _chosen(self, interaction: Pressed, value: str) -> None:
        match self.step:
            case Step.TIME_ZONE:
                zone = selects.known(value if value in available_timezones() else None)
                await choose(interaction, self.step, lambda own: replace(own, time_zone=zone))
            case Step.EMOJI:
                agree, disagree = selects.known({f"{one} {other}": (one, other) for one, other in PAIRS}.get(value))
                await choose(
                    interaction, self.step, lambda own: replace(own, agree_emoji=agree, disagree_emoji=disagree)
                )
            case _:
                policy = selects.known({one.value: one for one in Policy}.get(value))
                if policy is not Policy.OPEN and (await own_choices(interaction)).moderators_channel is None:
                    raise Refusal(Code.NO_MODERATORS_CHANNEL)
                await choose(interaction, self.step, lambda own: replace(own, policy=policy))
