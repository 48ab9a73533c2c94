import { Checkbox, Form, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import type { Vm } from '../../core/api/types';
import { TextField } from '../../core/form/fields';
import { editSettings } from '../actions/editSettings';
import { BulkDialog } from './BulkDialog';
import { changeVm } from './changeVm';
import { keysOf, labelsAfter, type LabelChange } from './labelChange';
import { countVms, namesOf } from './outcomes';

interface Props {
  selected: readonly Vm[];
  onClose: () => void;
}

/** Adds labels to a selection and takes others away; what is not named stays. */
export function BulkLabelsModal({ selected, onClose }: Props) {
  const [change, setChange] = useState<LabelChange>({ add: '', remove: [] });
  const [keys] = useState(() => keysOf(selected));
  const remove = (key: string, removed: boolean): void =>
    setChange((before) => ({
      ...before,
      remove: removed ? [...before.remove, key] : before.remove.filter((one) => one !== key),
    }));
  return (
    <BulkDialog
      label="Change labels"
      selected={selected}
      availability={editSettings.availability}
      ready={change.add.trim() !== '' || change.remove.length > 0}
      take={(vm) =>
        changeVm(vm, (now) => {
          const labels = labelsAfter(now.labels, change);
          return labels && { labels };
        })
      }
      onClose={onClose}
    >
      {(able) => (
        <Form onSubmit={(event) => event.preventDefault()}>
          <TextField
            id="bulk-labels"
            label="Add"
            rows={3}
            mono
            value={change.add}
            hint="One a line, as in env=test. Another value of the same label is replaced."
            onChange={(add) => setChange((before) => ({ ...before, add }))}
          />
          {keys.length > 0 && (
            <FormGroup role="group" isStack label="Take away" fieldId="bulk-labels-remove">
              {keys.map(([key, count]) => (
                <Checkbox
                  key={key}
                  id={`bulk-labels-remove-${key}`}
                  label={`${key} (${countVms(count)})`}
                  isChecked={change.remove.includes(key)}
                  onChange={(_event, removed) => remove(key, removed)}
                />
              ))}
            </FormGroup>
          )}
          <p className="lqx-break lqx-choices">{namesOf(able)}</p>
        </Form>
      )}
    </BulkDialog>
  );
}
