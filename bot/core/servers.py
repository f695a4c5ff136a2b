"""What a server has chosen."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from bot.core.ids import ChannelId, GuildId, RoleId
from bot.core.policies import Policy

AGREE, DISAGREE = "👍", "👎"


@dataclass(frozen=True, slots=True)
class Joined:
    """A server that the bot is on, and since when."""

    guild: GuildId
    at: datetime


@dataclass(frozen=True, slots=True)
class Left:
    """A server that the bot is on no more."""

    guild: GuildId


@dataclass(frozen=True, slots=True)
class Choices:
    """A server's choices. None or empty: not chosen. `time_zone` is a name of the IANA database."""

    home: ChannelId | None = None
    digest_channel: ChannelId | None = None
    moderator_roles: frozenset[RoleId] = frozenset()
    agree_emoji: str | None = None
    disagree_emoji: str | None = None
    moderators_channel: ChannelId | None = None
    time_zone: str | None = None
    policy: Policy | None = None
    only_vote_emoji: bool | None = None

    @property
    def vote_emoji(self) -> tuple[str, str]:
        """The emoji that agree and disagree."""
        return self.agree_emoji or AGREE, self.disagree_emoji or DISAGREE

    @property
    def vote_emoji_only_in(self) -> ChannelId | None:
        """The channel in which members may add the two vote emoji and no other; None: there is none."""
        return self.home if self.only_vote_emoji else None

    def digest_for(self, home: ChannelId) -> ChannelId:
        """Where the digest of a critique goes whose home is `home`: beside its points, unless elsewhere was chosen."""
        beside = self.digest_channel is None or self.digest_channel == self.home
        return home if beside else self.digest_channel or home

    def moved_to(self, home: ChannelId) -> "Choices":
        """These choices with another home; a digest that stood in the home goes along."""
        along = self.digest_channel is not None and self.digest_channel == self.home
        return replace(self, home=home, digest_channel=home if along else self.digest_channel)

    def over(self, defaults: "Choices") -> "Choices":
        """These choices, and `defaults` where nothing was chosen."""
        chosen = {each.name: getattr(self, each.name) for each in fields(self)}
        kept = {name: value for name, value in chosen.items() if value is not None and value != frozenset()}
        return replace(defaults, **kept)
