-- How full a pool was. A slot is where five minutes, later an hour or a day, begin; a slot that is missing is one in which
-- no host could use the pool.
create table storage.capacity_samples (
    pool_id uuid not null references storage.pools on delete cascade,
    slot timestamptz not null,
    total_bytes bigint not null,
    used_bytes bigint not null,
    primary key (pool_id, slot)
);
