import { Modal, type ModalProps } from '@patternfly/react-core';
import { useEffect, useLayoutEffect, useState } from 'react';
import { isUppermost, newLayer, openLayer } from './layers';

type Props = Pick<ModalProps, 'variant' | 'aria-labelledby' | 'children'> & {
  /** Absent where the dialog cannot be closed, only answered. */
  onClose?: () => void;
};

const byLayer = (): void => undefined;

/**
 * An open dialog in a layer of its own. PatternFly's modals hide each other from screen readers whenever one of them is
 * drawn, and all of them close at one Escape; here only the uppermost counts.
 */
export function Dialog({ onClose, ...rest }: Props) {
  const [layer] = useState(newLayer);
  useLayoutEffect(() => openLayer(layer), [layer]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && isUppermost(layer)) onClose?.();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [layer, onClose]);
  return <Modal isOpen appendTo={() => layer} onEscapePress={byLayer} {...(onClose ? { onClose } : {})} {...rest} />;
}
