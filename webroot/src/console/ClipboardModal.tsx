import { Alert, Button, FormGroup, ModalBody, ModalFooter, ModalHeader, TextArea } from '@patternfly/react-core';
import { useId, useState } from 'react';
import type { Vm } from '../core/api/types';
import { Dialog } from '../core/layout/Dialog';
import { MOST_CHARACTERS, notShared } from './clipboard';

interface Props {
  vm: Vm;
  /** What was last copied in the guest while this console was open. */
  copied: string | undefined;
  isConnected: boolean;
  onSend: (text: string) => void;
  onClose: () => void;
}

/** What is in the guest's clipboard, and what is to be in it. The browser's own clipboard is left to the person. */
export function ClipboardModal({ vm, copied, isConnected, onSend, onClose }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const [sent, setSent] = useState(false);
  const why = notShared(vm);
  const tooLong = text.length > MOST_CHARACTERS;
  const send = (): void => {
    onSend(text);
    setSent(true);
  };
  return (
    <Dialog variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader
        title={`Clipboard of ${vm.name}`}
        labelId={`${id}-title`}
        description="Needs spice-vdagent in the guest. Every program there, and everybody who looks at this screen, can read what is sent."
      />
      <ModalBody>
        {why !== undefined && <Alert component="p" variant="warning" isInline title={why} className="lqx-gap-below" />}
        <FormGroup label="Copied in the guest" fieldId={`${id}-copied`} className="lqx-gap-below">
          <TextArea
            id={`${id}-copied`}
            value={copied ?? ''}
            rows={5}
            readOnlyVariant="default"
            placeholder="Nothing since this console was opened"
          />
        </FormGroup>
        <FormGroup label="To the guest" fieldId={`${id}-text`} className="lqx-gap-below">
          <TextArea
            id={`${id}-text`}
            value={text}
            rows={5}
            autoComplete="off"
            onChange={(_event, next) => {
              setText(next);
              setSent(false);
            }}
          />
        </FormGroup>
        {tooLong && (
          <Alert
            component="p"
            variant="warning"
            isInline
            isLiveRegion
            title={`At most ${MOST_CHARACTERS} characters fit, and these are ${text.length}.`}
          />
        )}
        {sent && (
          <Alert
            component="p"
            variant="info"
            isInline
            isLiveRegion
            title="It is offered to the guest. Whether the guest has taken it is seen by pasting there."
          />
        )}
      </ModalBody>
      <ModalFooter>
        <Button isDisabled={!isConnected || why !== undefined || text === '' || tooLong} onClick={send}>
          Send to guest
        </Button>
        <Button variant="link" onClick={onClose}>
          Close
        </Button>
      </ModalFooter>
    </Dialog>
  );
}
