"""What a server has chosen."""

from dataclasses import dataclass, fields, replace

from bot.core.ids import ChannelId, RoleId
from bot.core.policies import Policy

AGREE, DISAGREE = "👍", "👎"


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

    def over(self, defaults: "Choices") -> "Choices":
        """These choices, and `defaults` where nothing was chosen."""
        chosen = {each.name: getattr(self, each.name) for each in fields(self)}
        kept = {name: value for name, value in chosen.items() if value is not None and value != frozenset()}
        return replace(defaults, **kept)
