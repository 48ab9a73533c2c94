import type { Choice } from '../core/form/fields';
import type { TemplateVersion } from '../core/api/types';

const LONGEST_NOTE = 40;

/** As short as fits beside a number. */
function inShort(note: string): string {
  const [line = ''] = note.trim().split('\n');
  return line.length > LONGEST_NOTE ? `${line.slice(0, LONGEST_NOTE - 1).trimEnd()}…` : line;
}

/** What can be chosen among, newest first. */
export function versionChoices(versions: readonly Pick<TemplateVersion, 'version' | 'note'>[]): Choice[] {
  return versions.map(({ version, note }, i) => {
    const number = i === 0 && versions.length > 1 ? `${version} (the newest)` : String(version);
    return { value: String(version), label: inShort(note) === '' ? number : `${number}: ${inShort(note)}` };
  });
}

/** How many VMs stand on them, in words. */
export function neededBy(versions: readonly Pick<TemplateVersion, 'dependents'>[]): string {
  const count = versions.reduce((sum, { dependents }) => sum + dependents, 0);
  if (count === 0) return 'None';
  return count === 1 ? '1 VM' : `${count.toLocaleString()} VMs`;
}
