-- What other checksums of the bytes must be, where the user knows them.
alter table images.images add column expected_sha512 text;
alter table images.images add column expected_md5 text;
