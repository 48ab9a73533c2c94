import type { UseQueryResult } from '@tanstack/react-query';
import type { Pool, Volume } from '../../core/api/types';
import { useList } from '../../core/live/collection';
import { vms } from '../../vms/vms';
import { pools, volumes } from '../storage';
import { volumeRows, type VolumeRow } from './volumeState';

interface Known {
  volumes: UseQueryResult<readonly Volume[]>;
  pools: UseQueryResult<readonly Pool[]>;
  /** Empty until both are known. */
  rows: readonly VolumeRow[];
}

/** All volumes with their pools and the VMs that have them. */
export function useVolumeRows(): Known {
  const volumeList = useList(volumes);
  const poolList = useList(pools);
  const vmList = useList(vms).data ?? [];
  const rows = volumeList.data && poolList.data ? volumeRows(volumeList.data, poolList.data, vmList) : [];
  return { volumes: volumeList, pools: poolList, rows };
}
