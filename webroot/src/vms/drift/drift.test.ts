import { describe, expect, it } from 'vitest';
import { driftedField, driftedValue } from './driftWords';

describe('a field that drifted', () => {
  it.each([
    ['vcpus', 'vCPUs'],
    ['disks.vdb.bus', 'Disk vdb, bus'],
    ['disks.vdb.readIops', 'Disk vdb, most reads per second'],
    ['disks.vdx', 'Disk vdx'],
    ['nics.52:54:00:00:00:01.network', 'Network card 52:54:00:00:00:01, network'],
    ['nics.52:54:00:00:00:01', 'Network card 52:54:00:00:00:01'],
    ['unknown', 'Unknown part'],
  ])('%s is called %s', (field, name) => {
    expect(driftedField(field)).toBe(name);
  });
});

describe('what drifted', () => {
  it.each([
    ['memoryBytes', '2147483648', '2 GiB'],
    ['disks.vdb.readBytesPerSecond', '1048576', '1 MiB'],
    ['disks.vdb.readBytesPerSecond', '', 'none'],
    ['tpm', 'true', 'yes'],
  ])('%s of %s is %s', (field, value, said) => {
    expect(driftedValue(field, value)).toBe(said);
  });
});
