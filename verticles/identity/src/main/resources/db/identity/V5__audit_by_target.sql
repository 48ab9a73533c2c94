-- What was asked about one thing, newest first.
create index audit_by_target on identity.audit (target_id, at desc, id desc);
