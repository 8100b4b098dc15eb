-- Erasure: what people may have destroyed of themselves, what the law keeps of it and until when. The hand that destroys
-- is silian_batch, never the application: what happened stays append-only for whoever serves requests.

create table erasure (
  programme_id text not null,
  id uuid not null,
  register text not null,
  -- the row that told of them: it stays, and tells nothing any more
  row_id uuid not null,
  area_path text collate "C",
  -- who decided on it
  case_id uuid,
  -- waiting: something is still owed; restricted: some of it is held; done: nothing is
  state text not null check (state in ('asked', 'waiting', 'restricted', 'done')),
  asked_at timestamptz not null,
  asked_by text not null,
  carried_at timestamptz,
  done_at timestamptz,
  -- kinds and counts of what was destroyed, what stays and until when; never values
  receipt jsonb not null default '{}',
  primary key (programme_id, id),
  unique (programme_id, register, row_id)
);
select scoped('erasure', 'select, insert', 'select, update');
create index on erasure (programme_id, area_path, id);
create index on erasure (programme_id, state, id) where state <> 'done';

-- Values that a class holds, sealed anew under a key of the erasure and the class, apart from the rows that are used.
create table retained (
  programme_id text not null,
  erasure_id uuid not null,
  class text not null,
  field text not null,
  sealed bytea not null,
  until date not null,
  primary key (programme_id, erasure_id, class, field),
  foreign key (programme_id, erasure_id) references erasure (programme_id, id) on delete restrict
);
select scoped('retained', 'select', 'select, insert, delete');
create index on retained (programme_id, until);

-- What a row about people need not have any more once it tells nothing of them.
alter table household
  alter column class drop not null,
  alter column cause drop not null,
  alter column member_count drop not null;
alter table visit
  alter column visited_on drop not null,
  alter column way drop not null,
  alter column visitor drop not null,
  alter column findings drop not null;

grant update on household, visit to silian_batch;
grant delete on household_member to silian_batch;
grant delete on register_past, register_proposal to silian_batch;
grant update (reason) on register_succession to silian_batch;
grant update (parts) on register_past to silian_batch;
grant insert, update (sealed_key, destroyed_at) on subject_key to silian_batch;
grant update (purpose) on access_audit to silian_batch;
grant update (excerpt) on import_fault to silian_batch;
grant update (photo_id, state, answered_at, answered_by) on link_proposal to silian_batch;
grant update (uploaded_by, retention_class, delete_after) on file to silian_batch;
grant insert on file_use to silian_batch;
