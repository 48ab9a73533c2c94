-- VMs on their way to another host. Written before anything is begun there, and removed when nothing is left of it: while it is
-- there, what becomes of the VM is decided by its task alone.
create table compute.migrations (
    vm_id uuid primary key references compute.vms on delete cascade,
    task_id uuid not null,
    migration_id uuid not null,
    source uuid not null,
    target uuid not null,
    phase text not null,
    -- What the task was told, for one that goes on with it.
    input jsonb not null,
    begun_at timestamptz not null default now()
);

-- Copies of VMs that are paused at hosts which did not answer, while the VM is elsewhere: to be given up there once they do.
create table compute.unwanted_arrivals (
    migration_id uuid primary key,
    vm_id uuid not null,
    host_id uuid not null
);
create index unwanted_arrivals_by_host on compute.unwanted_arrivals (host_id);
