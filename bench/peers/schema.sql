-- The tables of schema.ts.
create table events (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique,
  title text not null,
  entry_paths text[] not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  announcement_date timestamptz not null
);
create table participants (
  id uuid primary key default gen_random_uuid(),
  event_id uuid not null references events (id),
  name text not null,
  phone_number text not null,
  entry_path text not null,
  application_number text not null,
  participated_at timestamptz not null default now(),
  unique (event_id, phone_number),
  unique (event_id, application_number)
);
create table winners (
  event_id uuid not null references events (id),
  rank integer not null,
  participant_id uuid not null references participants (id),
  primary key (event_id, rank)
);
create table outbox (
  id uuid primary key default gen_random_uuid(),
  event_type text not null,
  payload jsonb not null,
  created_at timestamptz not null default now()
);
