-- Sign-in. A local schema (never distributed) with the tables better-auth expects, and ours for lock-out and the
-- separation of the three administrators. No business data, and nobody's name in the clear.

create schema auth;
grant usage on schema auth to silian_app;

create table auth."user" (
  id text primary key,
  -- sealed, base64url, under the account's key in the programme `platform`
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  username text not null unique,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table auth.session (
  id text primary key,
  user_id text not null references auth."user" (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on auth.session (user_id);
create index on auth.session (expires_at);

create table auth.account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references auth."user" (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index on auth.account (user_id);

create table auth.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on auth.verification (identifier);

-- Failed sign-ins of a username or address (keyed hash: people type passwords into the wrong box).
create table auth.attempt (
  subject bytea primary key,
  failures int not null,
  -- refused since the lock began
  refused int not null,
  since timestamptz not null,
  locked_until timestamptz
);

-- System, security and audit administrator: one of them per account, over all programmes and for good, because who
-- once ran the system does not audit the time he ran it. The key enforces it also between two grants at once.
create table auth.duty (
  account_id text primary key,
  role text not null check (role in ('platform_admin', 'security_admin', 'audit_admin'))
);

grant select, insert, update, delete on auth."user", auth.session, auth.account, auth.verification, auth.attempt to silian_app;
grant select, insert on auth.duty to silian_app;
