import type { Host, Trial } from '../../../core/api/types';
import { formatBytes } from '../../../core/format/bytes';
import { DataTable, type Column } from '../../../core/layout/DataTable';
import { Remark } from '../../../core/layout/Remark';
import { StateLabel } from '../../../core/layout/StateLabel';
import { Truncated } from '../../../core/layout/Truncated';
import { settingLabel } from '../drivers';

interface Props {
  trials: readonly Trial[];
  hosts: readonly Host[];
}

/** How the pool was on each host that tried it. */
export function TrialTable({ trials, hosts }: Props) {
  const hostName = (trial: Trial): string => hosts.find((host) => host.id === trial.hostId)?.name ?? trial.hostId;
  const blamed = ({ field }: Trial): string => {
    const name = field?.split('.').at(-1);
    return name ? `${settingLabel(name)}: ` : '';
  };
  const columns: readonly Column<Trial>[] = [
    { label: 'Host', cell: (trial) => <Truncated text={hostName(trial)} />, sortBy: hostName, width: 30 },
    {
      label: 'Result',
      cell: (trial) =>
        trial.usable ? (
          <>
            <StateLabel text="Works" tone="success" />
            <Remark text={`${formatBytes(trial.freeBytes)} free of ${formatBytes(trial.capacityBytes)}`} />
          </>
        ) : (
          <>
            <StateLabel text="Fails" tone="danger" />
            <Remark danger text={`${blamed(trial)}${trial.problem ?? 'The host did not say why.'}`} />
          </>
        ),
      width: 70,
    },
  ];
  return (
    <div role="status">
      <DataTable label="Results of the test" rows={trials} columns={columns} rowKey={(trial) => trial.hostId} />
    </div>
  );
}
