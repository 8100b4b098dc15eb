-- The ground: how a table is scoped to its programme, programmes themselves, and remembered commands.

revoke create on schema public from public;
grant usage on schema public to silian_app, silian_batch;

-- Enables row security on a table led by programme_id, and grants what each working role may do with it.
create function scoped(target regclass, app text, batch text) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy programme on %s using (programme_id = current_setting(''app.programme'')) with check (programme_id = current_setting(''app.programme''))',
    target);
  if app <> '' then execute format('grant %s on %s to silian_app', app, target); end if;
  if batch <> '' then execute format('grant %s on %s to silian_batch', batch, target); end if;
end $$;
revoke execute on function scoped from public;

-- An assisting jurisdiction with its paired areas. A reference table: small, and needed before a programme is chosen.
create table programme (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  name_zh text not null,
  name_en text not null,
  -- 12-digit statistical area code prefix of the assisting jurisdiction, e.g. 4403
  area_code text not null,
  demo boolean not null default false,
  created_at timestamptz not null
);
grant select on programme to silian_app;
grant select, insert on programme to silian_batch;

-- Commands remembered by their key, so that the same intention never acts twice.
create table idempotency (
  programme_id text not null,
  actor_id text not null,
  key text not null,
  input_hash bytea not null,
  answer jsonb,
  created_at timestamptz not null,
  keep_until timestamptz not null,
  primary key (programme_id, actor_id, key)
);
select scoped('idempotency', 'select, insert, update', 'select, delete');
create index on idempotency (programme_id, keep_until);

grant select on migration to silian_app, silian_batch;
