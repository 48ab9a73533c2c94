import { Button, Flex, Title } from '@patternfly/react-core';
import { DatabaseIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { useList } from '../core/live/collection';
import { vms } from '../vms/vms';
import { CreatePoolModal } from './CreatePoolModal';
import { CreateVolumeModal } from './CreateVolumeModal';
import { PoolCards } from './PoolCards';
import { pools, volumes } from './storage';
import { VolumeTable } from './VolumeTable';

type Open = 'pool' | 'volume' | undefined;

export function StoragePage() {
  const poolQuery = useList(pools);
  const volumeQuery = useList(volumes);
  const vmList = useList(vms).data ?? [];
  const [open, setOpen] = useState<Open>();
  const poolList = poolQuery.data ?? [];
  const createPool = <Button onClick={() => setOpen('pool')}>Create pool</Button>;
  const close = (): void => setOpen(undefined);
  return (
    <Page title="Storage" actions={poolList.length > 0 ? createPool : undefined}>
      <QueryState query={poolQuery} what="pools">
        {(list) =>
          list.length > 0 ? (
            <PoolCards pools={list} />
          ) : (
            <NothingYet
              icon={DatabaseIcon}
              title="No storage pools yet"
              body="A pool is a directory of the hosts that disks and images are kept in."
              action={createPool}
            />
          )
        }
      </QueryState>
      {poolList.length > 0 && (
        <section aria-labelledby="volumes" className="lqx-section">
          <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} className="lqx-gap-below">
            <Title headingLevel="h2" id="volumes">
              Volumes
            </Title>
            <Button variant="secondary" onClick={() => setOpen('volume')}>
              Create volume
            </Button>
          </Flex>
          <QueryState query={volumeQuery} what="volumes">
            {(list) =>
              list.length > 0 ? (
                <VolumeTable volumes={list} pools={poolList} vms={vmList} />
              ) : (
                <NothingYet title="No volumes yet" body="Each disk of a VM is a volume." />
              )
            }
          </QueryState>
        </section>
      )}
      {open === 'pool' && <CreatePoolModal onClose={close} />}
      {open === 'volume' && <CreateVolumeModal pools={poolList} onClose={close} />}
    </Page>
  );
}
