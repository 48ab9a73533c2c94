create table gateway.console_tickets (
    token_sha256 bytea primary key,
    session_sha256 bytea not null,
    user_name text not null,
    vm_id uuid not null,
    kind text not null,
    expires_at timestamptz not null
);
create index console_tickets_by_time on gateway.console_tickets (expires_at);
