import { Button, Card, CardBody, CardFooter, CardHeader, CardTitle, Flex } from '@patternfly/react-core';
import { StateLabel } from '../core/layout/StateLabel';
import { useItem } from '../core/live/collection';
import { messageOf } from '../core/api/problem';
import { vms } from '../vms/vms';
import { vmState } from '../vms/vmState';
import type { OpenConsole } from './openConsoles';
import { ScreenPicture } from './ScreenPicture';

interface Props {
  vmId: string;
  onOpen: (one: OpenConsole) => void;
}

/** A VM in the overview: what is on its screen, and the way to its consoles. */
export function ConsoleCard({ vmId, onOpen }: Props) {
  const query = useItem(vms, vmId);
  const vm = query.data;
  if (!vm) {
    return (
      <Card isCompact>
        <CardBody>{query.error ? messageOf(query.error) : 'Loading …'}</CardBody>
      </Card>
    );
  }
  return (
    <Card isCompact>
      <CardHeader>
        <CardTitle component="h2" className="lqx-break">
          {vm.name} <StateLabel {...vmState(vm)} title={vm.stateReason} />
        </CardTitle>
      </CardHeader>
      <CardBody>
        <button
          type="button"
          className="lqx-picture-button"
          aria-label={`Open the screen of ${vm.name}`}
          onClick={() => onOpen({ vmId, kind: 'VNC' })}
        >
          <ScreenPicture vm={vm} />
        </button>
      </CardBody>
      <CardFooter>
        <Flex gap={{ default: 'gapSm' }}>
          <Button variant="secondary" size="sm" onClick={() => onOpen({ vmId, kind: 'VNC' })}>
            Screen
          </Button>
          <Button variant="secondary" size="sm" onClick={() => onOpen({ vmId, kind: 'SERIAL' })}>
            Serial line
          </Button>
        </Flex>
      </CardFooter>
    </Card>
  );
}
