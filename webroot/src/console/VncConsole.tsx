import RFB from '@novnc/novnc';
import { Button } from '@patternfly/react-core';
import { useCallback, useRef } from 'react';
import type { Vm } from '../core/api/types';
import { ConsoleFrame } from './ConsoleFrame';
import { socketUrl } from './ticket';
import { useConnection, type Opener } from './useConnection';

const REFUSED = 'The console refused the connection.';

/** The VM's screen. */
export default function VncConsole({ vm, isOn }: { vm: Vm; isOn: boolean }) {
  const screen = useRef<RFB>(null);

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

  const { status, element, reconnect } = useConnection(vm.id, 'VNC', isOn, opener);
  return (
    <ConsoleFrame label={`Console of ${vm.name}`} status={status} element={element} onReconnect={reconnect}>
      <Button
        variant="secondary"
        size="sm"
        isDisabled={status.is !== 'connected'}
        onClick={() => {
          screen.current?.sendCtrlAltDel();
          screen.current?.focus();
        }}
      >
        Ctrl-Alt-Del
      </Button>
    </ConsoleFrame>
  );
}
