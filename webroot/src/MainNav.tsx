import { Nav, NavItem, NavList } from '@patternfly/react-core';
import { Link, useLocation } from 'react-router';

const ENTRIES = [
  { to: '/', label: 'Dashboard' },
  { to: '/vms', label: 'Virtual machines' },
  { to: '/templates', label: 'Templates' },
  { to: '/customization-specs', label: 'Customization specs' },
  { to: '/consoles', label: 'Consoles' },
  { to: '/images', label: 'Images' },
  { to: '/storage', label: 'Storage' },
  { to: '/networks', label: 'Networks' },
  { to: '/hosts', label: 'Hosts' },
  { to: '/tasks', label: 'Tasks' },
  { to: '/audit', label: 'Audit log' },
];

export function isCurrent(to: string, path: string): boolean {
  return to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
}

export function MainNav() {
  const { pathname } = useLocation();
  return (
    <Nav aria-label="Main">
      <NavList>
        {ENTRIES.map(({ to, label }) => (
          <NavItem key={to} isActive={isCurrent(to, pathname)}>
            <Link to={to} aria-current={isCurrent(to, pathname) ? 'page' : undefined}>
              {label}
            </Link>
          </NavItem>
        ))}
      </NavList>
    </Nav>
  );
}
