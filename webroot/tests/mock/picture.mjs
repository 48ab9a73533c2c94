// A screen with a few lines of text, as PNG: grey, 8 bits (PNG specification, 11.2.2).
import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 160;
const HEIGHT = 100;

function chunk(type, data) {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** `lines` lines, the last one half as long. */
export function picture(lines) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head[8] = 8;
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT);
  for (let line = 0; line < lines; line++) {
    const end = line === lines - 1 ? 60 : 120;
    for (let y = line * 8 + 5; y < line * 8 + 9; y++) {
      for (let x = 6; x < end; x++) if (x % 5 < 3) rows[y * (WIDTH + 1) + 1 + x] = 200;
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The picture of a VM's screen. */
export function pictureAnswer(vm, control, problem) {
  if (control.noPicture) return problem(503, 'UNAVAILABLE', 'The host of this VM does not answer.');
  return { status: 200, bytes: picture(vm.name.length), headers: { 'content-type': 'image/png' } };
}
