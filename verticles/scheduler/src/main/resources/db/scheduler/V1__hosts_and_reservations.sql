create table scheduler.hosts (
    id uuid primary key,
    name text not null,
    version text not null,
    -- What the last report said, and which one that was: the process that sent it and its number.
    facts jsonb not null,
    process_start bigint not null,
    sequence bigint not null,
    state text not null,
    last_seen_at timestamptz not null default now(),
    joined_at timestamptz not null default now()
);

create table scheduler.reservations (
    vm_id uuid primary key,
    host_id uuid not null references scheduler.hosts,
    vcpus integer not null,
    memory_bytes bigint not null,
    made_at timestamptz not null default now()
);
create index reservations_by_host on scheduler.reservations (host_id);
