"""Promises the frames of one connection as its client asked for them: text, or a compressed stream of its own.

docs: events/gateway#transport-compression. Rules:
1. One context per connection: a frame can be read only after all that came before it.
2. `zlib-stream`: every frame ends with the four bytes of a sync flush, 00 00 FF FF.
3. `zstd-stream`: every frame is a whole message, and none ends the stream. Where the library for it is not
   installed, and for a name the documentation does not list, frames stay text, which every client takes.
"""

import zlib
from collections.abc import Callable

try:
    import zstandard
except ModuleNotFoundError:
    zstandard = None

Pack = Callable[[str], str | bytes]


def packer(asked: str | None) -> Pack:
    """What makes a frame of a message's text, given the value of the address's `compress`."""
    if asked == "zlib-stream":
        return _zlib_stream()
    if asked == "zstd-stream" and zstandard is not None:
        return _zstd_stream()
    return lambda text: text


def _zlib_stream() -> Pack:
    stream = zlib.compressobj()
    return lambda text: stream.compress(text.encode()) + stream.flush(zlib.Z_SYNC_FLUSH)


def _zstd_stream() -> Pack:
    assert zstandard is not None  # noqa: S101 - the caller looked
    stream, block_ends = zstandard.ZstdCompressor().compressobj(), zstandard.COMPRESSOBJ_FLUSH_BLOCK
    return lambda text: stream.compress(text.encode()) + stream.flush(block_ends)
