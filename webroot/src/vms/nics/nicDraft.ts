import type { ChangeNic, NicSpec, VmNic } from '../../core/api/types';

const KIB = 1024;

/** What was typed of a network card; limits in KiB per second, empty for none. */
export interface NicDraft {
  network: string;
  linkUp: boolean;
  inbound: string;
  outbound: string;
  allowSpoofing: boolean;
}

const kib = (bytes: number | undefined): string => (bytes === undefined ? '' : String(Math.floor(bytes / KIB)));

export function nicDraft(nic: VmNic | undefined): NicDraft {
  return {
    network: nic?.network ?? '',
    linkUp: nic?.linkUp ?? true,
    inbound: kib(nic?.inboundBytesPerSecond),
    outbound: kib(nic?.outboundBytesPerSecond),
    allowSpoofing: nic?.allowSpoofing ?? false,
  };
}

/** What is wrong with a limit; undefined when nothing is. */
export function limitError(text: string): string | undefined {
  return text.trim() === '' || /^[1-9]\d{0,9}$/.test(text.trim()) ? undefined : 'A whole number of KiB per second.';
}

const bytes = (text: string): number | null => (text.trim() === '' ? null : Number(text.trim()) * KIB);

export function nicRequest(draft: NicDraft): NicSpec {
  const inbound = bytes(draft.inbound);
  const outbound = bytes(draft.outbound);
  return {
    network: draft.network,
    linkUp: draft.linkUp,
    ...(inbound === null ? {} : { inboundBytesPerSecond: inbound }),
    ...(outbound === null ? {} : { outboundBytesPerSecond: outbound }),
    ...(draft.allowSpoofing ? { allowSpoofing: true } : {}),
  };
}

/** What differs. */
export function nicChanges(before: NicDraft, after: NicDraft): ChangeNic {
  return {
    ...(before.network === after.network ? {} : { network: after.network }),
    ...(before.linkUp === after.linkUp ? {} : { linkUp: after.linkUp }),
    ...(before.inbound === after.inbound ? {} : { inboundBytesPerSecond: bytes(after.inbound) }),
    ...(before.outbound === after.outbound ? {} : { outboundBytesPerSecond: bytes(after.outbound) }),
    ...(before.allowSpoofing === after.allowSpoofing ? {} : { allowSpoofing: after.allowSpoofing }),
  };
}
