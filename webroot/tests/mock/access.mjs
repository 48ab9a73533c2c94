// Keys of the user's profile, and what cloud-init is told.
import { randomUUID } from 'node:crypto';

const FINGERPRINT = 'SHA256:8bkqvPbEwOKwjoO82KH/MCGrzEABx7evyHaM0UHKCJQ';

export const accessOf = (name) => ({
  user: 'debian',
  hostName: name,
  passwordSet: true,
  sshKeyCount: 1,
  sshKeys: [{ type: 'ssh-ed25519', fingerprint: FINGERPRINT, comment: 'me@here' }],
  sshPasswordLogin: true,
  userData: false,
});

export function makeAccess(control, { json, problem }) {
  const keys = () => (control.sshKeys ??= []);
  const invalid = (field, message) => problem(400, 'INVALID', message, { errors: [{ field, message }] });

  const add = ({ name, publicKey }) => {
    if (!publicKey.startsWith('ssh-')) return invalid('publicKey', 'This SSH key must begin with a key type.');
    const type = publicKey.split(' ')[0];
    const key = {
      id: randomUUID(),
      name,
      publicKey,
      type,
      fingerprint: FINGERPRINT,
      createdAt: new Date().toISOString(),
    };
    keys().push(key);
    return json(201, key);
  };

  return {
    keysAnswer(method, path, body) {
      if (method === 'GET') return json(200, { items: keys() });
      if (method === 'POST') return add(body);
      control.sshKeys = keys().filter(({ id }) => !path.endsWith(id));
      return json(204);
    },
    seedAnswer(cloudInit, name) {
      const { userData, user, timeZone } = cloudInit;
      if (String(userData).includes('packges'))
        return invalid('cloudInit.userData', 'Line 2: cloud-init does not know "packges". Did you mean "packages"?');
      const zone = timeZone ? `timezone: "${timeZone}"\n` : '';
      return json(200, {
        metaData: `local-hostname: "${name}"\n`,
        userData: `#cloud-config\nusers:\n- name: "${user}"\n  hashed_passwd: "********"\n${zone}`,
        networkConfig: 'version: 2\nethernets: {}\n',
      });
    },
  };
}
