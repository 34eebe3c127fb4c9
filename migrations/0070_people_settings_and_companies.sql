-- A company whose people see the containers of its clients and the shared ones only.
create table company (
  id bigint generated always as identity primary key,
  name text not null,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index company_name on company (lower(name)) where deleted_at is null;

alter table person
  add column company_id bigint references company,
  -- Chosen by the person; without it Telegram's language counts.
  add column chosen_language text,
  -- Without it times are shown in the zone of their source.
  add column zone text,
  -- Local times HH:MM between which messages come without a sound; both or none.
  add column quiet_from text,
  add column quiet_until text,
  -- Parts of the card of a container that the person does not want to see.
  add column hidden_card_parts text[] not null default '{}';
