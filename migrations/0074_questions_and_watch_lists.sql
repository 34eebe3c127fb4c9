-- What a question asked besides containers, so that its answer can be shown again.
alter table lookup
  add column wagons text[] not null default '{}',
  add column waybills text[] not null default '{}',
  add column mistyped text[] not null default '{}';

-- The list that a tap under the card of a container adds to; a person has one at most.
alter table subscription add column is_watch_list boolean not null default false;
create unique index subscription_watch_list on subscription (person_id) where is_watch_list and deleted_at is null;
