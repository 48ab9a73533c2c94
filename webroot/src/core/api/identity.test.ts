import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sendChange, setIdentity, setIdentityReader, type Identity } from './identity';

const ada: Identity = { userId: '1', userName: 'ada', csrfToken: 'old' };

describe('a change', () => {
  let valid: string;
  const send = vi.fn((token: string | undefined) => Promise.resolve(token === valid ? 204 : 403));
  const change = (): Promise<number> => sendChange(send, (status) => status === 403);
  const read = vi.fn<() => Promise<void>>();
  const answerWith = (identity: Identity) => () => {
    setIdentity(identity);
    return Promise.resolve();
  };

  beforeEach(() => {
    valid = 'old';
    send.mockClear();
    read.mockReset().mockResolvedValue();
    setIdentity(ada);
    setIdentityReader(read);
  });

  it('is sent once more with the token of a session that began in another tab', async () => {
    valid = 'new';
    read.mockImplementation(answerWith({ ...ada, csrfToken: 'new' }));
    expect(await Promise.all([change(), change()])).toEqual([204, 204]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('is not repeated where the refusal is meant', async () => {
    valid = 'none';
    expect(await change()).toBe(403);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('is never done as somebody else', async () => {
    valid = 'new';
    read.mockImplementation(answerWith({ userId: '2', userName: 'bob', csrfToken: 'new' }));
    await expect(change()).rejects.toThrow('logged in as bob, so nothing was done');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('that waited is not sent as who is logged in meanwhile', async () => {
    setIdentity({ userId: '2', userName: 'bob', csrfToken: 'old' });
    await expect(sendChange(send, () => false, ada)).rejects.toThrow('logged in as bob');
    expect(send).not.toHaveBeenCalled();
  });

  it('tells the refusal when the session cannot be read', async () => {
    valid = 'new';
    read.mockRejectedValue(new Error('offline'));
    expect(await change()).toBe(403);
  });
});
