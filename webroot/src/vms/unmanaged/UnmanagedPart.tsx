import { useState } from 'react';
import type { UnmanagedVm } from '../../core/api/types';
import { AdoptBar } from './AdoptBar';
import { AdoptionsContext } from './adoptions';
import { BulkAdoptModal } from './BulkAdoptModal';
import { UnmanagedTable } from './UnmanagedTable';
import { useAdoptionsHere } from './useAdoptionsHere';
import { useChosen } from './useChosen';

interface Props {
  rows: readonly UnmanagedVm[];
  /** Asks the hosts what they have now. */
  lookAgain: () => Promise<{ isSuccess: boolean }>;
}

/** The domains that were found, to be adopted one by one or many at once. */
export function UnmanagedPart({ rows, lookAgain }: Props) {
  const adoptions = useAdoptionsHere(lookAgain);
  const chosen = useChosen(rows, adoptions);
  const [asked, setAsked] = useState<readonly UnmanagedVm[]>();
  return (
    <AdoptionsContext value={adoptions}>
      {rows.some(({ reasons }) => reasons.length === 0) && (
        <AdoptBar chosen={chosen} onAdopt={() => setAsked(chosen.selected)} />
      )}
      <UnmanagedTable rows={rows} selection={chosen} />
      {asked && <BulkAdoptModal selected={asked} onClose={() => setAsked(undefined)} />}
    </AdoptionsContext>
  );
}
