import type { CapacityOverTime } from '../../core/api/types';
import { withGaps } from '../../core/chart/gaps';
import type { Line } from '../../core/chart/TimeChart';
import { formatBytes } from '../../core/format/bytes';
import { formatTime } from '../../core/format/time';

const LINES: readonly Line[] = [
  { label: 'Used', colour: '--pf-t--global--color--brand--default', filled: true },
  { label: 'Capacity', colour: '--pf-t--global--text--color--subtle' },
  { label: '95 % of it', colour: '--pf-t--global--border--color--status--danger--default', dashed: true },
];
const FULL = 0.95;

const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000);

/** What is drawn of it. */
export function capacityChart({ from, until, spacingSeconds, samples }: CapacityOverTime) {
  const points = samples.map(({ at, usedBytes, totalBytes }) => ({
    at: seconds(at),
    values: [usedBytes, totalBytes, totalBytes * FULL],
  }));
  return {
    columns: withGaps(points, spacingSeconds, LINES.length),
    lines: LINES,
    from: seconds(from),
    until: seconds(until),
    most: Math.max(...samples.map(({ totalBytes }) => totalBytes)),
  };
}

/** What the picture shows, for whoever does not see it. */
export function inWords({ samples, spacingSeconds }: CapacityOverTime): string {
  const last = samples.at(-1);
  const first = samples[0];
  if (!last || !first) return '';
  const fullest = samples.reduce((most, one) => (one.usedBytes > most.usedBytes ? one : most), first);
  const holes = samples.filter((one, i) => {
    const before = samples[i - 1];
    return before !== undefined && seconds(one.at) - seconds(before.at) > spacingSeconds * 1.5;
  }).length;
  const away = holes === 0 ? '' : ` No host could use the pool ${holes === 1 ? 'once' : `${holes} times`} in between.`;
  return (
    `From ${formatTime(first.at)} to ${formatTime(last.at)}: ${formatBytes(first.usedBytes)} used at first, ` +
    `${formatBytes(last.usedBytes)} at last, ${formatBytes(fullest.usedBytes)} at most.${away}`
  );
}
