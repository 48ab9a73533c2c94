import { describe, expect, it } from 'vitest';
import type { Statistics } from '../core/api/types';
import { CHARTS, devicesOf, inWords, linesOf } from './charts';
import { formatByteRate, formatLatency, formatPercent, formatRate } from './numbers';
import { joined } from './statistics';

function statistics(times: number[], series: Record<string, (number | null)[]>): Statistics {
  return {
    from: '2026-11-29T18:00:00Z',
    to: '2026-11-29T18:30:00Z',
    resolutionSeconds: 5,
    times,
    series: Object.entries(series).map(([path, values]) => {
      const [name = '', device] = path.split('@');
      return { name, kind: device ? 'disk' : 'machine', ...(device ? { device } : {}), unit: 'B', values };
    }),
  };
}

describe('numbers over time', () => {
  it('puts what is new in the place of the end, and forgets what is too old', () => {
    const before = statistics([0, 5, 10, 15], { cpu: [1, 2, null, 4], gone: [7, 7, 7, 7] });
    const since = statistics([10, 15, 20], { cpu: [3, 40, 5], 'readBytes@vda': [1, 2, 3] });
    const both = joined(before, since, 5);
    expect(both.times).toEqual([5, 10, 15, 20]);
    expect(both.series.map(({ name, values }) => [name, values])).toEqual([
      ['cpu', [2, 3, 40, 5]],
      ['gone', [7, null, null, null]],
      ['readBytes', [null, 1, 2, 3]],
    ]);
  });

  it('shows what a guest uses only where its balloon driver says it', () => {
    const memory = CHARTS.vms.find(({ title }) => title === 'Memory');
    if (!memory) throw new Error('there is no chart of memory');
    const read = statistics([0, 5], { memoryAvailable: [10, null], memoryUsable: [4, 3], memoryActual: [12, 12] });
    expect(linesOf(read, memory, undefined).map(({ label, values }) => [label, values])).toEqual([
      ['Used in the guest', [6, null]],
      ['Given to the guest', [12, 12]],
    ]);
  });

  it('keeps devices apart', () => {
    const throughput = CHARTS.vms.find(({ title }) => title === 'Disk throughput');
    if (!throughput) throw new Error('there is no chart of disks');
    const read = statistics([0], { 'readBytes@vda': [1], 'readBytes@vdb': [2], cpuPercent: [3] });
    expect(devicesOf(read, 'disk')).toEqual(['vda', 'vdb']);
    expect(linesOf(read, throughput, 'vdb').map(({ values }) => values)).toEqual([[2]]);
  });

  it('says in words what is now, and that it is not known now', () => {
    const line = { label: 'Load', colour: '', values: [1, null, 3, 2] };
    expect(inWords(line, String)).toBe('Load: 2 now, 2 on average, 3 at most');
    expect(inWords({ ...line, values: [1, null, null, null] }, String)).toContain('not known now');
    expect(inWords({ ...line, values: [null] }, String)).toBe('Load: not known');
  });

  it('has units that people read', () => {
    expect(formatPercent(3.14)).toBe('3.1 %');
    expect(formatPercent(83.2)).toBe('83 %');
    expect(formatByteRate(1536)).toBe('1.5 KiB/s');
    expect(formatRate(1234.5)).toBe('1235/s');
    expect([0, 0.00005, 0.00025, 0.02, 1.5].map(formatLatency)).toEqual(['0 ms', '50 µs', '0.25 ms', '20 ms', '1.5 s']);
  });
});
