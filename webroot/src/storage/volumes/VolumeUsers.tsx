import { Remark } from '../../core/layout/Remark';
import { Truncated } from '../../core/layout/Truncated';
import { vmPath } from '../../vms/vms';
import { userName, type VolumeUser } from './volumeState';

const SHOWN = 3;

/** The VMs that have a volume; of very many, the first ones. */
export function VolumeUsers({ users }: { users: readonly VolumeUser[] }) {
  if (users.length === 0) return '–';
  const more = users.slice(SHOWN).map(userName);
  return (
    <ul className="lqx-plain">
      {users.slice(0, SHOWN).map((user) => (
        <li key={user.vmId}>
          <Truncated text={userName(user)} to={vmPath(user.vmId)} />
          <Remark text={user.readOnly ? 'Read only' : undefined} />
        </li>
      ))}
      {more.length > 0 && (
        <li className="lqx-subtle" title={more.join(', ')}>
          and {more.length} more
        </li>
      )}
    </ul>
  );
}
