import { describe, expect, it } from 'vitest';
import type { Export, Host, Image, Task, Vm } from '../core/api/types';
import { noVmExport } from '../vms/exports/noVmExport';
import { imageFormats } from '../images/exports/imageFormats';
import { deleteExport } from './deleteExport';
import { downloadExport } from './downloadExport';
import { exportRows, exportState, validity, type ExportRow } from './exportState';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const file = (more: Partial<Export>): Export =>
  ({
    id: 'e',
    origin: { kind: 'VOLUME', id: 'v' },
    hostId: 'h',
    state: 'READY',
    expiresAt: '2026-01-02T12:00:00Z',
    ...more,
  }) as Export;
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

describe('files of a machine', () => {
  const origin = { kind: 'VM', id: 'vm' } as const;
  const disk = (id: string): Export => file({ id, origin, state: 'MAKING' });
  const task = (id: string, targetId: string, state: Task['state'] = 'RUNNING'): Task =>
    ({ id, targetId, state }) as Task;
  const rows = (...tasks: Task[]): (string | undefined)[] =>
    exportRows([disk('one'), disk('two')], [], tasks, NOW, () => undefined).map((found) => found.task?.id);

  it('are all made by the task of the first of them, or of the machine', () => {
    expect(rows(task('t', 'one'))).toEqual(['t', 't']);
    expect(rows(task('t', 'vm'), task('other', 'elsewhere'))).toEqual(['t', 't']);
    expect(rows(task('t', 'one'), task('u', 'vm'))).toEqual(['t', undefined]);
    expect(rows(task('t', 'vm', 'SUCCEEDED'))).toEqual([undefined, undefined]);
  });

  it('are fetched from where the contract says', () =>
    expect(downloadExport.href?.(row({ origin }))).toBe('/api/v1/vms/vm/exports/e/content'));

  it('are made while it is off only', () => {
    const vm = (powerState: Vm['powerState'], phase: Vm['phase'] = 'READY'): Vm => ({ powerState, phase }) as Vm;
    expect(noVmExport(vm('RUNNING'))).toMatch(/Shut it down first/);
    expect(noVmExport(vm('UNKNOWN'))).toMatch(/does not answer/);
    expect(noVmExport(vm('STOPPED', 'LOST'))).toMatch(/no longer has it/);
    expect(noVmExport(vm('STOPPED'))).toBeUndefined();
  });
});

describe('a file of an image', () => {
  it('is first what it is already, and nothing else for an ISO', () => {
    const values = (format: Image['format']): string[] => imageFormats(format).map(({ value }) => value);
    expect(values('qcow2')).toEqual(['qcow2', 'raw', 'ova']);
    expect(values('raw')).toEqual(['raw', 'qcow2', 'ova']);
    expect(values('iso')).toEqual(['iso']);
    expect(values('ova')).toEqual(['ova']);
  });
});
