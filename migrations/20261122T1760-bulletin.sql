-- Monthly bulletins: text around figures that are worked out, frozen when it is published.

create table bulletin (
  programme_id text not null,
  id uuid not null,
  month text not null,
  title text not null,
  state text not null check (state in ('draft', 'published')),
  version int not null,
  -- json, not jsonb: the order of what was hashed stays
  sections json not null,
  figures json not null,
  drafted_at timestamptz not null,
  drafted_by text not null,
  published_at timestamptz,
  fact_id uuid,
  content_hash text,
  primary key (programme_id, id),
  unique (programme_id, month)
);
select scoped('bulletin', 'select, insert, update', 'select');
