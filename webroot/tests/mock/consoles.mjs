// A screen that shows a line for each key, and a serial line that answers what is typed.
const WIDTH = 640;
const HEIGHT = 400;

function serverInit() {
  const name = Buffer.from('mock');
  const bytes = Buffer.alloc(24 + name.length);
  bytes.writeUInt16BE(WIDTH, 0);
  bytes.writeUInt16BE(HEIGHT, 2);
  // 32 bits, depth 24, little endian, true colour; red, green and blue 8 bits each.
  bytes.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0], 4);
  bytes.writeUInt32BE(name.length, 20);
  name.copy(bytes, 24);
  return bytes;
}

function picture(keys) {
  const head = Buffer.alloc(16);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(WIDTH, 8);
  head.writeUInt16BE(HEIGHT, 10);
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 4);
  const text = (row, length) => {
    for (let y = row * 20 + 4; y < row * 20 + 16; y++) {
      for (let x = 8; x < 8 + length; x++) if (x % 12 < 8) pixels.writeUInt32LE(0x00d0d0d0, (y * WIDTH + x) * 4);
    }
  };
  text(0, 300);
  text(1, 60 + 12 * (keys % 40));
  return Buffer.concat([head, pixels]);
}

const SIZES = { 0: 20, 3: 10, 4: 8, 5: 6, 150: 10 };

function sizeOf(bytes) {
  if (bytes[0] === 2) return bytes.length < 4 ? Infinity : 4 + 4 * bytes.readUInt16BE(2);
  if (bytes[0] === 6) return bytes.length < 8 ? Infinity : 8 + Math.abs(bytes.readInt32BE(4));
  return SIZES[bytes[0]] ?? 1;
}

/** ServerCutText of RFC 6143, 7.6.4. */
export function cutText(text) {
  const bytes = Buffer.from(text, 'latin1');
  const head = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

/** RFB 3.8 without security; `onKey` hears the X11 symbol of each key that is pressed, `onCopied` what the viewer's clipboard has. */
export function serveVnc({ send }, onKey = () => undefined, onCopied = () => undefined) {
  let pending = Buffer.alloc(0);
  let keys = 0;
  let wanted = false;
  const show = () => {
    if (wanted) send(picture(keys));
    wanted = false;
  };
  const message = (bytes) => {
    if (bytes[0] === 3) {
      wanted = true;
      if (bytes[1] === 0) show();
    } else if (bytes[0] === 4 && bytes[1] === 1) {
      keys++;
      onKey(bytes.readUInt32BE(4));
      show();
    } else if (bytes[0] === 6) {
      onCopied(bytes.toString('latin1', 8));
    }
  };
  const steps = [
    { size: 12, then: () => send([1, 1]) },
    { size: 1, then: () => send([0, 0, 0, 0]) },
    { size: 1, then: () => send(serverInit()) },
  ];
  send(Buffer.from('RFB 003.008\n'));
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const size = steps[0]?.size ?? (pending.length > 0 ? sizeOf(pending) : Infinity);
      if (pending.length < size) return;
      const part = pending.subarray(0, size);
      pending = pending.subarray(size);
      if (steps.length > 0) steps.shift().then();
      else message(part);
    }
  };
}

/** Echoes as a terminal does, and answers `echo WORDS` like a shell. */
export function serveSerial({ send }) {
  let line = '';
  send(Buffer.from('\r\nmock login: root (automatic)\r\n# '));
  return (chunk) => {
    for (const character of chunk.toString()) {
      if (character !== '\r') {
        line += character;
        send(Buffer.from(character));
        continue;
      }
      const said = /^echo (.*)$/.exec(line)?.[1]?.replace(/\$\(\((\d+)\+(\d+)\)\)/g, (_, a, b) => +a + +b);
      send(Buffer.from(`\r\n${said === undefined ? '' : `${said}\r\n`}# `));
      line = '';
    }
  };
}
