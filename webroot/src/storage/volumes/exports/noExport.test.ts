import { describe, expect, it } from 'vitest';
import type { Pool, Vm, Volume } from '../../../core/api/types';
import { exportVolume } from '../actions/exportVolume';
import type { VolumeRow } from '../volumeState';
import { noExport } from './noExport';

describe('a volume', () => {
  const volumeRow = (live: boolean, powerState?: Vm['powerState'], state: Pool['state'] = 'READY'): VolumeRow => ({
    volume: { state: 'READY', ...(powerState ? { vmId: 'vm' } : {}) } as Volume,
    pool: { state, abilities: { liveSnapshots: live } } as Pool,
    users: powerState ? [{ vmId: 'vm', readOnly: false, vm: { powerState } as Vm }] : [],
  });

  it('is exported while its VM runs only where its pool keeps it as it is meanwhile', () => {
    expect(noExport(volumeRow(true, 'RUNNING'))).toBeUndefined();
    expect(noExport(volumeRow(false, 'RUNNING'))).toMatch(/Shut the VM down first/);
    expect(noExport(volumeRow(false, 'STOPPED'))).toBeUndefined();
    expect(noExport(volumeRow(true, undefined, 'UNAVAILABLE'))).toMatch(/cannot be used/);
  });

  it('shows what was made of it whatever keeps a new file from being made', () =>
    expect(exportVolume.availability(volumeRow(false, 'RUNNING')).available).toBe(true));
});
