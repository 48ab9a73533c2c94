import RFB from '@novnc/novnc';
import { Button } from '@patternfly/react-core';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import type { Vm } from '../core/api/types';
import { ClipboardModal } from './ClipboardModal';
import { ConsoleFrame } from './ConsoleFrame';
import { press } from './keys';
import { PasteModal } from './PasteModal';
import { pictureName, saveFile } from './savePicture';
import { SendKeysMenu } from './SendKeysMenu';
import { socketUrl } from './ticket';
import { ViewerButton } from './ViewerButton';
import { useConnection, type Opener } from './useConnection';

const REFUSED = 'The console refused the connection.';

/** The VM's screen. */
export default function VncConsole({ vm, isOn, children }: { vm: Vm; isOn: boolean; children?: ReactNode }) {
  const screen = useRef<RFB>(null);
  const [pasting, setPasting] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [copied, setCopied] = useState<string>();

  const opener = useCallback<Opener>((element, ticket, on) => {
    const rfb = new RFB(element, socketUrl(ticket, window.location), { shared: true, wsProtocols: [ticket.protocol] });
    rfb.scaleViewport = true;
    rfb.background = 'transparent';
    screen.current = rfb;
    rfb.addEventListener('connect', () => {
      element.querySelector('canvas')?.setAttribute('aria-label', 'VM screen');
      on.open();
      rfb.focus({ preventScroll: true });
    });
    rfb.addEventListener('disconnect', (event) => {
      const { clean } = (event as CustomEvent<{ clean: boolean }>).detail;
      on.closed(clean ? 'The connection was closed.' : 'The connection was lost.');
    });
    rfb.addEventListener('securityfailure', () => on.closed(REFUSED));
    rfb.addEventListener('clipboard', (event) => setCopied((event as CustomEvent<{ text: string }>).detail.text));
    rfb.addEventListener('credentialsrequired', () => {
      on.closed('The console asks for a password that LimiQuantix was not given.');
      rfb.disconnect();
    });
    return {
      close: () => {
        screen.current = null;
        rfb.disconnect();
      },
    };
  }, []);

  const { status, element, reconnect } = useConnection(vm, 'VNC', isOn, opener);
  const notNow = status.is !== 'connected';
  const save = (): void =>
    screen.current?.toBlob((picture) => picture && saveFile(picture, pictureName(vm.name, new Date())), 'image/png');
  return (
    <ConsoleFrame label={`Console of ${vm.name}`} status={status} element={element} onReconnect={reconnect}>
      <SendKeysMenu
        isDisabled={notNow}
        onSend={({ keys }) => {
          if (screen.current) press(screen.current, keys);
          screen.current?.focus();
        }}
      />
      <Button variant="secondary" size="sm" isDisabled={notNow} onClick={() => setPasting(true)}>
        Type a text
      </Button>
      <Button variant="secondary" size="sm" isDisabled={notNow} onClick={() => setSharing(true)}>
        Clipboard
      </Button>
      <Button variant="secondary" size="sm" isDisabled={notNow} onClick={save}>
        Save picture
      </Button>
      <ViewerButton vm={vm} isDisabled={!isOn} />
      {children}
      {pasting && (
        <PasteModal vmName={vm.name} keyboard={screen} isConnected={!notNow} onClose={() => setPasting(false)} />
      )}
      {sharing && (
        <ClipboardModal
          vm={vm}
          copied={copied}
          isConnected={!notNow}
          onSend={(text) => screen.current?.clipboardPasteFrom(text)}
          onClose={() => setSharing(false)}
        />
      )}
    </ConsoleFrame>
  );
}
