-- VMs whose disks are on their way to other pools. Written before anything is begun, and removed when it is known where each disk is and
-- the other copies are gone or owed: while it is there, nothing else is done with the VM.
create table compute.disk_moves (
    vm_id uuid primary key references compute.vms on delete cascade,
    task_id uuid not null,
    -- What the task was told, for one that goes on with it.
    input jsonb not null,
    begun_at timestamptz not null default now()
);
