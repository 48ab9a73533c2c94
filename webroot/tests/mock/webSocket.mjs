// The server's half of RFC 6455, as much as consoles need: binary messages without fragments.
import { createHash } from 'node:crypto';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function frame(opcode, bytes) {
  const length = bytes.length;
  const header = length < 126 ? Buffer.alloc(2) : length < 65536 ? Buffer.alloc(4) : Buffer.alloc(10);
  header[0] = 0x80 | opcode;
  if (length < 126) header[1] = length;
  else if (length < 65536) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, bytes]);
}

/** The first whole frame of what has come, or undefined. */
function parse(bytes) {
  if (bytes.length < 2) return undefined;
  let length = bytes[1] & 0x7f;
  let at = 2;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = bytes.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  const mask = bytes.subarray(at, at + 4);
  at += 4;
  if (bytes.length < at + length) return undefined;
  const payload = Buffer.from(bytes.subarray(at, at + length));
  for (let i = 0; i < length; i++) payload[i] ^= mask[i & 3];
  return { opcode: bytes[0] & 0x0f, payload, size: at + length };
}

/** Accepts an upgrade; `serve` gets `{ send }` and returns what is called with each message's bytes. */
export function acceptWebSocket(req, socket, serve) {
  const key = createHash('sha1')
    .update(req.headers['sec-websocket-key'] + GUID)
    .digest('base64');
  const protocol = req.headers['sec-websocket-protocol']?.split(',')[0]?.trim();
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n` +
      (protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n\r\n` : '\r\n'),
  );
  const onMessage = serve({ send: (bytes) => socket.writable && socket.write(frame(2, Buffer.from(bytes))) });
  let pending = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (let next = parse(pending); next; next = parse(pending)) {
      pending = pending.subarray(next.size);
      if (next.opcode === 8) socket.end(frame(8, next.payload));
      else if (next.opcode === 9) socket.write(frame(10, next.payload));
      else if (next.opcode < 3) onMessage(next.payload);
    }
  });
}
