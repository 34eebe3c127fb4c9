-- What the own mail server said of the From address: shown with the reason.
alter table workbook add column sender_proof text;

-- What a refused message held, where its files were not stored: name, size and SHA-256 of each.
alter table mail_message add column attachments jsonb;

-- What was stored of senders that nobody knows, by day (UTC). The row without a sender is the sum of all.
create table stranger_intake (
  day date not null,
  sender text not null,
  files integer not null default 0,
  bytes bigint not null default 0,
  primary key (day, sender)
);

-- Notices to admins about like things within a while: the first go out one by one, the others are gathered in one message.
create sequence notice_period_id;
create table notice_period (
  topic text primary key,
  id bigint not null default nextval('notice_period_id'),
  opened_at timestamptz not null default clock_timestamp(),
  single integer not null default 0,
  gathered integer not null default 0,
  -- How many of the gathered have each reason, and the names of the newest.
  reasons jsonb not null default '{}',
  newest text[] not null default '{}'
);

-- Deliveries of one period in one chat are states of one message: each edits the one before it.
alter table delivery add column notice_period bigint;
create index delivery_notice_period on delivery (notice_period, chat_id) where notice_period is not null;

-- True once an accepted report of the source has named consignors, consignees or clients; false for good once an admin has let one
-- in that no longer did.
alter table source add column names_parties boolean;
update source set names_parties = true where exists (
  select 1 from workbook where source_id = source.id and status in ('imported', 'history_only')
    and head::text ~ '[Гг]рузо(отправ|получ)|[Кк]лиент|ГРУЗО(ОТПРАВ|ПОЛУЧ)|КЛИЕНТ'
);
