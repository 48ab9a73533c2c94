import { Alert, Button } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api, unwrap } from '../../core/api/client';
import type { UnmanagedVmList } from '../../core/api/types';
import { Page } from '../../core/layout/Page';
import { QueryState } from '../../core/layout/QueryState';
import { UnmanagedPart } from './UnmanagedPart';

const PARENT = { label: 'Virtual machines', to: '/vms' };

interface FoundProps {
  found: UnmanagedVmList;
  lookAgain: () => Promise<{ isSuccess: boolean }>;
}

function Found({ found, lookAgain }: FoundProps) {
  return (
    <>
      {found.silentHosts.map(({ hostId, hostName, reason }) => (
        <Alert
          key={hostId}
          component="p"
          variant="warning"
          isInline
          className="lqx-gap-below"
          title={`What ${hostName} has is not shown: ${reason}`}
        />
      ))}
      {found.more && (
        <Alert
          component="p"
          variant="info"
          isInline
          className="lqx-gap-below"
          title="There are more than are shown. Look at one host after the other, on the page of each."
        />
      )}
      <UnmanagedPart rows={found.items} lookAgain={lookAgain} />
    </>
  );
}

/** What libvirt runs on the hosts, or on one of them, without LimiQuantix; the hosts are asked when somebody looks. */
export function UnmanagedPage() {
  const [params] = useSearchParams();
  const hostId = params.get('host');
  const query = useQuery({
    queryKey: ['unmanaged-vms', hostId],
    queryFn: () =>
      hostId === null
        ? unwrap(api.GET('/unmanaged'))
        : unwrap(api.GET('/hosts/{hostId}/unmanaged', { params: { path: { hostId } } })),
    staleTime: 0,
    gcTime: 0,
  });
  const again = (
    <Button
      variant="secondary"
      isLoading={query.isFetching}
      isDisabled={query.isFetching}
      onClick={() => void query.refetch()}
    >
      Look again
    </Button>
  );
  return (
    <Page title="Unmanaged virtual machines" parent={PARENT} actions={again}>
      <p className="lqx-subtle lqx-gap-below">
        Virtual machines that somebody made with libvirt’s own tools. LimiQuantix leaves them alone until you adopt
        them.
      </p>
      <QueryState query={query} what="unmanaged virtual machines">
        {(found) => <Found key={hostId} found={found} lookAgain={query.refetch} />}
      </QueryState>
    </Page>
  );
}
