// What libvirt has of a VM.
import { id } from './mock/data.mjs';

export const DEFINITIONS = {
  drift: {
    path: `/vms/${id('vm hello')}`,
    control: { drifted: ['hello'] },
    prepare: (page) => page.getByRole('grid', { name: 'Changed outside of LimiQuantix' }).scrollIntoViewIfNeeded(),
  },
  'drift-accept': {
    path: `/vms/${id('vm hello')}`,
    control: { drifted: ['hello'], acceptable: true },
    prepare: (page) => page.getByRole('button', { name: 'Accept', exact: true }).click(),
  },
  'definition-off': { path: `/vms/${id('vm web-2')}/xml` },
  'definition-none': {
    path: `/vms/${id('vm build')}/xml`,
    prepare: (page) => page.getByText('is being created; it has').waitFor(),
  },
};
