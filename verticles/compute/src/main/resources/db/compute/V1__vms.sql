create table compute.vms (
    id uuid primary key,
    name text not null,
    spec jsonb not null,
    digest text not null,
    phase text not null,
    power_state text not null,
    state_reason text not null,
    host_id uuid,
    disks jsonb not null,
    nics jsonb not null,
    guest jsonb,
    problem text,
    -- The last report that was believed: the host process that sent it and its number.
    seen_process bigint not null default 0,
    seen_sequence bigint not null default 0,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    -- Moves with what somebody decides, not with what is observed, so that If-Match does not fail by chance.
    version bigint not null default 1
);
create unique index vms_name on compute.vms (lower(name) collate "C");
create index vms_by_host on compute.vms (host_id);

-- No two VMs ever have the same address.
create table compute.macs (
    mac text primary key,
    vm_id uuid not null references compute.vms on delete cascade deferrable initially deferred
);
create index macs_by_vm on compute.macs (vm_id);

-- How far the full reports of each host were taken in.
create table compute.sightings (
    host_id uuid primary key,
    process_start bigint not null,
    sequence bigint not null,
    seen_at timestamptz not null default now()
);
