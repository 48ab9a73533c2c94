-- Snapshots of VMs: a tree, each with the snapshots of the disks that it covers.
create table compute.snapshots (
    id uuid primary key,
    vm_id uuid not null references compute.vms on delete cascade,
    parent_id uuid references compute.snapshots on delete set null,
    name text not null,
    description text not null,
    state text not null,
    stillness text,
    disks jsonb not null,
    created_by text not null,
    created_at timestamptz not null default now(),
    version bigint not null default 1
);
create unique index snapshots_by_name on compute.snapshots (vm_id, lower(name));
create index snapshots_by_parent on compute.snapshots (parent_id);

-- The one that its disks go on from.
alter table compute.vms add column snapshot_id uuid references compute.snapshots on delete set null;
