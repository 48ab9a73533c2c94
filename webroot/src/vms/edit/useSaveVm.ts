import { useState } from 'react';
import { api, ifUnchanged, once, unwrap } from '../../core/api/client';
import { ApiError } from '../../core/api/problem';
import type { EditVm, Vm } from '../../core/api/types';
import { vms } from '../vms';
import { changedMeanwhile } from './fieldNames';

interface Saving {
  /** The VM as the form began with it. */
  before: Vm;
  /** Refused with what somebody else has changed since, once; the next time it is meant. */
  save: (changes: EditVm) => Promise<void>;
}

/** Saves what was typed, and nothing over what somebody else changed without saying so first. */
export function useSaveVm(vm: Vm): Saving {
  const [before] = useState(vm);
  const [seen, setSeen] = useState(vm);
  const save = async (changes: EditVm): Promise<void> => {
    const params = { path: { vmId: before.id }, header: { ...ifUnchanged(seen), ...once() } };
    try {
      await unwrap(api.PATCH('/vms/{vmId}', { params, body: changes }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412) throw error;
      const now = await vms.get(before.id);
      setSeen(now);
      throw new Error(`${changedMeanwhile(seen, now)} Save again if what you typed is to stay.`);
    }
  };
  return { before, save };
}
