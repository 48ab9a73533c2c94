import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VM_TASK_KINDS } from './vmTaskKinds';

const VERTICLES = new URL('../../../verticles/', import.meta.url).pathname;

/** What the server's own code calls the tasks of VMs. */
function kindsOfServer(): string[] {
  const sources = readdirSync(VERTICLES, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^[a-z-]+\/src\/main\/java\/.*\.java$/.test(path),
  );
  const texts = sources.map((path) => readFileSync(join(VERTICLES, path), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/"(vm\.[a-z-]+)"/g)].flatMap(([, kind]) => kind ?? []));
}

it('has every kind of task that the server has of VMs, and no other one', () => {
  const known = new Set(kindsOfServer());
  expect([...VM_TASK_KINDS].sort()).toEqual([...known].sort());
});
