-- Which definition of its settings a pool has; each change makes another one, and a host that reports a former one is told again.
-- Null is the first, which is called as the pool is: an earlier version of the program knows no others.
alter table storage.pools add column definition uuid;

-- The change of a pool's settings that is tried on its hosts now. Hosts that have it already are left alone meanwhile; when its
-- time is over, whoever made it is gone.
create table storage.pool_changes (
    pool_id uuid primary key references storage.pools on delete cascade,
    definition uuid not null,
    ends_at timestamptz not null
);
