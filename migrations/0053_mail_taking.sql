-- A message in hand: written before it is read, removed with its verdict. What stays behind was left by a reader that died.
create table mail_taking (
  mailbox text not null,
  uid_validity bigint not null,
  uid bigint not null,
  starts integer not null default 1,
  started_at timestamptz not null default now(),
  primary key (mailbox, uid_validity, uid)
);
