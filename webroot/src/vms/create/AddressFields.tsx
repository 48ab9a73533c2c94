import { Button, FormGroup, Grid, GridItem, Radio } from '@patternfly/react-core';
import { PlusCircleIcon, TrashIcon } from '@patternfly/react-icons';
import { TextField } from '../../core/form/fields';
import { FieldHint } from '../../core/layout/FieldHint';
import { listOf, MOST_ADDRESSES, shownAddresses, type CardAddresses } from './addresses';
import type { Errors } from './validate';

const WAYS = {
  4: [
    ['dhcp', 'DHCP'],
    ['static', 'Static'],
    ['none', 'None'],
  ],
  6: [
    ['auto', 'Automatic'],
    ['dhcp', 'DHCPv6'],
    ['static', 'Static IPv6'],
  ],
} as const;

const EXAMPLES = { 4: '192.0.2.10/24', 6: '2001:db8::10/64' } as const;

export interface AddressProps {
  number: number;
  isOne: boolean;
  typed: CardAddresses;
  errors: Errors;
  onChange: (typed: CardAddresses) => void;
}

interface Props extends AddressProps {
  version: 4 | 6;
}

/** The addresses of one version that the card has for good, the first of them beside the gateway. */
function StaticFields({ version, number, typed, errors, onChange }: Props) {
  const id = `vm-nic-${number}-v${version}`;
  const at = `addresses[${number}]`;
  const named = version === 4 ? '' : ' (IPv6)';
  const list = listOf(version);
  const gateway = version === 4 ? 'gateway4' : 'gateway6';
  const put = (addresses: readonly string[]): void => onChange({ ...typed, [list]: addresses });
  const field = (i: number) => (
    <TextField
      id={i === 0 ? `${id}-address` : `${id}-address-${i + 1}`}
      label={i === 0 ? `Address${named}` : `Address ${i + 1}${named}`}
      required={i === 0}
      value={typed[list][i] ?? ''}
      error={errors[`${at}.${list}[${i}]`]}
      hint={i === 0 && `With its prefix, as in ${EXAMPLES[version]}.`}
      onChange={(address) => put(typed[list].with(i, address))}
    />
  );
  return (
    <>
      <Grid hasGutter sm={12} md={6}>
        <GridItem>{field(0)}</GridItem>
        <GridItem>
          <TextField
            id={`${id}-gateway`}
            label={`Gateway${named}`}
            value={typed[gateway]}
            error={errors[`${at}.${gateway}`]}
            onChange={(next) => onChange({ ...typed, [gateway]: next })}
          />
        </GridItem>
      </Grid>
      {typed[list].slice(1).map((_address, further) => (
        <div key={further} className="lqx-field-with-button">
          {field(further + 1)}
          <Button
            variant="plain"
            icon={<TrashIcon />}
            aria-label={`Remove address ${further + 2}${named}`}
            onClick={() => put(typed[list].toSpliced(further + 1, 1))}
          />
        </div>
      ))}
      {shownAddresses(typed).length < MOST_ADDRESSES && (
        <div>
          <Button
            variant="link"
            isInline
            icon={<PlusCircleIcon />}
            aria-describedby={`${id}-group`}
            onClick={() => put([...typed[list], ''])}
          >
            {`Add an IPv${version} address`}
          </Button>
        </div>
      )}
    </>
  );
}

/** Where the card has its addresses of one version from. */
export function AddressFields(props: Props) {
  const { version, number, isOne, typed, errors, onChange } = props;
  const id = `vm-nic-${number}-v${version}`;
  const member = version === 4 ? 'v4' : 'v6';
  const name = `IPv${version} address`;
  return (
    <>
      <FormGroup
        id={`${id}-group`}
        label={isOne ? name : `${name} of card ${number + 1}`}
        role="radiogroup"
        fieldId={id}
        isInline
      >
        {WAYS[version].map(([way, label]) => (
          <Radio
            key={way}
            id={`${id}-${way}`}
            name={id}
            label={label}
            isChecked={typed[member] === way}
            onChange={() => onChange({ ...typed, [member]: way })}
          />
        ))}
        {version === 4 && <FieldHint id={`${id}-hint`} error={errors[`addresses[${number}].v4`]} />}
      </FormGroup>
      {typed[member] === 'static' && <StaticFields {...props} />}
    </>
  );
}
