import { formatBytes } from '../core/format/bytes';

/** Three digits or so, without zeros at the end. */
const decimals = (value: number): string => String(Number(value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)));

export const formatPercent = (value: number): string => `${Number(value.toFixed(value >= 10 ? 0 : 1))} %`;
export const formatByteRate = (value: number): string => `${formatBytes(Math.max(0, value))}/s`;
export const formatRate = (value: number): string => `${decimals(value)}/s`;
export const formatNumber = decimals;

/** A latency: "0.25 ms", "1.2 s". */
export function formatLatency(seconds: number): string {
  if (seconds >= 1) return `${decimals(seconds)} s`;
  const millis = seconds * 1000;
  return millis >= 0.1 || millis === 0 ? `${decimals(millis)} ms` : `${decimals(millis * 1000)} µs`;
}
