import type { Pool } from '../../core/api/types';
import { StateLabel } from '../../core/layout/StateLabel';
import { poolBadges } from './poolState';

export function PoolLabels({ pool }: { pool: Pool }) {
  return (
    <span className="lqx-labels">
      {poolBadges(pool).map((badge) => (
        <StateLabel key={badge.text} {...badge} />
      ))}
    </span>
  );
}
