import { AVAILABLE, type Action } from '../core/actions/action';
import { api, ifUnchanged, unwrap } from '../core/api/client';
import type { CustomizationSpec } from '../core/api/types';
import { DuplicateSpecModal, EditSpecModal } from './SpecModals';

export const specActions: readonly Action<CustomizationSpec>[] = [
  { id: 'edit', label: 'Edit', availability: () => AVAILABLE, dialog: EditSpecModal },
  { id: 'duplicate', label: 'Duplicate', availability: () => AVAILABLE, dialog: DuplicateSpecModal },
  {
    id: 'delete',
    label: 'Delete',
    danger: true,
    availability: () => AVAILABLE,
    confirm: ({ name }) => ({
      title: `Delete the customization spec ${name}?`,
      body: 'Virtual machines that were made by it stay as they are.',
      confirmLabel: 'Delete',
    }),
    run: async (spec) => {
      const params = { path: { customizationSpecId: spec.id }, header: ifUnchanged(spec) };
      await unwrap(api.DELETE('/customization-specs/{customizationSpecId}', { params }));
      return undefined;
    },
    doneMessage: ({ name }) => `The customization spec ${name} is deleted`,
  },
];
