"""The steps of the setup, in order, and where somebody who comes back goes on.

1. Each step is one choice of the server; the last one shows them all.
2. A step is done when the server itself has chosen; what the operator has set stands until then.
"""

from enum import StrEnum

from bot.core.servers import Choices


class Step(StrEnum):
    """What is asked, in the order in which it is asked."""

    HOME = "home"
    DIGEST = "digest"
    ROLES = "roles"
    MODERATORS = "moderators"
    TIME_ZONE = "time-zone"
    EMOJI = "emoji"
    POLICY = "policy"
    ONLY_VOTE_EMOJI = "only-vote-emoji"
    SUMMARY = "summary"

    @property
    def number(self) -> int:
        """1 for the first."""
        return _ORDER.index(self) + 1

    @property
    def before(self) -> "Step | None":
        """The step before this one; None before the first."""
        return None if self is _ORDER[0] else _ORDER[self.number - 2]

    @property
    def after(self) -> "Step | None":
        """The step after this one; None after the last."""
        return None if self is _ORDER[-1] else _ORDER[self.number]


_ORDER = tuple(Step)
QUESTIONS = len(_ORDER) - 1


def goes_on_at(own: Choices) -> Step:
    """The first step in which the server itself has chosen nothing; the summary where none is left."""
    done = {
        Step.HOME: own.home is not None,
        Step.DIGEST: own.digest_channel is not None,
        Step.ROLES: bool(own.moderator_roles),
        Step.MODERATORS: own.moderators_channel is not None,
        Step.TIME_ZONE: own.time_zone is not None,
        Step.EMOJI: own.agree_emoji is not None,
        Step.POLICY: own.policy is not None,
        Step.ONLY_VOTE_EMOJI: own.only_vote_emoji is not None,
    }
    return next((step for step, chosen in done.items() if not chosen), Step.SUMMARY)
