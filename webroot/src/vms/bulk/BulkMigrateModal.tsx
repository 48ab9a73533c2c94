import { Form } from '@patternfly/react-core';
import { useState } from 'react';
import { api, unwrap } from '../../core/api/client';
import type { Host, Vm } from '../../core/api/types';
import { SelectField } from '../../core/form/fields';
import { listHint } from '../../core/form/listHint';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { hostState } from '../../hosts/hostState';
import { vmRequest } from '../actions/common';
import { LimitFields } from '../migrate/LimitFields';
import { areFine, limitErrors, migrateRequest, NO_LIMITS } from '../migrate/limits';
import { whenMovable } from '../migrate/movable';
import { memoryInWords } from '../migrate/targets';
import { BulkDialog } from './BulkDialog';
import { countVms, namesOf } from './outcomes';

interface Props {
  selected: readonly Vm[];
  onClose: () => void;
}

function choiceOf(host: Host) {
  const up = host.state === 'UP';
  const beside = up ? `${memoryInWords(host)} free` : hostState(host).text;
  return { value: host.id, label: `${host.name} (${beside})`, disabled: !up };
}

function hintOf(able: readonly Vm[], hostId: string): string {
  const there = able.filter((vm) => vm.hostId === hostId).length;
  const stay = there === 0 ? '' : ` ${countVms(there)} of them ${there === 1 ? 'is' : 'are'} on it already.`;
  return `Each goes on running meanwhile. Those that it cannot take are named, with the reason, and stay.${stay}`;
}

/** Moves a selection to one host. */
export function BulkMigrateModal({ selected, onClose }: Props) {
  const query = useList(hosts);
  const [hostId, setHostId] = useState('');
  const [limits, setLimits] = useState(NO_LIMITS);
  const errors = limitErrors(limits);
  const move = async (vm: Vm): Promise<void> => {
    if (vm.hostId === hostId) return;
    await unwrap(api.POST('/vms/{vmId}/migrate', { ...vmRequest(vm), body: migrateRequest(hostId, limits) }));
  };
  return (
    <BulkDialog
      label="Migrate"
      selected={selected}
      availability={whenMovable}
      ready={hostId !== '' && areFine(errors)}
      take={move}
      onClose={onClose}
    >
      {(able) => (
        <Form onSubmit={(event) => event.preventDefault()}>
          <SelectField
            id="bulk-migrate-host"
            label="Host"
            required
            value={hostId}
            choices={[{ value: '', label: 'Choose one' }, ...(query.data ?? []).map(choiceOf)]}
            hint={listHint(query, 'hosts', hintOf(able, hostId))}
            onChange={setHostId}
          />
          <LimitFields limits={limits} errors={errors} onChange={setLimits} />
          <p className="lqx-break lqx-choices">{namesOf(able)}</p>
        </Form>
      )}
    </BulkDialog>
  );
}
