import { Button, Flex, Title } from '@patternfly/react-core';
import { useState } from 'react';
import { ActionButton } from '../../core/actions/ActionButton';
import type { Pool } from '../../core/api/types';
import { NothingYet } from '../../core/layout/NothingYet';
import { QueryState } from '../../core/layout/QueryState';
import { useList } from '../../core/live/collection';
import { tasks } from '../../tasks/tasks';
import { vms } from '../../vms/vms';
import { volumes } from '../storage';
import { uploadVolume } from './actions/uploadVolume';
import { CreateVolumeModal } from './CreateVolumeModal';
import { volumeRows } from './volumeState';
import { VolumeTable } from './VolumeTable';

interface Props {
  pools: readonly Pool[];
  /** Only the volumes of this one. */
  ofPool?: Pool;
}

export function VolumesSection({ pools, ofPool }: Props) {
  const query = useList(volumes);
  const vmList = useList(vms).data ?? [];
  const taskList = useList(tasks).data ?? [];
  const [creating, setCreating] = useState(false);
  return (
    <section aria-labelledby="volumes" className="lqx-section">
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} className="lqx-gap-below">
        <Title headingLevel="h2" id="volumes">
          Volumes
        </Title>
        <Flex gap={{ default: 'gapSm' }}>
          <ActionButton target={pools} action={uploadVolume} />
          <Button variant="secondary" onClick={() => setCreating(true)}>
            Create volume
          </Button>
        </Flex>
      </Flex>
      <QueryState query={query} what="volumes">
        {(list) => {
          const shown = ofPool ? list.filter((volume) => volume.poolId === ofPool.id) : list;
          return shown.length > 0 ? (
            <VolumeTable rows={volumeRows(shown, pools, vmList, taskList)} ofOnePool={ofPool !== undefined} />
          ) : (
            <NothingYet
              title="No volumes yet"
              body="Each disk of a VM is a volume. A disk image of this computer becomes one when it is uploaded."
            />
          );
        }}
      </QueryState>
      {creating && <CreateVolumeModal pools={pools} onClose={() => setCreating(false)} />}
    </section>
  );
}
