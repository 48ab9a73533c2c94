import { useRef, useState } from 'react';
import { api, once, unwrap } from '../../core/api/client';
import { ApiError, messageOf } from '../../core/api/problem';
import type { Image, TaskAccepted } from '../../core/api/types';
import type { Draft } from './draft';
import { toRequest } from './request';
import { hasErrors, placeServerErrors, validate, type Errors } from './validate';

interface Submission {
  busy: boolean;
  /** What went wrong as a whole. */
  failure: string | undefined;
  errors: Errors;
  /** Whether the form itself finds nothing wrong; from the first attempt on its errors are shown. */
  check: (draft: Draft, image: Image | undefined) => boolean;
  /** Called with every edit: what the server said of these fields no longer holds. */
  edited: (fields: readonly string[]) => void;
  submit: (draft: Draft) => Promise<TaskAccepted | undefined>;
}

export function useCreateVm(draft: Draft, image: Image | undefined): Submission {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [attempted, setAttempted] = useState(false);
  const [fromServer, setFromServer] = useState<Errors>({});
  const key = useRef<string>(crypto.randomUUID());

  const own = attempted ? validate(draft, image) : {};
  const errors = Object.fromEntries(
    [...Object.keys(fromServer), ...Object.keys(own)].map((field) => [field, own[field] ?? fromServer[field]]),
  );

  const submit = async (sent: Draft): Promise<TaskAccepted | undefined> => {
    setBusy(true);
    setFailure(undefined);
    setFromServer({});
    try {
      const request = { params: { header: once(key.current) }, body: toRequest(sent) };
      return await unwrap(api.POST('/vms', request));
    } catch (error) {
      // Without an answer the VM may exist: only the same key finds that out.
      if (error instanceof ApiError && error.answered) key.current = crypto.randomUUID();
      const placed = placeServerErrors(sent, error instanceof ApiError ? error.fieldErrors : []);
      setFromServer(placed.errors);
      setFailure([messageOf(error), ...placed.rest.map((rest) => `${rest.field}: ${rest.message}`)].join(' '));
      return undefined;
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    failure,
    errors,
    check: (sent, chosen) => {
      setAttempted(true);
      return !hasErrors(validate(sent, chosen));
    },
    edited: (fields) => {
      key.current = crypto.randomUUID();
      setFromServer((all) => Object.fromEntries(Object.entries(all).filter(([field]) => !fields.includes(field))));
    },
    submit,
  };
}
