import { useState } from 'react';
import { api, once, unwrap } from '../../../core/api/client';
import type { Driver, Trial } from '../../../core/api/types';
import { settingsOf, type PoolDraft } from './poolDraft';

export interface PoolTest {
  busy: boolean;
  failure: unknown;
  /** Empty before a test, and once what it was about was changed. */
  trials: readonly Trial[];
  outdated: boolean;
  run: () => Promise<void>;
}

/** Has hosts try a pool without making it. */
export function usePoolTest(draft: PoolDraft, driver: Driver | undefined): PoolTest {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [result, setResult] = useState<{ asked: string; trials: readonly Trial[] }>();
  const body = driver && {
    driver: driver.name,
    ...settingsOf(driver, draft.values),
    hostIds: [...draft.hostIds],
  };
  const asked = JSON.stringify(body);

  const run = async (): Promise<void> => {
    if (!body) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const { items } = await unwrap(api.POST('/pools/try', { params: { header: once() }, body }));
      setResult({ asked, trials: items });
    } catch (error) {
      setResult(undefined);
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const current = result !== undefined && result.asked === asked;
  return {
    busy,
    failure,
    trials: current ? result.trials : [],
    outdated: result !== undefined && !current,
    run,
  };
}
