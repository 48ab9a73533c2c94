import { Alert, Checkbox } from '@patternfly/react-core';
import { FieldHint } from '../../core/layout/FieldHint';
import { hasWayIn } from './logIn';
import type { SectionProps } from './section';

/** While there is neither a password nor a key, what that means; who knows better confirms it. */
export function NobodyLogsIn({ draft, errors, edit }: SectionProps) {
  const error = errors['nobodyLogsIn'];
  if (hasWayIn(draft) && error === undefined) return null;
  return (
    <Alert component="p" variant={error === undefined ? 'warning' : 'danger'} isInline title="Nobody can log in yet">
      <p>Give a password or an SSH key. Without one, the VM starts and nobody gets in.</p>
      <Checkbox
        id="vm-nobody-logs-in"
        label="For experts: create it without a way in"
        description="For instance where the image or your user-data brings one."
        isChecked={draft.nobodyLogsIn}
        isValid={error === undefined}
        aria-describedby="vm-nobody-logs-in-hint"
        onChange={(_event, nobodyLogsIn) => edit({ nobodyLogsIn })}
      />
      <FieldHint id="vm-nobody-logs-in-hint" error={error} />
    </Alert>
  );
}
