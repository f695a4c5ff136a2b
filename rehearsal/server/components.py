"""Promises message components as Discord checks and prints them (docs: components/reference).

Rules:
1. Without the Components V2 flag: at most five action rows, nothing else. With it: 40 components in all, nested
   ones counted, and 4,000 characters of text.
2. A row holds up to five buttons, or one select.
3. Custom ids are unique in a message. Components without an id are numbered.
"""

from collections.abc import Callable, Iterator
from typing import Any

from rehearsal.server import media, selects
from rehearsal.server.component_parts import emoji, present
from rehearsal.server.forms import Form
from rehearsal.server.model import Json

ROW, BUTTON = 1, 2
SELECTS = selects.KINDS
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
MOST_ROWS, MOST_COMPONENTS, MOST_CHARACTERS = 5, 40, 4000


def read(form: Form, second_version: bool) -> list[Json]:
    """The request's components as the message will show them; faults are noted on the form."""
    top = form.forms("components", most=MOST_COMPONENTS if second_version else MOST_ROWS)
    allowed = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER) if second_version else (ROW,)
    found = [_component(each, allowed) for each in top]
    everything = list(walk(found))
    _unique(form, everything)
    if len(everything) > MOST_COMPONENTS:
        form.wrong("components", "COMPONENT_MAX_TOTAL", f"Must have {MOST_COMPONENTS} or fewer components.")
    if sum(len(each.get("content", "")) for each in everything) > MOST_CHARACTERS:
        form.wrong("components", "COMPONENT_MAX_TEXT", f"Must be {MOST_CHARACTERS} or fewer in length.")
    number(everything)
    return found


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, nested ones after their parent."""
    for each in components:
        yield each
        yield from walk(each.get("components", []))
        if "accessory" in each:
            yield from walk([each["accessory"]])


def _component(form: Form, allowed: tuple[int, ...]) -> Json:
    kind = form.kind(allowed)
    shape: dict[str, Any] = {"type": kind}
    if (given := form.integer("id", least=0, most=2**31 - 1)) is not None:
        shape["id"] = given
    return {**shape, **_READERS[kind](form)} if kind is not None else shape


def _row(form: Form) -> Json:
    children = form.forms("components", least=1, most=5, required=True)
    found = [_component(each, (BUTTON, *SELECTS)) for each in children]
    if len(found) > 1 and any(each["type"] in SELECTS for each in found):
        form.wrong("components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the width")
    return {"components": found}


def _button(form: Form) -> Json:
    """Styles 1 to 4 carry a custom id, 5 an address, 6 a product."""
    style = form.choice("style", range(1, 7), required=True)
    shape = present(
        style=style,
        label=form.text("label", most=80),
        emoji=emoji(form.child("emoji")),
        custom_id=form.text("custom_id", least=1, most=100, required=style in (1, 2, 3, 4)),
        url=form.text("url", most=512, required=style == 5),
        sku_id=form.given("sku_id", required=style == 6),
        disabled=form.boolean("disabled"),
    )
    if style == 5 and "custom_id" in shape:
        form.wrong("custom_id", "BUTTON_COMPONENT_INVALID_CUSTOM_ID", "A link button cannot have a custom id")
    if style in (1, 2, 3, 4) and "url" in shape:
        form.wrong("url", "BUTTON_COMPONENT_INVALID_URL", "Only a link button can have a url")
    if style != 6 and not shape.get("label") and "emoji" not in shape:
        form.wrong(None, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is required")
    return shape


def _section(form: Form) -> Json:
    texts = [_component(each, (TEXT,)) for each in form.forms("components", least=1, most=3, required=True)]
    accessory = form.child("accessory", required=True)
    return {"components": texts, "accessory": _component(accessory, (BUTTON, THUMBNAIL)) if accessory else {}}


def _text(form: Form) -> Json:
    return {"content": form.text("content", least=1, most=MOST_CHARACTERS, required=True) or ""}


def _media(form: Form | None, schemes: tuple[str, ...] = ("http://", "https://", media.SCHEME)) -> Json:
    address = form.text("url", most=2048, required=True) if form else ""
    if form and address and not address.startswith(schemes):
        form.wrong("url", "URL_TYPE_INVALID_SCHEME", f"The address must start with one of {schemes}.")
    return {"id": "0", "url": address or "", "proxy_url": address or ""}


def _thumbnail(form: Form) -> Json:
    return {
        "media": _media(form.child("media", required=True)),
        "description": form.text("description", most=1024),
        "spoiler": form.boolean("spoiler") or False,
    }


def _gallery(form: Form) -> Json:
    return {"items": [_thumbnail(each) for each in form.forms("items", least=1, most=10, required=True)]}


def _file(form: Form) -> Json:
    """Only a file of the message itself can be shown (docs: #file)."""
    item = _media(form.child("file", required=True), (media.SCHEME,))
    return {"file": item, "name": None, "size": None, "spoiler": form.boolean("spoiler") or False}


def _separator(form: Form) -> Json:
    divider = form.boolean("divider")
    spacing = form.choice("spacing", (1, 2))
    return {"divider": True if divider is None else divider, "spacing": spacing or 1}


def _container(form: Form) -> Json:
    allowed = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
    children = form.forms("components", least=1, most=MOST_COMPONENTS, required=True)
    return {
        "accent_color": form.integer("accent_color", least=0, most=0xFFFFFF),
        "spoiler": form.boolean("spoiler") or False,
        "components": [_component(each, allowed) for each in children],
    }


_READERS: dict[int, Callable[[Form], Json]] = {
    ROW: _row,
    BUTTON: _button,
    **dict.fromkeys(SELECTS, selects.read),
    SECTION: _section,
    TEXT: _text,
    THUMBNAIL: _thumbnail,
    GALLERY: _gallery,
    FILE: _file,
    SEPARATOR: _separator,
    CONTAINER: _container,
}


def _unique(form: Form, everything: list[Json]) -> None:
    ids = [each["custom_id"] for each in everything if "custom_id" in each]
    if len(ids) != len(set(ids)):
        form.wrong("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")


def number(everything: list[Json]) -> None:
    """Ids are given in order to those that came without one (docs: components/reference#anatomy-of-a-component)."""
    taken = {each["id"] for each in everything if each.get("id")}
    place = 0
    for each in everything:
        if not each.get("id"):
            place += 1
            while place in taken:
                place += 1
            each["id"] = place
