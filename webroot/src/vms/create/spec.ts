import type { CustomizationSpec } from '../../core/api/types';
import { addressesOf } from './addresses';
import { PLAIN_CARD, type Card } from './cards';
import type { Draft } from './draft';
import type { SetUp } from './setUp';

type Setter = SetUp['by'];

/** The program that reads what a customization spec says. */
export const setterOfSpec = ({ kind }: CustomizationSpec): Setter => (kind === 'WINDOWS' ? 'cloudbase' : 'cloudInit');

/** The customization spec that is in force: one for another program is not. */
export const specOf = ({ spec, setUp }: Pick<Draft, 'spec' | 'setUp'>): CustomizationSpec | undefined =>
  spec && setterOfSpec(spec) === setUp.by ? spec : undefined;

type LinuxSetUp = NonNullable<CustomizationSpec['cloudInit']>;

/** A fixed address of the first card, as one of those that are said of each. */
function ofFirstCard({ address, gateway, nameServers }: NonNullable<LinuxSetUp['network']>) {
  const version = address.includes(':') ? 'gateway6' : 'gateway4';
  return {
    nic: 0,
    addresses: [address],
    ...(gateway === undefined ? {} : { [version]: gateway }),
    ...(nameServers === undefined ? {} : { nameServers }),
  };
}

/** The cards with the addresses that a spec gives to them, one more for each that is not there yet. */
function cardsWith(cards: readonly Card[], spec: CustomizationSpec, isExtended: boolean): readonly Card[] {
  const { network, networks = [] } = spec.cloudInit ?? {};
  const given = network ? [...networks, ofFirstCard(network)] : networks;
  const count = isExtended ? Math.max(cards.length, ...given.map(({ nic }) => nic + 1)) : cards.length;
  return Array.from({ length: count }, (_none, nic) => ({
    ...(cards[nic] ?? PLAIN_CARD),
    addresses: addressesOf(given.find((one) => one.nic === nic)),
  }));
}

/** The draft as a spec fills it in; what is typed afterwards is in its place. */
export function withSpec(draft: Draft, spec: CustomizationSpec, isExtended = false): Draft {
  const { cloudInit } = spec;
  const by = setterOfSpec(spec);
  const keys = (cloudInit ?? spec.cloudbase)?.sshKeys ?? [];
  return {
    ...draft,
    spec,
    sshKeys: keys.length > 0 ? keys : [''],
    profileKeys: [],
    password: '',
    passwordAgain: '',
    ...(cloudInit
      ? {
          user: cloudInit.user ?? '',
          sshPasswordLogin: cloudInit.sshPasswordLogin,
          nobodyLogsIn: cloudInit.nobodyLogsIn ?? false,
          packages: (cloudInit.packages ?? []).join(' '),
          cards: cardsWith(draft.cards, spec, isExtended),
        }
      : {}),
    setUp: {
      ...draft.setUp,
      by,
      agent: cloudInit?.agent ?? false,
      commands: (cloudInit?.runCommands ?? []).join('\n'),
      locale: cloudInit?.locale ?? '',
      timeZone: cloudInit?.timeZone ?? '',
      userData: '',
    },
  };
}

const counted = (count: number, one: string, many: string): string[] => {
  if (count === 0) return [];
  return [count === 1 ? `1 ${one}` : `${count} ${many}`];
};

/** What a spec sets beside the host name, in a line. */
export function specContents(spec: CustomizationSpec): string {
  const { cloudInit, cloudbase, passwordSet, userDataSet } = spec;
  return [
    ...(cloudInit?.user ? [`user ${cloudInit.user}`] : []),
    ...(passwordSet ? ['password'] : []),
    ...counted((cloudInit ?? cloudbase)?.sshKeys?.length ?? 0, 'SSH key', 'SSH keys'),
    ...counted(cloudInit?.packages?.length ?? 0, 'package', 'packages'),
    ...counted(cloudInit?.runCommands?.length ?? 0, 'command', 'commands'),
    ...(cloudInit?.network || cloudInit?.networks?.length ? ['addresses'] : []),
    ...[cloudInit?.locale, cloudInit?.timeZone].filter((text) => text !== undefined),
    ...(userDataSet ? [cloudInit ? 'user-data' : 'script'] : []),
  ].join(', ');
}

/** All that a spec sets, in a line. */
export const specSummary = (spec: CustomizationSpec): string =>
  [specContents(spec), `host name ${spec.hostNamePattern}`].filter((text) => text !== '').join(', ');

/** Whether a guest of the spec has a way in by what it says alone, as far as can be told. */
export const hasSpecWayIn = ({ cloudInit, passwordSet, userDataSet }: CustomizationSpec): boolean =>
  !cloudInit || passwordSet || userDataSet || (cloudInit.sshKeys?.length ?? 0) > 0 || (cloudInit.nobodyLogsIn ?? false);
