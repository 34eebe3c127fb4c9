-- What a person has removed from a list lately, with their words about it, so that it can be put back. Rows go after a day.
create table subscription_removed_item (
  subscription_id bigint not null,
  container text not null,
  place integer not null,
  note text,
  order_number text,
  left_at timestamptz,
  left_trip_id bigint,
  -- In whole milliseconds: the button that puts back what was removed together names this moment.
  removed_at timestamptz not null,
  primary key (subscription_id, container)
);
create index subscription_removed_item_time on subscription_removed_item (removed_at);
