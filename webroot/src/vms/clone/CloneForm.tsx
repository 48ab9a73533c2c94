import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useRef, useState, type ReactNode } from 'react';
import { api, once, unwrap } from '../../core/api/client';
import { ApiError } from '../../core/api/problem';
import type { CloneVm, Vm } from '../../core/api/types';
import { TextField } from '../../core/form/fields';
import { FormModal } from '../../core/form/FormModal';
import { CloneOrigin } from './CloneOrigin';
import { ClonePlace } from './ClonePlace';
import { CloneSetUp } from './CloneSetUp';
import { cloneErrors, cloneRequest, draftOf, type CloneDraft } from './cloneDraft';
import { cloneNames, inShort } from './cloneNames';

const PLAIN_FIELDS = ['name', 'kind', 'snapshotId', 'hostId', 'pools', 'folder', 'description', 'customizationSpecId'];
const SET_UP_FIELDS = ['user', 'password', 'nobodyLogsIn', 'hostName', 'network', 'network.address', 'network.gateway'];

/** Of a template in place of a VM. */
interface Deployment {
  family: string;
  version: number;
  /** Where the version is chosen. */
  choice: ReactNode;
  /** Whether the VM is that version by now. */
  ready: boolean;
}

interface Props {
  vm: Vm;
  /** Empty: what the VM holds now. */
  snapshotId: string;
  deployment?: Deployment;
  onClose: () => void;
}

function makeClones(vm: Vm, deployment: Deployment | undefined, body: CloneVm, header: ReturnType<typeof once>) {
  if (!deployment) {
    return unwrap(api.POST('/vms/{vmId}/clone', { params: { path: { vmId: vm.id }, header }, body }));
  }
  const { family, version } = deployment;
  const params = { path: { family }, query: { version }, header };
  return unwrap(api.POST('/templates/{family}/deploy', { params, body }));
}

function submitLabel(count: number, deployment: Deployment | undefined): string {
  if (deployment) return count > 1 ? `Deploy ${count} VMs` : 'Deploy';
  return count > 1 ? `Make ${count} clones` : 'Clone';
}

/** Asks what clones of a VM are to be, or what is to be deployed from a template. */
export function CloneForm({ vm, snapshotId, deployment, onClose }: Props) {
  const [draft, setDraft] = useState(() => draftOf(vm, snapshotId, deployment?.family));
  const [sourceId, setSourceId] = useState(vm.id);
  if (sourceId !== vm.id) {
    // Of another version there are other disks and snapshots; all else stays.
    setSourceId(vm.id);
    setDraft((before) => ({ ...before, snapshotId, pools: {} }));
  }
  const key = useRef<string>(crypto.randomUUID());
  const { names } = cloneNames(draft.name);
  const own = cloneErrors(draft);
  const edit = (change: Partial<CloneDraft>): void => {
    key.current = crypto.randomUUID();
    setDraft((before) => ({ ...before, ...change }));
  };
  const fields = [
    ...PLAIN_FIELDS,
    ...(draft.otherwise ? SET_UP_FIELDS.map((field) => `cloudInit.${field}`) : []),
    ...(draft.kind === 'FULL' ? vm.disks.map((_disk, i) => `disks[${i}].poolId`) : []),
  ];
  const submit = async (): Promise<void> => {
    try {
      await makeClones(vm, deployment, cloneRequest(draft), once(`${key.current}${deployment?.version ?? ''}`));
    } catch (error) {
      // Without an answer there may be clones: only the same key finds that out.
      if (error instanceof ApiError && error.answered) key.current = crypto.randomUUID();
      throw error;
    }
  };
  const many = (names?.length ?? 1) > 1;
  return (
    <FormModal
      title={deployment ? `Deploy ${deployment.family}` : `Clone ${vm.name}`}
      submitLabel={submitLabel(names?.length ?? 1, deployment)}
      ready={(deployment?.ready ?? true) && Object.values(own).every((error) => error === undefined)}
      fields={fields}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => {
        const errors = Object.fromEntries(
          [...new Set([...fields, ...Object.keys(own)])].map((field) => [field, own[field] ?? errorOf(field)]),
        );
        const section = { vm, draft, errors, edit };
        return (
          <>
            {deployment?.choice}
            <TextField
              id="clone-name"
              label="Name"
              required
              value={draft.name}
              error={errors['name']}
              hint={
                many && names ? inShort(names) : 'For many at once, put a run of numbers into it, as in web-{01..20}.'
              }
              onChange={(name) => edit({ name })}
            />
            <CloneOrigin {...section} />
            <CloneSetUp {...section} many={many} />
            <ClonePlace {...section} />
            <FormGroup role="group" aria-label="Afterwards">
              <Checkbox
                id="clone-start"
                label={many ? 'Start them when they are made' : 'Start it when it is made'}
                isChecked={draft.start}
                onChange={(_event, start) => edit({ start })}
              />
            </FormGroup>
          </>
        );
      }}
    </FormModal>
  );
}
