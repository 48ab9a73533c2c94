import { Alert } from '@patternfly/react-core';
import { useRef, useState, type ReactNode } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import { ApiError } from '../../core/api/problem';
import type { Vm } from '../../core/api/types';
import { FormModal } from '../../core/form/FormModal';
import { QueryState } from '../../core/layout/QueryState';
import { LimitFields } from './LimitFields';
import { areFine, LIMIT_FIELDS, limitErrors, migrateRequest, NO_LIMITS, type LimitErrors } from './limits';
import { whenMovable } from './movable';
import { NoOtherHost } from './NoOtherHost';
import { TargetChoice } from './TargetChoice';
import { useTargets } from './useTargets';

/** Asks which host a running VM is to be moved to, and how. */
export function MigrateModal({ target: vm, head, onClose }: ActionDialogProps<Vm> & { head: ReactNode }) {
  const query = useTargets(vm);
  const [hostId, setHostId] = useState('');
  const [limits, setLimits] = useState(NO_LIMITS);
  const [sending, setSending] = useState(false);
  const key = useRef<string>(crypto.randomUUID());
  const movable = whenMovable(vm);
  const own = limitErrors(limits);
  const chosen = query.data?.items.find((target) => target.possible && target.hostId === hostId);
  // What is asked for after a change is another request.
  const edited = <T,>(set: (value: T) => void) => {
    return (value: T): void => {
      key.current = crypto.randomUUID();
      set(value);
    };
  };
  const submit = async (): Promise<void> => {
    setSending(true);
    const params = { path: { vmId: vm.id }, header: once(key.current) };
    try {
      await unwrap(api.POST('/vms/{vmId}/migrate', { params, body: migrateRequest(hostId, limits) }));
    } catch (error) {
      // Without an answer it may have begun: only the same key finds that out.
      if (error instanceof ApiError && error.answered) {
        key.current = crypto.randomUUID();
        void query.refetch();
      }
      throw error;
    } finally {
      setSending(false);
    }
  };
  return (
    <FormModal
      title={`Migrate ${vm.name}`}
      submitLabel="Migrate"
      ready={movable.available && chosen !== undefined && areFine(own)}
      fields={['hostId', ...LIMIT_FIELDS]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          {head}
          {!movable.available && !sending && (
            <Alert component="p" variant="warning" isInline isLiveRegion title="It cannot be migrated now">
              {movable.reason}
            </Alert>
          )}
          <p className="lqx-break">It runs on {vm.hostName ?? 'a host that is not known'} now.</p>
          <QueryState query={query} what="hosts" compact>
            {({ items }) =>
              items.length === 0 ? (
                <NoOtherHost />
              ) : (
                <>
                  <TargetChoice
                    vm={vm}
                    targets={items}
                    isMovable={movable.available}
                    chosen={hostId}
                    error={errorOf('hostId')}
                    onChoose={edited(setHostId)}
                    isAsking={query.isFetching}
                    onAskAgain={() => void query.refetch()}
                  />
                  <LimitFields
                    limits={limits}
                    errors={Object.fromEntries(
                      LIMIT_FIELDS.map((field): [string, LimitErrors[typeof field]] => [
                        field,
                        own[field] ?? errorOf(field),
                      ]),
                    )}
                    onChange={edited(setLimits)}
                  />
                </>
              )
            }
          </QueryState>
        </>
      )}
    </FormModal>
  );
}
