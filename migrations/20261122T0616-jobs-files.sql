-- Background work that people can watch, uploaded files, and the imports that resume where they stopped.

-- How far a job is, for those who wait for it. Written outside the job's own transactions, so that it can be seen.
create table job_progress (
  programme_id text not null,
  id uuid not null,
  name text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  done bigint not null default 0 check (done >= 0),
  total bigint check (total >= 0),
  -- what it is doing, or why it failed: a code of the message files and the values its text needs
  message_code text,
  params jsonb not null default '{}',
  requested_by text not null,
  requested_at timestamptz not null,
  started_at timestamptz,
  heartbeat_at timestamptz,
  finished_at timestamptz,
  primary key (programme_id, id),
  check ((finished_at is not null) = (state in ('done', 'failed')))
);
create index on job_progress (programme_id, requested_by, id);
select scoped('job_progress', 'select, insert, update', 'select, insert, update');

-- The queue's tables belong to silian_batch and have row security without policies: only their owner can write them.
-- So the function that adds a job is silian_batch's too. The owner of the schema becomes that role for a moment; on
-- PostgreSQL 16 and later a role that made another may administer it but not become it, hence the grant.
grant silian_batch to current_user;
grant create on schema public to silian_batch;
set local role silian_batch;

-- Adds a job to the queue in the transaction of its cause. Security definer because the application may not touch the
-- queue itself; the programme is the transaction's, whatever the caller says.
create function enqueue_job(
  p_name text, p_id uuid, p_visible boolean, p_actor text, p_input json, p_key text, p_run_at timestamptz,
  p_attempts int
) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_programme text := current_setting('app.programme');
begin
  perform graphile_worker.add_job(
    identifier => p_name,
    payload => json_build_object('programme', v_programme, 'id', p_id, 'visible', p_visible, 'actor', p_actor,
      'input', p_input),
    run_at => p_run_at,
    max_attempts => p_attempts,
    job_key => p_name || ':' || v_programme || ':' || p_key);
end $$;
revoke execute on function enqueue_job from public;
grant execute on function enqueue_job to silian_app;

reset role;
revoke create on schema public from silian_batch;
revoke silian_batch from current_user;

-- What was uploaded. The bytes lie in the data folder; of a personal file they are sealed under its own key.
create table file (
  programme_id text not null,
  id uuid not null,
  -- of the bytes as they were uploaded
  sha256 bytea not null check (length(sha256) = 32),
  -- of the bytes as they are stored: the file's name on disk
  stored_sha256 bytea not null check (length(stored_sha256) = 32),
  type text not null check (type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv')),
  size int not null check (size > 0),
  retention_class text not null,
  uploaded_by text not null,
  organisation_id uuid,
  uploaded_at timestamptz not null,
  delete_after timestamptz,
  -- the file's key, sealed under the master key and bound to programme and id
  sealed_key bytea,
  primary key (programme_id, id)
);
create index on file (programme_id, delete_after) where delete_after is not null;
create index on file (programme_id, organisation_id, id);
select scoped('file', 'select, insert', 'select, insert, delete');

-- One passage of one file through an import. It moves in the transaction of each chunk, so a run that was cut off goes
-- on after the last chunk that was kept.
create table import_run (
  programme_id text not null,
  id uuid not null,
  kind text not null,
  file_sha256 bytea not null check (length(file_sha256) = 32),
  state text not null check (state in ('running', 'done')),
  rows_done bigint not null default 0,
  rows_added bigint not null default 0,
  rows_unchanged bigint not null default 0,
  rows_bad bigint not null default 0,
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (programme_id, id),
  check (rows_done = rows_added + rows_unchanged + rows_bad),
  check ((finished_at is not null) = (state = 'done'))
);
-- two processes that start with the same file share one run, and the chunks decide between them
create unique index import_run_open on import_run (programme_id, kind, file_sha256) where state = 'running';
create index on import_run (programme_id, kind, started_at);
select scoped('import_run', 'select, insert, update', 'select, insert, update');

create table import_fault (
  programme_id text not null,
  run_id uuid not null,
  -- as a spreadsheet counts: the heading is row 1
  row_number bigint not null,
  -- the column's name in the import's definition; empty for a fault of the whole row
  "column" text not null,
  code text not null,
  params jsonb not null default '{}',
  -- what stood there, unless the column is personal
  excerpt text check (length(excerpt) <= 80),
  primary key (programme_id, run_id, row_number, "column"),
  foreign key (programme_id, run_id) references import_run
);
select scoped('import_fault', 'select, insert', 'select, insert');

-- Names an area had before; people and files go on using them. Reference data like the areas themselves.
create table area_former_name (
  code text not null references area,
  name_zh text not null,
  primary key (code, name_zh)
);
create index on area_former_name (name_zh);
grant select on area_former_name to silian_app;
grant select, insert on area_former_name to silian_batch;
