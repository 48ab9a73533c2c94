const stamp = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export function formatTime(rfc3339: string | undefined): string {
  if (!rfc3339) return '–';
  const at = new Date(rfc3339);
  return Number.isNaN(at.getTime()) ? '–' : stamp.format(at);
}

/** "just now", "5 min ago", "3 h ago", then days. */
export function formatAgo(rfc3339: string, now: number = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(rfc3339)) / 1000));
  if (Number.isNaN(seconds)) return '–';
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** How long from one moment to another: "0.4 s", "12 s", "3 min 5 s". */
export function formatDuration(from: string, to: string): string {
  const ms = Math.max(0, Date.parse(to) - Date.parse(from));
  if (Number.isNaN(ms)) return '–';
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return formatSeconds(Math.round(ms / 1000));
}

/** Whole seconds for people: "12 s", "3 min 5 s", "2 h 10 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** How long until then: "23 h 59 min"; undefined when it is over. */
export function formatUntil(rfc3339: string, now: number = Date.now()): string | undefined {
  const seconds = Math.floor((Date.parse(rfc3339) - now) / 1000);
  return seconds > 0 ? formatSeconds(seconds) : undefined;
}
