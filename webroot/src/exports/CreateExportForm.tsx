import { Alert, Button, Form } from '@patternfly/react-core';
import { useState, type SyntheticEvent } from 'react';
import { messageOf } from '../core/api/problem';
import type { Snapshot, TaskAccepted } from '../core/api/types';
import { SelectField } from '../core/form/fields';
import { exportCreation, type ExportOrigin, type ExportWish } from './exportApi';

export interface FormatChoice {
  value: ExportWish['format'];
  label: string;
}

interface Props {
  origin: ExportOrigin;
  /** At least one. */
  formats: readonly [FormatChoice, ...FormatChoice[]];
  /** What can be exported in place of what it holds now. */
  snapshots: readonly Snapshot[];
  /** Why there can be none now. */
  problem: string | undefined;
  onBegun: (accepted: TaskAccepted) => void;
}

/** Asks for a file of what something holds, or of what one of its snapshots does. */
export function CreateExportForm({ origin, formats, snapshots, problem, onBegun }: Props) {
  const [format, setFormat] = useState(formats[0].value);
  const [snapshotId, setSnapshotId] = useState('');
  const [creation] = useState(() => exportCreation(origin));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const whole = snapshots.filter((snapshot) => snapshot.state === 'READY');
  const begin = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      onBegun(await creation.make({ format, ...(snapshotId === '' ? {} : { snapshotId }) }));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (problem === undefined && !busy) void begin();
  };
  return (
    <Form onSubmit={onSubmit} className="lqx-gap-below" noValidate>
      {failure !== undefined && (
        <Alert component="p" variant="danger" isInline isLiveRegion title={messageOf(failure)} />
      )}
      {whole.length > 0 && (
        <SelectField
          id="export-of"
          label="What to export"
          value={snapshotId}
          choices={[
            { value: '', label: 'What the volume holds now' },
            ...whole.map(({ id, name }) => ({ value: id, label: `Snapshot ${name}` })),
          ]}
          onChange={setSnapshotId}
        />
      )}
      <SelectField
        id="export-format"
        label="Format"
        value={format}
        warning={problem}
        hint="A host writes the file and deletes it after a day, unless it was configured otherwise."
        choices={formats}
        onChange={(next) => setFormat(next as ExportWish['format'])}
      />
      <div>
        <Button type="submit" variant="secondary" isLoading={busy} isDisabled={problem !== undefined || busy}>
          Export
        </Button>
      </div>
    </Form>
  );
}
