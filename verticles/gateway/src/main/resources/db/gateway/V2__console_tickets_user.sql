-- Tickets live for 30 s: none that is worth keeping is lost.
delete from gateway.console_tickets;
alter table gateway.console_tickets add column user_id uuid not null;
