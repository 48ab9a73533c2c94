import { Button, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { LinkButton } from '../../core/layout/LinkButton';
import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { queryOf } from '../../console/openConsoles';
import { forceStopVm } from '../actions/forceStop';
import { pauseVm } from '../actions/pause';
import { rebootVm } from '../actions/reboot';
import { resumeVm } from '../actions/resume';
import { shutDownVm } from '../actions/shutdown';
import { startVm } from '../actions/start';
import { suspendVm } from '../actions/suspend';
import { BulkModal } from './BulkModal';

/** What needs no more to be said for each of them. */
const ACTIONS: readonly Action<Vm>[] = [startVm, shutDownVm, rebootVm, pauseVm, resumeVm, suspendVm, forceStopVm];

interface Props {
  selected: readonly Vm[];
  onClear: () => void;
}

/** What can be done with all VMs that are ticked. */
export function BulkBar({ selected, onClear }: Props) {
  const [action, setAction] = useState<Action<Vm>>();
  const screens = queryOf({ open: selected.map(({ id }) => ({ vmId: id, kind: 'VNC' })), front: undefined });
  return (
    <Toolbar inset={{ default: 'insetNone' }} aria-label="Selected VMs">
      <ToolbarContent alignItems="center">
        <ToolbarItem>
          <span role="status">{selected.length} selected</span>
        </ToolbarItem>
        {ACTIONS.map((one) => (
          <ToolbarItem key={one.id}>
            <Button size="sm" variant={one.danger ? 'danger' : 'secondary'} onClick={() => setAction(one)}>
              {one.label}
            </Button>
          </ToolbarItem>
        ))}
        <ToolbarItem>
          <LinkButton to={`/consoles?${screens}`} variant="secondary" size="sm">
            Consoles
          </LinkButton>
        </ToolbarItem>
        <ToolbarItem>
          <Button size="sm" variant="link" onClick={onClear}>
            Clear
          </Button>
        </ToolbarItem>
      </ToolbarContent>
      {action && <BulkModal action={action} selected={selected} onClose={() => setAction(undefined)} />}
    </Toolbar>
  );
}
