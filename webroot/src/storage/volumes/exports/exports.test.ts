import { describe, expect, it } from 'vitest';
import type { Export, Host, Pool, Task, Vm, Volume } from '../../../core/api/types';
import { exportVolume } from '../actions/exportVolume';
import type { VolumeRow } from '../volumeState';
import { deleteExport } from './deleteExport';
import { downloadExport } from './downloadExport';
import { exportRows, exportState, noExport, validity, type ExportRow } from './exportState';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const file = (more: Partial<Export>): Export =>
  ({ id: 'e', volumeId: 'v', hostId: 'h', state: 'READY', expiresAt: '2026-01-02T12:00:00Z', ...more }) as Export;
const row = (more: Partial<Export>, host?: Partial<Host>): ExportRow => ({
  file: file(more),
  host: host as Host | undefined,
  task: undefined,
  now: NOW,
  readAgain: () => undefined,
});
const reason = (availability: { available: boolean; reason?: string }): string | undefined => availability.reason;

describe('a file that was made of a volume', () => {
  it('can be fetched until it expires', () => {
    expect(exportState(row({})).text).toBe('Ready');
    expect(validity(row({}))).toBe('For 24 h 0 min');
    expect(downloadExport.availability(row({})).available).toBe(true);
    const old = row({ expiresAt: '2026-01-01T12:00:00Z' });
    expect([exportState(old).text, validity(old)]).toEqual(['Expired', 'Expired']);
    expect(reason(downloadExport.availability(old))).toMatch(/has expired/);
    expect(deleteExport.availability(old).available).toBe(true);
  });

  it('waits for its host', () => {
    const away = row({}, { name: 'kvm2', state: 'DOWN' });
    expect(exportState(away).text).toBe('Host away');
    expect(reason(downloadExport.availability(away))).toBe('It lies on kvm2, which is down now.');
    expect(reason(deleteExport.availability(away))).toMatch(/kvm2 is down/);
    expect(downloadExport.availability(row({}, { name: 'kvm2', state: 'SUSPECT' })).available).toBe(true);
  });

  it('is not there before it is whole', () => {
    const making: ExportRow = { ...row({ state: 'MAKING' }), file: { ...file({ state: 'MAKING' }) } };
    expect(reason(downloadExport.availability(making))).toMatch(/still being made/);
    expect(reason(deleteExport.availability(making))).toMatch(/cancel that/);
  });

  it('is found with the host where it lies and the task that makes it', () => {
    const [found] = exportRows(
      [file({})],
      [{ id: 'h' } as Host],
      [{ id: 't', targetId: 'e' } as Task],
      NOW,
      () => undefined,
    );
    expect([found?.host?.id, found?.task?.id]).toEqual(['h', 't']);
  });

  it('is fetched from where the contract says', () =>
    expect(downloadExport.href?.(row({}))).toBe('/api/v1/volumes/v/exports/e/content'));
});

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
