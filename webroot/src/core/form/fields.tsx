import { FormGroup, FormSelect, FormSelectOption, NumberInput, TextArea, TextInput } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { FieldHint } from '../layout/FieldHint';

export interface Common {
  id: string;
  label: string;
  required?: boolean;
  error?: string | undefined;
  warning?: string | undefined;
  /** How to fill it in; shown while nothing is wrong. */
  hint?: ReactNode;
}

const hintId = (id: string): string => `${id}-hint`;
const validated = (error?: string) => (error ? 'error' : 'default');

export function Field({ id, label, required, error, warning, hint, children }: Common & { children: ReactNode }) {
  return (
    <FormGroup label={label} fieldId={id} isRequired={required ?? false}>
      {children}
      <FieldHint id={hintId(id)} error={error} warning={warning}>
        {hint}
      </FieldHint>
    </FormGroup>
  );
}

interface TextProps extends Common {
  value: string;
  rows?: number;
  mono?: boolean;
  placeholder?: string;
  onChange: (value: string) => void;
}

export function TextField({ value, rows, mono, placeholder, onChange, ...common }: TextProps) {
  const shared = {
    id: common.id,
    name: common.id,
    value,
    ...(placeholder === undefined ? {} : { placeholder }),
    spellCheck: false,
    autoComplete: 'off',
    className: mono ? 'lqx-mono' : '',
    validated: validated(common.error),
    'aria-describedby': hintId(common.id),
    'aria-invalid': common.error !== undefined,
  } as const;
  return (
    <Field {...common}>
      {rows ? (
        <TextArea {...shared} rows={rows} resizeOrientation="vertical" onChange={(_event, next) => onChange(next)} />
      ) : (
        <TextInput {...shared} isRequired={common.required ?? false} onChange={(_event, next) => onChange(next)} />
      )}
    </Field>
  );
}

interface NumberProps extends Common {
  value: number;
  min: number;
  max?: number;
  step?: number;
  unit?: string;
  onChange: (value: number) => void;
}

export function NumberField({ value, min, max, step = 1, unit, onChange, ...common }: NumberProps) {
  const clamp = (next: number): number => Math.min(max ?? Infinity, Math.max(min, next));
  return (
    <Field {...common}>
      <NumberInput
        inputProps={{ id: common.id, 'aria-describedby': hintId(common.id), step: 'any' }}
        inputName={common.id}
        inputAriaLabel={common.label}
        minusBtnAriaLabel={`Less: ${common.label}`}
        plusBtnAriaLabel={`More: ${common.label}`}
        value={Number.isNaN(value) ? '' : value}
        min={min}
        {...(max === undefined ? {} : { max })}
        unit={unit}
        validated={validated(common.error)}
        widthChars={6}
        onMinus={() => onChange(clamp((value || 0) - step))}
        onPlus={() => onChange(clamp((value || 0) + step))}
        onChange={(event) => onChange(event.currentTarget.value === '' ? NaN : Number(event.currentTarget.value))}
      />
    </Field>
  );
}

export interface Choice {
  value: string;
  label: string;
  disabled?: boolean;
}

interface SelectProps extends Common {
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}

export function SelectField({ value, choices, onChange, ...common }: SelectProps) {
  return (
    <Field {...common}>
      <FormSelect
        id={common.id}
        name={common.id}
        value={value}
        validated={validated(common.error)}
        aria-describedby={hintId(common.id)}
        onChange={(_event, next) => onChange(next)}
      >
        {choices.map((choice) => (
          <FormSelectOption
            key={choice.value}
            value={choice.value}
            label={choice.label}
            isDisabled={choice.disabled ?? false}
          />
        ))}
      </FormSelect>
    </Field>
  );
}
