import { Button, InputGroup, InputGroupItem, TextInput, type TextInputProps } from '@patternfly/react-core';
import { EyeIcon, EyeSlashIcon } from '@patternfly/react-icons';
import { useState } from 'react';

interface Props {
  id: string;
  value: string;
  autoComplete: 'current-password' | 'new-password';
  autoFocus?: boolean;
  validated?: TextInputProps['validated'];
  describedBy?: string;
  onChange: (value: string) => void;
}

/** A password field with a switch that shows what was typed. */
export function PasswordInput({ id, value, autoComplete, autoFocus, validated, describedBy, onChange }: Props) {
  const [visible, setVisible] = useState(false);
  return (
    <InputGroup>
      <InputGroupItem isFill>
        <TextInput
          id={id}
          name={id}
          type={visible ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          spellCheck={false}
          value={value}
          validated={validated ?? 'default'}
          aria-describedby={describedBy}
          onChange={(_event, next) => onChange(next)}
        />
      </InputGroupItem>
      <InputGroupItem>
        <Button
          variant="control"
          icon={visible ? <EyeSlashIcon /> : <EyeIcon />}
          aria-label={visible ? 'Hide password' : 'Show password'}
          onClick={() => setVisible(!visible)}
        />
      </InputGroupItem>
    </InputGroup>
  );
}
