create table identity.users (
    id uuid primary key,
    name text not null,
    password_hash text not null,
    must_change_password boolean not null,
    created_at timestamptz not null default now()
);
create unique index users_by_name on identity.users (lower(name));

-- Only the hash of a session's token is kept: who reads this table cannot use it.
create table identity.sessions (
    token_sha256 bytea primary key,
    user_id uuid not null references identity.users on delete cascade,
    csrf_token text not null,
    created_at timestamptz not null,
    used_at timestamptz not null,
    expires_at timestamptz not null
);
create index sessions_by_user on identity.sessions (user_id);

-- One row for each user name and for each address that failed lately.
create table identity.log_in_failures (
    subject text primary key,
    failures integer not null,
    last_at timestamptz not null
);

create table identity.audit (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    user_name text not null,
    remote_address text not null,
    action text not null,
    target_id uuid,
    outcome integer not null,
    details jsonb not null
);
create index audit_by_time on identity.audit (at);
