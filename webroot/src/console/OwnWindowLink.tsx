import { Button } from '@patternfly/react-core';
import { ExternalLinkAltIcon } from '@patternfly/react-icons';
import { consolePath, type OpenConsole } from './openConsoles';

/** Opens a console in a window of its own, where others can be added. */
export function OwnWindowLink(one: OpenConsole) {
  return (
    <Button
      component="a"
      variant="secondary"
      size="sm"
      icon={<ExternalLinkAltIcon />}
      href={consolePath(one)}
      target="_blank"
      rel="noopener"
    >
      Own window
    </Button>
  );
}
