-- Names that the log had before it was succeeded, newest first: facts made for them stay good.
alter table log add column former_origins text[] not null default '{}';
