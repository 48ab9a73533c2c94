-- What the step under way has moved, where it moves bytes from one place to another.
alter table runtime.tasks
    add column moved_bytes bigint,
    add column total_bytes bigint;
