import { unavailable, type Action, type Availability } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { ConvertToTemplateModal } from '../../templates/ConvertToTemplateModal';
import { whenInState } from './common';

function availability(vm: Vm): Availability {
  if (vm.template) return unavailable('It is a template already.');
  const off = whenInState(vm, ['STOPPED', 'CRASHED'], 'It is not off. Shut it down first.');
  return off.available && vm.activeTaskId ? unavailable('A task works on it; wait for its end.') : off;
}

export const convertToTemplate: Action<Vm> = {
  id: 'convert-to-template',
  label: 'Convert to template…',
  availability,
  dialog: ConvertToTemplateModal,
};
