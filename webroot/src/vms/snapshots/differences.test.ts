import { describe, expect, it } from 'vitest';
import { nameError } from '../../core/form/names';
import { nameOfPresent } from './RevertModal';
import { differenceText } from './SettingsDifferences';

describe('what a VM was otherwise at a snapshot', () => {
  it('is said of what changed, came and went', () => {
    expect(differenceText({ field: 'vcpus', before: '2 vCPUs', now: '4 vCPUs', comesBack: true })).toBe(
      'It had: 2 vCPUs; now: 4 vCPUs',
    );
    expect(differenceText({ field: 'tpm', before: 'TPM', comesBack: true })).toBe('It had: TPM; now: none');
    expect(differenceText({ field: 'disks.1', now: 'disk 1', comesBack: false })).toBe(
      'It did not have: disk 1 (stays as it is)',
    );
  });

  it('is kept under a name that the server takes', () => {
    const name = nameOfPresent(new Date('2026-11-30T22:05:59Z'));
    expect(name).toBe('before-revert-2026-11-30-22.05');
    expect(nameError(name)).toBeUndefined();
  });
});
