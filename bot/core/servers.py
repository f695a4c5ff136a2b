"""What a server has chosen."""

from dataclasses import dataclass

from bot.core.ids import ChannelId, RoleId

AGREE, DISAGREE = "👍", "👎"


@dataclass(frozen=True, slots=True)
class Choices:
    """A server's choices. None or empty: not chosen."""

    home: ChannelId | None = None
    digest_channel: ChannelId | None = None
    moderator_roles: frozenset[RoleId] = frozenset()
    agree_emoji: str | None = None
    disagree_emoji: str | None = None

    @property
    def vote_emoji(self) -> tuple[str, str]:
        """The emoji that agree and disagree."""
        return self.agree_emoji or AGREE, self.disagree_emoji or DISAGREE

    def over(self, defaults: "Choices") -> "Choices":
        """These choices, and `defaults` where nothing was chosen."""
        return Choices(
            home=self.home or defaults.home,
            digest_channel=self.digest_channel or defaults.digest_channel,
            moderator_roles=self.moderator_roles or defaults.moderator_roles,
            agree_emoji=self.agree_emoji or defaults.agree_emoji,
            disagree_emoji=self.disagree_emoji or defaults.disagree_emoji,
        )
