import { Button, TextInput, Tooltip } from '@patternfly/react-core';
import { CheckIcon, PencilAltIcon, TimesIcon } from '@patternfly/react-icons';
import { useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { messageOf } from '../../core/api/problem';
import type { Volume } from '../../core/api/types';
import { formatBytes, gibCeil } from '../../core/format/bytes';
import { Remark } from '../../core/layout/Remark';
import { growVolume } from './actions/growVolume';
import { growTo, newSize } from './grow';
import type { VolumeRow } from './volumeState';

function Growing({ volume, onClose }: { volume: Volume; onClose: () => void }) {
  const [typed, setTyped] = useState(String(gibCeil(volume.sizeBytes + 1)));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { sizeBytes, problem } = newSize(volume, typed === '' ? NaN : Number(typed));
  const grow = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await growTo(volume, sizeBytes);
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (problem === undefined && !busy) void grow();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <TextInput
        type="number"
        step="any"
        aria-label={`New size of ${volume.name} in GiB`}
        value={typed}
        validated={problem ? 'error' : 'default'}
        // Who asked for the field goes on in it.
        autoFocus
        onKeyDown={onKeyDown}
        onChange={(_event, next) => setTyped(next)}
      />
      <span className="lqx-nowrap">
        GiB
        <Button
          type="submit"
          variant="plain"
          size="sm"
          icon={<CheckIcon />}
          aria-label={`Grow ${volume.name}`}
          isLoading={busy}
          isDisabled={busy || problem !== undefined}
        />
        <Button variant="plain" size="sm" icon={<TimesIcon />} aria-label="Leave the size as it is" onClick={onClose} />
      </span>
      <span role="status">
        <Remark text={failure ?? problem} danger />
      </span>
    </form>
  );
}

/** The size of a volume, which can be changed where it stands. */
export function SizeCell({ row }: { row: VolumeRow }) {
  const [editing, setEditing] = useState(false);
  const { volume } = row;
  if (editing) return <Growing volume={volume} onClose={() => setEditing(false)} />;
  const state = growVolume.availability(row);
  const button = (
    <Button
      variant="plain"
      size="sm"
      icon={<PencilAltIcon />}
      className="lqx-edit"
      aria-label={`Change the size of ${volume.name}`}
      isAriaDisabled={!state.available}
      onClick={() => setEditing(true)}
    />
  );
  return (
    <span className="lqx-nowrap">
      {formatBytes(volume.sizeBytes)} {state.available ? button : <Tooltip content={state.reason}>{button}</Tooltip>}
    </span>
  );
}
