import { Login, LoginHeader, LoginMainBody, LoginMainHeader, Title } from '@patternfly/react-core';
import type { Session } from '../core/api/types';
import { useTitle } from '../core/layout/useTitle';
import { LogInForm } from './LogInForm';

export function LogInPage({ onLoggedIn }: { onLoggedIn: (session: Session) => void }) {
  useTitle('Log in');
  return (
    <Login
      className="lqx-login"
      header={
        <LoginHeader
          headerBrand={
            <span className="lqx-brand">
              <img src="/favicon.svg" alt="" width="40" height="40" />
              LimiQuantix
            </span>
          }
        />
      }
      footer={<footer className="lqx-subtle">Virtual machines on your own KVM hosts.</footer>}
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
