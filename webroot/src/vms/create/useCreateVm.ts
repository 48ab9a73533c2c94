import { useRef, useState } from 'react';
import { api, once, unwrap } from '../../core/api/client';
import { ApiError, messageOf } from '../../core/api/problem';
import type { TaskAccepted } from '../../core/api/types';
import type { Draft } from './draft';
import { toRequest } from './request';
import { placeServerErrors, type Errors } from './validate';

/** What came of asking for the VM: the task, or what is wrong by field. */
type Outcome = { accepted: TaskAccepted } | { refused: Errors };

interface Submission {
  busy: boolean;
  /** What went wrong as a whole. */
  failure: string | undefined;
  /** What the server said, by field. */
  refused: Errors;
  /** Called with every edit: what the server said of these fields no longer holds. */
  edited: (fields: readonly string[]) => void;
  submit: (draft: Draft) => Promise<Outcome>;
}

export function useCreateVm(): Submission {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [refused, setRefused] = useState<Errors>({});
  const key = useRef<string>(crypto.randomUUID());

  const submit = async (sent: Draft): Promise<Outcome> => {
    setBusy(true);
    setFailure(undefined);
    setRefused({});
    try {
      const request = { params: { header: once(key.current) }, body: toRequest(sent) };
      return { accepted: await unwrap(api.POST('/vms', request)) };
    } catch (error) {
      // Without an answer the VM may exist: only the same key finds that out.
      if (error instanceof ApiError && error.answered) key.current = crypto.randomUUID();
      const placed = placeServerErrors(sent, error instanceof ApiError ? error.fieldErrors : []);
      setRefused(placed.errors);
      setFailure([messageOf(error), ...placed.rest.map((rest) => `${rest.field}: ${rest.message}`)].join(' '));
      return { refused: placed.errors };
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    failure,
    refused,
    edited: (fields) => {
      key.current = crypto.randomUUID();
      setRefused((all) => Object.fromEntries(Object.entries(all).filter(([field]) => !fields.includes(field))));
    },
    submit,
  };
}
