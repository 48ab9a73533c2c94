import type { ActionDialogProps } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import type { FormatChoice } from '../../exports/CreateExportForm';
import { ExportsModal } from '../../exports/ExportsModal';
import { noVmExport } from './noVmExport';

const FORMATS: readonly [FormatChoice, ...FormatChoice[]] = [
  { value: 'ova', label: 'OVA, the whole machine in one file' },
  { value: 'qcow2', label: 'qcow2, a file of each disk, as small as what is on it' },
  { value: 'raw', label: 'raw, a file of each disk, every byte as the guest sees it' },
];

/** The files of a VM. */
export function VmExportsModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  return (
    <ExportsModal
      origin={{ kind: 'VM', id: vm.id }}
      name={vm.name}
      formats={FORMATS}
      problem={noVmExport(vm)}
      onClose={onClose}
    />
  );
}
