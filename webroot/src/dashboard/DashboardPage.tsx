import { Grid, GridItem } from '@patternfly/react-core';
import { LinkButton } from '../core/layout/LinkButton';
import { Page } from '../core/layout/Page';
import { useList } from '../core/live/collection';
import { hosts } from '../hosts/hosts';
import { images } from '../images/images';
import { pools } from '../storage/storage';
import { vms } from '../vms/vms';
import { CapacityCard } from './CapacityCard';
import { FirstSteps } from './FirstSteps';
import { HostsCard } from './HostsCard';
import { firstSteps } from './summary';
import { TasksCard } from './TasksCard';
import { TroublesCard } from './TroublesCard';
import { VmsCard } from './VmsCard';

/** Nothing until all is known: an invitation that vanishes again would mislead. */
function Steps() {
  const known = {
    hosts: useList(hosts).data,
    pools: useList(pools).data,
    images: useList(images).data,
    vms: useList(vms).data,
  };
  if (!known.hosts || !known.pools || !known.images || !known.vms) return null;
  const steps = firstSteps({ hosts: known.hosts, pools: known.pools, images: known.images, vms: known.vms });
  if (steps.every((step) => step.done)) return null;
  return (
    <GridItem span={12}>
      <FirstSteps steps={steps} />
    </GridItem>
  );
}

export function DashboardPage() {
  const vmList = useList(vms).data;
  const create = <LinkButton to="/vms/new">Create VM</LinkButton>;
  return (
    <Page title="Dashboard" actions={vmList && vmList.length > 0 ? create : undefined}>
      <Grid hasGutter>
        <Steps />
        <GridItem md={6} xl={4}>
          <VmsCard />
        </GridItem>
        <GridItem md={6} xl={4}>
          <HostsCard />
        </GridItem>
        <GridItem md={12} xl={4}>
          <CapacityCard />
        </GridItem>
        <GridItem md={12} xl={6}>
          <TasksCard />
        </GridItem>
        <GridItem md={12} xl={6}>
          <TroublesCard />
        </GridItem>
      </Grid>
    </Page>
  );
}
