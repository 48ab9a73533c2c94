"""As much of RFC 6455 as it takes to be a console's client: binary frames, unmasked from the server, counted as they come."""

import base64
import os
import socket
import struct

BINARY, CLOSE, PING, PONG = 0x2, 0x8, 0x9, 0xA
CHUNK = 1 << 18


class WebSocket:
    """A byte stream over binary frames. The caller's TLS context decides who is trusted."""

    def __init__(self, port, path, context):
        self.socket = context.wrap_socket(socket.create_connection(("localhost", port)), server_hostname="localhost")
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: https://localhost:{port}\r\n"
                             "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                             f"Sec-WebSocket-Protocol: binary\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
        self.chunk = memoryview(bytearray(CHUNK))
        self.begin = self.end = 0
        self.payload = 0
        self._shake_hands()

    def _shake_hands(self):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += bytes(self._raw(1))
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head.decode())

    def _fill(self):
        self.begin, self.end = 0, self.socket.recv_into(self.chunk)
        if self.end == 0:
            raise ConnectionError("the server ended the connection")

    def _raw(self, most):
        """Some bytes, at most that many; valid until the next call."""
        if self.begin == self.end:
            self._fill()
        taken = min(most, self.end - self.begin)
        self.begin += taken
        return self.chunk[self.begin - taken:self.begin]

    def _exactly(self, count):
        found = bytes(self._raw(count))
        while len(found) < count:
            found += bytes(self._raw(count - len(found)))
        return found

    def _next_frame(self):
        kind, length = struct.unpack("!BB", self._exactly(2))
        if length == 126:
            length, = struct.unpack("!H", self._exactly(2))
        elif length == 127:
            length, = struct.unpack("!Q", self._exactly(8))
        if kind & 0xF == CLOSE:
            raise ConnectionError(f"the server closed the WebSocket: {self._exactly(length)[2:].decode()}")
        if kind & 0xF == PING:
            self._send(PONG, self._exactly(length))
        elif kind & 0xF != PONG:
            self.payload = length

    def some(self, most):
        """Some bytes of the stream, at most that many; valid until the next call."""
        while self.payload == 0:
            self._next_frame()
        part = self._raw(min(most, self.payload))
        self.payload -= len(part)
        return part

    def exactly(self, count):
        found = b""
        while len(found) < count:
            found += bytes(self.some(count - len(found)))
        return found

    def skip(self, count):
        while count:
            count -= len(self.some(count))

    def send(self, data):
        self._send(BINARY, data)

    def _send(self, kind, data):
        """A mask of zeros is a mask, and leaves the bytes as they are; our messages are short."""
        self.socket.sendall(struct.pack("!BB4x", 0x80 | kind, 0x80 | len(data)) + data)

    def close(self):
        self.socket.close()
