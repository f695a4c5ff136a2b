"""Promises files: taken from a request, kept in the state, and fetched again by the address in the message.

docs: reference#uploading-files, resources/message#attachment-object
"""

from typing import Any
from urllib.parse import quote

from aiohttp import web

from rehearsal.server import media
from rehearsal.server.forms import Form
from rehearsal.server.model import Json, Upload
from rehearsal.server.stage import Stage

MOST_FILES = 10
PREFIX = "/attachments"


def keep(stage: Stage, channel_id: int, upload: Upload, description: str | None = None) -> Json:
    """Stores the file; the attachment object that names it, whose address `message_shapes.attachment` completes."""
    upload.id = stage.world.ids.next()
    stage.world.uploads[upload.id] = upload
    stage.world.save(upload)
    address = f"{PREFIX}/{channel_id}/{upload.id}/{quote(upload.filename)}"
    shape: dict[str, Any] = {
        "id": str(upload.id),
        "filename": upload.filename,
        "size": len(upload.data),
        "url": address,
        "proxy_url": address,
        "content_type": upload.content_type,
    }
    if description:
        shape["description"] = description
    return shape


def attach(
    stage: Stage, form: Form, files: dict[str, Upload], channel_id: int, kept: list[Json] | None = None
) -> list[Json]:
    """The attachments a message has afterwards: those of `kept` the request still lists (all of them when it
    lists none at all), then the files that came with it.
    """
    listed = form.forms("attachments", most=MOST_FILES)
    names = {str(each.given("id")): each for each in listed}
    if len(files) > MOST_FILES:
        form.wrong("attachments", "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_FILES} or fewer in length.")
    form.check()
    before = kept or []
    stay = before if form.given("attachments") is None else [each for each in before if each["id"] in names]
    known = {each["id"] for each in before}
    for name, entry in names.items():
        if name not in known and name not in files:
            entry.wrong("id", "MESSAGE_ATTACHMENT_NOT_FOUND", "The attachment is not part of this message.")
    for place, upload in files.items():
        entry = names.get(place)
        upload.filename = (entry.text("filename", most=1024) if entry else None) or upload.filename
    media.check(form, [*(each["filename"] for each in stay), *(each.filename for each in files.values())])
    form.check()
    new = []
    for place, upload in files.items():
        entry = names.get(place)
        new.append(keep(stage, channel_id, upload, entry.text("description", most=1024) if entry else None))
    return [*stay, *new]


def serve(stage: Stage, upload_id: int) -> web.Response:
    """The file's bytes; no token is asked, as on Discord's own network."""
    upload = stage.world.uploads.get(upload_id)
    if upload is None:
        return web.Response(status=404)
    return web.Response(body=upload.data, headers={"Content-Type": upload.content_type})
