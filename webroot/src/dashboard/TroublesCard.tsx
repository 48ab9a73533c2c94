import { List, ListItem } from '@patternfly/react-core';
import { CheckCircleIcon, ExclamationCircleIcon } from '@patternfly/react-icons';
import { Link } from 'react-router';
import { useList } from '../core/live/collection';
import { hosts } from '../hosts/hosts';
import { pools } from '../storage/storage';
import { vms } from '../vms/vms';
import { DashboardCard } from './DashboardCard';
import { troubles, type Trouble } from './summary';

const SHOWN = 12;

function Troubles({ troubles: all }: { troubles: readonly Trouble[] }) {
  if (all.length === 0) {
    return (
      <p>
        <CheckCircleIcon className="lqx-good" /> None known.
      </p>
    );
  }
  return (
    <>
      <List isPlain aria-label="Problems">
        {all.slice(0, SHOWN).map((trouble) => (
          <ListItem key={trouble.key} icon={<ExclamationCircleIcon className="lqx-bad" />} className="lqx-break">
            <Link to={trouble.path}>{trouble.name}</Link>: {trouble.text}
          </ListItem>
        ))}
      </List>
      {all.length > SHOWN && <p className="lqx-subtle">And {all.length - SHOWN} more.</p>}
    </>
  );
}

export function TroublesCard() {
  const hostList = useList(hosts).data;
  const poolList = useList(pools).data;
  const vmList = useList(vms).data;
  return (
    <DashboardCard title="Problems">
      {hostList && poolList && vmList ? (
        <Troubles troubles={troubles(hostList, poolList, vmList)} />
      ) : (
        <p className="lqx-subtle">Known once hosts, pools and virtual machines have been read.</p>
      )}
    </DashboardCard>
  );
}
