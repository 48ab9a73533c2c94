import { LoginPage } from '@patternfly/react-core';
import type { Session } from '../core/api/types';
import { useTitle } from '../core/layout/useTitle';
import { LogInForm } from './LogInForm';

export function LogInPage({ onLoggedIn }: { onLoggedIn: (session: Session) => void }) {
  useTitle('Log in');
  return (
    <LoginPage
      className="lqx-login"
      loginTitle="Log in to LimiQuantix"
      textContent="Virtual machines on your own KVM hosts."
      brandImgSrc="/favicon.svg"
      brandImgAlt="LimiQuantix"
    >
      <LogInForm onLoggedIn={onLoggedIn} />
    </LoginPage>
  );
}
