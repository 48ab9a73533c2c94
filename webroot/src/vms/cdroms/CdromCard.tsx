import { ActionButton } from '../../core/actions/ActionButton';
import type { Vm } from '../../core/api/types';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Facts } from '../../core/layout/Facts';
import { Truncated } from '../../core/layout/Truncated';
import { useList } from '../../core/live/collection';
import { images } from '../../images/images';
import { addDrive, ejectIso, insertIso } from './actions';
import { driveName, type Drive } from './drive';

const COLUMNS: readonly Column<Drive>[] = [
  { label: 'Drive', cell: driveName, width: 30 },
  { label: 'Medium', cell: ({ medium }) => <Truncated text={medium} /> },
  {
    label: 'Actions',
    hidden: true,
    className: 'lqx-buttons-column',
    cell: (drive) => (
      <div className="lqx-buttons">
        <ActionButton target={drive} action={insertIso} variant="link" />
        <ActionButton target={drive} action={ejectIso} variant="link" />
      </div>
    ),
  },
];

/** The CD-ROM drives and what is in them. */
export function CdromCard({ vm }: { vm: Vm }) {
  const known = useList(images).data ?? [];
  const drives = vm.cdroms.map(({ imageId }, number) => ({
    vm,
    number,
    imageId,
    medium: imageId === undefined ? 'Empty' : (known.find(({ id }) => id === imageId)?.name ?? imageId),
  }));
  return (
    <Facts title="CD-ROM drives" facts={[]} actions={<ActionButton target={vm} action={addDrive} />}>
      <DataTable
        label="CD-ROM drives"
        rows={drives}
        columns={COLUMNS}
        rowKey={({ number }) => String(number)}
        unsorted
        nothing="No CD-ROM drives"
      />
    </Facts>
  );
}
