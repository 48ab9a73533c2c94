import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';

export interface Toast {
  variant: 'success' | 'danger' | 'warning' | 'info';
  title: string;
  body?: ReactNode;
}

interface Shown extends Toast {
  key: number;
}

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a short message at the edge of the page; failures stay until closed. */
export function useToast(): (toast: Toast) => void {
  return use(ToastContext);
}

let nextKey = 0;
const MOST = 5;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const remove = useCallback((key: number) => setShown((all) => all.filter((toast) => toast.key !== key)), []);
  const add = useCallback((toast: Toast) => setShown((all) => [...all, { ...toast, key: nextKey++ }].slice(-MOST)), []);
  const group = useMemo(
    () => (
      <AlertGroup isToast isLiveRegion aria-label="Notifications">
        {shown.map(({ key, variant, title, body }) => (
          <Alert
            component="p"
            key={key}
            variant={variant}
            title={title}
            timeout={variant === 'danger' ? false : 8000}
            onTimeout={() => remove(key)}
            actionClose={<AlertActionCloseButton title={title} onClose={() => remove(key)} />}
          >
            {body}
          </Alert>
        ))}
      </AlertGroup>
    ),
    [shown, remove],
  );
  return (
    <ToastContext value={add}>
      {children}
      {group}
    </ToastContext>
  );
}
