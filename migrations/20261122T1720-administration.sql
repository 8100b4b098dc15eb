-- Administration: accounts that are locked or still have the password they were given, settings with their history,
-- the latest full check, failed jobs that are tried again, and what is found by name, number and pinyin.

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

-- A name that can be found: every suffix of its words, of their pinyin and of their initials is a lexeme, so that a
-- part of a name is a prefix of one. Never a personal value.
create table search_entry (
  programme_id text not null,
  kind text not null,
  id uuid not null,
  title_zh text not null,
  title_en text not null,
  note text not null,
  words tsvector not null,
  area_path text collate "C",
  organisation_ids uuid[] not null,
  primary key (programme_id, kind, id)
);
select scoped('search_entry', 'select, insert, update, delete', 'select, insert, update, delete');
create index on search_entry using gin (words);

-- Text operators lose their indexes under row security, because they are not leakproof. So the two functions below pass
-- it and filter the programme themselves; the lexeme `@programme/kind` lets the index do it.
create function search_ids(p_kind text, p_query text, p_most int) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  v_programme text := current_setting('app.programme');
begin
  return query
  select e.id from public.search_entry e
   where e.programme_id = v_programme and e.kind = p_kind
     and e.words @@ (('''@' || v_programme || '/' || p_kind || '''')::tsquery && p_query::tsquery)
   limit p_most;
end $$;
revoke execute on function search_ids from public;
grant execute on function search_ids to silian_app;

-- `p_reaches`: [{kind, everything, areas, organisations}], what the caller may find of each kind.
create function search_find(p_reaches jsonb, p_query text, p_most int)
returns table (kind text, id uuid, title_zh text, title_en text, note text)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  v_programme text := current_setting('app.programme');
begin
  return query
  select f.kind, f.id, f.title_zh, f.title_en, f.note
    from jsonb_to_recordset(p_reaches) as k (kind text, everything boolean, areas text[], organisations uuid[])
    cross join lateral (
      select m.* from (
        select e.kind, e.id, e.title_zh, e.title_en, e.note from public.search_entry e
         where e.programme_id = v_programme and e.kind = k.kind
           and e.words @@ (('''@' || v_programme || '/' || k.kind || '''')::tsquery && p_query::tsquery)
           and (k.everything or e.organisation_ids && k.organisations or exists (
             select from unnest(k.areas) a where e.area_path = a or starts_with(e.area_path, a || '/')))
         limit 500) m
       order by length(m.title_zh), m.title_zh, m.id limit p_most) f;
end $$;
revoke execute on function search_find from public;
grant execute on function search_find to silian_app;

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
