import { Spinner } from '@patternfly/react-core';
import { Suspense } from 'react';
import { Link } from 'react-router';
import { lazyPart } from '../core/layout/lazyPart';
import { isGone } from '../core/layout/gone';
import { NothingYet } from '../core/layout/NothingYet';
import { QueryState } from '../core/layout/QueryState';
import { useItem } from '../core/live/collection';
import { isOn } from '../vms/isOn';
import { vmPath, vms } from '../vms/vms';
import type { OpenConsole } from './openConsoles';

const VncConsole = lazyPart(() => import('./VncConsole'));
const SerialConsole = lazyPart(() => import('./SerialConsole'));

/** One console in the page of consoles. */
export function OneConsole({ vmId, kind }: OpenConsole) {
  const query = useItem(vms, vmId);
  if (isGone(query.error)) {
    return <NothingYet title="There is no such virtual machine" body="It may have been deleted. Close its tab." />;
  }
  const Console = kind === 'VNC' ? VncConsole : SerialConsole;
  return (
    <QueryState query={query} what="virtual machine">
      {(vm) => (
        <Suspense fallback={<Spinner aria-label="Loading the console" />}>
          <Console vm={vm} isOn={isOn(vm)}>
            <Link to={vmPath(vmId)}>Its page</Link>
          </Console>
        </Suspense>
      )}
    </QueryState>
  );
}
