-- Metrics of every kind: generations that are filled beside the one that answers, what each cell is made of, and whom a
-- metric of different subjects has counted.

-- The cells of a generation stand under "<metric>@<generation>". Those of the release before, under the bare name, are
-- read no more; its servers may still write them.
create table metric_generation (
  programme_id text not null,
  metric text not null,
  generation int not null,
  -- of the definition it was made by
  digest text not null,
  state text not null check (state in ('filling', 'current', 'past')),
  -- while it fills: the first entry that it does not hold
  next_index bigint not null,
  -- where it stopped following the log, because its definition changed or it could not take a fact
  stopped_at bigint,
  stopped_code text,
  made_at timestamptz not null,
  primary key (programme_id, metric, generation)
);
create unique index metric_generation_current on metric_generation (programme_id, metric) where state = 'current';
create unique index metric_generation_filling on metric_generation (programme_id, metric) where state = 'filling';
select scoped('metric_generation', 'select', 'select, insert, update, delete');

-- Log indexes of the facts in a cell, in chunks of 1,024 places of the log.
create table metric_fact (
  programme_id text not null,
  metric text not null,
  period text not null,
  chunk bigint not null,
  dims text[] not null,
  indexes bigint[] not null,
  primary key (programme_id, metric, period, chunk, dims)
);
select scoped('metric_fact', 'select', 'select, insert, update, delete');

-- Subjects by keyed hash: counted in that period and cell; for a level, with no period, in it now.
create table metric_subject (
  programme_id text not null,
  metric text not null,
  subject bytea not null check (length(subject) = 16),
  period text not null,
  dims text[] not null,
  primary key (programme_id, metric, subject, period, dims)
);
select scoped('metric_subject', 'select', 'select, insert, delete');

grant delete on metric_cell to silian_batch;
