"""What the operator sets, by environment or `.env`; `.env.example` explains each."""

import re
import unicodedata
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.servers import AGREE, DISAGREE
from bot.core.votes import emoji_key
from bot.texts import _

_CUSTOM_EMOJI = re.compile(r"<a?:\w{2,32}:\d{1,20}>")
_LONGEST_EMOJI = 20  # code points: a family of four with skin tones has eleven


def _address(schemes: tuple[str, ...]) -> AfterValidator:
    def check(value: str | None) -> str | None:
        if value is not None and not value.startswith(schemes):
            raise ValueError(_("it must begin with {schemes}").format(schemes=" or ".join(schemes)))
        return value

    return AfterValidator(check)


def _not_blank(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().strip():
        raise ValueError(_("it is empty; paste the token of your bot from Discord's developer portal"))
    if len(value.get_secret_value().split()) > 1:
        raise ValueError(_("it holds white space; paste the token alone, on one line"))
    return SecretStr(value.get_secret_value().strip())


def _is_ordinary(character: str) -> bool:
    """Letters and spaces; digits and # may begin a keycap."""
    return unicodedata.category(character)[0] in "LZ"


def _emoji(value: str) -> str:
    if _CUSTOM_EMOJI.fullmatch(value) or (value and len(value) <= _LONGEST_EMOJI and not any(map(_is_ordinary, value))):
        return value
    raise ValueError(_("it must be one emoji such as 👍, or a custom one written as <:name:id>"))


class Settings(BaseSettings):
    """The settings, checked. Empty values count as not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    discord_token: Annotated[SecretStr, AfterValidator(_not_blank)]
    database_path: Path = Path("data/point-eleven.sqlite3")
    message_content_intent: bool = True
    home_channel: str | None = None
    digest_channel: str | None = None
    moderator_role: str = "Moderators"
    agree_emoji: Annotated[str, AfterValidator(_emoji)] = AGREE
    disagree_emoji: Annotated[str, AfterValidator(_emoji)] = DISAGREE
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    discord_api_base: Annotated[str | None, _address(("http://", "https://"))] = None
    discord_gateway_url: Annotated[str | None, _address(("ws://", "wss://"))] = None

    @property
    def names(self) -> dict[str, str | None]:
        """What the operator has named, that each server has or has not, by setting."""
        chosen = self.model_fields_set & {"home_channel", "digest_channel", "moderator_role"}
        return {name.upper(): getattr(self, name) for name in sorted(chosen)}

    @model_validator(mode="after")
    def _two_emoji(self) -> Self:
        if emoji_key(self.agree_emoji) == emoji_key(self.disagree_emoji):
            raise ValueError(_("AGREE_EMOJI and DISAGREE_EMOJI must differ"))
        return self


def faults(error: ValidationError) -> list[str]:
    """One sentence per fault, without the value: it may be a secret."""
    return [_fault(".".join(str(part) for part in fault["loc"]).upper(), fault) for fault in error.errors()]


def _fault(name: str, fault: ErrorDetails) -> str:
    kind, message = fault["type"], fault["msg"].removeprefix("Value error, ")
    if kind == "missing":
        return _("{name} is not set; set it in .env or the environment (.env.example explains it).").format(name=name)
    if not name:
        return _("{message}.").format(message=message)
    return _("{name} is wrong: {message}.").format(name=name, message=message[:1].lower() + message[1:])
