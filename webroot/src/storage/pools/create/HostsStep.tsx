import { Alert, Button, Checkbox, Form, FormGroup } from '@patternfly/react-core';
import type { Host } from '../../../core/api/types';
import { messageOf } from '../../../core/api/problem';
import type { PoolDraft } from './poolDraft';
import { TrialTable } from './TrialTable';
import type { PoolTest } from './usePoolTest';

interface Props {
  draft: PoolDraft;
  hosts: readonly Host[];
  test: PoolTest;
  /** Why the pool could not be created. */
  failure: unknown;
  onChange: (change: Partial<PoolDraft>) => void;
}

/** Which hosts are to have the pool, and whether they are able to. */
export function HostsStep({ draft, hosts, test, failure, onChange }: Props) {
  const toggle = (id: string, checked: boolean): void =>
    onChange({ hostIds: checked ? [...draft.hostIds, id] : draft.hostIds.filter((other) => other !== id) });
  return (
    <Form onSubmit={(event) => event.preventDefault()}>
      {failure !== undefined && (
        <Alert component="p" variant="danger" isInline isLiveRegion title={messageOf(failure)} />
      )}
      <FormGroup label="Hosts" role="group" fieldId="pool-hosts" isStack>
        <p className="lqx-subtle">None chosen: every host.</p>
        {hosts.map((host) => (
          <Checkbox
            key={host.id}
            id={`pool-host-${host.id}`}
            label={host.name}
            isChecked={draft.hostIds.includes(host.id)}
            onChange={(_event, checked) => toggle(host.id, checked)}
          />
        ))}
      </FormGroup>
      <FormGroup label="Test" role="group" fieldId="pool-test">
        <div className="lqx-gap-below">
          <Button variant="secondary" isLoading={test.busy} isDisabled={test.busy} onClick={() => void test.run()}>
            Test on these hosts
          </Button>
        </div>
        {test.failure !== undefined && (
          <Alert component="p" variant="danger" isInline isLiveRegion title={messageOf(test.failure)} />
        )}
        {test.outdated && (
          <p className="lqx-subtle" role="status">
            Something was changed since the last test.
          </p>
        )}
        {test.trials.length > 0 && <TrialTable trials={test.trials} hosts={hosts} />}
        {test.trials.length === 0 && !test.outdated && test.failure === undefined && (
          <p className="lqx-subtle">It was not tested yet. The hosts try it once more before it is created.</p>
        )}
      </FormGroup>
    </Form>
  );
}
