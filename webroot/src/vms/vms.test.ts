import { describe, expect, it } from 'vitest';
import { socketUrl } from '../console/ticket';
import { unavailable } from '../core/actions/action';
import type { Task, Vm, VmDisk } from '../core/api/types';
import { Endings } from '../tasks/endings';
import { taskTitle } from '../tasks/tasks';
import { waysIn } from './AccessCard';
import { attachVolumeToVm } from './actions/attachVolume';
import { IS_TEMPLATE } from './actions/common';
import { deleteVm } from './actions/delete';
import { startVm } from './actions/start';
import { vmActions } from './actions';
import { addressesOf, typedWish, wishOf } from './vms';
import { vmState } from './vmState';

const vm = (change: Partial<Vm>): Vm =>
  ({ phase: 'READY', powerState: 'RUNNING', name: 'a', disks: [], ...change }) as Vm;
const TEMPLATE: Partial<Vm> = { powerState: 'STOPPED', template: { family: 'w', version: 1, note: '', since: '' } };
const address = (ip: string) => ({ mac: '', ip, prefix: 24, source: 'agent' as const });

const OFF = [
  'start',
  'edit-settings',
  'edit-resources',
  'add-disk',
  'attach-volume',
  'snapshot',
  'migrate',
  'clone',
  'convert-to-template',
  'export',
  'release',
  'delete',
];

describe('actions', () => {
  const possible = (target: Vm) =>
    vmActions.filter((action) => action.availability(target).available).map((action) => action.id);
  it.each([
    [
      { powerState: 'RUNNING' as const },
      [
        'shutdown',
        'reboot',
        'pause',
        'suspend',
        'force-stop',
        'reset',
        'open-in-viewer',
        'edit-settings',
        'edit-resources',
        'add-disk',
        'attach-volume',
        'snapshot',
        'migrate',
        'clone',
        'export',
        'release',
        'delete',
      ],
    ],
    [{ powerState: 'STOPPED' as const }, OFF],
    [{ powerState: 'CRASHED' as const }, OFF],
    [
      { powerState: 'PAUSED' as const },
      [
        'resume',
        'suspend',
        'force-stop',
        'reset',
        'open-in-viewer',
        'edit-settings',
        'edit-resources',
        'add-disk',
        'attach-volume',
        'snapshot',
        'migrate',
        'clone',
        'export',
        'release',
        'delete',
      ],
    ],
    [
      { powerState: 'STOPPING' as const },
      [
        'force-stop',
        'reset',
        'open-in-viewer',
        'edit-settings',
        'edit-resources',
        'add-disk',
        'attach-volume',
        'snapshot',
        'clone',
        'export',
        'delete',
      ],
    ],
    [{ powerState: 'SUSPENDED' as const }, ['start', 'discard-state', 'edit-settings', 'export', 'delete']],
    [TEMPLATE, ['edit-settings', 'clone', 'deploy', 'convert-to-vm', 'export', 'delete']],
    [{ powerState: 'UNKNOWN' as const }, ['edit-settings', 'export', 'delete']],
    [{ phase: 'CREATING' as const }, ['delete']],
    [{ phase: 'LOST' as const }, ['edit-settings', 'export', 'delete']],
    [{ phase: 'DELETING' as const, activeTaskId: 't' }, ['export']],
    [{ phase: 'DELETING' as const, problem: 'It failed halfway.' }, ['export', 'delete']],
    [{ phase: 'DELETING' as const, problem: 'Releasing this VM failed halfway.' }, ['export', 'release', 'delete']],
  ])('are right for %j', (change, ids) => expect(possible(vm(change))).toEqual(ids));
  it('say why not', () => {
    expect(startVm.availability(vm({}))).toEqual({ available: false, reason: 'It is not stopped.' });
    expect(startVm.availability(vm(TEMPLATE))).toEqual(unavailable(IS_TEMPLATE));
    const full = vm({ disks: Array.from({ length: 64 }, () => ({}) as VmDisk) });
    expect(attachVolumeToVm.availability(full)).toMatchObject({ reason: 'It has 64 disks; more is not possible.' });
    expect(deleteVm.danger).toBe(true);
  });
});

describe('a VM in words', () => {
  it('puts the phase before the power', () => {
    expect(vmState(vm({ phase: 'CREATING', powerState: 'STOPPED' })).text).toBe('Creating');
    expect(vmState(vm({ phase: 'DELETING', activeTaskId: 't' })).text).toBe('Deleting');
    expect(vmState(vm({ phase: 'DELETING' })).text).toBe('Deletion failed');
    expect(vmState(vm({ powerState: 'CRASHED' }))).toEqual({ text: 'Crashed', tone: 'danger' });
  });
  it('shows addresses that one can reach, IPv4 first', () =>
    expect(
      addressesOf(
        vm({
          guest: {
            answered: true,
            addresses: ['127.0.0.1', '::1', 'fe80::1', '2001:db8::7', '192.0.2.7', '192.0.2.7'].map(address),
          },
        }),
      ),
    ).toEqual(['192.0.2.7', '2001:db8::7']));
  it('says the ways in', () => {
    const access = {
      user: 'a',
      hostName: 'a',
      passwordSet: true,
      sshKeyCount: 2,
      sshKeys: [],
      sshPasswordLogin: false,
      userData: false,
    };
    expect(waysIn(access)).toBe('the password (on the console only) or 2 SSH keys');
    expect(waysIn({ ...access, passwordSet: false, sshKeyCount: 0 })).toBe('neither a password nor an SSH key');
  });
});

describe('consoles', () => {
  it('stay on this server', () => {
    expect(socketUrl({ path: '/api/v1/c/t' }, { protocol: 'https:', host: 'a:8443' })).toBe('wss://a:8443/api/v1/c/t');
    expect(socketUrl({ path: '//evil/c' }, { protocol: 'https:', host: 'a' })).toBe('wss://a/evil/c');
  });
});

describe('tasks', () => {
  it.each([
    ['vm.create', 'Create VM'],
    ['CreateVm', 'Create VM'],
    ['image.import', 'Import image'],
    ['vm.attach-disk', 'Attach disk to VM'],
    ['vm.detach-disk', 'Detach disk from VM'],
  ])('%s reads %s', (kind, title) => expect(taskTitle(kind)).toBe(title));
  it('are told once when they end, to their user only', () => {
    const task = { id: '1', actor: 'me', state: 'SUCCEEDED', endedAt: '2026-01-01T00:00:10Z' } as Task;
    const endings = new Endings(Date.parse('2026-01-01T00:00:00Z'));
    expect(endings.isNews({ ...task, state: 'RUNNING' }, ['me'])).toBe(false);
    expect(endings.isNews(task, ['you'])).toBe(false);
    expect(endings.isNews(task, ['me'])).toBe(true);
    expect(endings.isNews(task, ['me'])).toBe(false);
  });
});

describe('what is searched for', () => {
  it.each([
    ['', {}],
    ['web', { search: 'web' }],
    ['folder:team/web', { folder: 'team/web' }],
    ['a label:env=test b', { label: 'env=test', search: 'a b' }],
    ['folder:"Team A/web" label:env', { folder: 'Team A/web', label: 'env' }],
    ['subfolder:x', { search: 'subfolder:x' }],
    ['os:"Debian GNU" web', { system: 'Debian GNU', search: 'web' }],
  ])('%s', (typed, wish) => expect(wishOf(typed)).toEqual(wish));
  it('is typed so that it is found again', () => {
    expect(wishOf(typedWish('label', 'a=b c'))).toEqual({ label: 'a=b c' });
    expect(wishOf(typedWish('folder', 'x'))).toEqual({ folder: 'x' });
  });
});
