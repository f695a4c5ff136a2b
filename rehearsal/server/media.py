"""Promises what `attachment://` means in embeds and components: a file of the same message.

docs: reference#editing-message-attachments, components/reference#unfurled-media-item. Rules:
1. A component names a file that the message has; an embed that names none has no picture.
2. Files that are named there are left out of the message's list of attachments (docs: resources/message).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from rehearsal.server.forms import Form
from rehearsal.server.model import Json

SCHEME = "attachment://"


def check(form: Form, names: Sequence[str]) -> None:
    """Notes on the form every file that its components name and that is none of these."""
    for path, address in _named(form.body.get("components"), ("components",)):
        if address.removeprefix(SCHEME) not in names:
            Form({}, (*form.path, *path), form.faults).wrong(
                "url",
                "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                f'The referenced attachment ("{address}") was not found',
            )


def _named(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every address of a file, with the path of the object it stands in."""
    if isinstance(value, list):
        for place, each in enumerate(value):
            yield from _named(each, (*path, str(place)))
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "url" and isinstance(each, str) and each.startswith(SCHEME):
                yield path, each
            yield from _named(each, (*path, name))


def unnamed(files: list[Json], *parts: Any) -> list[Json]:
    """The attachments that nothing in these parts of the message names."""
    named = {address for part in parts for _, address in _named(part, ())}
    return [each for each in files if SCHEME + each["filename"] not in named]


def resolve(value: Any, files: dict[str, Json]) -> Any:
    """Embeds or components with every `attachment://` replaced by the file's own address; `files` are attachments
    by the address that names them.
    """
    if isinstance(value, list):
        return [resolve(each, files) for each in value]
    if not isinstance(value, dict):
        return value
    shape = {name: resolve(each, files) for name, each in value.items()}
    file = files.get(str(value.get("url")))
    if file is not None:
        shape |= {"url": file["url"], "proxy_url": file["url"]}
        if "id" in value:  # a component's media item rather than an embed's picture
            shape |= {"content_type": file["content_type"], "attachment_id": file["id"]}
    held = value.get("file")
    if isinstance(held, dict) and (file := files.get(held["url"])):
        shape |= {"name": file["filename"], "size": file["size"]}
    return shape
