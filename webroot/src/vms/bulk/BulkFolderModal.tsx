import { Form } from '@patternfly/react-core';
import { useState } from 'react';
import type { Vm } from '../../core/api/types';
import { TextField } from '../../core/form/fields';
import { editSettings } from '../actions/editSettings';
import { BulkDialog } from './BulkDialog';
import { changeVm } from './changeVm';
import { namesOf } from './outcomes';

interface Props {
  selected: readonly Vm[];
  onClose: () => void;
}

/** Puts a selection into a folder. */
export function BulkFolderModal({ selected, onClose }: Props) {
  const [typed, setTyped] = useState(() => {
    const folders = new Set(selected.map(({ folder }) => folder ?? ''));
    return folders.size === 1 ? [...folders].join('') : '';
  });
  const folder = typed.trim();
  return (
    <BulkDialog
      label="Set folder"
      selected={selected}
      availability={editSettings.availability}
      take={(vm) => changeVm(vm, (now) => ((now.folder ?? '') === folder ? undefined : { folder }))}
      onClose={onClose}
    >
      {(able) => (
        <Form onSubmit={(event) => event.preventDefault()}>
          <TextField
            id="bulk-folder"
            label="Folder"
            value={typed}
            hint={'Names with "/" between them, as in team/web. Empty takes them out of their folders.'}
            onChange={setTyped}
          />
          <p className="lqx-break lqx-choices">{namesOf(able)}</p>
        </Form>
      )}
    </BulkDialog>
  );
}
