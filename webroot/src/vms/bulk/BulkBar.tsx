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
import { formatCount } from '../../core/format/count';
import { BulkDeleteModal } from './BulkDeleteModal';
import { BulkFolderModal } from './BulkFolderModal';
import { BulkLabelsModal } from './BulkLabelsModal';
import { BulkMigrateModal } from './BulkMigrateModal';
import { BulkModal } from './BulkModal';

/** What needs no more to be said for each of them. */
const ACTIONS: readonly Action<Vm>[] = [startVm, shutDownVm, rebootVm, pauseVm, resumeVm, suspendVm, forceStopVm];

/** Of which more has to be said. */
const FORMS = {
  Migrate: BulkMigrateModal,
  Labels: BulkLabelsModal,
  Folder: BulkFolderModal,
  Delete: BulkDeleteModal,
} as const;
type Form = keyof typeof FORMS;

/** More screens at once no browser can show. */
const MOST_SCREENS = 16;

interface Props {
  selected: readonly Vm[];
  /** How many of them are on other pages. */
  elsewhere: number;
  onClear: () => void;
}

/** What can be done with all VMs that are ticked. */
export function BulkBar({ selected, elsewhere, onClear }: Props) {
  const [form, setForm] = useState<Form>();
  const Opened = form && FORMS[form];
  const [action, setAction] = useState<Action<Vm>>();
  const screens = queryOf({ open: selected.map(({ id }) => ({ vmId: id, kind: 'VNC' })), front: undefined });
  return (
    <Toolbar inset={{ default: 'insetNone' }} aria-label="Selected VMs">
      <ToolbarContent alignItems="center">
        <ToolbarItem>
          <span role="status">
            {formatCount(selected.length)} selected
            {elsewhere > 0 && `, ${formatCount(elsewhere)} of them on other pages`}
          </span>
        </ToolbarItem>
        {ACTIONS.map((one) => (
          <ToolbarItem key={one.id}>
            <Button size="sm" variant={one.danger ? 'danger' : 'secondary'} onClick={() => setAction(one)}>
              {one.label}
            </Button>
          </ToolbarItem>
        ))}
        {selected.length <= MOST_SCREENS && (
          <ToolbarItem>
            <LinkButton to={`/consoles?${screens}`} variant="secondary" size="sm">
              Consoles
            </LinkButton>
          </ToolbarItem>
        )}
        {(Object.keys(FORMS) as Form[]).map((one) => (
          <ToolbarItem key={one}>
            <Button size="sm" variant={one === 'Delete' ? 'danger' : 'secondary'} onClick={() => setForm(one)}>
              {one}
            </Button>
          </ToolbarItem>
        ))}
        <ToolbarItem>
          <Button size="sm" variant="link" onClick={onClear}>
            Clear
          </Button>
        </ToolbarItem>
      </ToolbarContent>
      {Opened && <Opened selected={selected} onClose={() => setForm(undefined)} />}
      {action && <BulkModal action={action} selected={selected} onClose={() => setAction(undefined)} />}
    </Toolbar>
  );
}
