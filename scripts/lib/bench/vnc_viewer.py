"""A viewer that asks QEMU for the whole screen again and again, raw (RFC 6143): the most bytes that VNC can make."""

import struct
import time

SHARED, SECURITY_NONE, RAW = b"\x01", b"\x01", 0
BITS_PER_PIXEL = 32


class Viewer:
    def __init__(self, stream):
        self.stream = stream
        stream.send(stream.exactly(12))
        stream.exactly(*stream.exactly(1))
        stream.send(SECURITY_NONE)
        if stream.exactly(4) != bytes(4):
            raise ConnectionError("QEMU does not let this viewer in")
        stream.send(SHARED)
        self.width, self.height = struct.unpack("!HH", stream.exactly(4))
        stream.exactly(16)
        stream.exactly(*struct.unpack("!I", stream.exactly(4)))
        stream.send(struct.pack("!BxHi", 2, 1, RAW))

    def _ask(self):
        self.stream.send(struct.pack("!BBHHHH", 3, 0, 0, 0, self.width, self.height))

    def _screen(self):
        """The bytes of one answer."""
        kind, rectangles = struct.unpack("!BxH", self.stream.exactly(4))
        if kind != 0:
            raise ConnectionError(f"a message of kind {kind} was not expected")
        # By now QEMU has drawn this answer, so it will not take the next request for the same.
        self._ask()
        count = 4
        for _ in range(rectangles):
            _, _, width, height, encoding = struct.unpack("!HHHHi", self.stream.exactly(12))
            if encoding != RAW:
                raise ConnectionError(f"the encoding {encoding} was not asked for")
            self.stream.skip(width * height * BITS_PER_PIXEL // 8)
            count += 12 + width * height * BITS_PER_PIXEL // 8
        return count

    def watch(self, seconds):
        """The bytes that came."""
        count, end = 0, time.monotonic() + seconds
        self._ask()
        while time.monotonic() < end:
            count += self._screen()
        return count
