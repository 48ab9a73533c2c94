-- Volumes that go to another host with the VM that has them, which is a migration's; they are where they were until it has ended.
create table storage.arrivals (
    volume_id uuid primary key references storage.volumes on delete cascade,
    host_id uuid not null,
    migration_id uuid not null,
    -- On that host, once it is made.
    path text
);
create index arrivals_by_host on storage.arrivals (host_id);

-- What hosts have of volumes that are elsewhere, to be deleted there once they answer.
create table storage.leftovers (
    volume_id uuid not null,
    host_id uuid not null,
    pool_id uuid not null,
    primary key (volume_id, host_id)
);
create index leftovers_by_host on storage.leftovers (host_id);
