import { Spinner } from '@patternfly/react-core';
import { Suspense } from 'react';
import { useParams } from 'react-router';
import { isGone } from '../core/layout/gone';
import { lazyPart } from '../core/layout/lazyPart';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { StateLabel } from '../core/layout/StateLabel';
import { useItem } from '../core/live/collection';
import { HostSummary } from './HostSummary';
import { hosts } from './hosts';
import { hostState } from './hostState';

const MonitoringPart = lazyPart(() => import('../monitoring/MonitoringPart'));

const PARENT = { label: 'Hosts', to: '/hosts' };

export function HostPage() {
  const { hostId = '' } = useParams();
  const query = useItem(hosts, hostId);
  if (isGone(query.error)) {
    return (
      <Page title="Host" parent={PARENT}>
        <NothingYet title="There is no such host" body="It may have been removed." />
      </Page>
    );
  }
  if (query.data) {
    return (
      <Page title={query.data.name} parent={PARENT} beside={<StateLabel {...hostState(query.data)} />}>
        <HostSummary host={query.data} />
        <Suspense fallback={<Spinner aria-label="Loading the charts" />}>
          <MonitoringPart key={hostId} of="hosts" id={hostId} title="Monitoring" />
        </Suspense>
      </Page>
    );
  }
  return (
    <Page title="Host" parent={PARENT}>
      <QueryState query={query} what="host">
        {() => null}
      </QueryState>
    </Page>
  );
}
