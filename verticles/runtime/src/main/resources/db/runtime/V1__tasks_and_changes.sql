create table runtime.tasks (
    id uuid primary key,
    operation_id uuid not null unique,
    kind text not null,
    target_kind text not null,
    target_id uuid not null,
    target_name text not null,
    actor_name text not null,
    actor_id uuid,
    input jsonb not null,
    state text not null,
    progress integer not null default 0,
    step text,
    cancel_requested boolean not null default false,
    failure jsonb,
    owner uuid,
    lease_until timestamptz,
    epoch bigint not null default 0,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz,
    version bigint not null default 1
);

-- One task at a time works on a thing; the end of the task is the end of its claim.
create unique index tasks_one_per_target on runtime.tasks (target_id)
    where state in ('QUEUED', 'RUNNING', 'UNDOING');
create index tasks_claimable on runtime.tasks (created_at) where state in ('QUEUED', 'RUNNING', 'UNDOING');
create index tasks_by_target on runtime.tasks (target_id, id desc);

create table runtime.task_steps (
    task_id uuid not null references runtime.tasks on delete cascade,
    name text not null,
    result jsonb,
    undone boolean not null default false,
    primary key (task_id, name)
);

create table runtime.task_log (
    task_id uuid not null references runtime.tasks on delete cascade,
    id bigint generated always as identity,
    at timestamptz not null default clock_timestamp(),
    line text not null,
    primary key (task_id, id)
);

-- Ordered by (transaction, id): a reader takes only transactions below the oldest that still runs, so that none is
-- skipped because it committed late.
create table runtime.changes (
    id bigint generated always as identity primary key,
    transaction xid8 not null default pg_current_xact_id(),
    at timestamptz not null default now(),
    kind text not null,
    object_id uuid not null,
    change text not null
);
create index changes_in_order on runtime.changes (transaction, id);

create function runtime.announce_changes() returns trigger language plpgsql as $$
begin
    notify changes;
    return null;
end
$$;
create trigger announce after insert on runtime.changes
    for each statement execute function runtime.announce_changes();
