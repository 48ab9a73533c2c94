import { api, once, unwrap } from '../../core/api/client';
import type { RequestKeys } from '../../core/api/requestKeys';
import type { TaskAccepted, UnmanagedVm } from '../../core/api/types';
import { parseLabels } from '../create/hardware';
import { organisationErrors } from '../create/hardwareRules';

/** What domains get when they are adopted, as it was typed. */
export interface Organisation {
  folder: string;
  labels: string;
}

export const NO_ORGANISATION: Organisation = { folder: '', labels: '' };

export const isFine = ({ folder, labels }: Organisation): boolean =>
  Object.values(organisationErrors(folder, labels)).every((error) => error === undefined);

/** Begins the adoption of a domain. */
export function adopt(
  keys: RequestKeys,
  { hostId, uuid }: UnmanagedVm,
  name: string,
  { folder, labels }: Organisation,
): Promise<TaskAccepted> {
  const path = { hostId, uuid };
  const body = { name, labels: parseLabels(labels), ...(folder.trim() === '' ? {} : { folder: folder.trim() }) };
  return keys.send([path, body], (key) =>
    unwrap(api.POST('/hosts/{hostId}/unmanaged/{uuid}/adopt', { params: { path, header: once(key) }, body })),
  );
}
