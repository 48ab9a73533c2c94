import { describe, expect, it } from 'vitest';
import type { Image } from '../../core/api/types';
import { PLAIN_ADDRESSES, type CardAddresses } from './addresses';
import { PLAIN_CARD } from './cards';
import { EMPTY_DRAFT, type Draft } from './draft';
import { toRequest } from './request';
import { hasErrors, placeServerErrors, validate } from './validate';

const image = { id: 'i', name: 'debian', virtualSizeBytes: 1 } as Image;
const good: Draft = { ...EMPTY_DRAFT, name: 'hello', imageId: 'i', user: 'debian', password: 'a', passwordAgain: 'a' };
const withAddresses = (change: Partial<CardAddresses>) => ({
  cards: [{ ...PLAIN_CARD, addresses: { ...PLAIN_ADDRESSES, ...change } }],
});

describe('network cards', () => {
  it('says nothing of cards that ask DHCP, and all of the others', () => {
    const cards = [
      PLAIN_CARD,
      {
        ...PLAIN_CARD,
        network: 'lan',
        inbound: '100',
        addresses: {
          ...PLAIN_ADDRESSES,
          v4: 'static' as const,
          addresses4: ['192.0.2.5/24 '],
          gateway4: '192.0.2.1',
          nameServers: '192.0.2.1 192.0.2.2',
          searchDomains: 'example.net',
          mtu: '9000',
        },
      },
      {
        ...PLAIN_CARD,
        addresses: { ...PLAIN_ADDRESSES, v6: 'static' as const, addresses6: ['2001:db8::5/64'], gateway4: '192.0.2.1' },
      },
      { ...PLAIN_CARD, addresses: { ...PLAIN_ADDRESSES, v4: 'none' as const, v6: 'dhcp' as const } },
    ];
    const { nics, cloudInit } = toRequest({ ...good, cards });
    expect(nics?.[1]).toEqual({ network: 'lan', inboundBytesPerSecond: 102_400 });
    expect(cloudInit?.networks).toEqual([
      {
        nic: 1,
        addresses: ['192.0.2.5/24'],
        gateway4: '192.0.2.1',
        nameServers: ['192.0.2.1', '192.0.2.2'],
        searchDomains: ['example.net'],
        mtu: 9000,
      },
      { nic: 2, dhcp4: true, addresses: ['2001:db8::5/64'] },
      { nic: 3, dhcp4: false, dhcp6: true },
    ]);
  });
  it('puts what the server says of addresses at the card that has them', () => {
    const cards = [
      PLAIN_CARD,
      { ...PLAIN_CARD, addresses: { ...PLAIN_ADDRESSES, v6: 'static' as const, addresses6: ['2001:db8::5/64'] } },
    ];
    const { errors, rest } = placeServerErrors({ ...good, cards }, [
      { field: 'cloudInit.networks[0].addresses[0]', message: 'reserved' },
      { field: 'cloudInit.networks[0].gateway6', message: 'elsewhere' },
      { field: 'cloudInit.networks[0].searchDomains[1]', message: 'odd' },
      { field: 'nics[1].network', message: 'gone' },
      { field: 'nics[1].mac', message: 'taken' },
      { field: 'cdroms[0].imageId', message: 'no ISO' },
      { field: 'disks[0].poolId', message: 'full' },
    ]);
    expect(errors).toEqual({
      'addresses[1].addresses6[0]': 'reserved',
      'addresses[1].gateway6': 'elsewhere',
      'addresses[1].searchDomains': 'odd',
      'nics[1].network': 'gone',
      'nics[1].mac': 'taken',
      'cdroms[0]': 'no ISO',
      poolId: 'full',
    });
    expect(rest).toEqual([]);
  });
  it('sends all addresses that are filled in, and finds each again', () => {
    const many = {
      v4: 'static' as const,
      addresses4: ['192.0.2.5/24', '', ' 192.0.2.6/24'],
      v6: 'static' as const,
      addresses6: ['2001:db8::5/64'],
    };
    const draft = { ...good, ...withAddresses(many) };
    expect(hasErrors(validate(draft, image))).toBe(false);
    expect(toRequest(draft).cloudInit?.networks?.[0]?.addresses).toEqual([
      '192.0.2.5/24',
      '192.0.2.6/24',
      '2001:db8::5/64',
    ]);
    const said = [1, 2].map((i) => ({ field: `cloudInit.networks[0].addresses[${i}]`, message: 'taken' }));
    expect(Object.keys(placeServerErrors(draft, said).errors)).toEqual([
      'addresses[0].addresses4[2]',
      'addresses[0].addresses6[0]',
    ]);
  });
  it.each([
    ['addresses[0].addresses4[0]', withAddresses({ v4: 'static', addresses4: ['192.0.2.5'] })],
    ['addresses[0].addresses6[0]', withAddresses({ v6: 'static', addresses6: ['192.0.2.5/24'] })],
    ['addresses[0].gateway6', withAddresses({ v6: 'static', addresses6: ['2001:db8::1/64'], gateway6: '192.0.2.1' })],
    ['addresses[0].nameServers', withAddresses({ nameServers: 'dns.example.net' })],
    ['addresses[0].mtu', withAddresses({ mtu: 'big' })],
    ['nics[0].mac', { cards: [{ ...PLAIN_CARD, mac: '52:54' }] }],
    ['nics[0].inboundBytesPerSecond', { cards: [{ ...PLAIN_CARD, inbound: '1.5' }] }],
  ])('name %s', (field, change) => expect(validate({ ...good, ...change }, image)[field]).toBeTruthy());
  it('that ask DHCP are right as they are', () =>
    expect(Object.values(validate(good, image)).filter(Boolean)).toEqual([]));
});
