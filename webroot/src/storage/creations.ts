import { api, once, unwrap } from '../core/api/client';
import { Creation, type Outcome } from '../core/api/creation';
import { ApiError } from '../core/api/problem';
import type { CreatePool, CreateVolume, Pool, TaskAccepted } from '../core/api/types';
import { hosts } from '../hosts/hosts';
import { volumes } from './storage';

async function settlePool(pool: Pool, asked: CreatePool): Promise<Outcome> {
  const chosen = asked.hostIds ?? [];
  const wanted = chosen.length > 0 ? chosen : (await hosts.list()).map((host) => host.id);
  const there = new Set(pool.hosts.map((host) => host.hostId));
  const sameHosts = wanted.length === there.size && wanted.every((id) => there.has(id));
  const names = new Set([...Object.keys(pool.settings), ...Object.keys(asked.settings)]);
  const sameSettings = [...names].every((name) => pool.settings[name] === asked.settings[name]);
  const same = pool.name === asked.name && pool.driver === asked.driver && sameSettings && sameHosts;
  return same ? 'as asked' : 'other';
}

export const poolCreation = (): Creation<CreatePool, Pool> =>
  new Creation((body, key) => unwrap(api.POST('/pools', { params: { header: once(key) }, body })), settlePool);

/** Asks for the volume of an answer, which itself names only a task. */
async function settleVolume({ targetId }: TaskAccepted, asked: CreateVolume): Promise<Outcome> {
  try {
    const volume = await volumes.get(targetId);
    const same =
      volume.name === asked.name &&
      volume.poolId === asked.poolId &&
      volume.sizeBytes === asked.sizeBytes &&
      (asked.hostId === undefined || volume.hostId === asked.hostId) &&
      (asked.format === undefined || volume.format === asked.format) &&
      volume.shareable === (asked.shareable ?? false);
    return same ? 'as asked' : 'other';
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return 'gone';
    throw error;
  }
}

export const volumeCreation = (): Creation<CreateVolume, TaskAccepted> =>
  new Creation((body, key) => unwrap(api.POST('/volumes', { params: { header: once(key) }, body })), settleVolume);
