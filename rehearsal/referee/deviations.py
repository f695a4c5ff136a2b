"""Where Discord itself, or stock discord.py with Discord's consent, departs from Discord's OpenAPI file.

One table. Each row matches narrowly: a place in the record, a JSON pointer, a kind of finding and, where the
finding concerns a field, its name. Each says why it is no fault of the stand-in, and who says so. A row that
cannot name its source does not belong here: mend the stand-in instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rehearsal.referee.verdict import Finding

_MESSAGE_EVENT = r"event MESSAGE_(CREATE|UPDATE)"
_COMMANDS = (
    r"(PUT|POST|PATCH) /applications/\{application_id\}(/guilds/\{guild_id\})?"
    r"/commands(/\{command_id\})? request"
)
_CALLBACK = r"POST /interactions/\{interaction_id\}/\{interaction_token\}/callback"
_WEBHOOK = r"POST /webhooks/\{webhook_id\}/\{webhook_token\}"
_GUILD = r"GET /guilds/\{guild_id\}"
_MESSAGE = r"/channels/\{channel_id\}/messages/\{message_id\}"
_ANSWERS = r"/webhooks/\{webhook_id\}/\{webhook_token\}/messages/(@original|\{message_id\})"
_NUMBER = r"\d+ is not of type .*"


@dataclass(frozen=True, slots=True)
class Deviation:
    """A known departure. `where`, `at` and `what` are matched whole; no `fields` means that any will do."""

    name: str
    where: re.Pattern[str]
    at: re.Pattern[str]
    kind: str
    fields: frozenset[str]
    what: re.Pattern[str]
    reason: str
    source: str

    def explains(self, finding: Finding) -> bool:
        """True when this row is the reason for that finding."""
        return (
            finding.kind == self.kind
            and (not self.fields or finding.field in self.fields)
            and self.where.fullmatch(finding.where) is not None
            and self.at.fullmatch(finding.at) is not None
            and self.what.fullmatch(finding.what) is not None
        )


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    at: str
    kind: str
    fields: str = ""
    what: str = r".*"
    deviation: str = field(default="", kw_only=True)
    reason: str = field(kw_only=True)
    source: str = field(kw_only=True)


_ROWS = (
    _Row(
        _MESSAGE_EVENT, r"(/mentions/\d+)?/member", "required", "user",
        deviation="a message's member is partial",
        reason="The author stands beside it, so the member in a message event has no user.",
        source="Discord's documentation, Guild: Guild Member Object, note on `user`",
    ),
    _Row(
        r"event GUILD_CREATE", r"/(channels|threads)/\d+", "required", "guild_id",
        deviation="a dispatched guild's channels lack guild_id",
        reason="Channels inside a guild's dispatch may come without the guild's id.",
        source="Discord's documentation, Channel: Channel Object, `guild_id`",
    ),
    _Row(
        r"event READY", r"/application", "required",
        deviation="READY's application is partial",
        reason="READY carries only the application's id and flags.",
        source="Discord's documentation, Gateway Events: Ready Event Fields, `application`",
    ),
    _Row(
        r"POST /channels/\{channel_id\}/threads response 201", r"", "unknown", "message",
        deviation="a new forum post comes with its message",
        reason="The answer is a channel with the post's first message nested in it.",
        source="Discord's documentation, Channel: Start Thread in Forum or Media Channel",
    ),
    _Row(
        r"POST /channels/\{channel_id\}/threads query", r"", "unknown", "use_nested_fields",
        deviation="a new forum post asks for nested fields",
        reason="discord.py asks so for the message inside the post; Discord takes it without a word.",
        source="discord.py 2.7.1, discord/http.py: start_thread_in_forum",
    ),
    _Row(
        r"POST /channels/\{channel_id\}/threads request", r"(/message)?", "unknown", "type tts",
        deviation="a new forum post says type and tts",
        reason="discord.py sends the type of a public thread, and `tts` false as with every message.",
        source="discord.py 2.7.1, discord/channel.py: ForumChannel.create_thread; discord/http.py:"
        " handle_message_parameters",
    ),
    _Row(
        r"PUT /channels/\{channel_id\}/permissions/\{overwrite_id\} request", r"/(allow|deny)", "type",
        what=r'"\d+" is not of types .*',
        deviation="an overwrite's permissions as a string",
        reason="Permissions are sent as strings of digits; the file asks for a number here.",
        source="Discord's documentation, Channel: Edit Channel Permissions, `allow` and `deny`",
    ),
    _Row(
        r"PUT /channels/\{channel_id\}/permissions/\{overwrite_id\} request", r"", "unknown", "id",
        deviation="an overwrite names its target twice",
        reason="discord.py repeats in the body the id that the path names; Discord passes it over.",
        source="discord.py 2.7.1, discord/http.py: edit_channel_permissions",
    ),
    _Row(
        rf"({_COMMANDS}|[A-Z]+ /applications/\{{application_id\}}(/guilds/\{{guild_id\}})?/commands.* response 20\d)",
        r"/.*/channel_types/\d+", "const",
        deviation="a command may ask for a media channel",
        reason="The file's list of channel types lacks GUILD_MEDIA (16), which discord.py counts among forums.",
        source="Discord's documentation, Channel: Channel Types, GUILD_MEDIA",
    ),
    _Row(
        r"event THREAD_DELETE", r"", "required",
        "flags name owner_id thread_metadata message_count member_count total_message_sent",
        deviation="a deleted thread is partial",
        reason="The event carries only id, guild_id, parent_id and type.",
        source="Discord's documentation, Gateway Events: Thread Delete",
    ),
    _Row(
        r"event INTERACTION_CREATE", r"/channel|/data/resolved/channels/\d+", "required",
        deviation="an interaction's channel is partial",
        reason="Interactions carry partial channel objects.",
        source="Discord's documentation, Receiving and Responding: Interaction Structure, `channel`;"
        " Resolved Data Structure",
    ),
    _Row(
        r"event INTERACTION_CREATE", r"/data/resolved/members/\d+", "required", "user deaf mute",
        deviation="a resolved member is partial",
        reason="Resolved members are missing user, deaf and mute.",
        source="Discord's documentation, Receiving and Responding: Resolved Data Structure, note on members",
    ),
    _Row(
        r".* request", r"/(data/)?attachments/\d+/id", "type",
        what=r"\d is not of type .*",
        deviation="an uploaded file is named by its number",
        reason="In a request an attachment's id may be the plain index n of files[n], as the examples show.",
        source="Discord's documentation, Reference: Uploading Files, example request bodies",
    ),
    _Row(
        r"POST .* request",
        r"(/data)?(/message_reference/(channel|guild|message)_id|/allowed_mentions/(users|roles)/\d+|/recipient_id"
        r"|/messages/\d+|/permission_overwrites/\d+/id)",
        "type",
        what=_NUMBER,
        deviation="an id in a request as a number",
        reason="discord.py sends some ids as numbers; Discord reads a snowflake from either form.",
        source="discord.py 2.7.1, discord/message.py: MessageReference.to_dict; discord/mentions.py:"
        " AllowedMentions.to_dict; discord/http.py: start_private_message, delete_messages",
    ),
    _Row(
        r".* response 4\d\d", r"/errors/.*_errors/\d+/code", "type",
        what=r'"[A-Z_]+" is not of type .*',
        deviation="a form error's code is a word",
        reason="Inside `errors` Discord names each fault by a word such as BASE_TYPE_MAX_LENGTH.",
        source="Discord's documentation, Reference: Error Messages, example error payloads",
    ),
    _Row(
        _COMMANDS, r"(/\d+)?", "unknown", "nsfw",
        deviation="commands may be marked age-restricted",
        reason="The file leaves `nsfw` out of a command being created; the documentation lists it.",
        source="Discord's documentation, Application Commands: Create Global Application Command, `nsfw`",
    ),
    _Row(
        rf"({_CALLBACK}|{_WEBHOOK}|{_GUILD}|GET /users/@me/guilds) query",
        r"/(with_response|wait|with_components|with_counts)", "type",
        what=r"[01] is not of type .*",
        deviation="a flag in a query as a number",
        reason="discord.py sends such flags as 1 or 0; Discord reads them as true and false.",
        source="discord.py 2.7.1, discord/webhook/async_.py: create_interaction_response, execute_webhook;"
        " discord/http.py: get_guild, get_guilds",
    ),
    _Row(
        _CALLBACK + " request", r"/data", "unknown", "tts",
        deviation="an update by an interaction says tts",
        reason="One structure is documented for all messages of an interaction's answers, and `tts` is in it.",
        source="Discord's documentation, Receiving and Responding: Interaction Callback Data, Messages",
    ),
    _Row(
        r"(POST|PATCH) .* request", r"(/data)?/embeds/\d+", "unknown", "flags",
        deviation="an embed in a request bears flags",
        reason="The embed structure has `flags`, and discord.py sends back what the structure has; the file lists"
        " it only in what Discord answers.",
        source="Discord's documentation, Message: Embed Object, `flags`; discord.py 2.7.1, discord/embeds.py: to_dict",
    ),
    _Row(
        rf"PATCH ({_ANSWERS}|{_MESSAGE}) request", r"", "unknown", "tts",
        deviation="an edited message says tts",
        reason="discord.py sends `tts` false with every message, new or edited; Discord ignores it in edits.",
        source="discord.py 2.7.1, discord/http.py, handle_message_parameters",
    ),
)  # fmt: skip

DEVIATIONS = tuple(
    Deviation(
        row.deviation, re.compile(row.where), re.compile(row.at), row.kind,
        frozenset(row.fields.split()), re.compile(row.what), row.reason, row.source,
    )
    for row in _ROWS
)  # fmt: skip


def known(finding: Finding) -> Deviation | None:
    """The row that explains a finding, or None: then it is a mismatch."""
    return next((row for row in DEVIATIONS if row.explains(finding)), None)
