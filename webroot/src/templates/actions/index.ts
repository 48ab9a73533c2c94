import { AVAILABLE, unavailable, type Action, type Availability } from '../../core/actions/action';
import { ConvertToVmModal } from '../ConvertToVmModal';
import { DeleteTemplateModal } from '../DeleteTemplateModal';
import { DeployModal } from '../DeployModal';
import { NoteModal } from '../NoteModal';
import type { TemplateOf } from '../templates';

function whenReady({ version: { phase } }: TemplateOf): Availability {
  if (phase === 'READY') return AVAILABLE;
  return unavailable(phase === 'LOST' ? 'Its host no longer has it.' : 'It is being deleted.');
}

export const deployTemplate: Action<TemplateOf> = {
  id: 'deploy',
  label: 'Deploy…',
  availability: whenReady,
  dialog: DeployModal,
};

const convertTemplate: Action<TemplateOf> = {
  id: 'convert-to-vm',
  label: 'Convert to VM',
  availability: whenReady,
  dialog: ConvertToVmModal,
};

const editNote: Action<TemplateOf> = {
  id: 'edit-note',
  label: 'Edit note…',
  availability: whenReady,
  dialog: NoteModal,
};

const deleteTemplate: Action<TemplateOf> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  availability: ({ version: { dependents } }) =>
    dependents === 0
      ? AVAILABLE
      : unavailable('VMs need its disks. Delete the linked clones, or make their disks independent, first.'),
  dialog: DeleteTemplateModal,
};

/** All that can be done with a version, in the order of its menu. */
export const templateActions: readonly Action<TemplateOf>[] = [
  deployTemplate,
  editNote,
  convertTemplate,
  deleteTemplate,
];
