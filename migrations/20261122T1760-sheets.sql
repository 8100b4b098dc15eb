-- Imports of whole workbooks: faults name their sheet, runs can be tried out, are watched and leave an answer behind;
-- files have names, kinds, and things they are attached to.

alter table import_fault add column sheet text not null default '';
alter table import_fault drop constraint import_fault_pkey;
alter table import_fault add primary key (programme_id, run_id, sheet, row_number, "column");

alter table import_run
  add column rows_changed bigint not null default 0,
  -- nothing is kept of what was written
  add column dry_run boolean not null default false,
  add column file_id uuid,
  -- the workbook as it was sent, with its faults marked
  add column answer_file_id uuid,
  -- how far whoever asked for it may write
  add column reach jsonb,
  add column refused_params jsonb not null default '{}',
  add column percent int not null default 0 check (percent between 0 and 100),
  drop constraint import_run_check,
  drop constraint import_run_state_check,
  add constraint import_run_rows check (rows_done = rows_added + rows_changed + rows_unchanged + rows_bad),
  add constraint import_run_states check (state in ('waiting', 'running', 'done'));

alter table file
  add column name text not null default '' check (length(name) <= 200),
  add column kind text not null default '';

-- What a file belongs to: whoever may read that, may read the file.
create table file_use (
  programme_id text not null,
  file_id uuid not null,
  subject_type text not null,
  subject_id text not null,
  attached_by text not null,
  attached_at timestamptz not null,
  primary key (programme_id, file_id, subject_type, subject_id),
  foreign key (programme_id, file_id) references file (programme_id, id)
);
create index on file_use (programme_id, subject_type, subject_id);
-- a use goes with its file
select scoped('file_use', 'select, insert', 'select, insert, delete');
