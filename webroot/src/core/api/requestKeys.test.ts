import { describe, expect, it } from 'vitest';
import { ApiError, unreachable } from './problem';
import { RequestKeys } from './requestKeys';

const keyOf = async (keys: RequestKeys, asked: unknown, failure?: ApiError): Promise<string> => {
  let sent = '';
  const sending = keys.send(asked, (key) => {
    sent = key;
    return failure ? Promise.reject(failure) : Promise.resolve();
  });
  await (failure ? expect(sending).rejects.toBe(failure) : sending);
  return sent;
};

describe('the keys of requests', () => {
  it('are the same for the same request, whatever was asked between, and others for others', async () => {
    const keys = new RequestKeys();
    const first = await keyOf(keys, { name: 'a', labels: 'one\ntwo' });
    expect(await keyOf(keys, { name: 'b', labels: '' })).not.toBe(first);
    expect(await keyOf(keys, { name: 'a', labels: 'one\ntwo' })).toBe(first);
  });

  it('are kept when no answer came, and new after a refusal', async () => {
    const keys = new RequestKeys();
    const first = await keyOf(keys, 'a', unreachable());
    expect(await keyOf(keys, 'a', new ApiError('Its host is away.', 409, 'CONFLICT'))).toBe(first);
    expect(await keyOf(keys, 'a')).not.toBe(first);
  });

  it('can be sent as a header, whatever is asked', async () => {
    const key = await keyOf(new RequestKeys(), { folder: 'größe/数', labels: 'a=1\nb=2'.repeat(100) });
    expect(new Headers({ key }).get('key')).toBe(key);
    expect(key.length).toBeLessThanOrEqual(200);
  });
});
