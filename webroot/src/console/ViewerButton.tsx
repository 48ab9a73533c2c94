import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import type { Vm } from '../core/api/types';
import { ViewerModal } from './ViewerModal';

/** The way from the console in the browser to one outside of it. */
export function ViewerButton({ vm, isDisabled }: { vm: Vm; isDisabled: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" size="sm" isDisabled={isDisabled} onClick={() => setOpen(true)}>
        Viewer
      </Button>
      {open && <ViewerModal target={vm} onClose={() => setOpen(false)} />}
    </>
  );
}
