-- Which VMs need a snapshot of another one: linked clones, and others until they have been copied.
create table compute.clones (
    clone_id uuid primary key references compute.vms on delete cascade,
    source_id uuid not null references compute.vms,
    -- Absent when it could not be made.
    snapshot_id uuid references compute.snapshots on delete set null,
    linked boolean not null
);
create index clones_by_source on compute.clones (source_id);
create index clones_by_snapshot on compute.clones (snapshot_id);

-- Made for clones: it goes with the last one that needs it.
alter table compute.snapshots add column for_clones boolean not null default false;
create index snapshots_for_clones on compute.snapshots (id) where for_clones;
