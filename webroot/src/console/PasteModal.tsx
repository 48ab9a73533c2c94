import {
  Alert,
  Button,
  FormGroup,
  FormSelect,
  FormSelectOption,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Progress,
  TextArea,
} from '@patternfly/react-core';
import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { Dialog } from '../core/layout/Dialog';
import type { Keyboard } from './keys';
import { LAYOUT_IDS, LAYOUTS, strokesOf, type LayoutId } from './layouts';
import { typeStrokes } from './typeStrokes';

interface Props {
  vmName: string;
  /** Empty while the console is not connected. */
  keyboard: RefObject<Keyboard | null>;
  isConnected: boolean;
  onClose: () => void;
}

const REMEMBERED = 'lqx-keyboard-layout';

function rememberedLayout(): LayoutId {
  const said = localStorage.getItem(REMEMBERED);
  return LAYOUT_IDS.find((id) => id === said) ?? 'us';
}

/** Types a text into a guest as if on a keyboard, for guests that have no clipboard. */
export function PasteModal({ vmName, keyboard, isConnected, onClose }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const [layout, setLayout] = useState(rememberedLayout);
  const [typed, setTyped] = useState<number>();
  const [cutOff, setCutOff] = useState<string>();
  const stop = useRef(new AbortController());
  useEffect(() => {
    if (!isConnected) return undefined;
    const controller = new AbortController();
    stop.current = controller;
    return () => controller.abort();
  }, [isConnected]);
  const { strokes, missing } = strokesOf(text, layout);
  const type = async (): Promise<void> => {
    if (!keyboard.current) return;
    localStorage.setItem(REMEMBERED, layout);
    setCutOff(undefined);
    setTyped(0);
    const count = await typeStrokes(keyboard.current, strokes, setTyped, stop.current.signal);
    setTyped(undefined);
    if (count === strokes.length) onClose();
    else setCutOff(`The console was cut off after ${count} of ${strokes.length} keys.`);
  };
  const busy = typed !== undefined;
  return (
    <Dialog variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader
        title={`Type a text into ${vmName}`}
        labelId={`${id}-title`}
        description="It is typed key by key where the guest's cursor is. Passwords are typed as they are."
      />
      <ModalBody>
        <FormGroup label="Text" fieldId={`${id}-text`} className="lqx-gap-below">
          <TextArea
            id={`${id}-text`}
            value={text}
            rows={6}
            isDisabled={busy}
            autoComplete="off"
            onChange={(_event, next) => setText(next)}
          />
        </FormGroup>
        <FormGroup label="Keyboard layout of the guest" fieldId={`${id}-layout`} className="lqx-gap-below">
          <FormSelect
            id={`${id}-layout`}
            value={layout}
            isDisabled={busy}
            onChange={(_event, next) => setLayout(LAYOUT_IDS.find((one) => one === next) ?? 'us')}
          >
            {LAYOUT_IDS.map((one) => (
              <FormSelectOption key={one} value={one} label={LAYOUTS[one].label} />
            ))}
          </FormSelect>
        </FormGroup>
        {missing.length > 0 && (
          <Alert
            component="p"
            variant="warning"
            isInline
            isLiveRegion
            title={`This layout has no key for ${missing.join(' ')}, so the text cannot be typed as it is.`}
          />
        )}
        {cutOff && <Alert component="p" variant="danger" isInline isLiveRegion title={cutOff} />}
        {busy && <Progress value={typed} max={strokes.length} title="Typing" measureLocation="outside" size="sm" />}
      </ModalBody>
      <ModalFooter>
        <Button
          isDisabled={busy || !isConnected || strokes.length === 0 || missing.length > 0}
          onClick={() => void type()}
        >
          Type it
        </Button>
        <Button variant="link" onClick={onClose}>
          {busy ? 'Stop' : 'Cancel'}
        </Button>
      </ModalFooter>
    </Dialog>
  );
}
