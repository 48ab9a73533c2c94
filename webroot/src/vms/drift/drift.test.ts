import { describe, expect, it } from 'vitest';
import { driftedField } from './driftWords';

describe('a field that drifted', () => {
  it.each([
    ['vcpus', 'vCPUs'],
    ['disks.vdb.bus', 'Disk vdb, bus'],
    ['disks.vdx', 'Disk vdx'],
    ['nics.52:54:00:00:00:01.network', 'Network card 52:54:00:00:00:01, network'],
    ['nics.52:54:00:00:00:01', 'Network card 52:54:00:00:00:01'],
    ['unknown', 'Unknown part'],
  ])('%s is called %s', (field, name) => {
    expect(driftedField(field)).toBe(name);
  });
});
