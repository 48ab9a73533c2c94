import type { ActionDialogProps } from '../core/actions/action';
import { ConfirmModal } from '../core/actions/ConfirmModal';
import { api, once, unwrap } from '../core/api/client';
import type { Vm } from '../core/api/types';
import { useListsAnew, type TemplateOf } from './templates';

interface Props {
  vmId: string;
  name: string;
  /** As in "version 3 of debian". */
  what: string;
  onClose: () => void;
}

function ConvertToVm({ vmId, name, what, onClose }: Props) {
  const readAnew = useListsAnew();
  const convert = async (): Promise<void> => {
    await unwrap(api.POST('/vms/{vmId}/convert-to-vm', { params: { path: { vmId }, header: once() } }));
    await readAnew();
  };
  return (
    <ConfirmModal
      danger={false}
      title={`Convert ${name} to a VM?`}
      body={`It is no longer ${what} then, and that number is not given to another template. What was deployed from it stays as it is.`}
      confirmLabel="Convert"
      onConfirm={convert}
      onClose={onClose}
    />
  );
}

export function ConvertVmBackModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const { template } = vm;
  const what = template ? `version ${template.version} of ${template.family}` : 'a template';
  return <ConvertToVm vmId={vm.id} name={vm.name} what={what} onClose={onClose} />;
}

export function ConvertToVmModal({ target: { family, version }, onClose }: ActionDialogProps<TemplateOf>) {
  const what = `version ${version.version} of ${family}`;
  return <ConvertToVm vmId={version.vmId} name={version.vmName} what={what} onClose={onClose} />;
}
