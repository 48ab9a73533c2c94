-- Room for VMs that are on their way to another host, beside what they have where they are.
create table scheduler.arrivals (
    vm_id uuid primary key references scheduler.reservations on delete cascade,
    host_id uuid not null references scheduler.hosts,
    vcpus integer not null,
    memory_bytes bigint not null,
    made_at timestamptz not null default now()
);
create index arrivals_by_host on scheduler.arrivals (host_id);
