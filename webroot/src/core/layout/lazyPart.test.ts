import { expect, test } from 'vitest';
import { patiently } from './lazyPart';

test('a part that cannot be fetched at once is fetched again', async () => {
  let asked = 0;
  const load = () => (++asked < 3 ? Promise.reject(new Error('network changed')) : Promise.resolve('the part'));
  expect(await patiently(load, 3, 0)).toBe('the part');
});

test('a part that cannot be fetched at all says why', async () => {
  await expect(patiently(() => Promise.reject(new Error('gone')), 3, 0)).rejects.toThrow('gone');
});
