import { Button, Card, CardBody, CardTitle, ClipboardCopy } from '@patternfly/react-core';
import { useState } from 'react';
import { api, unwrap } from '../core/api/client';
import type { Vm } from '../core/api/types';
import { SeedModal } from './SeedModal';
import { addressesOf } from './vms';

/** Which ways in there are, in words. */
export function waysIn(access: NonNullable<Vm['access']>): string {
  const keys = access.sshKeyCount === 1 ? 'one SSH key' : `${access.sshKeyCount} SSH keys`;
  const ways = [
    access.passwordSet && (access.sshPasswordLogin ? 'the password' : 'the password (on the console only)'),
    access.sshKeyCount > 0 && keys,
  ].filter((way) => way !== false);
  return ways.length > 0 ? ways.join(' or ') : 'neither a password nor an SSH key';
}

/** Whether ssh can work at all: a key, or a password that it takes. */
function sshWorks(access: NonNullable<Vm['access']>): boolean {
  return access.sshKeyCount > 0 || (access.passwordSet && access.sshPasswordLogin);
}

function SshCommand({ vm, access }: { vm: Vm; access: NonNullable<Vm['access']> }) {
  const address = addressesOf(vm)[0];
  if (!sshWorks(access)) return <p className="lqx-subtle">SSH lets nobody in; use the console.</p>;
  if (!address) return <p className="lqx-subtle">The command for SSH is shown here once the guest has an address.</p>;
  return (
    <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" textAriaLabel="SSH command" className="lqx-mono">
      {`ssh ${access.user}@${address}`}
    </ClipboardCopy>
  );
}

function Keys({ access }: { access: NonNullable<Vm['access']> }) {
  if (access.sshKeys.length === 0) return null;
  return (
    <ul aria-label="SSH keys" className="lqx-gap-below">
      {access.sshKeys.map(({ type, fingerprint, comment }) => (
        <li key={fingerprint} className="lqx-subtle">
          {comment === '' ? type : `${comment} (${type})`} <span className="lqx-mono">{fingerprint}</span>
        </li>
      ))}
    </ul>
  );
}

/** What one has to know who stands before the console. */
function consoleSentence({ user, passwordSet }: NonNullable<Vm['access']>): string {
  return passwordSet
    ? `On the console, log in as ${user} with the password.`
    : 'On the console nobody gets in: no password is set.';
}

function SetUpByCloudInit({ vm, access }: { vm: Vm; access: NonNullable<Vm['access']> }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <p className="lqx-gap-below">
        Log in as <strong>{access.user}</strong> with {waysIn(access)}.
      </p>
      <Keys access={access} />
      <SshCommand vm={vm} access={access} />
      <p className="lqx-subtle lqx-gap-below">{consoleSentence(access)}</p>
      <Button variant="link" isInline onClick={() => setOpen(true)}>
        What the guest was told
      </Button>
      {isOpen && (
        <SeedModal
          read={() => unwrap(api.GET('/vms/{vmId}/seed', { params: { path: { vmId: vm.id } } }))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

export function AccessCard({ vm }: { vm: Vm }) {
  return (
    <Card isFullHeight>
      <CardTitle component="h2">Access</CardTitle>
      <CardBody>
        {vm.access ? (
          <SetUpByCloudInit vm={vm} access={vm.access} />
        ) : (
          <p className="lqx-subtle">It was created without a user; what the image brings is the way in.</p>
        )}
      </CardBody>
    </Card>
  );
}
