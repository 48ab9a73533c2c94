import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../core/api/client';
import type { Pool } from '../../core/api/types';

export const driversQuery = queryOptions({
  queryKey: ['drivers'],
  queryFn: async () => (await unwrap(api.GET('/drivers'))).items,
});

interface Kind {
  name: string;
  about: string;
  /** The setting that says where a pool is. */
  place: readonly string[];
}

const KINDS: Record<string, Kind> = {
  local: {
    name: 'Directory',
    about: 'A directory of its own on each host. The disks of a VM stay on the host where they were made.',
    place: ['path'],
  },
  nfs: {
    name: 'NFS',
    about: 'An export of an NFS server. All hosts see the same disks.',
    place: ['server', 'export'],
  },
  ceph: {
    name: 'Ceph RBD',
    about: 'An RBD pool of a Ceph cluster. All hosts see the same disks; snapshots also while VMs run.',
    place: ['monitors', 'pool'],
  },
  iscsi: {
    name: 'iSCSI',
    about:
      'A LUN of an iSCSI target with thin LVM volumes on it. One host at a time uses it; snapshots also while VMs run.',
    place: ['portals', 'target'],
  },
};

/** A driver that this UI does not know is called by its own name. */
export function driverName(driver: string): string {
  return KINDS[driver]?.name ?? driver;
}

export function driverAbout(driver: string): string {
  return KINDS[driver]?.about ?? 'A storage driver that was added to this installation.';
}

/** Where the pool is, in its driver's words. */
export function poolPlace(pool: Pick<Pool, 'driver' | 'settings'>): string {
  const names = KINDS[pool.driver]?.place ?? Object.keys(pool.settings);
  return names
    .map((name) => pool.settings[name])
    .filter((value) => value !== undefined)
    .join(pool.driver === 'nfs' ? ':' : ', ');
}

const LABELS: Record<string, string> = {
  path: 'Directory',
  export: 'Exported path',
  version: 'NFS version',
  options: 'Mount options',
  pool: 'RBD pool',
  lun: 'LUN',
  chapUser: 'CHAP user',
  chapPassword: 'CHAP password',
  mutualUser: 'Mutual CHAP user',
  mutualPassword: 'Mutual CHAP password',
};

/** A setting's name as people write it: "volumeGroup" becomes "Volume group". */
export function settingLabel(name: string): string {
  const known = LABELS[name];
  if (known) return known;
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
