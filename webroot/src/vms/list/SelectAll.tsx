import { Alert, AlertActionLink } from '@patternfly/react-core';
import { useState } from 'react';
import { messageOf } from '../../core/api/problem';
import type { Vm } from '../../core/api/types';
import { formatCount } from '../../core/format/count';
import { firstVms } from './vmPages';
import type { VmWish } from './wish';

/** More at once could not be looked over, and would keep the browser busy with requests for long. */
export const MOST_SELECTED = 1000;

interface Props {
  wish: VmWish;
  total: number;
  selected: number;
  onSelect: (vms: readonly Vm[]) => void;
}

/** Ticks what is on the other pages, too; shown where a whole page is ticked and there are more. */
export function SelectAll({ wish, total, selected, onSelect }: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const select = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      onSelect(await firstVms(wish, MOST_SELECTED));
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const what =
    total <= MOST_SELECTED
      ? `Select all ${formatCount(total)} that match`
      : `Select the first ${formatCount(MOST_SELECTED)} of ${formatCount(total)} that match`;
  return (
    <Alert
      component="p"
      variant={failure === undefined ? 'info' : 'danger'}
      isInline
      isPlain
      isLiveRegion
      className="lqx-gap-below"
      title={failure ?? `${formatCount(selected)} selected. There are more on other pages.`}
      actionLinks={
        <AlertActionLink isDisabled={busy} isLoading={busy} onClick={() => void select()}>
          {what}
        </AlertActionLink>
      }
    />
  );
}
