"""Promises a message body as it was asked for, held to every limit of Discord's, before anything happens.

docs: resources/message#create-message, #edit-message
"""

from dataclasses import dataclass, field

from rehearsal.server import components, embeds
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.mentions import Allowed, read_allowed
from rehearsal.server.model import Json, MessageFlag

MOST_CHARACTERS = 2000
_SETTABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.IS_COMPONENTS_V2


@dataclass(slots=True)
class Draft:
    """What a request wants a message to be. None: the request leaves that part alone (edits only)."""

    form: Form
    content: str | None = None
    embeds: list[Json] | None = None
    components: list[Json] | None = None
    flags: int | None = None
    tts: bool = False
    allowed: Allowed = field(default_factory=Allowed)

    def empty(self, files: int) -> bool:
        return not (self.content or self.embeds or self.components or files)


def read(form: Form, *, flags_before: int = 0, ephemeral_allowed: bool = False) -> Draft:
    """The body of a new message or an edit; refused if anything in it is wrong."""
    for name in ("poll", "sticker_ids", "shared_client_theme"):
        if form.given(name):
            raise not_modelled(f"a message's {name}")
    flags = form.integer("flags")
    if flags is not None:
        flags &= _SETTABLE | (MessageFlag.EPHEMERAL if ephemeral_allowed else 0)
    second = bool(((flags or 0) | flags_before) & MessageFlag.IS_COMPONENTS_V2)
    draft = Draft(
        form,
        content=_trimmed(form.text("content", most=MOST_CHARACTERS)),
        embeds=embeds.read(form),
        components=components.read(form, second),
        flags=flags,
        tts=form.boolean("tts") or False,
        allowed=read_allowed(form),
    )
    if second and (draft.content or draft.embeds):
        refuse_beside_components(form, "content" if draft.content else "embeds")
    form.check()
    _forget_absent(draft)
    return draft


def refuse_beside_components(form: Form, name: str) -> None:
    """A message of the second version of components has neither content nor embeds, nor keeps any it had
    (docs: resources/message#message-object-message-flags).
    """
    form.wrong(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", f"The '{name}' field cannot be used")
    form.check()


def require_something(draft: Draft, files: int) -> None:
    if draft.empty(files):
        raise refusal(50006)


def _trimmed(text: str | None) -> str | None:
    """Discord takes white space off both ends."""
    return None if text is None else text.strip()


def _forget_absent(draft: Draft) -> None:
    if "content" in draft.form and draft.content is None:
        draft.content = ""
    if "embeds" not in draft.form:
        draft.embeds = None
    if "components" not in draft.form:
        draft.components = None
