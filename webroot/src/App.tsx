import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { AuditPage } from './audit/AuditPage';
import { ConsolesPage } from './console/ConsolesPage';
import { ApiError } from './core/api/problem';
import { ToastProvider } from './core/notify/toasts';
import { CustomizationSpecsPage } from './customization/CustomizationSpecsPage';
import { DashboardPage } from './dashboard/DashboardPage';
import { HostPage } from './hosts/HostPage';
import { HostsPage } from './hosts/HostsPage';
import { ImagesPage } from './images/ImagesPage';
import { LiveProvider } from './LiveProvider';
import { NetworkPage } from './networks/NetworkPage';
import { NetworksPage } from './networks/NetworksPage';
import { NotFoundPage } from './NotFoundPage';
import { SessionProvider } from './session/SessionProvider';
import { Shell } from './Shell';
import { PoolPage } from './storage/pools/PoolPage';
import { StoragePage } from './storage/StoragePage';
import { TasksPage } from './tasks/TasksPage';
import { TemplatesPage } from './templates/TemplatesPage';
import { TransfersArea } from './uploads/TransfersArea';
import { VmCreatePage } from './vms/create/VmCreatePage';
import { VmListPage } from './vms/list/VmListPage';
import { UnmanagedPage } from './vms/unmanaged/UnmanagedPage';
import { VmPage } from './vms/VmPage';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The event stream keeps the cache fresh.
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.answered),
      retryDelay: 1000,
    },
  },
});

const router = createBrowserRouter([
  {
    element: <Shell />,
    children: [
      { path: '/', element: <DashboardPage /> },
      { path: '/vms', element: <VmListPage /> },
      { path: '/vms/new', element: <VmCreatePage /> },
      { path: '/vms/unmanaged', element: <UnmanagedPage /> },
      { path: '/vms/:vmId/:tab?', element: <VmPage /> },
      { path: '/templates', element: <TemplatesPage /> },
      { path: '/customization-specs', element: <CustomizationSpecsPage /> },
      { path: '/images/:tab?', element: <ImagesPage /> },
      { path: '/storage', element: <StoragePage /> },
      { path: '/storage/pools/:poolId', element: <PoolPage /> },
      { path: '/networks', element: <NetworksPage /> },
      { path: '/networks/:networkId', element: <NetworkPage /> },
      { path: '/hosts', element: <HostsPage /> },
      { path: '/hosts/:hostId', element: <HostPage /> },
      { path: '/tasks', element: <TasksPage /> },
      { path: '/audit', element: <AuditPage /> },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
  { path: '/consoles', element: <ConsolesPage /> },
]);

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <SessionProvider>
          <LiveProvider>
            <RouterProvider router={router} />
            <TransfersArea />
          </LiveProvider>
        </SessionProvider>
      </ToastProvider>
    </QueryClientProvider>
  );
}
