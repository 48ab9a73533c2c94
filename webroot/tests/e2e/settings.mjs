import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. See tests/e2e/run.mjs for what it means.`);
  return value;
}

export function readSettings() {
  const shots = resolve(process.env.E2E_SHOTS ?? 'target/e2e');
  mkdirSync(shots, { recursive: true });
  return {
    url: required('E2E_URL').replace(/\/+$/, ''),
    user: required('E2E_USER'),
    password: required('E2E_PASSWORD'),
    image: required('TINY_IMAGE_NAME'),
    shots,
    vmName: `e2e-${Date.now().toString(36)}`,
  };
}
