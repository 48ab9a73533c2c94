// What a VM or host used: waves, and a while in which nothing was measured.
import { GIB } from './data.mjs';

const MIB = 2 ** 20;

const LEVELS = [
  [3600, 5, 1],
  [86_400, 60, 1],
  [Infinity, 900, 2],
];
/** Shares of each hour, back from now: what is newest is always known. */
const AWAY = [0.55, 0.63];

const wave = (at, length, least, most) => least + ((most - least) * (1 + Math.sin(at / length))) / 2;

const MACHINE = {
  vms: [
    ['cpuPercent', '%', (at) => wave(at, 200, 5, 160)],
    ['cpuOfAllPercent', '%', (at) => wave(at, 200, 2.5, 80)],
    ['cpuCount', '1', () => 2],
    ['memoryActual', 'B', () => 2 * GIB],
    ['memoryAvailable', 'B', () => 1.9 * GIB],
    ['memoryUsable', 'B', (at) => wave(at, 900, 0.4, 1.2) * GIB],
    ['memoryResident', 'B', (at) => wave(at, 2000, 1.7, 1.8) * GIB],
  ],
  hosts: [
    ['cpuPercent', '%', (at) => wave(at, 200, 30, 700)],
    ['cpuOfAllPercent', '%', (at) => wave(at, 200, 4, 88)],
    ['cpuCount', '1', () => 8],
    ['memoryTotal', 'B', () => 64 * GIB],
    ['memoryUsed', 'B', (at) => wave(at, 900, 30, 41) * GIB],
    ['load', '1', (at) => wave(at, 150, 0.4, 9)],
  ],
};
const DISK = [
  ['readBytes', 'B/s', (at) => wave(at, 70, 0, 30) * MIB],
  ['writtenBytes', 'B/s', (at) => wave(at, 50, 0, 12) * MIB],
  ['readOperations', '1/s', (at) => wave(at, 70, 0, 900)],
  ['writeOperations', '1/s', (at) => wave(at, 50, 0, 300)],
  ['flushOperations', '1/s', (at) => wave(at, 50, 0, 20)],
  ['readLatency', 's', (at) => wave(at, 90, 0.0002, 0.002)],
  ['writeLatency', 's', (at) => wave(at, 60, 0.0005, 0.009)],
  ['flushLatency', 's', (at) => wave(at, 60, 0.001, 0.02)],
];
const NIC = [
  ['receivedBytes', 'B/s', (at) => wave(at, 100, 0, 3) * MIB],
  ['sentBytes', 'B/s', (at) => wave(at, 80, 0, 1) * MIB],
  ['receivedPackets', '1/s', (at) => wave(at, 100, 0, 2400)],
  ['sentPackets', '1/s', (at) => wave(at, 80, 0, 900)],
  ['errors', '1/s', () => 0],
  ['drops', '1/s', () => 0],
];

/** As the contract says; `control` may say that nothing was measured, or why nothing is now. */
export function statisticsOf(plural, item, query, control) {
  const now = Math.floor(Date.now() / 1000);
  const asked = Math.floor(Date.parse(query.get('from') ?? new Date((now - 3600) * 1000)) / 1000);
  const wished = Number(query.get('resolution'));
  const [, kept, merged] = LEVELS.find(([span, step]) => (wished ? step === wished : now - asked <= span + step));
  const step = wished ? kept : kept * merged;
  const first = asked - (asked % step);
  const times = [];
  for (let at = first; at <= now; at += step) times.push(at);
  const away = (at) => (now - at) % 3600 > AWAY[0] * 3600 && (now - at) % 3600 < AWAY[1] * 3600;
  const of =
    (kind, device) =>
    ([name, unit, value]) => ({
      name,
      kind,
      ...(device ? { device } : {}),
      unit,
      values: times.map((at) => (away(at) ? null : value(at))),
    });
  const disks = plural === 'hosts' ? ['sda'] : ['vda', 'vdb'];
  const series = [
    ...MACHINE[plural].map(of('machine')),
    ...disks.flatMap((disk) => DISK.map(of('disk', disk))),
    ...NIC.map(of('nic', plural === 'hosts' ? 'eth0' : '0')),
  ];
  const iso = (at) => new Date(at * 1000).toISOString();
  return {
    hostId: plural === 'hosts' ? item.id : item.hostId,
    from: iso(first),
    to: iso(now),
    resolutionSeconds: step,
    times,
    series: control.nothingMeasured ? [] : series,
    ...(control.notMeasuredNow ? { problem: control.notMeasuredNow } : {}),
  };
}
