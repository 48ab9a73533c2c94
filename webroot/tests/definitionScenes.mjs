// What libvirt has of a VM.
import { id } from './mock/data.mjs';

export const DEFINITIONS = {
  'definition-off': { path: `/vms/${id('vm web-2')}/xml` },
  'definition-none': {
    path: `/vms/${id('vm build')}/xml`,
    prepare: (page) => page.getByText('is being created; it has').waitFor(),
  },
};
