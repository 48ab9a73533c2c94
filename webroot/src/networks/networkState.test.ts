import { describe, expect, it } from 'vitest';
import type { Network } from '../core/api/types';
import { networkChoices, networkPlace, whyUnusable } from './networkState';

const lan: Network = {
  id: 'n1',
  name: 'lan',
  description: '',
  kind: 'BRIDGE',
  bridge: 'br0',
  vlanId: 7,
  spoofProtection: true,
  allHosts: true,
  state: 'DEGRADED',
  hosts: [
    { hostId: 'h1', state: 'READY', since: '2026-11-29T10:00:00Z' },
    { hostId: 'h2', state: 'FAILED', problem: 'The host has no bridge br0.', since: '2026-11-29T10:00:00Z' },
  ],
  nicCount: 0,
  createdAt: '2026-11-29T10:00:00Z',
  version: 1,
};

describe('networks to choose from', () => {
  it('says why one cannot be used on a host, and lets it be chosen where it can', () => {
    expect(whyUnusable(lan)).toBeUndefined();
    expect(whyUnusable(lan, 'h1')).toBeUndefined();
    expect(whyUnusable(lan, 'h2')).toBe('The host has no bridge br0.');
    expect(whyUnusable(lan, 'h3')).toBe('not on that host');
    expect(networkChoices([lan], 'h2')).toEqual([
      { value: 'lan', label: 'lan (Bridge): The host has no bridge br0.', disabled: true },
    ]);
  });

  it('tells where the packets go', () => {
    expect(networkPlace(lan)).toBe('br0, VLAN 7');
    expect(networkPlace({ ...lan, kind: 'NAT', subnet: '192.168.50.0/24' })).toBe('192.168.50.0/24');
  });
});
