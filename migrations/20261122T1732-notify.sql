-- What people are told of: a kind with ids and codes, whose words are made where it is read.

create table notification (
  programme_id text not null,
  id uuid not null,
  member_id uuid not null,
  at timestamptz not null,
  kind text not null,
  -- ids, codes and dates; never personal
  params jsonb not null,
  process text,
  case_id uuid,
  -- the same cause tells the same member once
  cause text not null,
  read_at timestamptz,
  primary key (programme_id, id),
  unique (programme_id, member_id, cause),
  foreign key (programme_id, member_id) references member (programme_id, id) on delete restrict
);
select scoped('notification', 'select, insert, update (read_at)', 'select');
create index on notification (programme_id, member_id, at, id);
create index notification_unread on notification (programme_id, member_id) where read_at is null;

-- Where else a member is told. Address and secret are sealed under the target's own key.
create table notification_target (
  programme_id text not null,
  id uuid not null,
  member_id uuid not null,
  channel text not null check (channel in ('email', 'webhook', 'sms')),
  address bytea not null,
  -- signs what a webhook is sent
  secret bytea,
  language text not null check (language in ('zh', 'en')),
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (programme_id, id),
  foreign key (programme_id, member_id) references member (programme_id, id) on delete restrict
);
select scoped('notification_target', 'select, insert, update (ended_at)', 'select');
create index on notification_target (programme_id, member_id) where ended_at is null;

-- What was handed over: a repeated run sends nothing twice that is known to have arrived.
create table notification_delivery (
  programme_id text not null,
  notification_id uuid not null,
  target_id uuid not null,
  delivered_at timestamptz not null,
  primary key (programme_id, notification_id, target_id),
  foreign key (programme_id, notification_id) references notification (programme_id, id) on delete restrict,
  foreign key (programme_id, target_id) references notification_target (programme_id, id) on delete restrict
);
select scoped('notification_delivery', 'select, insert', 'select');
