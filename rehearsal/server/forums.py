"""Promises forums and their posts: tags, what a forum's settings may be, a post with its first message.

docs: topics/threads#forums, resources/channel#start-thread-in-forum-or-media-channel. Rules:
1. A post's first message has the post's own id. A nonce means nothing here.
2. SEND_MESSAGES in the forum is enough for a post; CREATE_PUBLIC_THREADS is not asked for.
3. A forum has 20 tags with names of their own (40061), a post 5; whoever puts on or takes off a moderated
   one needs MANAGE_THREADS.
4. One post can be pinned (30047; the number is from Discord's client, its documentation names none).
"""

from collections.abc import Iterable

from rehearsal.server import drafts, emoji, message_shapes, posting, shapes, uploads
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, ChannelFlag, ChannelKind, ForumState, Guild, Tag, ThreadState
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call
from rehearsal.server.world import World

MOST_TAGS = 20
MOST_APPLIED = 5
MOST_PINNED = 1
FIELDS = frozenset(
    {
        "available_tags",
        "default_reaction_emoji",
        "default_sort_order",
        "default_forum_layout",
        "default_thread_rate_limit_per_user",
        "flags",
    }
)


# --- a forum's settings (docs: resources/channel#modify-channel) ------------------------------------------------
def configure(world: World, channel: Channel, form: Form) -> None:
    """Takes what the form says of a forum; the caller checks the form before and after."""
    state = channel.forum
    assert state is not None  # noqa: S101 - the caller looked
    tags = _tags(world, state, form)
    reaction = form.child("default_reaction_emoji")
    sort_order = form.choice("default_sort_order", (0, 1))
    layout = form.choice("default_forum_layout", (0, 1, 2))
    slowmode = form.integer("default_thread_rate_limit_per_user", least=0, most=21600)
    flags = form.integer("flags")
    form.check()
    if tags is not None:
        _replace(world, channel, state, tags)
    if "default_reaction_emoji" in form:
        state.reaction = None if reaction is None else _reaction(world.guilds[channel.guild_id or 0], reaction)
    state.sort_order = sort_order if "default_sort_order" in form else state.sort_order
    state.layout = state.layout if layout is None else layout
    state.thread_slowmode = state.thread_slowmode if slowmode is None else slowmode
    if flags is not None:
        channel.flags = flags & ChannelFlag.REQUIRE_TAG


def _reaction(guild: Guild, form: Form) -> dict[str, object]:
    """docs: resources/channel#default-reaction-object: one of the two is null"""
    emoji_id, name = form.snowflake("emoji_id"), form.text("emoji_name", most=32)
    form.check()
    known = emoji.standard(name) if name else emoji_id in guild.emoji
    if not known or (name and emoji_id):
        raise refusal(10014)
    return {"emoji_id": str(emoji_id) if emoji_id else None, "emoji_name": name}


def _tags(world: World, state: ForumState, form: Form) -> list[Tag] | None:
    if form.given("available_tags") is None:
        return None
    known = {each.id: each for each in state.tags}
    listed = form.list("available_tags", most=2**31)
    if len(listed) > MOST_TAGS:
        raise refusal(30048)
    found = [_tag(world, each, known) for each in form.forms("available_tags", most=MOST_TAGS)]
    form.check()
    if len({each.name for each in found}) < len(found):
        raise refusal(40061)
    return found


def _tag(world: World, form: Form, known: dict[int, Tag]) -> Tag:
    name = form.text("name", most=20, required=True) or ""
    tag_id = form.snowflake("id")
    if tag_id is not None and tag_id not in known:
        raise refusal(10087)
    moderated = form.boolean("moderated") or False
    emoji_id, emoji_name = form.snowflake("emoji_id"), form.text("emoji_name", most=32)
    return Tag(tag_id or world.ids.next(), name, moderated, emoji_id, emoji_name)


def _replace(world: World, channel: Channel, state: ForumState, tags: list[Tag]) -> None:
    """A tag that goes, goes from every post."""
    state.tags = tags
    kept = {each.id for each in tags}
    for post in world.threads(channel.guild_id):
        if post.parent_id == channel.id and not kept.issuperset(post.applied_tags):
            post.applied_tags = [each for each in post.applied_tags if each in kept]
            world.save(post)


# --- posts ------------------------------------------------------------------------------------------------------
def start(call: Call, forum: Channel, form: Form, thread: Channel) -> shapes.Shape:
    """Opens the post; the shape of its first message, which comes with it."""
    call.need(forum, Permission.SEND_MESSAGES)
    body = form.child("message", required=True)
    form.check()
    assert body is not None  # noqa: S101 - `check` refused
    thread.applied_tags = applied(call, forum, form) or []
    if forum.flags & ChannelFlag.REQUIRE_TAG and not thread.applied_tags:
        raise refusal(40067 if _settable(call, forum) else 40066)
    draft = drafts.read(body)
    if call.files:
        call.need(forum, Permission.ATTACH_FILES)
    if draft.embeds and not call.may(forum, Permission.EMBED_LINKS):
        draft.embeds = []
    drafts.require_something(draft, len(call.files))
    extras = posting.Extras(attachments=uploads.attach(call.stage, body, call.files, thread.id), begins=True)
    stage = call.stage
    stage.world.add_channel(thread)
    forum.last_message_id = thread.id
    stage.world.save(forum)
    stage.events.thread_created(thread)
    posting.join(stage, thread, [call.actor.id], announce=False)
    message = posting.post(stage, call.actor, thread, draft, extras)
    return message_shapes.message(stage.world, message, call.actor.id)


def applied(call: Call, forum: Channel, form: Form, standing: Iterable[int] = ()) -> list[int] | None:
    """The tags the form puts on a post instead of the `standing` ones; None where it leaves them alone.

    Each is known, and what comes or goes is the actor's to set (rule 3).
    """
    if form.given("applied_tags") is None:
        return None
    form.list("applied_tags", most=MOST_APPLIED)
    form.check()
    known = {each.id: each for each in (forum.forum or ForumState()).tags}
    asked = [int(each) for each in form.given("applied_tags")]
    if any(each not in known for each in asked):
        raise refusal(10087)
    if any(known[each].moderated for each in {*asked} ^ {*standing}) and not call.may(forum, Permission.MANAGE_THREADS):
        raise refusal(50013)
    return list(dict.fromkeys(asked))


def _settable(call: Call, forum: Channel) -> bool:
    manages = call.may(forum, Permission.MANAGE_THREADS)
    return any(manages or not each.moderated for each in (forum.forum or ForumState()).tags)


def pin(call: Call, post: Channel, flags: int) -> None:
    """Sets or clears PINNED, the only flag of a post that can be changed (docs: #modify-channel, threads)."""
    call.need(post, Permission.MANAGE_THREADS)
    wanted = flags & ChannelFlag.PINNED
    world = call.stage.world
    if wanted and not post.flags & ChannelFlag.PINNED:
        others = [each for each in world.threads(post.guild_id) if each.parent_id == post.parent_id]
        if sum(bool(each.flags & ChannelFlag.PINNED) for each in others) >= MOST_PINNED:
            raise refusal(30047)
    post.flags = wanted


def bare(call: Call, parent: Channel, form: Form, durations: tuple[int, ...]) -> Channel:
    """A thread of this parent with the name and times the form asks for, not yet anywhere."""
    name = form.text("name", least=1, most=100, required=True) or ""
    minutes = form.choice("auto_archive_duration", durations) or parent.default_auto_archive or 4320
    given = form.integer("rate_limit_per_user", least=0, most=21600)
    form.check()
    slowmode = given if given is not None else (parent.forum.thread_slowmode if parent.forum else 0)
    world = call.stage.world
    now = world.stamp()
    state = ThreadState(call.actor.id, now, now, minutes)
    kind = ChannelKind.PUBLIC_THREAD
    return Channel(world.ids.next(), kind, name, parent.guild_id, parent.id, slowmode=slowmode, thread=state)
