import { TabAction } from '@patternfly/react-core';
import { TimesIcon } from '@patternfly/react-icons';
import { useConsoleName } from './ConsoleTabTitle';
import type { OpenConsole } from './openConsoles';

/** The cross at the tab of a console. */
export function CloseConsole({ onClose, ...one }: OpenConsole & { onClose: () => void }) {
  const name = useConsoleName(one);
  return (
    <TabAction aria-label={`Close ${name}`} onClick={onClose}>
      <TimesIcon />
    </TabAction>
  );
}
