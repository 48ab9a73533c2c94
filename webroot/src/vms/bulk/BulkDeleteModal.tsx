import { Checkbox, List, ListItem, Stack, StackItem } from '@patternfly/react-core';
import { useState } from 'react';
import type { Vm } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { deleteVm } from '../actions/delete';
import { mustStop, removeVm } from '../actions/removeVm';
import { BulkDialog } from './BulkDialog';
import { diskTotals, disksOf } from './disksOf';

interface Props {
  selected: readonly Vm[];
  onClose: () => void;
}

/** Deletes a selection, one task for each, after saying which disks go. */
export function BulkDeleteModal({ selected, onClose }: Props) {
  const [keepDisks, setKeepDisks] = useState(false);
  // Those that are being deleted need not be stopped any more, and the dialog keeps its name.
  const [stops] = useState(() => selected.some(mustStop));
  return (
    <BulkDialog
      label={stops ? 'Stop and delete' : 'Delete'}
      danger
      selected={selected}
      availability={deleteVm.availability}
      take={(vm) => removeVm(vm, keepDisks)}
      onClose={onClose}
    >
      {(able) => {
        const running = able.filter(mustStop).length;
        const suspended = able.filter(({ powerState }) => powerState === 'SUSPENDED').length;
        const { own, bytes, attached } = diskTotals(able);
        return (
          <Stack hasGutter>
            {running > 0 && (
              <StackItem>
                {running === 1 ? '1 of them runs' : `${running} of them run`} and will be stopped at once.
              </StackItem>
            )}
            {suspended > 0 && (
              <StackItem>
                {suspended === 1
                  ? 'The saved memory of the one that is suspended is lost.'
                  : `The saved memory of ${suspended} that are suspended is lost.`}
              </StackItem>
            )}
            <StackItem>
              {keepDisks
                ? `Their own disks, ${own} with ${formatBytes(bytes)}, stay as volumes without a VM.`
                : `The data on their own disks is lost for good: ${own} ${own === 1 ? 'disk' : 'disks'} with ${formatBytes(bytes)}.`}
              {attached > 0 &&
                ` What was attached to them stays: ${attached} ${attached === 1 ? 'volume' : 'volumes'}.`}
            </StackItem>
            <StackItem>
              <List isPlain className="lqx-choices" aria-label="What is deleted">
                {able.map((vm) => (
                  <ListItem key={vm.id} className="lqx-break">
                    <strong>{vm.name}</strong>: {disksOf(vm, keepDisks)}
                  </ListItem>
                ))}
              </List>
            </StackItem>
            <StackItem>
              <Checkbox
                id="bulk-delete-keep-disks"
                label="Keep the disks"
                isChecked={keepDisks}
                onChange={(_event, checked) => setKeepDisks(checked)}
              />
            </StackItem>
          </Stack>
        );
      }}
    </BulkDialog>
  );
}
