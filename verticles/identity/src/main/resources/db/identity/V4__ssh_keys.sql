-- Public keys that a user puts into the guests that the user makes.
create table identity.ssh_keys (
    id uuid primary key,
    user_id uuid not null references identity.users (id) on delete cascade,
    name text not null,
    public_key text not null,
    fingerprint text not null,
    created_at timestamptz not null,
    unique (user_id, fingerprint)
);
create unique index on identity.ssh_keys (user_id, lower(name));
