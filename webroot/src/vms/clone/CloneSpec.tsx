import { SelectField } from '../../core/form/fields';
import { listHint } from '../../core/form/listHint';
import { useList } from '../../core/live/collection';
import { SPEC_KINDS, specs } from '../../customization/specs';
import { specSummary } from '../create/spec';
import { cloneNames } from './cloneNames';
import type { CloneFieldsProps } from './section';

/** By which customization spec the guests of clones are set up. */
export function CloneSpec({ draft, errors, edit }: CloneFieldsProps) {
  const query = useList(specs);
  const known = query.data ?? [];
  const { names = [] } = cloneNames(draft.name);
  const needsRun = draft.spec?.hostNamePattern.includes('{n}') === true && names.length === 1;
  const hint = draft.spec
    ? `It sets: ${specSummary(draft.spec)}.`
    : known.length === 0
      ? 'There are none yet. They are made on the page Customization specs.'
      : 'Each clone gets a host name of its own by the pattern of the spec.';
  return (
    <SelectField
      id="clone-spec"
      label="Customization spec"
      required
      value={draft.spec?.id ?? ''}
      error={draft.spec || known.length === 0 ? errors['customizationSpecId'] : undefined}
      warning={
        needsRun ? 'It numbers host names: name the clones with a run of numbers, as in web-{01..20}.' : undefined
      }
      choices={[
        { value: '', label: 'Choose one' },
        ...known.map(({ id, name, kind }) => ({ value: id, label: `${name}: ${SPEC_KINDS[kind]}` })),
      ]}
      hint={listHint(query, 'customization specs', hint)}
      onChange={(id) => edit({ spec: known.find((spec) => spec.id === id) })}
    />
  );
}
