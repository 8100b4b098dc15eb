-- 办理: cases of declared processes, the tasks they wait for, and what became of them.

create table process_case (
  programme_id text not null,
  id uuid not null,
  process text not null,
  -- the rules it began under, and keeps
  version int not null,
  title text not null,
  state text not null,
  about uuid,
  organisation_id uuid,
  area_path text collate "C",
  opened_at timestamptz not null,
  opened_by text not null,
  opened_member uuid,
  -- whose task it is to correct it, should it come back
  opener_role text,
  opened_fact uuid not null,
  -- the leaf of that fact: goes into the seed of every draw
  opened_leaf bytea not null,
  form jsonb not null,
  -- the personal values of the form, under the case's own key
  sealed bytea,
  -- state → hundredths of points
  scores jsonb not null default '{}',
  -- counts the moves; a timer or task of an earlier one is void
  move_no int not null,
  entered_on date not null,
  due_on date,
  -- of a standing state: its first day, and the first day no longer
  valid_from date,
  valid_to date,
  -- what there may be only one open case of: the row it is about, or the organisation
  once text,
  ended_at timestamptz,
  primary key (programme_id, id),
  foreign key (programme_id, organisation_id) references organisation (programme_id, id) on delete restrict,
  foreign key (programme_id, opened_member) references member (programme_id, id) on delete restrict
);
select scoped('process_case', 'select, insert, update', 'select');
create unique index process_case_once on process_case (programme_id, process, once) where ended_at is null;
create index on process_case (programme_id, process, opened_at, id);
create index on process_case (programme_id, process, state, opened_at, id);
create index on process_case (programme_id, area_path, process, opened_at);
create index on process_case (programme_id, organisation_id, process, opened_at, id);
create index on process_case (programme_id, about) where about is not null;
create index on process_case (programme_id, opened_member, process, opened_at, id);

create table process_task (
  programme_id text not null,
  id uuid not null,
  case_id uuid not null,
  process text not null,
  state text not null,
  move_no int not null,
  kind text not null check (kind in ('task', 'part', 'seat', 'objection', 'standing', 'returned')),
  -- which of several: of parallel tasks, or of a standing state's parties
  name text not null default '',
  -- of several experts: 1, 2, 3…
  seat int not null default 0,
  -- whoever holds the role there, or the member alone
  role text,
  area_path text collate "C",
  organisation_id uuid,
  member_id uuid,
  opened_at timestamptz not null,
  due_on date,
  late boolean not null default false,
  -- decided, or closed because the case went on without it
  closed_at timestamptz,
  decided_by text,
  decided_member uuid,
  -- the absent member whose deputy decided
  for_member uuid,
  outcome text,
  note text,
  form jsonb,
  sealed bytea,
  score int,
  files uuid[] not null default '{}',
  fact_id uuid,
  primary key (programme_id, id),
  foreign key (programme_id, case_id) references process_case (programme_id, id) on delete restrict,
  foreign key (programme_id, member_id) references member (programme_id, id) on delete restrict,
  check (outcome is null or closed_at is not null)
);
select scoped('process_task', 'select, insert, update', 'select');
create index on process_task (programme_id, case_id, id);
create index on process_task (programme_id, member_id) where member_id is not null;
create index on process_task (programme_id, decided_member) where decided_member is not null;

-- Where open tasks lie: `<role>@<area path>` for its area and each above, `<role>@<organisation>`, `<role>@*`,
-- `member@<id>`. An inbox is a few ranges of this key, however many tasks there are.
create table process_desk (
  programme_id text not null,
  desk text collate "C" not null,
  -- far away where there is no deadline
  due_on date not null,
  task_id uuid not null,
  process text not null,
  state text not null,
  primary key (programme_id, desk, due_on, task_id),
  foreign key (programme_id, task_id) references process_task (programme_id, id) on delete restrict
);
select scoped('process_desk', 'select, insert, update, delete', 'select');
create index on process_desk (programme_id, task_id);
create index on process_desk (programme_id, desk, process, due_on, task_id);
create index on process_desk (programme_id, desk, process, state, due_on);

-- The trail.
create table process_move (
  programme_id text not null,
  case_id uuid not null,
  no int not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  actor text not null,
  member_id uuid,
  -- of a decision, or why it moved by itself
  outcome text,
  note text,
  task_id uuid,
  fact_id uuid not null,
  primary key (programme_id, case_id, no),
  foreign key (programme_id, case_id) references process_case (programme_id, id) on delete restrict
);
select scoped('process_move', 'select, insert', 'select');

-- What happens on a day if the case is still where it was. Fired once, by whoever comes first.
create table process_timer (
  programme_id text not null,
  case_id uuid not null,
  move_no int not null,
  name text not null,
  fire_on date not null,
  done_at timestamptz,
  primary key (programme_id, case_id, move_no, name),
  foreign key (programme_id, case_id) references process_case (programme_id, id) on delete restrict
);
select scoped('process_timer', 'select, insert, update (done_at)', 'select');
create index on process_timer (programme_id, fire_on, case_id) where done_at is null;

-- How experts were drawn, so that anybody may draw again: each member's rank is the hash of seed and id.
create table process_draw (
  programme_id text not null,
  case_id uuid not null,
  move_no int not null,
  seed bytea not null check (length(seed) = 32),
  -- size of the log whose head went into the seed
  log_size bigint not null,
  pool uuid[] not null,
  excluded uuid[] not null,
  drawn uuid[] not null,
  fact_id uuid not null,
  primary key (programme_id, case_id, move_no),
  foreign key (programme_id, case_id) references process_case (programme_id, id) on delete restrict
);
select scoped('process_draw', 'select, insert', 'select');

create table process_objection (
  programme_id text not null,
  id uuid not null,
  case_id uuid not null,
  move_no int not null,
  task_id uuid not null,
  at timestamptz not null,
  by text not null,
  member_id uuid,
  -- in the objector's own words, under the objection's own key
  text_sealed bytea not null,
  files uuid[] not null,
  answered_at timestamptz,
  upheld boolean,
  primary key (programme_id, id),
  foreign key (programme_id, case_id) references process_case (programme_id, id) on delete restrict,
  foreign key (programme_id, task_id) references process_task (programme_id, id) on delete restrict
);
select scoped('process_objection', 'select, insert, update (answered_at, upheld)', 'select');
create index on process_objection (programme_id, case_id, move_no);
create index on process_objection (programme_id, task_id);

-- While one is away, another of the same organisation sees what lies with them.
create table process_absence (
  programme_id text not null,
  id uuid not null,
  member_id uuid not null,
  deputy_id uuid not null check (deputy_id <> member_id),
  -- first and last day away
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (programme_id, id),
  foreign key (programme_id, member_id) references member (programme_id, id) on delete restrict,
  foreign key (programme_id, deputy_id) references member (programme_id, id) on delete restrict
);
select scoped('process_absence', 'select, insert', 'select');
create index on process_absence (programme_id, deputy_id, to_on);
create index on process_absence (programme_id, member_id, to_on);

-- what hangs out today, by the day it ends
create index on process_case (programme_id, process, state, due_on, id) where due_on is not null;
