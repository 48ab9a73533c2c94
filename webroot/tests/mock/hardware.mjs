import { id } from './data.mjs';

/** A VM with more hardware than most. */
export const SERVER = {
  folder: 'team/web',
  labels: { env: 'test', owner: 'ada' },
  cpu: { model: 'x86-64-v2', sockets: 1, cores: 2, threads: 2 },
  firmware: 'uefi',
  secureBoot: true,
  tpm: true,
  watchdog: { model: 'i6300esb', action: 'reset' },
  cdroms: [{ imageId: id('image netinst'), poolId: id('pool local') }, {}],
  bootOrder: ['cdrom0', 'disk0'],
};
