import { ModalBody, ModalHeader } from '@patternfly/react-core';
import { useId } from 'react';
import type { ActionDialogProps } from '../core/actions/action';
import { Dialog } from '../core/layout/Dialog';
import { QueryState } from '../core/layout/QueryState';
import { useItem } from '../core/live/collection';
import { DeleteVmModal } from '../vms/actions/DeleteVmModal';
import { vms } from '../vms/vms';
import type { TemplateOf } from './templates';

/** A template is deleted as the VM that it is. */
export function DeleteTemplateModal({ target: { version }, onClose }: ActionDialogProps<TemplateOf>) {
  const query = useItem(vms, version.vmId);
  const id = useId();
  if (query.data) return <DeleteVmModal target={query.data} onClose={onClose} />;
  return (
    <Dialog variant="small" aria-labelledby={id} onClose={onClose}>
      <ModalHeader title={`Delete ${version.vmName}?`} labelId={id} />
      <ModalBody>
        <QueryState query={query} what="template" compact>
          {() => null}
        </QueryState>
      </ModalBody>
    </Dialog>
  );
}
