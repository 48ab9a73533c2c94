-- VNC's password is checked by a challenge that only who has it can answer: it is sealed, a hash would be of no use.
create table gateway.viewer_tickets (
    id uuid primary key,
    password_sealed bytea not null,
    session_sha256 bytea not null,
    user_id uuid not null,
    user_name text not null,
    vm_id uuid not null,
    expires_at timestamptz not null
);
create index viewer_tickets_by_time on gateway.viewer_tickets (expires_at);
