import { Alert } from '@patternfly/react-core';
import { ActionButton } from '../core/actions/ActionButton';
import type { Vm } from '../core/api/types';
import { convertToVm } from '../vms/actions/convertToVm';
import { deployVm } from '../vms/actions/deploy';

/** Says on the page of a VM that it is a template. */
export function TemplateBanner({ vm }: { vm: Vm }) {
  const { template } = vm;
  if (!template) return null;
  return (
    <Alert
      component="p"
      variant="info"
      isInline
      className="lqx-gap-below"
      title={`This is a template: version ${template.version} of ${template.family}`}
      actionLinks={
        <>
          <ActionButton target={vm} action={deployVm} variant="link" />
          <ActionButton target={vm} action={convertToVm} variant="link" />
        </>
      }
    >
      {template.note === '' ? 'It stays off, and its hardware and disks stay as they are.' : template.note}
    </Alert>
  );
}
