import { Alert, Button, ClipboardCopyButton, CodeBlock, CodeBlockAction, CodeBlockCode } from '@patternfly/react-core';
import { ModalBody, ModalFooter, ModalHeader, Spinner } from '@patternfly/react-core';
import { useEffect, useState } from 'react';
import { ApiError, messageOf } from '../core/api/problem';
import type { Seed } from '../core/api/types';
import { Dialog } from '../core/layout/Dialog';

function Document({ name, text }: { name: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <section aria-label={name} className="lqx-gap-below">
      <h3>{name}</h3>
      <CodeBlock
        actions={
          <CodeBlockAction>
            <ClipboardCopyButton
              id={`copy-${name}`}
              aria-label={`Copy ${name}`}
              variant="plain"
              onClick={copy}
              onTooltipHidden={() => setCopied(false)}
            >
              {copied ? 'Copied' : 'Copy'}
            </ClipboardCopyButton>
          </CodeBlockAction>
        }
      >
        <CodeBlockCode id={`text-${name}`}>{text}</CodeBlockCode>
      </CodeBlock>
    </section>
  );
}

function Failure({ error }: { error: unknown }) {
  const fields = error instanceof ApiError ? error.fieldErrors : [];
  return (
    <Alert component="p" variant="danger" isInline isLiveRegion title={messageOf(error)}>
      {fields.map(({ field, message }) => (
        <p key={field}>
          {field}: {message}
        </p>
      ))}
    </Alert>
  );
}

interface Props {
  read: () => Promise<Seed>;
  onClose: () => void;
}

/** What a guest is set up by, read once when it opens. */
export function SeedModal({ read, onClose }: Props) {
  const [seed, setSeed] = useState<Seed>();
  const [failure, setFailure] = useState<unknown>();
  const [first] = useState(() => read);
  useEffect(() => {
    first().then(setSeed, setFailure);
  }, [first]);
  return (
    <Dialog variant="large" aria-labelledby="seed-title" onClose={onClose}>
      <ModalHeader
        title="What the guest is told"
        labelId="seed-title"
        description="Passwords, tokens and private keys are hidden here; the guest gets them."
      />
      <ModalBody>
        {failure !== undefined && <Failure error={failure} />}
        {!seed && failure === undefined && <Spinner aria-label="Reading" />}
        {seed && (
          <>
            {seed.userData !== '' && <Document name="user-data" text={seed.userData} />}
            {seed.networkConfig !== '' && <Document name="network-config" text={seed.networkConfig} />}
            {seed.metaData !== '' && <Document name="meta-data" text={seed.metaData} />}
          </>
        )}
      </ModalBody>
      <ModalFooter>
        <Button onClick={onClose}>Close</Button>
      </ModalFooter>
    </Dialog>
  );
}
