import type { Statistics, StatisticsSeries } from '../core/api/types';
import { byteTicks, decimalTicks } from '../core/chart/byteTicks';
import type { Line } from '../core/chart/TimeChart';
import { formatBytes } from '../core/format/bytes';
import type { Owner } from './statistics';
import { formatByteRate, formatLatency, formatNumber, formatPercent, formatRate } from './numbers';

type Values = readonly (number | null)[];

/** A line, and what it is made of. */
interface Source extends Line {
  series: string;
  /** Another series that is taken away from it. */
  less?: string;
}

export interface ChartKind {
  title: string;
  kind: StatisticsSeries['kind'];
  sources: readonly Source[];
  format: (value: number) => string;
  ticksTo: (most: number) => readonly number[];
  /** Shown at least up to here. */
  least: number;
  /** Why it may be empty. */
  whenEmpty?: string;
}

export interface DrawnLine extends Line {
  values: Values;
}

const FIRST = '--lqx-line-1';
const SECOND = '--lqx-line-2';
const THIRD = '--lqx-line-3';
const BOUND = '--pf-t--global--text--color--subtle';

const CPU: ChartKind = {
  title: 'Processor',
  kind: 'machine',
  sources: [{ label: 'In use', series: 'cpuOfAllPercent', colour: FIRST, filled: true }],
  format: formatPercent,
  ticksTo: decimalTicks,
  least: 100,
};

const MEMORY = { title: 'Memory', kind: 'machine', format: formatBytes, ticksTo: byteTicks, least: 0 } as const;

const VM_MEMORY: ChartKind = {
  ...MEMORY,
  sources: [
    { label: 'Used in the guest', series: 'memoryAvailable', less: 'memoryUsable', colour: FIRST, filled: true },
    { label: 'Resident on the host', series: 'memoryResident', colour: SECOND },
    { label: 'Given to the guest', series: 'memoryActual', colour: BOUND, dashed: true },
  ],
};

const HOST_MEMORY: ChartKind = {
  ...MEMORY,
  sources: [
    { label: 'In use', series: 'memoryUsed', colour: FIRST, filled: true },
    { label: 'Installed', series: 'memoryTotal', colour: BOUND, dashed: true },
  ],
};

const LOAD: ChartKind = {
  title: 'Load average',
  kind: 'machine',
  sources: [
    { label: 'Load', series: 'load', colour: FIRST },
    { label: 'Cores', series: 'cpuCount', colour: BOUND, dashed: true },
  ],
  format: formatNumber,
  ticksTo: decimalTicks,
  least: 1,
};

const DEVICES: readonly ChartKind[] = [
  {
    title: 'Disk throughput',
    kind: 'disk',
    sources: [
      { label: 'Read', series: 'readBytes', colour: FIRST },
      { label: 'Written', series: 'writtenBytes', colour: SECOND },
    ],
    format: formatByteRate,
    ticksTo: byteTicks,
    least: 1024,
  },
  {
    title: 'Disk operations',
    kind: 'disk',
    sources: [
      { label: 'Reads', series: 'readOperations', colour: FIRST },
      { label: 'Writes', series: 'writeOperations', colour: SECOND },
      { label: 'Flushes', series: 'flushOperations', colour: THIRD },
    ],
    format: formatRate,
    ticksTo: decimalTicks,
    least: 1,
  },
  {
    title: 'Disk latency',
    kind: 'disk',
    sources: [
      { label: 'Reads', series: 'readLatency', colour: FIRST },
      { label: 'Writes', series: 'writeLatency', colour: SECOND },
      { label: 'Flushes', series: 'flushLatency', colour: THIRD },
    ],
    format: formatLatency,
    ticksTo: decimalTicks,
    least: 0.001,
    whenEmpty: 'Nothing was read or written in this time.',
  },
  {
    title: 'Network throughput',
    kind: 'nic',
    sources: [
      { label: 'Received', series: 'receivedBytes', colour: FIRST },
      { label: 'Sent', series: 'sentBytes', colour: SECOND },
    ],
    format: formatByteRate,
    ticksTo: byteTicks,
    least: 1024,
  },
  {
    title: 'Network packets',
    kind: 'nic',
    sources: [
      { label: 'Received', series: 'receivedPackets', colour: FIRST },
      { label: 'Sent', series: 'sentPackets', colour: SECOND },
      { label: 'Broken', series: 'errors', colour: THIRD },
      { label: 'Dropped', series: 'drops', colour: BOUND, dashed: true },
    ],
    format: formatRate,
    ticksTo: decimalTicks,
    least: 1,
  },
];

export const CHARTS: Record<Owner, readonly ChartKind[]> = {
  vms: [CPU, VM_MEMORY, ...DEVICES],
  hosts: [CPU, HOST_MEMORY, LOAD, ...DEVICES],
};

/** The devices of a kind that were measured. */
export function devicesOf({ series }: Statistics, kind: StatisticsSeries['kind']): readonly string[] {
  return [...new Set(series.flatMap((one) => (one.kind === kind && one.device !== undefined ? [one.device] : [])))];
}

/** The lines of a chart, of those series that were measured. */
export function linesOf(statistics: Statistics, chart: ChartKind, device: string | undefined): readonly DrawnLine[] {
  const valuesOf = (name: string): Values | undefined =>
    statistics.series.find((one) => one.kind === chart.kind && one.device === device && one.name === name)?.values;
  return chart.sources.flatMap(({ series, less, ...line }) => {
    const values = valuesOf(series);
    const taken = less === undefined ? undefined : valuesOf(less);
    if (!values || (less !== undefined && !taken)) return [];
    if (!taken) return [{ ...line, values }];
    const left = values.map((value, i) => {
      const minus = taken[i] ?? null;
      return value === null || minus === null ? null : value - minus;
    });
    return [{ ...line, values: left }];
  });
}

const isNumber = (value: number | null): value is number => value !== null;

/** What a line shows, for whoever does not see it: its last number where that is new, its mean and its greatest one. */
export function inWords({ label, values }: DrawnLine, format: (value: number) => string): string {
  const numbers = values.filter(isNumber);
  if (numbers.length === 0) return `${label}: not known`;
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const most = numbers.reduce((a, b) => Math.max(a, b), 0);
  // The newest step may not be over.
  const last = values.slice(-NEWEST).findLast(isNumber);
  const now = last === undefined ? 'not known now' : `${format(last)} now`;
  return `${label}: ${now}, ${format(mean)} on average, ${format(most)} at most`;
}
const NEWEST = 3;
