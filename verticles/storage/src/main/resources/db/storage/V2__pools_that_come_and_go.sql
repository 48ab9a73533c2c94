-- Set before the first host gives the pool up; whoever finds it goes on until no host has the pool.
alter table storage.pools add column deleting boolean not null default false;

-- Pools that are being tried on hosts and are not stored yet: a host that reports one of them is not to drop it.
create table storage.pool_trials (
    pool_id uuid primary key,
    begun_at timestamptz not null default now()
);
