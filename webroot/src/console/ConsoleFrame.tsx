import { Button, Flex, FlexItem } from '@patternfly/react-core';
import { ExpandIcon, RedoIcon } from '@patternfly/react-icons';
import { useRef, type ReactNode, type RefObject } from 'react';
import { StateLabel, type Tone } from '../core/layout/StateLabel';
import type { ConsoleStatus } from './useConnection';

interface Props {
  label: string;
  status: ConsoleStatus;
  element: RefObject<HTMLDivElement | null>;
  onReconnect: () => void;
  /** More buttons. */
  children?: ReactNode;
}

function describe(status: ConsoleStatus): { text: string; tone: Tone; busy?: boolean; detail?: string } {
  switch (status.is) {
    case 'connecting':
      return { text: 'Connecting', tone: 'info', busy: true };
    case 'connected':
      return { text: 'Connected', tone: 'success' };
    case 'closed':
      return { text: 'Not connected', tone: 'warning', detail: status.reason };
    case 'off':
      return { text: 'Off', tone: 'neutral', detail: 'The console connects when the VM runs.' };
  }
}

/** The bar above a console and the box that it is drawn in. */
export function ConsoleFrame({ label, status, element, onReconnect, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { detail, ...state } = describe(status);
  return (
    <div ref={frame} className="lqx-console">
      <Flex gap={{ default: 'gapSm' }} alignItems={{ default: 'alignItemsCenter' }} className="lqx-console-bar">
        <FlexItem>
          <span role="status" aria-label={`${label} status`}>
            <StateLabel {...state} /> <span className="lqx-subtle">{detail}</span>
          </span>
        </FlexItem>
        <FlexItem align={{ default: 'alignRight' }}>
          <Flex gap={{ default: 'gapSm' }}>
            {children}
            <Button
              variant="secondary"
              size="sm"
              icon={<RedoIcon />}
              isDisabled={status.is === 'off' || status.is === 'connecting'}
              onClick={onReconnect}
            >
              Reconnect
            </Button>
            <Button
              variant="secondary"
              size="sm"
              icon={<ExpandIcon />}
              onClick={() => void frame.current?.requestFullscreen()}
            >
              Full screen
            </Button>
          </Flex>
        </FlexItem>
      </Flex>
      <div ref={element} role="region" aria-label={label} className="lqx-console-screen" />
    </div>
  );
}
