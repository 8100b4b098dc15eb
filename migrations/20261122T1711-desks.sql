-- What the desks of the main job add to the chains.

-- A rule may ask for no less than last year, and for the declaration by a day.
alter table quota_rule add column not_below_last boolean not null default false;
alter table quota_rule add column declare_by date;

create index on canteen (programme_id, contractor_id) where contractor_id is not null;

-- A link that a co-operative offers a household; it is signed once the household's consent is on record.
create table link_proposal (
  programme_id text not null,
  id uuid not null,
  cooperative_id uuid not null,
  household_id uuid not null,
  -- the household's
  area_path text collate "C" not null,
  formula jsonb not null,
  starts_on date not null,
  ends_on date not null,
  state text not null check (state in ('waiting', 'consented', 'declined')),
  proposed_at timestamptz not null,
  leaf bytea not null,
  way text check (way in ('paper', 'sms')),
  photo_id uuid,
  answered_at timestamptz,
  answered_by text,
  primary key (programme_id, id),
  foreign key (programme_id, cooperative_id) references organisation (programme_id, id) on delete restrict,
  foreign key (programme_id, household_id) references household (programme_id, id) on delete restrict
);
select scoped('link_proposal', 'select, insert, update', 'select');
create index on link_proposal (programme_id, area_path, id) where state = 'waiting';
create index on link_proposal (programme_id, cooperative_id, id);

-- what waits for a person at the bank's side, newest first
create index on bank_credit (programme_id, received_at, fact_id);
