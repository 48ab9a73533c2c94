import { Brand, Login, LoginHeader, LoginMainBody, LoginMainHeader, Title } from '@patternfly/react-core';
import type { Session } from '../core/api/types';
import { useTitle } from '../core/layout/useTitle';
import { LogInForm } from './LogInForm';

export function LogInPage({ onLoggedIn }: { onLoggedIn: (session: Session) => void }) {
  useTitle('Log in');
  return (
    <Login
      className="lqx-login"
      header={<LoginHeader headerBrand={<Brand src="/favicon.svg" alt="LimiQuantix" />} />}
      footer={<p>Virtual machines on your own KVM hosts.</p>}
    >
      <LoginMainHeader>
        <Title headingLevel="h1" size="3xl">
          Log in to LimiQuantix
        </Title>
      </LoginMainHeader>
      <LoginMainBody>
        <LogInForm onLoggedIn={onLoggedIn} />
      </LoginMainBody>
    </Login>
  );
}
