import { Page } from '../../core/layout/Page';
import { CreateWizard } from './CreateWizard';

export function VmCreatePage() {
  return (
    <Page title="Create VM" parent={{ label: 'Virtual machines', to: '/vms' }}>
      <CreateWizard />
    </Page>
  );
}
