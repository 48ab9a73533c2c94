-- How many bytes come in parts, where they do.
alter table images.images add column announced_bytes bigint;
