-- Where reports of one kind come from again and again: missing containers, the usual size and freshness are judged per source.
create table source (
  id bigint generated always as identity primary key,
  kind workbook_kind not null,
  -- Empty for what came by hand or through the drop folder.
  sender text not null default '',
  -- The number in the report's title; subject numbers vary from mail to mail.
  report_number text not null default '',
  created_at timestamptz not null default now(),
  unique (kind, sender, report_number)
);

-- What an admin taught of a layout: which column means what, known by the headings.
create table column_profile (
  id bigint generated always as identity primary key,
  kind workbook_kind not null,
  header_signature text not null unique,
  columns jsonb not null,
  created_by bigint references person on delete set null,
  created_at timestamptz not null default now()
);

alter table workbook
  add column source_id bigint references source,
  add column profile_id bigint references column_profile,
  -- The archive that held it.
  add column parent_id bigint references workbook,
  -- The containers it holds: absence from a newer report is a fact too.
  add column containers text[],
  -- Guards that an admin has lifted for this workbook.
  add column overrides text[] not null default '{}',
  add column unknown_columns text[] not null default '{}';

create index workbook_source on workbook (source_id, stamp desc) where status in ('imported', 'history_only');

-- A failed part is told once, and once more when it is well again.
create table feed_alarm (
  name text primary key,
  raised_at timestamptz not null default now(),
  details jsonb not null default '{}'
);

-- How the reading of a mailbox goes, whoever reads it.
create table mailbox_health (
  mailbox text primary key,
  ok_at timestamptz,
  failing_since timestamptz,
  error text,
  login_refused boolean not null default false
);
