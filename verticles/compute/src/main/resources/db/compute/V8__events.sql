-- What happened to VMs without a task that meant it to happen. It outlives them, so nothing is referenced.
create table compute.vm_events (
    id bigint generated always as identity primary key,
    vm_id uuid not null,
    vm_name text not null,
    at timestamptz not null default now(),
    kind text not null,
    state_before text not null,
    state text not null,
    reason text not null,
    text text not null,
    -- More than once where it happens so often that it is only counted, and then when it happened last.
    times bigint not null default 1,
    last_at timestamptz
);
create index vm_events_of_vm on compute.vm_events (vm_id, at desc, id desc);
create index vm_events_by_time on compute.vm_events (at);
