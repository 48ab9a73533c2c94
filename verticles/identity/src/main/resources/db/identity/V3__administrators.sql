-- Until now every account was the first administrator's.
alter table identity.users add column administrator boolean not null default true;
alter table identity.users alter column administrator set default false;
