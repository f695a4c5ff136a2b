"""A refusal: a code and public parameters. Its sentence stands where it is shown."""

from enum import StrEnum


class Code(StrEnum):
    """Why something was refused."""

    NOT_A_MODERATOR = "not-a-moderator"
    NOT_AN_ADMINISTRATOR = "not-an-administrator"
    NO_MODERATOR_ROLE = "no-moderator-role"
    YOUR_OWN = "your-own"
    NOT_YOURS = "not-yours"
    NOT_TAKEN = "not-taken"
    CLAIM_GONE = "claim-gone"
    EDIT_HELD = "edit-held"
    NO_DOCUMENT = "no-document"
    NOTHING_IN_MESSAGE = "nothing-in-message"
    TWO_DOCUMENTS = "two-documents"
    DOCUMENT_TOO_LARGE = "document-too-large"
    NO_HOME = "no-home"
    HOME_UNUSABLE = "home-unusable"
    DRAFT_GONE = "draft-gone"
    DRAFT_EDITED = "draft-edited"
    LAST_POINT = "last-point"
    NO_CRITIQUE = "no-critique"
    SEVERAL_CRITIQUES = "several-critiques"
    NO_SUCH_CRITIQUE = "no-such-critique"
    TOO_MANY_POINTS = "too-many-points"
    POINT_TOO_LONG = "point-too-long"
    NO_POINT = "no-point"
    DECIDED = "decided"
    SAME_EMOJI = "same-emoji"
    NO_EMOJI = "no-emoji"
    NOT_MADE = "not-made"
    NO_HOME_YET = "no-home-yet"
    CANNOT_MAKE = "cannot-make"
    NO_MODERATORS_CHANNEL = "no-moderators-channel"
    NO_CRITIQUE_IN_STATE = "no-critique-in-state"
    SEVERAL_SO_CALLED = "several-so-called"
    STATE_CHANGED = "state-changed"
    TOO_MANY_THREADS = "too-many-threads"
    CRITIQUE_CLOSED = "critique-closed"
    NO_WORDS = "no-words"
    NOT_YOUR_MESSAGE = "not-your-message"
    NO_MEMBERS_MESSAGE = "no-members-message"
    SEVERAL_FOR_MESSAGE = "several-for-message"
    ON_THE_LIST = "on-the-list"
    NOT_YOUR_POINT = "not-your-point"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    NO_CASE = "no-case"
    APPEALED = "appealed"
    NO_APPEAL = "no-appeal"
    ANSWERED = "answered"
    CANNOT_GRANT = "cannot-grant"
    NOTHING_TO_UNDO = "nothing-to-undo"
    NOT_UNTOUCHED = "not-untouched"
    CANNOT_CLEAR = "cannot-clear"
    NO_SPAN = "no-span"
    MEMBER_OR_SINCE = "member-or-since"
    MEMBER_OR_CASE = "member-or-case"
    MEMBER_OR_POINT = "member-or-point"
    NOTHING_EXCLUDED = "nothing-excluded"
    EXCLUDED_ALREADY = "excluded-already"
    MUTED = "muted"
    NOT_MUTED = "not-muted"
    NOT_A_BOT = "not-a-bot"
    NOT_OPTED_OUT = "not-opted-out"
    OPTED_OUT_ALREADY = "opted-out-already"
    OTHER_CRITIQUE = "other-critique"
    MERGE_LOOP = "merge-loop"
    MERGED = "merged"
    MERGED_LONG_AGO = "merged-long-ago"
    EDITED_MEANWHILE = "edited-meanwhile"
    TOO_LONG_TO_EDIT = "too-long-to-edit"


class Refusal(Exception):
    """Something that the bot will not do, with what its sentence needs to say."""

    def __init__(self, code: Code, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Unavailable(Exception):
    """What is stored cannot be read or changed now. It is nobody's act that is refused, and it may pass."""
