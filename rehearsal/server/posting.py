"""Promises what happens when a message comes, changes or goes: state first, then the events.

docs: resources/message, topics/threads. Rules:
1. A message in an archived, unlocked thread opens it again; in an archived, locked one it needs MANAGE_THREADS.
2. Who writes in a thread, or is mentioned in it, joins it; an application that answers an interaction does not.
3. `message_count` counts neither the starter (in a forum, the post's own first message) nor system messages that
   are not in the thread.
"""

from dataclasses import dataclass, field

from rehearsal.server import mentions
from rehearsal.server.drafts import Draft
from rehearsal.server.errors import refusal
from rehearsal.server.model import Channel, Json, Message, MessageFlag, MessageKind, User
from rehearsal.server.permissions import Permission
from rehearsal.server.stage import Stage

MOST_MEMBERS = 1000


@dataclass(slots=True)
class Extras:
    """What a message has besides its body, by the way it came about."""

    kind: int = MessageKind.DEFAULT
    attachments: list[Json] = field(default_factory=list)
    reference: dict[str, Json] | None = None
    replied: Message | None = None
    interaction: dict[str, Json] | None = None
    seen_only_by: int | None = None
    flags: int = 0
    nonce: object = None
    begins: bool = False  # the first message of a forum post, which has the post's own id


def post(stage: Stage, author: User, channel: Channel, draft: Draft, extras: Extras) -> Message:
    """A new message. The caller has checked that the author may."""
    world = stage.world
    message = Message(
        channel.id if extras.begins else world.ids.next(),
        channel.id,
        author.id,
        kind=extras.kind,
        content=draft.content or "",
        embeds=draft.embeds or [],
        attachments=extras.attachments,
        components=draft.components or [],
        flags=(draft.flags or 0) | extras.flags,
        tts=draft.tts,
        reference=extras.reference,
        application_id=world.application_id if extras.interaction else None,
        interaction=extras.interaction,
        seen_only_by=extras.seen_only_by,
    )
    _mention(stage, author, channel, message, draft.allowed, extras.replied)
    if message.seen_only_by is None:
        if extras.begins:
            message.position = 0
        else:
            _enter_thread(stage, channel, message)
        channel.last_message_id = message.id
        world.save(channel)
    world.add_message(message)
    stage.events.message_created(message, extras.nonce)
    return message


def system(stage: Stage, author: User, channel: Channel, kind: int, **parts: Json) -> Message:
    """A message Discord writes itself in somebody's name."""
    message = Message(stage.world.ids.next(), channel.id, author.id, kind=kind, **parts)
    if channel.thread and kind != MessageKind.THREAD_STARTER_MESSAGE:
        _count(channel, message)
    elif channel.thread:
        message.position = 0
    channel.last_message_id = message.id
    stage.world.save(channel)
    stage.world.add_message(message)
    stage.events.message_created(message)
    return message


def edit(stage: Stage, message: Message, draft: Draft, attachments: list[Json] | None) -> None:
    """Replaces the parts the draft names; flags only as far as an edit may (docs: #edit-message)."""
    channel = stage.world.channels[message.channel_id]
    if draft.content is not None:
        message.content = draft.content
        author = stage.world.users[message.author_id]
        _mention(stage, author, channel, message, draft.allowed, None)
    if draft.embeds is not None:
        message.embeds = draft.embeds
    if draft.components is not None:
        message.components = draft.components
    if attachments is not None:
        message.attachments = attachments
    if draft.flags is not None:
        changeable = MessageFlag.SUPPRESS_EMBEDS
        kept = message.flags & ~changeable
        message.flags = kept | draft.flags & changeable | draft.flags & MessageFlag.IS_COMPONENTS_V2
    if message.flags & MessageFlag.LOADING:
        message.flags &= ~MessageFlag.LOADING
    else:
        message.edited_at = stage.world.stamp()
    stage.world.save(message)
    stage.events.message_updated(message)


def delete(stage: Stage, channel: Channel, message: Message) -> None:
    """The message goes; a thread started from it stays, an orphan."""
    forget(stage, channel, message)
    stage.events.message_deleted(message, channel)


def forget(stage: Stage, channel: Channel, message: Message) -> None:
    stage.world.remove_message(message)
    begins = message.id == channel.id or message.kind == MessageKind.THREAD_STARTER_MESSAGE
    if channel.thread and message.seen_only_by is None and not begins:
        channel.thread.message_count -= 1
        stage.world.save(channel)


def check_open(stage: Stage, actor: User, channel: Channel) -> None:
    """A thread takes messages unless it is locked and the actor does not manage threads."""
    state = channel.thread
    if state is None or not state.locked:
        return
    if not stage.world.granted(actor.id, channel) & Permission.MANAGE_THREADS:
        raise refusal(50083 if state.archived else 160005)


def check_active(channel: Channel) -> None:
    """Nothing but deleting and sending happens in an archived thread (docs: topics/threads)."""
    if channel.thread and channel.thread.archived:
        raise refusal(50083)


def _mention(
    stage: Stage,
    author: User,
    channel: Channel,
    message: Message,
    allowed: mentions.Allowed,
    replied: Message | None,
) -> None:
    found = mentions.find(stage.world, author, channel, message.content, allowed)
    if replied and allowed.replied_user and replied.author_id not in found.users:
        found.users.append(replied.author_id)
    message.mentions, message.mention_roles = found.users, found.roles
    message.mention_everyone = found.everyone


def _enter_thread(stage: Stage, channel: Channel, message: Message) -> None:
    state = channel.thread
    if state is None:
        return
    if state.archived:
        state.archived = False
        state.archive_changed_at = stage.world.stamp()
        stage.world.save(channel)
        stage.events.thread_opened(channel)
    _count(channel, message)
    writing = [] if message.application_id else [message.author_id]
    coming = dict.fromkeys([*writing, *message.mentions])
    join(stage, channel, [each for each in coming if stage.world.sees(each, channel)])


def _count(channel: Channel, message: Message) -> None:
    assert channel.thread is not None  # noqa: S101 - the caller looked
    channel.thread.message_count += 1
    channel.thread.total_sent += 1
    message.position = channel.thread.message_count


def join(stage: Stage, thread: Channel, user_ids: list[int], announce: bool = True) -> list[int]:
    """Adds those who are not in the thread yet, as far as there is room; who was added."""
    assert thread.thread is not None  # noqa: S101 - only threads are joined
    free = MOST_MEMBERS - len(thread.thread.members)
    new = [each for each in user_ids if each not in thread.thread.members][: max(0, free)]
    for user_id in new:
        thread.thread.members[user_id] = stage.world.stamp()
    if new:
        stage.world.save(thread)
        stage.events.thread_joined(thread, new, announce)
    return new
