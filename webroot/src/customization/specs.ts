import { api, unwrap } from '../core/api/client';
import { allPages, pageQuery } from '../core/api/pages';
import type { CustomizationSpec } from '../core/api/types';
import type { Collection } from '../core/live/collection';

/** How guests are set up, kept under a name to be used again. */
export const specs: Collection<CustomizationSpec> = {
  kind: 'customizationSpec',
  list: () => allPages((cursor) => unwrap(api.GET('/customization-specs', { params: { query: pageQuery(cursor) } }))),
  get: (customizationSpecId) =>
    unwrap(api.GET('/customization-specs/{customizationSpecId}', { params: { path: { customizationSpecId } } })),
};

export const GUESTS: Record<CustomizationSpec['kind'], string> = { LINUX: 'Linux', WINDOWS: 'Windows' };

export const SPEC_KINDS: Record<CustomizationSpec['kind'], string> = {
  LINUX: 'Linux (cloud-init)',
  WINDOWS: 'Windows (Cloudbase-Init)',
};
