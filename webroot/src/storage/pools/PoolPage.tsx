import { useParams } from 'react-router';
import { ActionsMenu } from '../../core/actions/ActionsMenu';
import { isGone } from '../../core/layout/gone';
import { NothingYet } from '../../core/layout/NothingYet';
import { Page } from '../../core/layout/Page';
import { QueryState } from '../../core/layout/QueryState';
import { useItem } from '../../core/live/collection';
import { pools } from '../storage';
import { VolumesSection } from '../volumes/VolumesSection';
import { poolActions } from './actions';
import { PoolLabels } from './PoolLabels';
import { PoolSummary } from './PoolSummary';

const PARENT = { label: 'Storage', to: '/storage' };

export function PoolPage() {
  const { poolId = '' } = useParams();
  const query = useItem(pools, poolId);
  if (isGone(query.error)) {
    return (
      <Page title="Storage pool" parent={PARENT}>
        <NothingYet title="There is no such pool" body="It may have been deleted." />
      </Page>
    );
  }
  const pool = query.data;
  if (pool) {
    return (
      <Page
        title={pool.name}
        parent={PARENT}
        beside={<PoolLabels pool={pool} />}
        actions={<ActionsMenu target={pool} name={pool.name} actions={poolActions} text="Actions" />}
      >
        <PoolSummary pool={pool} />
        <VolumesSection pools={[pool]} ofPool={pool} />
      </Page>
    );
  }
  return (
    <Page title="Storage pool" parent={PARENT}>
      <QueryState query={query} what="pool">
        {() => null}
      </QueryState>
    </Page>
  );
}
