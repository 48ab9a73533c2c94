import { Link } from 'react-router';
import type { Volume } from '../core/api/types';
import { useList } from '../core/live/collection';
import { poolPath, volumes } from '../storage/storage';
import { vmPath } from '../vms/vms';

/** More of them say no more. */
const MOST_SHOWN = 10;

const pathOf = ({ attachments: [first], poolId }: Volume): string => (first ? vmPath(first.vmId) : poolPath(poolId));

/** The volumes that began as an image, each with the way to its VM, or to its pool where it has none. */
export function ImageUsers({ imageId }: { imageId: string }) {
  const query = useList(volumes);
  if (query.isPending) return <>Looking …</>;
  if (!query.data) return <>Not known now</>;
  const users = query.data.filter((volume) => volume.imageId === imageId);
  const shown = users.slice(0, MOST_SHOWN);
  if (shown.length === 0) return <>Nothing</>;
  return (
    <ul className="lqx-plain-list">
      {shown.map((volume) => (
        <li key={volume.id}>
          <Link to={pathOf(volume)}>{volume.name}</Link>
        </li>
      ))}
      {users.length > shown.length && <li>and {users.length - shown.length} more</li>}
    </ul>
  );
}
