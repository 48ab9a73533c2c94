import { Checkbox, FormGroup } from '@patternfly/react-core';
import { SelectField, TextField, type Choice } from '../../core/form/fields';
import type { ReactNode } from 'react';
import type { Card } from './cards';
import { CardAddressFields } from './CardAddressFields';
import { MoreFields } from './MoreFields';
import type { Errors } from './validate';

const MODELS = [
  { value: 'virtio', label: 'virtio: the quickest' },
  { value: 'e1000e', label: 'e1000e: for guests without virtio drivers' },
];
const LIMITS = [
  { member: 'inbound', label: 'Most to the guest (KiB/s)' },
  { member: 'outbound', label: 'Most from the guest (KiB/s)' },
] as const;

interface Props {
  number: number;
  card: Card;
  /** Of several. */
  isOne: boolean;
  networks: readonly Choice[];
  hint: ReactNode;
  /** Whether cloud-init is told of its addresses. */
  hasAddresses: boolean;
  errors: Errors;
  onChange: (card: Card) => void;
}

/** One network card. */
export function CardFields({ number, card, isOne, networks, hint, hasAddresses, errors, onChange }: Props) {
  const set = (change: Partial<Card>): void => onChange({ ...card, ...change });
  const id = `vm-nic-${number}`;
  const at = `nics[${number}]`;
  const isKnown = networks.some(({ value }) => value === card.network);
  return (
    <>
      <SelectField
        id={`${id}-network`}
        label={isOne ? 'Network' : `Network of card ${number + 1}`}
        required
        value={card.network}
        error={errors[`${at}.network`]}
        hint={hint}
        choices={isKnown ? networks : [{ value: card.network, label: card.network }, ...networks]}
        onChange={(network) => set({ network })}
      />
      <MoreFields
        title={isOne ? 'Network card' : `Card ${number + 1}: model, MAC address and limits`}
        holds={new RegExp(`^nics\\[${number}\\]\\.(?!network$)`)}
        errors={errors}
      >
        <SelectField
          id={`${id}-model`}
          label="Model"
          value={card.model}
          error={errors[`${at}.model`]}
          choices={MODELS}
          onChange={(model) => set({ model: model as Card['model'] })}
        />
        <TextField
          id={`${id}-mac`}
          label="MAC address"
          mono
          value={card.mac}
          error={errors[`${at}.mac`]}
          hint="Empty: one that no other VM has."
          onChange={(mac) => set({ mac })}
        />
        {LIMITS.map(({ member, label }) => (
          <TextField
            key={member}
            id={`${id}-${member}`}
            label={label}
            value={card[member]}
            error={errors[`${at}.${member}BytesPerSecond`]}
            hint="Empty: no limit."
            onChange={(typed) => set({ [member]: typed })}
          />
        ))}
        <FormGroup role="group" isStack>
          <Checkbox
            id={`${id}-link-up`}
            label="Its cable is plugged in"
            isChecked={card.linkUp}
            onChange={(_event, linkUp) => set({ linkUp })}
          />
          <Checkbox
            id={`${id}-spoofing`}
            label="The guest may send with others' addresses"
            description="For routers and the like, whatever the network says."
            isChecked={card.allowSpoofing}
            onChange={(_event, allowSpoofing) => set({ allowSpoofing })}
          />
        </FormGroup>
      </MoreFields>
      {hasAddresses && (
        <CardAddressFields
          number={number}
          isOne={isOne}
          typed={card.addresses}
          errors={errors}
          onChange={(addresses) => set({ addresses })}
        />
      )}
    </>
  );
}
