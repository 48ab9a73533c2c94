-- Where a user has logged in from before: strangers who guess elsewhere cannot keep them out here.
create table identity.known_addresses (
    user_id uuid not null references identity.users on delete cascade,
    address text not null,
    last_at timestamptz not null,
    primary key (user_id, address)
);

-- Subjects are hashes from now on: people type passwords into the name field.
delete from identity.log_in_failures;

create function identity.refuse_rewriting() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is only appended to';
end $$;
create trigger audit_is_final before update on identity.audit
    for each row execute function identity.refuse_rewriting();
