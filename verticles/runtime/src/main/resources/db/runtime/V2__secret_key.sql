-- Something sealed with the key of this installation, so that a process with another key notices.
create table runtime.secret_key (
    single boolean primary key default true check (single),
    sealed bytea not null
);
