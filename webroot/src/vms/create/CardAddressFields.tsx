import { FormGroup, Grid, GridItem, Radio } from '@patternfly/react-core';
import { TextField } from '../../core/form/fields';
import { FieldHint } from '../../core/layout/FieldHint';
import type { CardAddresses } from './cards';
import { MoreFields } from './MoreFields';
import type { Errors } from './validate';

const WAYS = {
  v4: [
    ['dhcp', 'DHCP'],
    ['static', 'Static'],
    ['none', 'None'],
  ],
  v6: [
    ['auto', 'Automatic'],
    ['dhcp', 'DHCPv6'],
    ['static', 'Static IPv6'],
  ],
} as const;

const EXAMPLES = { v4: '192.0.2.10/24', v6: '2001:db8::10/64' } as const;

interface Props {
  number: number;
  isOne: boolean;
  typed: CardAddresses;
  errors: Errors;
  onChange: (typed: CardAddresses) => void;
}

interface VersionProps extends Props {
  version: 'v4' | 'v6';
}

/** Where the card has its addresses of one version from. */
function VersionFields({ version, number, isOne, typed, errors, onChange }: VersionProps) {
  const id = `vm-nic-${number}-${version}`;
  const at = `addresses[${number}]`;
  const name = version === 'v4' ? 'IPv4 address' : 'IPv6 address';
  const digit = version === 'v4' ? '4' : '6';
  const set = (change: Partial<CardAddresses>): void => onChange({ ...typed, ...change });
  return (
    <>
      <FormGroup label={isOne ? name : `${name} of card ${number + 1}`} role="radiogroup" fieldId={id} isInline>
        {WAYS[version].map(([way, label]) => (
          <Radio
            key={way}
            id={`${id}-${way}`}
            name={id}
            label={label}
            isChecked={typed[version] === way}
            onChange={() => set({ [version]: way })}
          />
        ))}
        {version === 'v4' && <FieldHint id={`${id}-hint`} error={errors[`${at}.v4`]} />}
      </FormGroup>
      {typed[version] === 'static' && (
        <Grid hasGutter sm={12} md={6}>
          <GridItem>
            <TextField
              id={`${id}-address`}
              label={version === 'v4' ? 'Address' : 'Address (IPv6)'}
              required
              value={typed[`address${digit}`]}
              error={errors[`${at}.address${digit}`]}
              hint={`With its prefix, as in ${EXAMPLES[version]}.`}
              onChange={(address) => set({ [`address${digit}`]: address })}
            />
          </GridItem>
          <GridItem>
            <TextField
              id={`${id}-gateway`}
              label={version === 'v4' ? 'Gateway' : 'Gateway (IPv6)'}
              value={typed[`gateway${digit}`]}
              error={errors[`${at}.gateway${digit}`]}
              onChange={(gateway) => set({ [`gateway${digit}`]: gateway })}
            />
          </GridItem>
        </Grid>
      )}
    </>
  );
}

/** The addresses that cloud-init gives to a card. */
export function CardAddressFields(props: Props) {
  const { number, isOne, typed, errors, onChange } = props;
  const id = `vm-nic-${number}`;
  const at = `addresses[${number}]`;
  const set = (change: Partial<CardAddresses>): void => onChange({ ...typed, ...change });
  return (
    <>
      <VersionFields {...props} version="v4" />
      <VersionFields {...props} version="v6" />
      <MoreFields
        title={
          isOne ? 'Name servers, search domains and MTU' : `Card ${number + 1}: name servers, search domains and MTU`
        }
        holds={new RegExp(`^addresses\\[${number}\\]\\.(nameServers|searchDomains|mtu)$`)}
        errors={errors}
      >
        <TextField
          id={`${id}-name-servers`}
          label="Name servers"
          value={typed.nameServers}
          error={errors[`${at}.nameServers`]}
          hint="Separated by spaces."
          onChange={(nameServers) => set({ nameServers })}
        />
        <TextField
          id={`${id}-search-domains`}
          label="Search domains"
          value={typed.searchDomains}
          error={errors[`${at}.searchDomains`]}
          hint="Separated by spaces, as in example.net."
          onChange={(searchDomains) => set({ searchDomains })}
        />
        <TextField
          id={`${id}-mtu`}
          label="MTU"
          value={typed.mtu}
          error={errors[`${at}.mtu`]}
          hint="Empty: as the guest finds it."
          onChange={(mtu) => set({ mtu })}
        />
      </MoreFields>
    </>
  );
}
