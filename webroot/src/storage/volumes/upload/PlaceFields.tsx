import type { Pool } from '../../../core/api/types';
import { formatBytes } from '../../../core/format/bytes';
import { SelectField } from '../../../core/form/fields';
import { takesNothing } from '../../pools/poolState';
import { needsHost } from './uploadForm';

interface Props {
  pools: readonly Pool[];
  poolId: string;
  hostId: string;
  warning: string | undefined;
  /** Why the pools are not known. */
  unread: string | undefined;
  errorOf: (field: string) => string | undefined;
  onChange: (place: { poolId: string; hostId: string } | { hostId: string }) => void;
}

function poolLabel(pool: Pool): string {
  const reason = takesNothing(pool);
  return reason ? `${pool.name} (${reason})` : `${pool.name} (${formatBytes(pool.freeBytes)} free)`;
}

/** The pool that a volume is to be in and, where that is a place of its own on each host, the host. */
export function PlaceFields({ pools, poolId, hostId, warning, unread, errorOf, onChange }: Props) {
  const pool = pools.find((candidate) => candidate.id === poolId);
  const asksHost = needsHost(pool);
  return (
    <>
      <SelectField
        id="upload-pool"
        label="Pool"
        required
        value={poolId}
        // The server may speak of a host that is not asked for here.
        error={unread ?? errorOf('poolId') ?? (asksHost ? undefined : errorOf('hostId'))}
        warning={asksHost ? undefined : warning}
        choices={pools.map((choice) => ({
          value: choice.id,
          label: poolLabel(choice),
          disabled: takesNothing(choice) !== undefined,
        }))}
        onChange={(id) => onChange({ poolId: id, hostId: '' })}
      />
      {asksHost && (
        <SelectField
          id="upload-host"
          label="Host"
          required
          value={hostId}
          error={errorOf('hostId')}
          warning={warning}
          hint="The pool is a place of its own on each host."
          choices={[
            { value: '', label: 'Choose a host', disabled: true },
            ...(pool?.hosts ?? []).map((host) => ({
              value: host.hostId,
              label: `${host.hostName ?? host.hostId} (${host.usable ? `${formatBytes(host.freeBytes)} free` : 'cannot use it now'})`,
              disabled: !host.usable,
            })),
          ]}
          onChange={(id) => onChange({ hostId: id })}
        />
      )}
    </>
  );
}
