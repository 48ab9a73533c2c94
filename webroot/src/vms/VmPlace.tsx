import { Label, LabelGroup } from '@patternfly/react-core';
import type { Vm } from '../core/api/types';
import { typedWish } from './vms';

interface Props {
  vm: Vm;
  /** Called with what is to be searched for. */
  onFind: (wish: string) => void;
}

/** By what a VM is found; each finds the others of its kind. */
export function VmPlace({ vm, onFind }: Props) {
  const labels = Object.entries(vm.labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`));
  if (vm.folder === undefined && labels.length === 0) return <>–</>;
  return (
    <LabelGroup aria-label={`Folder and labels of ${vm.name}`} numLabels={2}>
      {vm.folder !== undefined && (
        <Label key="folder" color="blue" isCompact onClick={() => onFind(typedWish('folder', vm.folder ?? ''))}>
          {vm.folder}
        </Label>
      )}
      {labels.map((label) => (
        <Label key={label} isCompact onClick={() => onFind(typedWish('label', label))}>
          {label}
        </Label>
      ))}
    </LabelGroup>
  );
}
