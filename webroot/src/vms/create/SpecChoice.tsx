import { specs } from '../../customization/specs';
import { SelectField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import type { SectionProps } from './section';
import { setterOfSpec, specOf, specSummary, withSpec } from './spec';

/** Fills the form in from a customization spec. Nothing is asked where there is none for the program in the image. */
export function SpecChoice({ draft, errors, edit }: SectionProps) {
  const known = (useList(specs).data ?? []).filter((spec) => setterOfSpec(spec) === draft.setUp.by);
  const chosen = specOf(draft);
  if (known.length === 0) return null;
  return (
    <SelectField
      id="vm-customization-spec"
      label="Customization spec"
      value={chosen?.id ?? ''}
      error={errors['customizationSpecId']}
      choices={[{ value: '', label: 'None' }, ...known.map(({ id, name }) => ({ value: id, label: name }))]}
      hint={
        chosen
          ? `It sets: ${specSummary(chosen)}. What you change in this form wins.`
          : 'Fills this form in, and what is set up at the first start.'
      }
      onChange={(id) => {
        const spec = known.find((one) => one.id === id);
        edit(spec ? withSpec(draft, spec) : { spec: undefined });
      }}
    />
  );
}
