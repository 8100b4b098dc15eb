-- Administration: accounts that are locked or still have the password they were given, settings with their history,
-- the latest full check, failed jobs that are tried again, and what else is found by name and number.

alter table auth."user"
  add column locked_at timestamptz,
  -- until then the password it was given opens it once, to set another; null: its own password
  add column one_time_until timestamptz;

-- What a programme may set for itself; which keys there are and what they may hold stands in the code. Never changed:
-- the highest version holds.
create table setting (
  programme_id text not null,
  key text not null check (key ~ '^[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+$'),
  version int not null check (version >= 1),
  value jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (programme_id, key, version)
);
select scoped('setting', 'select, insert', 'select');

-- What `silian check` found, each time it looked.
create table check_run (
  programme_id text not null,
  id uuid not null,
  at timestamptz not null,
  facts bigint not null,
  comparisons bigint not null,
  differences bigint not null,
  primary key (programme_id, id)
);
select scoped('check_run', 'select', 'select, insert');

-- products and offers become findable by a subscription, organisations that have ended are found no more
grant insert, update, delete on register_search to silian_batch;
grant delete on register_search to silian_app;
-- numbers are found by their beginning
create index on "order" (programme_id, (number collate "C"));
create index on household (programme_id, (code collate "C"));

-- The queue's tables belong to silian_batch, and so must the function that writes them; see enqueue_job.
grant silian_batch to current_user;
grant create on schema public to silian_batch;
set local role silian_batch;

-- Has a job of the programme that was given up tried again. Security definer because the application may not touch the
-- queue itself; the programme is the transaction's, whatever the caller says. True where there was one.
create function retry_job(p_id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_jobs bigint[];
begin
  select array_agg(j.id) into v_jobs from graphile_worker._private_jobs j
   where j.payload ->> 'programme' = current_setting('app.programme') and j.payload ->> 'id' = p_id::text
     and j.attempts >= j.max_attempts and j.locked_at is null;
  if v_jobs is null then return false; end if;
  perform graphile_worker.reschedule_jobs(v_jobs, run_at => now(), attempts => 0);
  return true;
end $$;
revoke execute on function retry_job from public;
grant execute on function retry_job to silian_app;

reset role;
revoke create on schema public from silian_batch;
revoke silian_batch from current_user;

-- lists of the administration pages
create index on job_progress (programme_id, requested_at, id);
create index on access_audit (programme_id, action, id);
