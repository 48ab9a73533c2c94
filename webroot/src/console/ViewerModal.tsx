import { Alert, Button, ClipboardCopy, Content, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useId, useState } from 'react';
import type { ActionDialogProps } from '../core/actions/action';
import { messageOf } from '../core/api/problem';
import type { Vm } from '../core/api/types';
import { Dialog } from '../core/layout/Dialog';
import { CERTIFICATES, openViewerLink, saveViewerFile, useViewerAccess } from './viewer';

const OFF =
  'This server does not listen for viewers outside of the browser. Its administrator has to set gateway.viewerPort and restart it.';
const ONCE = 'Each file or link opens the screen once, within 60 seconds.';

/** How the browser's user trusts this server in a viewer; found out with remote-viewer 11 and gtk-vnc 1.3. */
function Trust() {
  return (
    <>
      <Content component="p">
        A viewer shows the screen only if it trusts this server&apos;s certificate and reaches the server by a name in
        it. Unless the certificate is of an authority that this computer knows, save{' '}
        <a href={CERTIFICATES} download="cacert.pem">
          cacert.pem
        </a>{' '}
        once, and move it where remote-viewer looks for it:
      </Content>
      <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" className="lqx-gap-below">
        ~/.pki/CA/cacert.pem
      </ClipboardCopy>
      <Content component="p" className="lqx-gap-below">
        If such a file is there already, add the certificate at its end. For all users of a computer it is
        /etc/pki/CA/cacert.pem.
      </Content>
    </>
  );
}

/** The ways to the VM's screen without a browser. */
export function ViewerModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const id = useId();
  const access = useViewerAccess();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const isOff = access.data !== undefined && access.data.port === undefined;
  const problem = failure ?? (access.error ? messageOf(access.error) : undefined);
  const open = async (way: (vm: Vm) => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await way(vm);
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const notNow = busy || access.data?.port === undefined;
  return (
    <Dialog variant="medium" aria-labelledby={id} onClose={onClose}>
      <ModalHeader title={`Open ${vm.name} in a viewer`} labelId={id} description={ONCE} />
      <ModalBody>
        {isOff && <Alert component="p" variant="info" isInline title={OFF} className="lqx-gap-below" />}
        {problem && (
          <Alert component="p" variant="danger" isInline isLiveRegion title={problem} className="lqx-gap-below" />
        )}
        <Trust />
      </ModalBody>
      <ModalFooter>
        <Button isDisabled={notNow} onClick={() => void open(saveViewerFile)}>
          Open with a viewer (.vv)
        </Button>
        <Button variant="secondary" isDisabled={notNow} onClick={() => void open(openViewerLink)}>
          Open with QVMRC
        </Button>
        <Button variant="link" onClick={onClose}>
          Close
        </Button>
      </ModalFooter>
    </Dialog>
  );
}
