import { TextField } from '../../core/form/fields';
import { AddressFields, type AddressProps } from './AddressFields';
import type { CardAddresses } from './addresses';
import { MoreFields } from './MoreFields';

/** The addresses that cloud-init gives to a card. */
export function CardAddressFields(props: AddressProps) {
  const { number, isOne, typed, errors, onChange } = props;
  const id = `vm-nic-${number}`;
  const at = `addresses[${number}]`;
  const set = (change: Partial<CardAddresses>): void => onChange({ ...typed, ...change });
  return (
    <>
      <AddressFields {...props} version={4} />
      <AddressFields {...props} version={6} />
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
