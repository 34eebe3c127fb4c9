-- The notice about what admins have changed in somebody's subscriptions. While it has not left, more changes go into it.
create table subscription_change_notice (
  person_id bigint primary key references person on delete cascade,
  -- 0 before the first one; the ledger forgets old rows.
  delivery_id bigint not null
);
