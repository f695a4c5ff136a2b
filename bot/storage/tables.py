"""The tables. Discord's ids are 64-bit; our own count up. Moments are microseconds since 1970, UTC."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as whole microseconds since 1970 UTC on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else _EPOCH + value * _MICROSECOND


# SQLite counts up only a column that is exactly INTEGER.
_OWN_ID = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

servers = Table(
    "servers",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("home_channel_id", BigInteger),
    Column("digest_channel_id", BigInteger),
    Column("moderator_role_ids", JSON),
    Column("agree_emoji", String(64)),
    Column("disagree_emoji", String(64)),
    Column("joined_at", Moment, nullable=False),
    Column("moderators_channel_id", BigInteger),
    Column("time_zone", String(64)),
    Column("policy", String(16)),
    Column("only_vote_emoji", Boolean),
    Column("reactions_held_in", BigInteger),
    Column("drift", Integer, nullable=False, server_default="0"),
    Column("reconciled_at", Moment),
    Column("rules", JSON),
    Column("left_at", Moment),
    Column("retention", JSON),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("home_channel_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("outline", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("home_kind", String(8), nullable=False, server_default="text"),
    Column("document", LargeBinary, nullable=False, server_default=""),
    Column("name", Text, nullable=False, server_default=""),
    Column("chosen", Integer, nullable=False, server_default="1"),
    Column("edition", Integer, nullable=False, server_default="0"),
    Column("edits", JSON, nullable=False, server_default="[]"),
    Column("blind", Boolean, nullable=False, server_default=false()),
)

critiques = Table(
    "critiques",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("home_channel_id", BigInteger, nullable=False),
    Column("digest_channel_id", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("introduction", Text, nullable=False),
    Column("closing", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("agree_emoji", String(64), nullable=False),
    Column("disagree_emoji", String(64), nullable=False),
    Column("next_label", Integer, nullable=False),
    Column("opened_by", BigInteger, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("digest_edited_at", Moment),
    Column("home_kind", String(8), nullable=False, server_default="text"),
    Column("lobby_id", BigInteger),
    Column("policy", String(16), nullable=False, server_default="open"),
    Column("answerer_id", BigInteger),
    Column("answerer_role_id", BigInteger),
    Column("blind", Boolean, nullable=False, server_default=false()),
    Column("released_at", Moment),  # when ballots last joined the figures
    Index(None, "home_channel_id", "status"),
    Index(None, "guild_id", "status"),
)

points = Table(
    "points",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("label", String(16), nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("claimed_label", String(16)),
    Column("origin", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author_id", BigInteger),
    Column("status", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("root", _OWN_ID, ForeignKey("points.id")),
    Column("message_id", BigInteger, unique=True),
    Column("thread_id", BigInteger, unique=True),
    Column("seeded", Boolean, nullable=False),
    Column("replies", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("adopted", Boolean, nullable=False, server_default=false()),
    Column("asleep", Boolean, nullable=False, server_default=false()),
    Column("woken_at", Moment),
    Column("decided_by", BigInteger),
    Column("audited_at", Moment),
    Column("labelled_at", Moment),
    Column("held_for", String(16)),
    Column("group_id", _OWN_ID, index=True),  # of points merged into one another: the one they all count to
    Column("merged_at", Moment),
    Column("reworded", Boolean, nullable=False, server_default=false()),
    Column("clears", SmallInteger, nullable=False, server_default="0"),
    Column("moved_to", _OWN_ID, index=True),  # the point that it is now, in another critique
    Column("slowmode", Integer, nullable=False, server_default="0"),  # seconds
    UniqueConstraint("critique_id", "label", "repeat"),
    UniqueConstraint("critique_id", "position"),
    Index(None, "author_id", "created_at"),
)

# Which messages an addition was typed in, in order.
sources = Table(
    "sources",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("point_id", _OWN_ID, ForeignKey("points.id"), nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("goes_on", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "author_id", "channel_id", "created_at"),
)

# Members' messages in the points' threads.
replies = Table(
    "replies",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("point_id", _OWN_ID, ForeignKey("points.id"), nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "point_id"),
)

# Up to which message lobbies and points' threads have been heard; for a forum, up to which post.
heard = Table(
    "heard",
    metadata,
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
)

# The messages that show a point or a digest: page 0 is the first. `shown` is a digest of the text they hold.
pages = Table(
    "pages",
    metadata,
    Column("target", String(32), primary_key=True),
    Column("page", Integer, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False, unique=True),
    Column("shown", String(64), nullable=False),
)


def _member_key() -> list[Column[Any]]:
    return [
        Column("point_id", _OWN_ID, ForeignKey("points.id"), primary_key=True),
        Column("revision", Integer, primary_key=True, autoincrement=False),
        Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    ]


holds = Table(
    "holds",
    metadata,
    *_member_key(),
    Column("side", SmallInteger, primary_key=True, autoincrement=False),
    Column("seen", BigInteger),
    Column("eligible", Boolean, nullable=False),
    Column("excluded", Boolean, nullable=False, server_default=false()),
    sqlite_with_rowid=False,
)

# `stance` is empty once a reaction has replaced the ballot; `shown` is what of it is in the figures. Where that is left
# of somebody who was erased, the member is a negative number that is nobody's.
ballots = Table(
    "ballots",
    metadata,
    *_member_key(),
    Column("stance", SmallInteger),
    Column("shown", SmallInteger),
    Column("seen", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("eligible", Boolean, nullable=False),
    Column("excluded", Boolean, nullable=False, server_default=false()),
)

# The points that members passed over while they went through the list with ballots.
skips = Table("skips", metadata, *_member_key(), sqlite_with_rowid=False)

kept = Table(
    "kept",
    metadata,
    *_member_key(),
    Column("stance", SmallInteger, nullable=False),
    Column("eligible", Boolean, nullable=False),
    Column("excluded", Boolean, nullable=False, server_default=false()),
)

history = Table(
    "history",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("point_id", _OWN_ID, ForeignKey("points.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("before", SmallInteger),
    Column("after", SmallInteger),
    Column("source", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "point_id", "at"),
)

tallies = Table(
    "tallies",
    metadata,
    Column("point_id", _OWN_ID, ForeignKey("points.id"), primary_key=True),
    Column("agree", Integer, nullable=False),
    Column("disagree", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
)

# Who has a stance anywhere in a critique, and on how many points: the digest counts people and not votes.
voters = Table(
    "voters",
    metadata,
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id"), primary_key=True),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("stances", Integer, nullable=False),
    sqlite_with_rowid=False,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("key", String(96), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("lane", BigInteger, nullable=False),
    Column("point_id", _OWN_ID, ForeignKey("points.id")),
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id")),
    Column("message_id", BigInteger),
    Column("member_id", BigInteger),
    Column("side", SmallInteger),
    Column("version", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("begun_at", Moment),
    Column("ended_at", Moment),
    Column("fault", Text),
    Column("failing_since", Moment),
    Column("case_id", _OWN_ID),
    Column("claim_id", _OWN_ID),
    Column("report_id", _OWN_ID),
    Column("argument_id", _OWN_ID),
    Index(None, "ended_at", "due_at"),
)

# Acts of moderators, and the appeal against each. `votes` is how many it took out of the figures or brought back, and
# `until` when it ends by itself. `before` is the status of the point before the act. What the member
# is told is told when `told_at` is set: in a direct message, or when they next use the bot.
cases = Table(
    "cases",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id")),
    Column("point_id", _OWN_ID, ForeignKey("points.id")),
    Column("act", String(16), nullable=False),
    Column("reason", String(16)),
    Column("words", Text, nullable=False),
    Column("before", String(16)),
    Column("member_id", BigInteger),
    Column("by_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("owes_word", Boolean, nullable=False),
    Column("told_at", Moment),
    Column("appeal", Text),
    Column("appealed_at", Moment),
    Column("answer", Text),
    Column("answered_by", BigInteger),
    Column("answered_at", Moment),
    Column("granted", Boolean),
    Column("votes", Integer),
    Column("until", Moment),
    Index(None, "guild_id", "at"),
    Index(None, "member_id", "guild_id"),
)

# What members wanted to add and what is not recorded, or was in the end (`point_id`). `answered`: its author is told.
claims = Table(
    "claims",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id"), nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("written", Integer),
    Column("reason", String(16), nullable=False),
    Column("limit", Integer, nullable=False),
    Column("like_id", _OWN_ID, ForeignKey("points.id")),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    Column("ordinal", Integer, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("point_id", _OWN_ID, ForeignKey("points.id")),
    Column("answers_id", _OWN_ID),
    Column("chosen", String(64), nullable=False, server_default=""),
    UniqueConstraint("message_id", "ordinal"),
    Index(None, "author_id", "at"),
    Index(None, "at"),
    sqlite_autoincrement=True,  # a number is in buttons that outlive its row
)

# Which messages refer to points, and the batch in which that is told in the point's thread.
point_references = Table(
    "point_references",
    metadata,
    Column("point_id", _OWN_ID, ForeignKey("points.id"), primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("batch", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Index(None, "message_id"),
)

# What points said before each change of their words, and how their votes stood.
revisions = Table(
    "revisions",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("point_id", _OWN_ID, ForeignKey("points.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("by_id", BigInteger, nullable=False),
    Column("by_moderator", Boolean, nullable=False),
    Column("asked_again", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("agree", Integer, nullable=False),
    Column("disagree", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
)

# Official answers to points; one that was removed has no words. `message_id` is where it stands.
officials = Table(
    "officials",
    metadata,
    Column("point_id", _OWN_ID, ForeignKey("points.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("by_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("message_id", BigInteger),
)

# What moderators are told once; `told_at` is when it was, or when it was clear that there is nowhere to tell it.
notices = Table(
    "notices",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("key", String(160), nullable=False, unique=True),
    Column("cause", String(32), nullable=False),
    Column("point_id", _OWN_ID, ForeignKey("points.id")),
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id")),
    Column("channel_id", BigInteger),
    Column("detail", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("told_at", Moment),
    Index(None, "guild_id", "told_at"),
)

# Messages and channels (threads too) of critiques that are known to be gone from Discord.
losses = Table(
    "losses",
    metadata,
    Column("what", String(8), primary_key=True),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)

# The answers to whoever confirmed a critique that say how far its posting is, as long as they can be edited.
followings = Table(
    "followings",
    metadata,
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id"), primary_key=True),
    Column("token", Text, nullable=False),
    Column("until", Moment, nullable=False),
)

# Single values: the hash of the synced commands, the order of the last vote seen.
facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

# Votes that moderators have taken out of the figures: of a member (by mark), or all that were cast since then.
exclusions = Table(
    "exclusions",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id")),
    Column("mark", String(32)),
    Column("since", Moment),
    Column("at", Moment, nullable=False),
    Column("case_id", _OWN_ID, ForeignKey("cases.id"), nullable=False),
    Column("votes", Integer, nullable=False),
    Column("lifted_at", Moment),
    Index(None, "guild_id", "lifted_at"),
)

# Which votes an exclusion since a time took out.
excluded_votes = Table(
    "excluded_votes",
    metadata,
    Column("exclusion_id", _OWN_ID, ForeignKey("exclusions.id"), primary_key=True),
    *_member_key(),
    sqlite_with_rowid=False,
)

# Who may add nothing on a server for a time, by mark.
mutes = Table(
    "mutes",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("mark", String(32), primary_key=True),
    Column("until", Moment, nullable=False),
    Column("case_id", _OWN_ID, ForeignKey("cases.id"), nullable=False),
)

# What moderators have written down about members, for themselves.
member_notes = Table(
    "member_notes",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("by_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "member_id", "guild_id"),
)

# Who wants no votes of theirs stored, by mark.
opt_outs = Table(
    "opt_outs",
    metadata,
    Column("mark", String(32), primary_key=True),
)

# What members report about a point or a message; with neither it is a tip. `before` is what could be done with a point
# that it holds.
reports = Table(
    "reports",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id")),
    Column("point_id", _OWN_ID, ForeignKey("points.id"), unique=True),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger, unique=True),
    Column("author_id", BigInteger),
    Column("status", String(16), nullable=False),
    Column("before", String(16)),
    Column("reopened", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", Moment),
    Index(None, "guild_id", "status"),
    sqlite_autoincrement=True,  # a number is in buttons that outlive its row
)

# What each member says in a report.
voices = Table(
    "voices",
    metadata,
    Column("report_id", _OWN_ID, ForeignKey("reports.id"), primary_key=True),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reason", String(16)),
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "member_id", "at"),
    Index(None, "at"),
)

# Replies with a side, under the point they argue about. Where one is typed, `message_id` is the member's own message;
# `shown_id` is the bot's, in the point's thread. `case_id` is the case by which a moderator took it away.
arguments = Table(
    "arguments",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("point_id", _OWN_ID, ForeignKey("points.id"), nullable=False),
    Column("author_id", BigInteger),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    Column("ordinal", Integer, nullable=False),
    Column("side", String(16)),
    Column("text", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("quoted_channel_id", BigInteger),
    Column("quoted_message_id", BigInteger),
    Column("status", String(16), nullable=False),
    Column("shown_id", BigInteger),
    Column("at", Moment, nullable=False),
    Column("edited_at", Moment),
    Column("case_id", _OWN_ID, ForeignKey("cases.id"), unique=True),
    UniqueConstraint("message_id", "ordinal", "point_id"),
    Index(None, "point_id", "status"),
    Index(None, "author_id", "at"),
    Index(None, "shown_id"),
    sqlite_autoincrement=True,  # a number is in buttons that outlive its row
)

# Who backs an argument (+1) or votes it down (-1).
backings = Table(
    "backings",
    metadata,
    Column("argument_id", _OWN_ID, ForeignKey("arguments.id"), primary_key=True),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("direction", SmallInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "member_id"),
)

# Who follows a critique, or its weekly digest.
follows = Table(
    "follows",
    metadata,
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id"), primary_key=True),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("what", String(16), primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "member_id"),
)

# How each follower is told: up to which happening they are (`heard`) and are being told (`telling`), in which direct
# message, opened when; `closed_at` is when Discord said that they take none.
followers = Table(
    "followers",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("quiet_from", SmallInteger, nullable=False),  # hours of the server's clock
    Column("quiet_to", SmallInteger, nullable=False),
    Column("heard", BigInteger, nullable=False),
    Column("telling", BigInteger),
    Column("told_at", Moment),
    Column("channel_id", BigInteger),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
    Index(None, "opened_at"),
)

# What followers are told of, once for all of them.
happenings = Table(
    "happenings",
    metadata,
    Column("id", _OWN_ID, primary_key=True),
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id"), nullable=False),
    Column("point_id", _OWN_ID, ForeignKey("points.id")),
    Column("what", String(16), nullable=False),
    Column("member_id", BigInteger),
    Column("at", Moment, nullable=False),
    Index(None, "critique_id", "what", "id"),
    Index(None, "at"),
    sqlite_autoincrement=True,  # followers are told up to a number
)

# Which side leads on a point, as it was last looked at, and when that last turned.
leads = Table(
    "leads",
    metadata,
    Column("point_id", _OWN_ID, ForeignKey("points.id"), primary_key=True),
    Column("side", SmallInteger, nullable=False),
    Column("turned_at", Moment),
)

# When members last caught up with a critique.
visits = Table(
    "visits",
    metadata,
    Column("critique_id", _OWN_ID, ForeignKey("critiques.id"), primary_key=True),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Index(None, "member_id"),
)
