import { Button } from '@patternfly/react-core';
import { DatabaseIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { useList } from '../core/live/collection';
import { CreatePoolWizard } from './pools/create/CreatePoolWizard';
import { PoolTable } from './pools/PoolTable';
import { PoolTotals } from './pools/PoolTotals';
import { pools } from './storage';
import { VolumesSection } from './volumes/VolumesSection';

export function StoragePage() {
  const query = useList(pools);
  const [creating, setCreating] = useState(false);
  const list = query.data ?? [];
  const createPool = <Button onClick={() => setCreating(true)}>Create pool</Button>;
  return (
    <Page title="Storage" actions={list.length > 0 ? createPool : undefined}>
      <QueryState query={query} what="pools">
        {() =>
          list.length > 0 ? (
            <>
              <PoolTotals pools={list} />
              <PoolTable pools={list} />
            </>
          ) : (
            <NothingYet
              icon={DatabaseIcon}
              title="No storage pools yet"
              body="Disks and images are kept in pools: directories of the hosts, or storage that hosts share."
              action={createPool}
            />
          )
        }
      </QueryState>
      {list.length > 0 && <VolumesSection pools={list} />}
      {creating && <CreatePoolWizard onClose={() => setCreating(false)} />}
    </Page>
  );
}
