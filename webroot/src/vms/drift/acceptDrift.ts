import { unavailable, type Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { DriftDifference, Vm } from '../../core/api/types';
import { vmRequest, whenChangeable } from '../actions/common';
import { driftedField, driftedValue } from './driftWords';

const said = ({ field, expected, found }: DriftDifference) =>
  `${driftedField(field)}: ${driftedValue(field, expected)} becomes ${driftedValue(field, found)}`;

/** Makes the VM what it was seen to be defined as. */
export function acceptDrift(differences: readonly DriftDifference[]): Action<Vm> {
  const kept = differences.find(({ obstacle }) => obstacle !== undefined);
  return {
    id: 'accept-drift',
    label: 'Accept',
    availability: (vm) =>
      kept === undefined
        ? whenChangeable(vm)
        : unavailable(`${driftedField(kept.field)}: ${kept.obstacle} All is accepted or nothing.`),
    confirm: (vm) => ({
      title: 'Make this VM what libvirt has?',
      body: `What was changed of ${vm.name} outside of LimiQuantix is its own from then on. ${differences.map(said).join('. ')}. If it runs, it takes at once what it would take of an edit, for instance the link of a card.`,
      confirmLabel: 'Accept',
    }),
    run: (vm) => unwrap(api.POST('/vms/{vmId}/accept-drift', vmRequest(vm))),
  };
}
