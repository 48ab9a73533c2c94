import { TabTitleIcon, TabTitleText } from '@patternfly/react-core';
import { DesktopIcon, TerminalIcon } from '@patternfly/react-icons';
import { useItem } from '../core/live/collection';
import { vms } from '../vms/vms';
import type { OpenConsole } from './openConsoles';

/** What a console is called where there are several. */
export function useConsoleName({ vmId, kind }: OpenConsole): string {
  const { data } = useItem(vms, vmId);
  const name = data?.name ?? 'VM';
  return kind === 'VNC' ? name : `${name} serial`;
}

/** What the tab of a console says: whose it is and which. */
export function ConsoleTabTitle(one: OpenConsole) {
  const name = useConsoleName(one);
  return (
    <>
      <TabTitleIcon>{one.kind === 'VNC' ? <DesktopIcon /> : <TerminalIcon />}</TabTitleIcon>
      <TabTitleText>
        <span className="lqx-truncate lqx-crumb" title={name}>
          {name}
        </span>
      </TabTitleText>
    </>
  );
}
